"""The service hours of units over HTTP (docs/API.md)."""

from litestar import Controller, post, put
from litestar.di import NamedDependency
from litestar.params import JSONBody

from schemas.calendars import CalendarChanged, DistrictZone, HolidayYear, SpecialDays, UsualDays, UsualWeek
from schemas.vocabulary import Role
from server.audit.log import Doer
from server.calendars.changing import load_holidays, set_days, set_district, set_week, unset_days
from server.platform.access import only, opt
from server.platform.caller import Caller
from server.platform.path_parameters import IdInPath
from server.records.journal import Journal

_WHO_SETS_HOURS = opt(only(Role.SERVICE_MANAGER, Role.BRANCH_MANAGER, Role.SERVICE_DEPARTMENT, Role.ADMIN))


class ServiceHours(Controller):
    """When a unit works, and how far its districts are (1-14)."""

    path = "/api/units/{unit:str}"
    opt = _WHO_SETS_HOURS

    @put("/hours", status_code=204)
    async def hours(
        self,
        unit: IdInPath,
        data: JSONBody[UsualWeek],
        caller: NamedDependency[Caller],
        doer: NamedDependency[Doer],
        journal: NamedDependency[Journal],
    ) -> None:
        """Set the usual week (F021)."""
        await journal.write(caller.company, lambda work: set_week(work, caller, doer, unit, data))

    @post("/days", status_code=200)
    async def days(
        self,
        unit: IdInPath,
        data: JSONBody[SpecialDays],
        caller: NamedDependency[Caller],
        doer: NamedDependency[Doer],
        journal: NamedDependency[Journal],
    ) -> CalendarChanged:
        """Set dates on which the unit works otherwise than usual (F021)."""
        return await journal.write(caller.company, lambda work: set_days(work, caller, doer, unit, data))

    @post("/usual-days", status_code=200)
    async def usual_days(
        self,
        unit: IdInPath,
        data: JSONBody[UsualDays],
        caller: NamedDependency[Caller],
        doer: NamedDependency[Doer],
        journal: NamedDependency[Journal],
    ) -> CalendarChanged:
        """Let dates be like any other again."""
        return await journal.write(caller.company, lambda work: unset_days(work, caller, doer, unit, data))

    @post("/holidays", status_code=200)
    async def holidays(
        self,
        unit: IdInPath,
        data: JSONBody[HolidayYear],
        caller: NamedDependency[Caller],
        doer: NamedDependency[Doer],
        journal: NamedDependency[Journal],
    ) -> CalendarChanged:
        """Put the public holidays and make-up days of a year into the calendar."""
        return await journal.write(caller.company, lambda work: load_holidays(work, caller, doer, unit, data))

    @put("/districts", status_code=204)
    async def districts(
        self,
        unit: IdInPath,
        data: JSONBody[DistrictZone],
        caller: NamedDependency[Caller],
        doer: NamedDependency[Doer],
        journal: NamedDependency[Journal],
    ) -> None:
        """Say whether a district is urban or suburban, or take it out of the table (F020)."""
        await journal.write(caller.company, lambda work: set_district(work, caller, doer, unit, data))
