"""What the office does with one call; the commands are the product's own."""

from schemas.kinds.visits import ServiceVisit
from schemas.office import Amendment, Confirmation, Order, SameCall
from schemas.registry import Kind
from schemas.rules.unsigned import confirmed_hash
from server.calls.closing import close, mark_duplicate, withdraw
from server.calls.dispatching import send
from server.founding.demo.case import Case
from server.founding.demo.days import MINUTE_MS
from server.founding.demo.player import Edit
from server.founding.demo.stage import Stage
from server.records.scope import named_by
from server.visits.amending import amend
from server.visits.confirming import confirm

_MISHEARD_MS = 15 * MINUTE_MS
_FARE = 20_000


async def log(stage: Stage, case: Case, at: int) -> None:
    """The clerk enters the call."""
    clerk, customer, row = case.clerk(stage), case.customer, case.row
    fields = {
        "unit": customer.unit,
        "channel": row.channel,
        "customer": customer.customer,
        "asset": row.asset,
        "contact_name": case.signer,
        "contact_phone": customer.phone or customer.mobile,
        "address": customer.address,
        "district": customer.district,
        "zone": customer.zone,
        "symptom": row.symptom,
        "category": row.category,
        "received_at": case.received_at,
        "logged_at": at,
        "logged_by": clerk.caller.user,
    }
    await stage.write(clerk, at, Edit(Kind.SERVICE_CALL, case.call, fields))


async def find_duplicate(stage: Stage, case: Case, at: int) -> None:
    """The clerk finds that the call is in the register already."""
    clerk, same = case.clerk(stage), SameCall(case.duplicate_of or "")
    await mark_duplicate(*await stage.command(clerk, at), case.call, same)


async def dispatch(stage: Stage, case: Case, at: int) -> None:
    """The service manager sends the technician, whose phone reads it before he sets out."""
    manager = case.manager(stage)
    order = Order(case.technician(stage).caller.user, case.arrived_at)
    await send(*await stage.command(manager, at), case.call, order, case.visit)
    stage.seen[case.visit] = await stage.head()


async def withdraw_call(stage: Stage, case: Case, at: int) -> None:
    """The clerk withdraws the call at the customer's wish."""
    clerk = case.clerk(stage)
    await withdraw(*await stage.command(clerk, at), case.call, case.row.remark or "")


async def hear_of_arrival(stage: Stage, case: Case, at: int) -> None:
    """The clerk writes an arrival down as the customer tells it on the phone, not knowing of the technician's entry."""
    fields = {"unit": case.customer.unit, "call": case.call, "arrived_at": case.arrived_at - _MISHEARD_MS}
    await stage.write(case.clerk(stage), at, Edit(Kind.SERVICE_VISIT, case.visit, fields))


async def amend_fee(stage: Stage, case: Case, at: int) -> None:
    """The service manager adds the fare to the amount that was signed, with a reason."""
    manager = case.manager(stage)
    amendment = Amendment({"fee_total": case.row.fee * 100 + _FARE}, case.row.remark or "")
    await amend(*await stage.command(manager, at), case.visit, amendment)


async def confirm_unsigned(stage: Stage, case: Case, at: int) -> None:
    """The service manager calls the customer who did not sign, and confirms the visit (F031)."""
    work, manager, doer = await stage.command(case.manager(stage), at)
    seen = await named_by(work.documents, manager, ServiceVisit, case.visit)
    word = Confirmation(confirmed_hash(seen.shown), "已電話向客戶確認")
    await confirm(work, manager, doer, case.visit, word)


async def close_call(stage: Stage, case: Case, at: int) -> None:
    """The clerk closes the call and files the voucher; of a late arrival he writes down first why it was (F023)."""
    clerk, row = case.clerk(stage), case.row
    if row.breach_reason is not None:
        why = {"breach_reason": row.breach_reason, "breach_note": row.breach_note}
        await stage.write(clerk, at, Edit(Kind.SERVICE_CALL, case.call, why))
    await close(*await stage.command(clerk, at), case.call)
