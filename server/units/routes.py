"""The company's units and their limits over HTTP (docs/API.md)."""

from functools import partial

from litestar import Controller, post, put
from litestar.di import NamedDependency
from litestar.params import JSONBody

from schemas.units import AddedUnit, NewUnit, UnitChange, UnitLimits
from schemas.vocabulary import Role
from server.audit.log import Doer
from server.platform.access import only, opt
from server.platform.ambient import new_id
from server.platform.caller import Caller
from server.platform.path_parameters import IdInPath
from server.records.journal import Journal
from server.units.changing import add_unit, change_unit, set_limits


class Units(Controller):
    """What units there are, and what is set for each."""

    path = "/api/units"

    @post(status_code=201, opt=opt(only(Role.ADMIN)))
    async def add(
        self,
        data: JSONBody[NewUnit],
        caller: NamedDependency[Caller],
        doer: NamedDependency[Doer],
        journal: NamedDependency[Journal],
    ) -> AddedUnit:
        """Let there be another unit."""
        make_id = partial(new_id, journal.ambient)
        return AddedUnit(await journal.write(caller.company, lambda work: add_unit(work, caller, doer, data, make_id)))

    @post("/{unit:str}", status_code=204, opt=opt(only(Role.ADMIN)))
    async def change(
        self,
        unit: IdInPath,
        data: JSONBody[UnitChange],
        caller: NamedDependency[Caller],
        doer: NamedDependency[Doer],
        journal: NamedDependency[Journal],
    ) -> None:
        """Change what a unit is called and where it is; its code only while no number begins with it."""
        await journal.write(caller.company, lambda work: change_unit(work, caller, doer, unit, data))

    @put("/{unit:str}/limits", status_code=204, opt=opt(only(Role.SERVICE_MANAGER, Role.ADMIN)))
    async def limits(
        self,
        unit: IdInPath,
        data: JSONBody[UnitLimits],
        caller: NamedDependency[Caller],
        doer: NamedDependency[Doer],
        journal: NamedDependency[Journal],
    ) -> None:
        """Set a unit's limits (F011)."""
        await journal.write(caller.company, lambda work: set_limits(work, caller, doer, unit, data))
