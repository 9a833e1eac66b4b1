"""What was lost, what came back, and which phones are copies, over HTTP (docs/API.md)."""

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import JSONBody

from schemas.healing import HealReport, MissingFile
from schemas.office import Reason
from schemas.vocabulary import Role
from server.audit.log import Doer
from server.exchange.announcing import note_emptied
from server.exchange.gone_files import missing_of_call
from server.exchange.healing import heal_report, seen_by
from server.exchange.settling import settle_loss, settle_parting
from server.platform.access import ENROLLED, only, opt
from server.platform.caller import Caller
from server.platform.path_parameters import IdInPath
from server.platform.reasons import given_reason
from server.records.journal import Journal

_READERS = opt(only(Role.SERVICE_MANAGER, Role.SERVICE_DEPARTMENT, Role.VICE_GM, Role.ADMIN, Role.AUDITOR))
_DESK = opt(only(Role.CLERK, Role.SERVICE_MANAGER))
_SETTLERS = opt(only(Role.SERVICE_MANAGER, Role.ADMIN))


class Healing(Controller):
    """The report of losses and returns, and the deeds that close what is told in it."""

    path = "/api"

    @get("/healing", opt=_READERS)
    async def report(self, caller: NamedDependency[Caller], journal: NamedDependency[Journal]) -> HealReport:
        """Tell every epoch change, what is missing, files too, and which chains parted, of the caller's units."""
        async with journal.database.reading() as connection:
            report = await heal_report(connection, caller.company, journal.ambient.now(), caller)
            return await seen_by(connection, caller, report)

    @get("/calls/{call:str}/missing-files", opt=_DESK)
    async def missing_of_call(
        self, call: IdInPath, caller: NamedDependency[Caller], journal: NamedDependency[Journal]
    ) -> list[MissingFile]:
        """Tell which photos and signatures of a call are not here; whoever closes it may all the same."""
        async with journal.database.reading() as connection:
            return [*await missing_of_call(connection, caller, journal.ambient.now(), call)]

    @post("/emptied", opt=opt(ENROLLED), status_code=204)
    async def emptied(
        self, caller: NamedDependency[Caller], doer: NamedDependency[Doer], journal: NamedDependency[Journal]
    ) -> None:
        """Take a browser's word that what it kept as the session's device is gone."""
        await journal.note(caller.company, lambda work: note_emptied(work, caller, doer))

    @post("/losses/{actor:str}/settle", opt=_SETTLERS, status_code=204)
    async def settle_loss(
        self,
        actor: IdInPath,
        data: JSONBody[Reason],
        caller: NamedDependency[Caller],
        doer: NamedDependency[Doer],
        journal: NamedDependency[Journal],
    ) -> None:
        """Write off what is missing of a chain."""
        reason = given_reason(data.reason)
        await journal.note(caller.company, lambda work: settle_loss(work, caller, doer, actor, reason))

    @post("/partings/{actor:str}/settle", opt=_SETTLERS, status_code=204)
    async def settle_parting(
        self,
        actor: IdInPath,
        data: JSONBody[Reason],
        caller: NamedDependency[Caller],
        doer: NamedDependency[Doer],
        journal: NamedDependency[Journal],
    ) -> None:
        """Close the notice of a device that was copied or put back."""
        reason = given_reason(data.reason)
        await journal.note(caller.company, lambda work: settle_parting(work, caller, doer, actor, reason))
