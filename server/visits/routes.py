"""The commands on visit entries over HTTP (docs/API.md)."""

from litestar import Controller, post
from litestar.di import NamedDependency
from litestar.params import JSONBody

from schemas.office import Amendment, Confirmation
from schemas.vocabulary import Role
from server.audit.log import Doer
from server.platform.access import only, opt
from server.platform.caller import Caller
from server.platform.path_parameters import IdInPath
from server.records.journal import Journal
from server.visits.amending import amend
from server.visits.confirming import confirm


class VisitEntries(Controller):
    """What is done with a visit entry, and needs the server's judgement."""

    path = "/api/visits"
    opt = opt(only(Role.SERVICE_MANAGER))

    @post("/{visit:str}/amend", status_code=204)
    async def amend(
        self,
        visit: IdInPath,
        data: JSONBody[Amendment],
        caller: NamedDependency[Caller],
        doer: NamedDependency[Doer],
        journal: NamedDependency[Journal],
    ) -> None:
        """Change what was signed, in knowledge of it (F032)."""
        await journal.write(caller.company, lambda work: amend(work, caller, doer, visit, data))

    @post("/{visit:str}/confirm", status_code=204)
    async def confirm(
        self,
        visit: IdInPath,
        data: JSONBody[Confirmation],
        caller: NamedDependency[Caller],
        doer: NamedDependency[Doer],
        journal: NamedDependency[Journal],
    ) -> None:
        """Confirm a visit that nobody signed (F031)."""
        await journal.write(caller.company, lambda work: confirm(work, caller, doer, visit, data))
