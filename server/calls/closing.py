"""Taking a call off the register, withdrawn or closed with its voucher filed, and back on it (1-4, F033)."""

from typing import Any

from schemas.audit import Deed
from schemas.kinds.calls import ServiceCall
from schemas.kinds.customers import Customer
from schemas.office import SameCall
from schemas.problems import Code, Problem
from schemas.registry import Kind
from schemas.rules.call_state import CallCommand
from schemas.rules.closing import Entry, closing_obstacle
from server.audit.log import Deeds, Doer
from server.calls.register import Case, case_of
from server.calls.vouchers import comes_back, goes_out, is_filed
from server.platform.caller import Caller
from server.platform.reasons import given_remark
from server.records.covers import covers_of
from server.records.documents import Found
from server.records.merged import families_of
from server.records.scope import named_by
from server.records.signed_visits import signature_states
from server.records.work import Setting, Work


async def withdraw(work: Work, caller: Caller, doer: Doer, call: str, reason: str) -> None:
    """Withdraw a call that nobody has begun to work on; it keeps its number, and the voucher comes back.

    Raises ``Problem`` if the call's state does not allow it.
    """
    case = await case_of(work, caller, call)
    case.allow(CallCommand.WITHDRAW)
    await _take_off(work, caller, case, {"withdrawn_reason": reason})
    deeds = Deeds(Deed.CALL_WITHDRAWN, (f"{Kind.SERVICE_CALL}:{call}",), reason)
    await work.note(doer, deeds)


async def mark_duplicate(work: Work, caller: Caller, doer: Doer, call: str, same: SameCall) -> None:
    """Withdraw a call because another one stands for the same matter; it names that one.

    Raises ``Problem`` if the call's state does not allow it, and unless the other one is of the same unit and customer
    and stands: neither withdrawn nor a duplicate itself.
    """
    case = await case_of(work, caller, call)
    case.allow(CallCommand.MARK_DUPLICATE)
    other = await named_by(work.documents, caller, ServiceCall, same.of)
    await _check_same_party(work, case.call, other)
    if other.shown.withdrawn_at is not None or other.shown.duplicate_of is not None:
        raise Problem(Code.CALL_NOT_STANDING)
    reason = given_remark(same.reason)
    await _take_off(work, caller, case, {"duplicate_of": other.id, "withdrawn_reason": reason})
    objects = (f"{Kind.SERVICE_CALL}:{call}", f"{Kind.SERVICE_CALL}:{other.id}")
    await work.note(doer, Deeds(Deed.CALL_DUPLICATE, objects, reason))


async def reinstate(work: Work, caller: Caller, doer: Doer, call: str, reason: str) -> None:
    """Put a withdrawn call back on the register as it was: whoever was sent is sent, and what was done counts.

    A duplicate names no other call any more. The voucher goes out again with whoever is still expected. Raises
    ``Problem`` if the call is not withdrawn, or if somebody is out with the voucher for another call.
    """
    case = await case_of(work, caller, call)
    case.allow(CallCommand.REINSTATE)
    again: dict[str, Any] = {"withdrawn_at": None, "withdrawn_by": None, "withdrawn_reason": None}
    if case.call.shown.duplicate_of is not None:
        again["duplicate_of"] = None
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


async def _take_off(work: Work, caller: Caller, case: Case, why: dict[str, Any]) -> None:
    """Write who takes a call off the register, and take the voucher back; whoever was sent reads it on his phone."""
    withdrawn = {"withdrawn_at": work.now, "withdrawn_by": caller.user} | why
    voucher = await comes_back(work, case, case.errands)
    await work.decide(caller.user, [Setting(Kind.SERVICE_CALL, case.call.id, withdrawn), *voucher])


async def _check_same_party(work: Work, call: Found[ServiceCall], other: Found[ServiceCall]) -> None:
    parties = {call.shown.customer or "", other.shown.customer or ""}
    _, heads = await families_of(work.documents, Customer, parties)
    one_customer = len({heads.get(each) for each in parties}) == 1 and None not in heads.values() and "" not in parties
    if call.id == other.id or call.shown.unit != other.shown.unit or not one_customer:
        raise Problem(Code.CALL_OTHER_CUSTOMER)


async def _entries(work: Work, case: Case) -> list[Entry]:
    signatures = await signature_states(work.documents, case.visits)
    covers = await covers_of(work.documents, case.visits)
    return [Entry(visit.shown, signatures[visit.id], covers[visit.id]) for visit in case.visits]
