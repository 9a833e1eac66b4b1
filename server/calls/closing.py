"""Taking a call off the register, withdrawn or closed with its voucher filed, and back on it (1-4, F033)."""

from schemas.audit import Deed
from schemas.problems import Problem
from schemas.registry import Kind
from schemas.rules.call_state import CallCommand
from schemas.rules.closing import Entry, closing_obstacle
from server.audit.log import Deeds, Doer
from server.calls.register import Case, case_of
from server.calls.vouchers import comes_back, goes_out, is_filed
from server.platform.caller import Caller
from server.records.covers import covers_of
from server.records.signed_visits import signature_states
from server.records.work import Setting, Work


async def withdraw(work: Work, caller: Caller, doer: Doer, call: str, reason: str) -> None:
    """Withdraw a call that nobody has begun to work on; it keeps its number, and the voucher comes back.

    Raises ``Problem`` if the call's state does not allow it.
    """
    case = await case_of(work, caller, call)
    case.allow(CallCommand.WITHDRAW)
    withdrawn = {"withdrawn_at": work.now, "withdrawn_by": caller.user, "withdrawn_reason": reason}
    voucher = await comes_back(work, case, case.errands)
    await work.decide(caller.user, [Setting(Kind.SERVICE_CALL, call, withdrawn), *voucher])
    deeds = Deeds(Deed.CALL_WITHDRAWN, (f"{Kind.SERVICE_CALL}:{call}",), reason)
    await work.note(doer, deeds)


async def reinstate(work: Work, caller: Caller, doer: Doer, call: str, reason: str) -> None:
    """Put a withdrawn call back on the register as it was: whoever was sent is sent, and what was done counts.

    The voucher goes out again with whoever is still expected. Raises ``Problem`` if the call is not withdrawn, or if
    somebody is out with the voucher for another call.
    """
    case = await case_of(work, caller, call)
    case.allow(CallCommand.REINSTATE)
    again = {"withdrawn_at": None, "withdrawn_by": None, "withdrawn_reason": None}
    expected = [each.shown.technician for each in case.open_dispatches]
    voucher = await goes_out(work, case, expected[0]) if expected and expected[0] else []
    await work.decide(caller.user, [Setting(Kind.SERVICE_CALL, call, again), *voucher])
    await work.note(doer, Deeds(Deed.CALL_REINSTATED, (f"{Kind.SERVICE_CALL}:{call}",), reason))


async def close(work: Work, caller: Caller, doer: Doer, call: str) -> None:
    """Strike a call off the register and file its voucher in one act.

    Raises ``Problem`` unless the work is done, signed or with its reason unsigned, unchanged since, and of a category
    that its product may have.
    """
    case = await case_of(work, caller, call)
    obstacle = closing_obstacle(case.call.shown, case.state, await _entries(work, case))
    if obstacle is not None:
        raise Problem(obstacle, state=case.state)
    closed = {"closed_at": work.now, "closed_by": caller.user}
    await work.decide(caller.user, [Setting(Kind.SERVICE_CALL, call, closed), *await is_filed(work, case)])
    objects = [f"{Kind.SERVICE_CALL}:{call}", *(f"{Kind.SERVICE_VISIT}:{visit.id}" for visit in case.visits)]
    await work.note(doer, Deeds(Deed.CALL_CLOSED, tuple(objects)))


async def _entries(work: Work, case: Case) -> list[Entry]:
    signatures = await signature_states(work.documents, case.visits)
    covers = await covers_of(work.documents, case.visits)
    return [Entry(visit.shown, signatures[visit.id], covers[visit.id]) for visit in case.visits]
