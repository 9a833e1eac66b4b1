"""The office's look into the log over HTTP (docs/API.md)."""

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromQuery, JSONBody

from schemas.office import (
    Applied,
    DocumentHistory,
    HeldItem,
    HistoryEntry,
    Quarantine,
    Reason,
    Released,
    SetUpList,
)
from schemas.problems import Code, Problem
from schemas.protocol import Dot
from schemas.registry import Kind
from schemas.vocabulary import Role
from server.audit.log import Doer
from server.office.deciding import apply_held, reject_held
from server.office.held import held_operations, item
from server.office.history import SET_UP, history, unit_history
from server.office.quarantined import quarantines
from server.office.releasing import reject_all, release_all, release_held
from server.platform.access import ENROLLED, only, opt
from server.platform.caller import Caller
from server.platform.path_parameters import IdInPath, SeqInPath, WordInPath
from server.platform.reasons import given_reason
from server.records.journal import Journal

_DESK = opt(only(Role.CLERK, Role.SERVICE_MANAGER))
_READERS = opt(only(Role.CLERK, Role.SERVICE_MANAGER, Role.ADMIN, Role.AUDITOR))
_MANAGER = opt(only(Role.SERVICE_MANAGER))


class Office(Controller):
    """Held operations, and what became of every value of a document."""

    path = "/api"

    @get("/records/{kind:str}/{doc:str}/history", opt=opt(ENROLLED))
    async def history(
        self, kind: WordInPath, doc: IdInPath, caller: NamedDependency[Caller], journal: NamedDependency[Journal]
    ) -> list[HistoryEntry]:
        """Tell every operation of a document, oldest first."""
        if kind not in frozenset(Kind):
            raise Problem(Code.RECORD_MISSING)
        async with journal.reading(caller.company) as ledger:
            return await history(ledger.connection, ledger, caller, (Kind(kind), doc))

    @get("/units/{unit:str}/history", opt=opt(ENROLLED))
    async def unit_history(
        self,
        unit: IdInPath,
        caller: NamedDependency[Caller],
        journal: NamedDependency[Journal],
        kind: FromQuery[SetUpList | None] = None,
    ) -> list[DocumentHistory]:
        """Tell who changed what in the lists that are set up for a unit, or in one of them."""
        kinds = SET_UP if kind is None else (Kind(kind),)
        async with journal.reading(caller.company) as ledger:
            return await unit_history(ledger.connection, ledger, caller, unit, kinds)

    @get("/held", opt=_DESK)
    async def held(self, caller: NamedDependency[Caller], journal: NamedDependency[Journal]) -> list[HeldItem]:
        """List the held operations of the caller's units that nobody has decided about."""
        async with journal.reading(caller.company) as ledger:
            every = await held_operations(ledger.connection, ledger, caller)
        return [item(caller, each) for each in every if each.closed is None]

    @post("/held/{actor:str}/{seq:int}/apply", opt=_MANAGER, status_code=200)
    async def apply(
        self,
        actor: IdInPath,
        seq: SeqInPath,
        data: JSONBody[Reason],
        caller: NamedDependency[Caller],
        doer: NamedDependency[Doer],
        journal: NamedDependency[Journal],
    ) -> Applied:
        """Write what can be written of a held operation in the manager's name."""
        reason, dot = given_reason(data.reason), Dot(actor, seq)
        return await journal.write(caller.company, lambda work: apply_held(work, caller, doer, dot, reason))

    @post("/held/{actor:str}/{seq:int}/reject", opt=_MANAGER, status_code=204)
    async def reject(
        self,
        actor: IdInPath,
        seq: SeqInPath,
        data: JSONBody[Reason],
        caller: NamedDependency[Caller],
        doer: NamedDependency[Doer],
        journal: NamedDependency[Journal],
    ) -> None:
        """Close a held operation without applying it."""
        reason, dot = given_reason(data.reason), Dot(actor, seq)
        await journal.write(caller.company, lambda work: reject_held(work, caller, doer, dot, reason))

    @post("/held/{actor:str}/{seq:int}/release", opt=_MANAGER, status_code=200)
    async def release(
        self,
        actor: IdInPath,
        seq: SeqInPath,
        data: JSONBody[Reason],
        caller: NamedDependency[Caller],
        doer: NamedDependency[Doer],
        journal: NamedDependency[Journal],
    ) -> Released:
        """Let a quarantined entry, and the earlier ones that it stands on, count as its author's work."""
        reason, dot = given_reason(data.reason), Dot(actor, seq)
        return await journal.write(caller.company, lambda work: release_held(work, caller, doer, dot, reason))


class Quarantines(Controller):
    """The last work of stopped devices."""

    path = "/api/quarantines"

    @get(opt=_READERS)
    async def list(self, caller: NamedDependency[Caller], journal: NamedDependency[Journal]) -> list[Quarantine]:
        """List the quarantines of the caller's units."""
        async with journal.reading(caller.company) as ledger:
            return await quarantines(ledger.connection, ledger, caller)

    @post("/{device:str}/release", opt=_MANAGER, status_code=200)
    async def release(
        self,
        device: IdInPath,
        data: JSONBody[Reason],
        caller: NamedDependency[Caller],
        doer: NamedDependency[Doer],
        journal: NamedDependency[Journal],
    ) -> Released:
        """Release every open entry of a device's quarantine that nothing else is wrong with."""
        reason = given_reason(data.reason)
        return await journal.write(caller.company, lambda work: release_all(work, caller, doer, device, reason))

    @post("/{device:str}/reject", opt=_MANAGER, status_code=200)
    async def reject(
        self,
        device: IdInPath,
        data: JSONBody[Reason],
        caller: NamedDependency[Caller],
        doer: NamedDependency[Doer],
        journal: NamedDependency[Journal],
    ) -> Released:
        """Close every open entry of a device's quarantine without applying it."""
        reason = given_reason(data.reason)
        return await journal.write(caller.company, lambda work: reject_all(work, caller, doer, device, reason))
