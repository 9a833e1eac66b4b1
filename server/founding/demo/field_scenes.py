"""What a technician does with one call, on a phone that may be without a network until he delivers."""

from hashlib import sha256
from typing import Any, TypeVar

from msgspec import Struct

from schemas.kinds.calls import ServiceCall
from schemas.kinds.customers import Asset, Customer
from schemas.kinds.people import Unit
from schemas.kinds.visits import ServiceVisit
from schemas.registry import Kind
from schemas.rules.parts import PartUsage, part_lines
from schemas.rules.signed_content import TEMPLATE, SignedParties, Signer, signed_content
from schemas.vocabulary import ContactChannel, ContactResult, SignerRole, UndoneNext, UndoneReason, UnsignedReason
from server.founding.demo.case import Case
from server.founding.demo.handwriting import written
from server.founding.demo.player import Edit
from server.founding.demo.stage import Stage
from sync.canonical import canonical_text

Shape = TypeVar("Shape", bound=Struct)


async def travel(stage: Stage, case: Case, at: int) -> None:
    """The technician sets out."""
    fields = {
        "unit": case.customer.unit,
        "call": case.call,
        "asset": case.row.asset,
        "technician": case.row.technician,
        "category": case.row.category,
        "en_route_at": at,
    }
    _capture(stage, case, at, Edit(Kind.SERVICE_VISIT, case.visit, fields))


async def call_ahead(stage: Stage, case: Case, at: int) -> None:
    """The technician calls the customer before he sets out, and notes that he was heard (F030)."""
    _note_attempt(stage, case, at, ContactResult.REACHED)


async def call_in_vain(stage: Stage, case: Case, at: int) -> None:
    """The technician calls, and nobody answers (F031)."""
    _note_attempt(stage, case, at, ContactResult.NO_ANSWER)


async def arrive(stage: Stage, case: Case, at: int) -> None:
    """The technician arrives."""
    fields = {"arrived_at": at, "arrived_clock_offset_ms": 0}
    _capture(stage, case, at, Edit(Kind.SERVICE_VISIT, case.visit, fields))


async def sign(stage: Stage, case: Case, at: int) -> None:
    """The customer signs what was done; the same group finishes the visit and writes what he read (SPEC N2)."""
    await _sign(stage, case, at, _result(case))


async def leave_undone(stage: Stage, case: Case, at: int) -> None:
    """A part is missing: the customer signs that somebody comes again (F030)."""
    undone = {
        "undone_reason": UndoneReason.NO_PARTS,
        "undone_note": case.row.remark,
        "undone_next": UndoneNext.SEND_AGAIN,
    }
    await _sign(stage, case, at, _result(case) | undone)


async def _sign(stage: Stage, case: Case, at: int, result: dict[str, Any]) -> None:
    signature = await _signature(stage, case, at, result)
    _capture(
        stage,
        case,
        at,
        Edit(Kind.SERVICE_VISIT, case.visit, result | {"finished_at": at}),
        signature,
    )


async def find_nobody(stage: Stage, case: Case, at: int) -> None:
    """The visit is finished without a signature: the customer was not there (F031)."""
    _finish_unsigned(stage, case, at, UnsignedReason.ABSENT)


async def meet_refusal(stage: Stage, case: Case, at: int) -> None:
    """The visit is finished without a signature: the customer would not sign (F031)."""
    _finish_unsigned(stage, case, at, UnsignedReason.REFUSED)


async def deliver(stage: Stage, case: Case, at: int) -> None:
    """The phone finds the network."""
    await stage.deliver(case.technician(stage), at)


def _note_attempt(stage: Stage, case: Case, at: int, result: ContactResult) -> None:
    fields = {
        "unit": case.customer.unit,
        "call": case.call,
        "visit": case.visit,
        "user": case.row.technician,
        "at": at,
        "channel": ContactChannel.PHONE,
        "result": result,
    }
    _capture(stage, case, at, Edit(Kind.CONTACT_ATTEMPT, f"attempt-{case.number:03}-{result}", fields))


def _capture(stage: Stage, case: Case, at: int, *edits: Edit) -> None:
    case.technician(stage).capture(at, stage.seen[case.visit], edits)


def _result(case: Case) -> dict[str, Any]:
    """Return what the customer reads: a value for each of ``SIGNED_FIELDS`` that is set."""
    row = case.row
    return {
        "action": row.action,
        "arrived_at": case.arrived_at,
        "asset": row.asset,
        "call": case.call,
        "category": row.category,
        "fault": row.fault,
        "fee_total": row.fee * 100,
        "outcome": row.outcome,
        "parts": row.parts and part_lines([_part(row.parts)]),
        "technician": row.technician,
    }


def _part(told: str) -> PartUsage:
    name, number, pieces = told.split("/")
    return PartUsage(name, number, int(pieces))


def _finish_unsigned(stage: Stage, case: Case, at: int, reason: UnsignedReason) -> None:
    unsigned = {"finished_at": at, "unsigned_reason": reason, "unsigned_note": case.row.remark}
    _capture(stage, case, at, Edit(Kind.SERVICE_VISIT, case.visit, _result(case) | unsigned))


async def _signature(stage: Stage, case: Case, at: int, result: dict[str, Any]) -> Edit:
    technician = case.technician(stage)
    content = await _content(stage, case, result)
    drawn = written(case.signer, case.visit)
    stage.files.extend((technician.caller, file) for file in (drawn.strokes, drawn.image))
    fields = {
        "unit": case.customer.unit,
        "visit": case.visit,
        "role": SignerRole.CUSTOMER,
        "signer_name": case.signer,
        "signed_at": at,
        "template": TEMPLATE,
        "content": content,
        "content_sha256": sha256(content.encode()).hexdigest(),
        "strokes_sha256": sha256(drawn.strokes).hexdigest(),
        "image_sha256": sha256(drawn.image).hexdigest(),
        "device": technician.caller.device,
    }
    return technician.signed(fields)


async def _content(stage: Stage, case: Case, result: dict[str, Any]) -> str:
    unit = await _shown(stage, Unit, case.customer.unit)
    parties = SignedParties(unit_name=unit.name or "", technician_name=case.technician(stage).name)
    customer = await _shown(stage, Customer, case.customer.customer)
    asset = await _shown(stage, Asset, case.row.asset)
    call = await _shown(stage, ServiceCall, case.call)
    signer = Signer(role=SignerRole.CUSTOMER, name=case.signer)
    return canonical_text(signed_content(parties, customer, asset, call, ServiceVisit(**result), signer))


async def _shown(stage: Stage, shape: type[Shape], doc: str) -> Shape:
    found = await stage.work.documents.get(shape, doc)
    if found is None:
        raise LookupError(doc)
    return found.shown
