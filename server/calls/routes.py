"""The commands of the call register over HTTP (docs/API.md)."""

from litestar import Controller, post
from litestar.di import NamedDependency
from litestar.params import JSONBody

from schemas.office import CallReceipt, DaysEnd, Dispatched, Move, Order, Reason, SameCall
from schemas.rights import RECONCILERS
from schemas.vocabulary import Role
from server.audit.log import Doer
from server.calls.closing import close, mark_duplicate, reinstate, withdraw
from server.calls.dispatching import call_back, move, send
from server.calls.filing import take_in
from server.calls.receiving import correct_receipt
from server.calls.reconciling import reconcile
from server.platform.access import only, opt
from server.platform.ambient import new_id
from server.platform.caller import Caller
from server.platform.path_parameters import IdInPath
from server.platform.reasons import given_reason
from server.records.journal import Journal

_MANAGER = opt(only(Role.SERVICE_MANAGER))
_RECONCILERS = opt(only(*RECONCILERS))
_DESK = opt(only(Role.CLERK, Role.SERVICE_MANAGER))


class CallRegister(Controller):
    """What is done with a call, and needs the server's judgement."""

    path = "/api"

    @post("/calls/{call:str}/dispatch", opt=_MANAGER)
    async def dispatch(
        self,
        call: IdInPath,
        data: JSONBody[Order],
        caller: NamedDependency[Caller],
        doer: NamedDependency[Doer],
        journal: NamedDependency[Journal],
    ) -> Dispatched:
        """Send a technician to a call (F014, F015)."""
        dispatch = new_id(journal.ambient)
        await journal.write(caller.company, lambda work: send(work, caller, doer, call, data, dispatch))
        return Dispatched(dispatch)

    @post("/dispatches/{dispatch:str}/cancel", opt=_MANAGER, status_code=204)
    async def cancel(
        self,
        dispatch: IdInPath,
        data: JSONBody[Reason],
        caller: NamedDependency[Caller],
        doer: NamedDependency[Doer],
        journal: NamedDependency[Journal],
    ) -> None:
        """Call a technician back who has not arrived."""
        reason = given_reason(data.reason)
        await journal.write(caller.company, lambda work: call_back(work, caller, doer, dispatch, reason))

    @post("/dispatches/{dispatch:str}/move", opt=_MANAGER, status_code=200)
    async def move(
        self,
        dispatch: IdInPath,
        data: JSONBody[Move],
        caller: NamedDependency[Caller],
        doer: NamedDependency[Doer],
        journal: NamedDependency[Journal],
    ) -> Dispatched:
        """Plan a dispatch for another time, or send somebody else in its place (F015)."""
        instead = new_id(journal.ambient)
        stands = await journal.write(caller.company, lambda work: move(work, caller, doer, dispatch, data, instead))
        return Dispatched(stands)

    @post("/calls/{call:str}/receipt", opt=_DESK, status_code=204)
    async def correct_receipt(
        self,
        call: IdInPath,
        data: JSONBody[CallReceipt],
        caller: NamedDependency[Caller],
        doer: NamedDependency[Doer],
        journal: NamedDependency[Journal],
    ) -> None:
        """Correct when a call came in (F010)."""
        await journal.write(caller.company, lambda work: correct_receipt(work, caller, doer, call, data))

    @post("/calls/{call:str}/withdraw", opt=_DESK, status_code=204)
    async def withdraw(
        self,
        call: IdInPath,
        data: JSONBody[Reason],
        caller: NamedDependency[Caller],
        doer: NamedDependency[Doer],
        journal: NamedDependency[Journal],
    ) -> None:
        """Withdraw a call that nobody has begun to work on."""
        reason = given_reason(data.reason)
        await journal.write(caller.company, lambda work: withdraw(work, caller, doer, call, reason))

    @post("/calls/{call:str}/duplicate", opt=_DESK, status_code=204)
    async def mark_duplicate(
        self,
        call: IdInPath,
        data: JSONBody[SameCall],
        caller: NamedDependency[Caller],
        doer: NamedDependency[Doer],
        journal: NamedDependency[Journal],
    ) -> None:
        """Withdraw a call because another one stands for the same matter."""
        await journal.write(caller.company, lambda work: mark_duplicate(work, caller, doer, call, data))

    @post("/calls/{call:str}/reinstate", opt=_DESK, status_code=204)
    async def reinstate(
        self,
        call: IdInPath,
        data: JSONBody[Reason],
        caller: NamedDependency[Caller],
        doer: NamedDependency[Doer],
        journal: NamedDependency[Journal],
    ) -> None:
        """Put back what was withdrawn: somebody who could not know of it had worked on it, or it was a mistake."""
        reason = given_reason(data.reason)
        await journal.write(caller.company, lambda work: reinstate(work, caller, doer, call, reason))

    @post("/vouchers/{asset:str}/file", opt=_DESK, status_code=204)
    async def take_in(
        self,
        asset: IdInPath,
        caller: NamedDependency[Caller],
        doer: NamedDependency[Doer],
        journal: NamedDependency[Journal],
    ) -> None:
        """File a voucher that is out for no call (F017)."""
        await journal.write(caller.company, lambda work: take_in(work, caller, doer, asset))

    @post("/units/{unit:str}/reconciliation", opt=_RECONCILERS, status_code=204)
    async def reconcile(
        self,
        unit: IdInPath,
        data: JSONBody[DaysEnd],
        caller: NamedDependency[Caller],
        doer: NamedDependency[Doer],
        journal: NamedDependency[Journal],
    ) -> None:
        """Sign what of a unit's calls is not settled at the end of the day (F017)."""
        await journal.write(caller.company, lambda work: reconcile(work, caller, doer, unit, data))

    @post("/calls/{call:str}/close", opt=_DESK, status_code=204)
    async def close(
        self,
        call: IdInPath,
        caller: NamedDependency[Caller],
        doer: NamedDependency[Doer],
        journal: NamedDependency[Journal],
    ) -> None:
        """Close a call and file its voucher in one act (F033)."""
        await journal.write(caller.company, lambda work: close(work, caller, doer, call))
