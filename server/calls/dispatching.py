"""Sending a technician to a call, and calling him back (1-3, F014, F015)."""

from schemas.audit import Deed
from schemas.kinds.calls import Dispatch
from schemas.kinds.customers import Asset
from schemas.kinds.people import RoleGrant, User
from schemas.office import Order
from schemas.problems import Code, Problem
from schemas.registry import Kind
from schemas.rules.call_state import CallCommand
from schemas.vocabulary import Role
from server.audit.log import Deeds, Doer
from server.calls.register import Case, case_of, errand_of
from server.calls.vouchers import comes_back, goes_out
from server.platform.caller import Caller
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
    sent = {
        "unit": case.call.shown.unit,
        "call": call,
        "technician": order.technician,
        "priority": order.priority,
        "planned_at": order.planned_at,
        "dispatched_at": work.now,
        "dispatched_by": caller.user,
    }
    voucher = await goes_out(work, case, order.technician)
    await work.decide(caller.user, [Setting(Kind.DISPATCH, dispatch, sent), *voucher])
    objects = (f"{Kind.DISPATCH}:{dispatch}", f"{Kind.SERVICE_CALL}:{call}", f"{Kind.USER}:{order.technician}")
    await work.note(doer, Deeds(Deed.CALL_DISPATCHED, objects))


async def call_back(work: Work, caller: Caller, doer: Doer, dispatch: str, reason: str) -> None:
    """Cancel a dispatch and take the voucher back, or hand it to whoever is still sent.

    Raises ``Problem`` if the dispatch is cancelled already, or its technician has arrived.
    """
    found = await named_by(work.documents, caller, Dispatch, dispatch)
    if found.shown.call is None:
        raise Problem(Code.RECORD_MISSING)
    case = await case_of(work, caller, found.shown.call)
    case.allow(CallCommand.CANCEL_DISPATCH)
    open_dispatches = {each.id: each.shown for each in case.open_dispatches}
    if dispatch not in open_dispatches:
        raise Problem(Code.STATE_FORBIDS, state=case.state)
    said = {"cancelled_at": work.now, "cancelled_by": caller.user, "cancelled_reason": reason}
    cancelled = Setting(Kind.DISPATCH, dispatch, said)
    voucher = await comes_back(work, case, (errand_of(open_dispatches[dispatch]),))
    await work.decide(caller.user, [cancelled, *voucher])
    objects = (f"{Kind.DISPATCH}:{dispatch}", f"{Kind.SERVICE_CALL}:{case.call.id}")
    await work.note(doer, Deeds(Deed.DISPATCH_CANCELLED, objects, reason))


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
    able = any(each.unit == unit and each.ended_at is None and each.role in _MAY_BE_SENT for each in grants)
    if user is None or user.shown.deactivated_at is not None or not able:
        raise Problem(Code.DISPATCH_NOT_A_TECHNICIAN)
    if technician in {each.shown.technician for each in case.open_dispatches}:
        raise Problem(Code.DISPATCH_TWICE)
