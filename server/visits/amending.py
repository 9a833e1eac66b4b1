"""Changing what was signed, in knowledge of it (F007, F032)."""

from collections.abc import Mapping
from typing import Any

from msgspec import convert, to_builtins

from schemas.audit import Deed
from schemas.kinds.calls import ServiceCall
from schemas.kinds.visits import ServiceVisit
from schemas.office import Amendment
from schemas.problems import Code, Problem
from schemas.protocol import SCHEMA, Base, Operation
from schemas.registry import Kind
from schemas.rules.category import category_obstacle
from schemas.rules.signed_content import SIGNED_FIELDS, SignatureState
from server.audit.log import Deeds, Doer
from server.platform.caller import Caller
from server.platform.reasons import given_reason
from server.records.covers import covers_of
from server.records.documents import Found
from server.records.scope import named_by
from server.records.signed_visits import signature_states
from server.records.work import Setting, Work
from sync.reading import fault_of

_ANYWHERE = Base(0, "unplaced")


async def amend(work: Work, caller: Caller, doer: Doer, visit: str, amendment: Amendment) -> None:
    """Write signed fields of a visit anew; it stands as amended after signing until the customer signs again.

    Raises ``Problem`` without a reason, for a visit that nobody signed (an ordinary edit changes it), for a field that
    is not signed, for a value that does not fit, and for a category that the product's warranty or contracts forbid.
    """
    reason = given_reason(amendment.reason)
    check_fields(visit, amendment.fields)
    await work.ledger.head()
    found = await named_by(work.documents, caller, ServiceVisit, visit)
    state = (await signature_states(work.documents, [found]))[visit]
    if state is SignatureState.UNSIGNED:
        raise Problem(Code.STATE_FORBIDS, state=state)
    await _check_category(work, found, amendment.fields, reason)
    note = {"amended_at": work.now, "amended_by": caller.user, "amended_reason": reason}
    if "category" in amendment.fields:
        note |= {"category_reason": reason}
    if "arrived_at" in amendment.fields:
        note |= _correction(found.shown, caller.user, reason)
    await work.decide(caller.user, [Setting(Kind.SERVICE_VISIT, visit, amendment.fields | note)])
    deeds = Deeds(Deed.VISIT_AMENDED, (f"{Kind.SERVICE_VISIT}:{visit}",), reason)
    await work.note(doer, deeds)


def _correction(visit: ServiceVisit, user: str, reason: str) -> dict[str, Any]:
    """Return what stands beside an arrival that a person corrects; what the device said is kept once (F024)."""
    is_first = visit.arrived_stamped_at is None and visit.arrived_at is not None
    stamped = {"arrived_stamped_at": visit.arrived_at} if is_first else {}
    return {"arrived_reason": reason, "arrived_corrected_by": user} | stamped


async def _check_category(work: Work, visit: Found[ServiceVisit], fields: Mapping[str, Any], reason: str) -> None:
    """Raise ``Problem`` for a category that may not be, and for a fee that what is free may not have (F001 to F004)."""
    if not {"category", "fee_total"} & fields.keys():
        return
    cover = (await covers_of(work.documents, [visit]))[visit.id]
    call = await work.documents.get(ServiceCall, visit.shown.call or "")
    amended = convert(to_builtins(visit.shown) | {"category_reason": reason} | dict(fields), ServiceVisit)
    obstacle = category_obstacle(amended, cover, call.shown if call else ServiceCall())
    if obstacle is not None:
        raise Problem(obstacle)


def check_fields(visit: str, fields: Mapping[str, Any]) -> None:
    """Raise ``Problem`` for a field that no customer signs, and for a value that its field cannot hold."""
    fault = fault_of(Operation(SCHEMA, Kind.SERVICE_VISIT, visit, _ANYWHERE, 0, 0, dict(fields)))
    if not set(fields) <= set(SIGNED_FIELDS):
        fault = Code.OPERATION_FIELD
    if fault is not None:
        raise Problem(Code.REQUEST_MALFORMED, fault=fault)
