"""The workload in the product's own kinds: vouchers and cards are visits, signatures are signatures bound to a visit.

No kind is made for the measurement. A voucher's and a card's words all travel, in the two texts of a visit, so that as
much is carried as by everybody else; a card's part lines stand in its text until the product has a kind for parts.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from types import MappingProxyType
from typing import Any

import msgspec

from bench.peers.workload import OFFICE, Create, Edit
from schemas.kinds.calls import ServiceCall
from schemas.kinds.customers import Asset, Customer
from schemas.kinds.visits import ServiceVisit
from schemas.rules.signed_content import SIGNED_FIELDS, TEMPLATE, SignedParties, Signer, signed_content
from schemas.vocabulary import SignerRole
from server.founding.demo.handwriting import encoded as encoded_strokes
from sync.canonical import canonical_text
from sync.chain import signature_id, signature_statement
from tests.support.signing_device import SigningDevice

FIELD_OF: Mapping[str, str] = MappingProxyType(
    {
        "status": "outcome",
        "fault_desc": "fault",
        "work_done": "action",
        "labour_fee": "fee_total",
        "parts_fee": "arrived_clock_offset_ms",
        "note": "unsigned_note",
        "customer_phone": "call",
        "finished_at": "finished_at",
        "visit_address": "asset",
        "technician": "technician",
        "payment_method": "category",
        "next_visit": "en_route_at",
    }
)
"""Field of a voucher that is edited to the field of a visit that stands for it: one to one, with its own merge rule."""

_CHOICES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {"status": ("fixed", "no_fault"), "payment_method": ("warranty", "contract")}
)
"""Closed vocabularies: what the device and what the office chooses; neither is what the record began with."""

_IDS = frozenset({"customer_phone", "visit_address", "technician"})
_INSTANTS = frozenset({"finished_at", "next_visit"})


@dataclass(frozen=True)
class Signed:
    """A signature as an operation, and the file that travels beside it."""

    id: str
    fields: dict[str, Any]
    strokes_sha256: str
    strokes: bytes


def visit_of(create: Create, unit: str, technician: str) -> dict[str, Any]:
    """Return a voucher or a card as a visit with all its fields."""
    doc = create.doc
    told = [f"{value}" for name, value in doc.items() if name not in ("work_done", "note", "parts")]
    done = [doc.get("work_done") or doc["diagnosis"], doc["note"], *map(_part, doc.get("parts", ()))]
    arrived = _instant(doc.get("arrived_at") or doc["received_at"])
    return {
        "unit": unit,
        "call": f"call-{create.id[:30]}",
        "asset": doc.get("serial_no", doc.get("card_no", "")).lower(),
        "technician": technician,
        "category": "paid",
        "en_route_at": arrived - 1_800_000,
        "arrived_at": arrived,
        "arrived_clock_offset_ms": 0,
        "fault": "、".join(told),
        "action": "、".join(done),
        "outcome": "follow_up",
        "fee_total": doc.get("labour_fee", 0) + doc.get("parts_fee", 0),
        "finished_at": arrived + 3_600_000,
    }


def signature_of(create: Create, visit: Mapping[str, Any], device: SigningDevice) -> Signed:
    """Return a signature bound to the visit as it stands, made and signed by the technician's device."""
    doc = create.doc
    strokes = encoded_strokes(doc["w"], doc["h"], [_path(stroke) for stroke in doc["strokes"]]).encode()
    content = _content(visit, doc["signer"])
    strokes_sha256 = sha256(strokes).hexdigest()
    fields: dict[str, Any] = {
        "unit": device.unit,
        "visit": doc["voucher_id"],
        "role": "customer",
        "signer_name": doc["signer"],
        "signed_at": _instant(doc["signed_at"]),
        "template": TEMPLATE,
        "content": content,
        "content_sha256": sha256(content.encode()).hexdigest(),
        "strokes_sha256": strokes_sha256,
        "image_sha256": sha256(b"image of " + strokes).hexdigest(),
        "device": device.device,
    }
    name = signature_id(fields)
    fields["device_signature"] = device.sign(signature_statement(name, fields))
    return Signed(name, fields, strokes_sha256, strokes)


def signed_again(visit: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields that the signing group writes once more (SPEC N2)."""
    return {name: visit.get(name) for name in SIGNED_FIELDS}


def value_of(edit: Edit) -> Any:  # noqa: ANN401 - a field's value
    """Return an edit's value as its visit field holds it: different for different values of one field of one record."""
    if edit.field in _CHOICES:
        return _CHOICES[edit.field][edit.by == OFFICE]
    if edit.field in _IDS:
        return f"{edit.field[:8]}-{sha256(str(edit.value).encode()).hexdigest()[:16]}".replace("_", "-")
    if edit.field in _INSTANTS:
        return _instant(edit.value[:19] + edit.value[26:]) + int(edit.value[20:26])
    return edit.value


def _content(visit: Mapping[str, Any], name: str) -> str:
    read = msgspec.convert(dict(visit), ServiceVisit)
    customer = Customer(name="王淑芬")
    call = ServiceCall(address="新北市板橋區文化路一段 25 號", contact_phone="02-2960-0000")
    asset = Asset(product="變頻分離式冷氣機", model_no="RAS-301A", serial_no=read.asset)
    parties = SignedParties(unit_name="板橋服務中心", technician_name="陳志明")
    signer = Signer(role=SignerRole.CUSTOMER, name=name)
    return canonical_text(signed_content(parties, customer, asset, call, read, signer))


def _path(stroke: list[list[int]]) -> list[tuple[int, int, int]]:
    return [(x, y, at) for x, y, at in stroke]


def _part(part: Mapping[str, Any]) -> str:
    return " ".join(f"{value}" for value in part.values())


def _instant(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp() * 1_000)
