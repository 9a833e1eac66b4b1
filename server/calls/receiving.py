"""Correcting when a call came in, after it was logged, with a reason (1-3, F010)."""

from msgspec import structs

from schemas.audit import Deed
from schemas.office import CallReceipt
from schemas.problems import Code, Problem
from schemas.registry import Kind
from schemas.rules.arrival import arrival_instant
from schemas.rules.receipt import is_sensible_receipt
from server.audit.log import Deeds, Doer
from server.calls.due import due_of
from server.calls.register import case_of
from server.platform.caller import Caller
from server.platform.reasons import given_reason
from server.records.work import Setting, Work


async def correct_receipt(work: Work, caller: Caller, doer: Doer, call: str, receipt: CallReceipt) -> None:
    """Say when an open call came in after all; until when somebody has to arrive is counted anew from there.

    Also where somebody has arrived: it is he who is measured by it. The call keeps its number, of whatever year it is,
    and its history keeps both times. Raises ``Problem`` if nothing is told for a reason, the call is not open, or it
    cannot have come in then.
    """
    reason = given_reason(receipt.reason)
    case = await case_of(work, caller, call)
    if not case.is_open:
        raise Problem(Code.STATE_FORBIDS, state=case.state)
    arrivals = tuple(at for each in case.visits if (at := arrival_instant(each.shown)) is not None)
    if not is_sensible_receipt(receipt.received_at, case.call.shown.logged_at, arrivals, work.now):
        raise Problem(Code.CALL_RECEIVED_AT)
    corrected = {"received_at": receipt.received_at, "received_reason": reason}
    due = await due_of(work, structs.replace(case.call.shown, **corrected))
    await work.decide(caller.user, [Setting(Kind.SERVICE_CALL, call, {**corrected, "due_at": due})])
    await work.note(doer, Deeds(Deed.RECEIPT_CORRECTED, (f"{Kind.SERVICE_CALL}:{call}",), reason))
