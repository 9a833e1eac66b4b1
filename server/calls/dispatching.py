"""Sending a technician to a call, moving what was planned, and calling him back (1-3, F014, F015)."""

from schemas.audit import Deed
from schemas.kinds.calls import Dispatch
from schemas.kinds.customers import Asset
from schemas.kinds.people import RoleGrant, User
from schemas.office import Move, Order
from schemas.problems import Code, Problem
from schemas.registry import Kind
from schemas.rules.call_state import CallCommand
from schemas.rules.grants import lasts
from schemas.vocabulary import Priority, Role
from server.audit.log import Deeds, Doer
from server.calls.due import is_left_over
from server.calls.register import Case, case_of, errand_of
from server.calls.vouchers import changes_hands, comes_back, goes_out
from server.platform.caller import Caller
from server.platform.reasons import given_reason
from server.records.scope import get_in_scope, named_by
from server.records.work import Setting, Work

_MAY_BE_SENT = frozenset({Role.TECHNICIAN, Role.SERVICE_MANAGER})


async def send(work: Work, caller: Caller, doer: Doer, call: str, order: Order, dispatch: str) -> None:
    """Dispatch a technician under the id ``dispatch`` and check the product's voucher out to him, in one act.

    A product whose voucher was never opened gets one now (F013). Raises ``Problem`` if the call's state does not allow
    it, its customer or product is not known, the person cannot be sent or is on his way already, or somebody else is
    out with the voucher for another call.
    """
    case = await case_of(work, caller, call)
    case.allow(CallCommand.DISPATCH)
    await _check_parties(work, caller, case)
    await _check_technician(work, case, order.technician)
    sent = await _sent(work, caller, case, dispatch, order)
    voucher = await goes_out(work, case, order.technician)
    await work.decide(caller.user, [sent, *voucher])
    await _note_sent(work, doer, case, dispatch, order.technician)


async def call_back(work: Work, caller: Caller, doer: Doer, dispatch: str, reason: str) -> None:
    """Cancel a dispatch and take the voucher back, or hand it to whoever is still sent.

    Raises ``Problem`` if the dispatch is cancelled already, or its technician has arrived.
    """
    case, standing = await _standing(work, caller, dispatch, CallCommand.CANCEL_DISPATCH)
    voucher = await comes_back(work, case, (errand_of(standing),))
    await work.decide(caller.user, [_cancelled(work, caller, dispatch, reason), *voucher])
    await _note_cancelled(work, doer, case, dispatch, reason)


async def move(work: Work, caller: Caller, doer: Doer, dispatch: str, order: Move, instead: str) -> str:
    """Plan a dispatch for another time, or send somebody else under the id ``instead``; return the id that stands.

    Whoever was sent before is called back with the reason, and hands the voucher over, in the same act. Raises
    ``Problem`` as :func:`send` does, and as :func:`call_back` does.
    """
    case, standing = await _standing(work, caller, dispatch, CallCommand.MOVE_DISPATCH)
    if standing.technician == order.technician:
        await work.decide(caller.user, [Setting(Kind.DISPATCH, dispatch, {"planned_at": order.planned_at})])
        await work.note(doer, Deeds(Deed.DISPATCH_MOVED, _objects(case, dispatch)))
        return dispatch
    reason = given_reason(order.reason)
    await _check_parties(work, caller, case)
    await _check_technician(work, case, order.technician)
    again = Order(order.technician, order.planned_at)
    voucher = await changes_hands(work, case, errand_of(standing), order.technician)
    cancelled, sent = _cancelled(work, caller, dispatch, reason), await _sent(work, caller, case, instead, again)
    await work.decide(caller.user, [cancelled, sent, *voucher])
    await _note_cancelled(work, doer, case, dispatch, reason)
    await _note_sent(work, doer, case, instead, order.technician)
    return instead


async def _standing(work: Work, caller: Caller, dispatch: str, command: CallCommand) -> tuple[Case, Dispatch]:
    found = await named_by(work.documents, caller, Dispatch, dispatch)
    if found.shown.call is None:
        raise Problem(Code.RECORD_MISSING)
    case = await case_of(work, caller, found.shown.call)
    case.allow(command)
    standing = next((each.shown for each in case.open_dispatches if each.id == dispatch), None)
    if standing is None:
        raise Problem(Code.STATE_FORBIDS, state=case.state)
    return case, standing


async def _sent(work: Work, caller: Caller, case: Case, dispatch: str, order: Order) -> Setting:
    made = {
        "unit": case.call.shown.unit,
        "call": case.call.id,
        "technician": order.technician,
        "priority": Priority.CARRIED_OVER if await is_left_over(work, case.call.shown) else Priority.NORMAL,
        "planned_at": order.planned_at,
        "dispatched_at": work.now,
        "dispatched_by": caller.user,
    }
    return Setting(Kind.DISPATCH, dispatch, made)


def _cancelled(work: Work, caller: Caller, dispatch: str, reason: str) -> Setting:
    said = {"cancelled_at": work.now, "cancelled_by": caller.user, "cancelled_reason": reason}
    return Setting(Kind.DISPATCH, dispatch, said)


async def _note_sent(work: Work, doer: Doer, case: Case, dispatch: str, technician: str) -> None:
    objects = (*_objects(case, dispatch), f"{Kind.USER}:{technician}")
    await work.note(doer, Deeds(Deed.CALL_DISPATCHED, objects))


async def _note_cancelled(work: Work, doer: Doer, case: Case, dispatch: str, reason: str) -> None:
    await work.note(doer, Deeds(Deed.DISPATCH_CANCELLED, _objects(case, dispatch), reason))


def _objects(case: Case, dispatch: str) -> tuple[str, ...]:
    return f"{Kind.DISPATCH}:{dispatch}", f"{Kind.SERVICE_CALL}:{case.call.id}"


async def _check_parties(work: Work, caller: Caller, case: Case) -> None:
    call = case.call.shown
    if call.customer is None:
        raise Problem(Code.CALL_NO_CUSTOMER)
    if call.asset is None or await get_in_scope(work.documents, caller, Asset, call.asset) is None:
        raise Problem(Code.CALL_NO_ASSET)


async def _check_technician(work: Work, case: Case, technician: str) -> None:
    user = await work.documents.get(User, technician)
    grants = [grant.shown for grant in await work.documents.where(RoleGrant, "user", [technician])]
    unit = case.call.shown.unit
    able = any(each.unit == unit and lasts(each) and each.role in _MAY_BE_SENT for each in grants)
    if user is None or user.shown.deactivated_at is not None or not able:
        raise Problem(Code.DISPATCH_NOT_A_TECHNICIAN)
    if technician in {each.shown.technician for each in case.open_dispatches}:
        raise Problem(Code.DISPATCH_TWICE)
