"""What a customer signed stays what he signed."""

import json
from hashlib import sha256
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st

from schemas.kinds.calls import ServiceCall
from schemas.kinds.customers import Asset, Customer
from schemas.kinds.visits import ServiceVisit
from schemas.registry import Kind
from schemas.rules.signed_content import (
    SIGNED_FIELDS,
    SignatureState,
    SignedParties,
    Signer,
    signature_state,
    signed_content,
)
from schemas.vocabulary import Category, SignerRole, UndoneNext, UndoneReason, VisitOutcome
from sync.canonical import canonical_bytes, canonical_text
from sync.chain import signature_statement
from sync.document import rivals, shown_fields
from tests.laws.device import Device, Draft
from tests.laws.history import BEGINNING_MS, MERGE_RULES_OF, STEP_MS, new_device
from tests.laws.law import law
from tests.laws.reference import Key, Server

VISIT: Key = (Kind.SERVICE_VISIT.value, "visit-1")
SIGNATURE: Key = (Kind.SIGNATURE.value, "signature-1")

VALUES: dict[str, tuple[Any, ...]] = {
    "action": ("換了皮帶", "換了皮帶,也清了濾網", None),
    "arrived_at": (1, 2, None),
    "category": (Category.PAID.value, Category.WARRANTY.value, None),
    "fault": ("皮帶斷裂", '濾網堵塞 \U0001f6e0 "\\\n\u2028', None),
    "fee_total": (0, 120_000, None),
    "outcome": (VisitOutcome.FIXED.value, VisitOutcome.FOLLOW_UP.value, None),
    "parts": ("溫度感測器\tTS-2210\t1", "螺絲\t\t4", None),
    "asset": ("asset-1", "asset-2", None),
    "undone_next": (UndoneNext.SEND_AGAIN.value, UndoneNext.GIVE_UP.value, None),
    "undone_note": ("門鎖著", None),
    "undone_reason": (UndoneReason.NO_PARTS.value, UndoneReason.CUSTOMER_ABSENT.value, None),
    "undone_wish_at": (3, 4, None),
    "call": ("call-1", "call-2", None),
    "technician": ("technician-1", "technician-2", None),
}
visits = st.fixed_dictionaries({name: st.sampled_from(values) for name, values in VALUES.items()})


def content_of(visit: dict[str, Any]) -> dict[str, Any]:
    parties = SignedParties(unit_name="台北服務中心", technician_name="王大明")
    customer, asset = Customer(name="林家"), Asset(product="冷氣", model_no="X-1", serial_no="甲-7")
    call = ServiceCall(address="民生東路 1 號", contact_phone="02-2345")
    signer = Signer(role=SignerRole.FAMILY, name="林太太")
    return signed_content(parties, customer, asset, call, ServiceVisit(**visit), signer)


@law(visits)
def test_n1_the_signed_bytes_are_the_only_spelling_of_their_content(visit: dict[str, Any]) -> None:
    text = canonical_text(content_of(visit))
    assert canonical_text(json.loads(text)) == text
    assert json.loads(text)["visit"] == visit


@law(visits, visits)
def test_n1_another_content_has_another_hash(one: dict[str, Any], other: dict[str, Any]) -> None:
    hashes = {sha256(canonical_bytes(content_of(visit))).hexdigest() for visit in (one, other)}
    assert (len(hashes) == 1) == (one == other)


def _write(device: Device, now: int, key: Key, fields: dict[str, Any]) -> None:
    device.write(now, [Draft(device.render(key), fields)])


def _sign(device: Device, now: int) -> dict[str, Any]:
    """Finish the visit as the phone does: every signed field once more, and the signature, in one group."""
    shown = shown_fields(device.rows[VISIT].document, MERGE_RULES_OF[VISIT[0]])
    content = content_of({name: shown.get(name) for name in SIGNED_FIELDS})
    text = canonical_text(content)
    signature = {"visit": VISIT[1], "content": text, "content_sha256": sha256(text.encode()).hexdigest()}
    device.write(now, [Draft(device.render(VISIT), content["visit"]), Draft(device.render(SIGNATURE), signature)])
    return content


def _state(server: Server, content: dict[str, Any]) -> SignatureState:
    document = server.pull()[VISIT].document
    return signature_state(content, shown_fields(document, MERGE_RULES_OF[VISIT[0]]), rivals(document).keys())


def _signed_visit(visit: dict[str, Any]) -> tuple[Server, Device, Device]:
    """Return a visit that a technician and the office have both seen."""
    server, office, phone = Server(), new_device(0), new_device(1)
    _write(phone, BEGINNING_MS, VISIT, visit)
    phone.push(server, BEGINNING_MS, "unused")
    phone.pull(server)
    office.pull(server)
    return server, office, phone


@law(visits, st.sampled_from(sorted(VALUES)), st.data(), st.permutations([0, 1]))
def test_n2_an_edit_that_had_not_seen_the_signature_is_a_rival_and_the_signed_value_stays_shown(
    visit: dict[str, Any], name: str, data: st.DataObject, arrival: list[int]
) -> None:
    server, office, phone = _signed_visit(visit)
    value = data.draw(st.sampled_from(VALUES[name]))
    assume(value != visit[name])
    content = _sign(phone, BEGINNING_MS + STEP_MS)
    _write(office, BEGINNING_MS + 2 * STEP_MS, VISIT, {name: value})
    for number, who in enumerate(arrival):
        (office, phone)[who].push(server, BEGINNING_MS + (3 + number) * STEP_MS, "unused")
    document = server.pull()[VISIT].document
    shown = shown_fields(document, MERGE_RULES_OF[VISIT[0]])
    assert {write.value for write in document.registers[name]} == {visit[name], value}
    assert {field: shown.get(field) for field in SIGNED_FIELDS} == content["visit"]
    assert _state(server, content) is SignatureState.RIVAL


@law(visits, st.sampled_from(sorted(VALUES)), st.data())
def test_n2_an_edit_in_knowledge_of_the_signature_is_shown_as_amended(
    visit: dict[str, Any], name: str, data: st.DataObject
) -> None:
    server, office, phone = _signed_visit(visit)
    value = data.draw(st.sampled_from(VALUES[name]))
    content = _sign(phone, BEGINNING_MS + STEP_MS)
    phone.push(server, BEGINNING_MS + 2 * STEP_MS, "unused")
    assert _state(server, content) is SignatureState.EQUAL
    office.pull(server)
    _write(office, BEGINNING_MS + 3 * STEP_MS, VISIT, {name: value})
    office.push(server, BEGINNING_MS + 4 * STEP_MS, "unused")
    document = server.pull()[VISIT].document
    assert rivals(document) == {}
    assert shown_fields(document, MERGE_RULES_OF[VISIT[0]]).get(name) == value
    expected = SignatureState.EQUAL if value == visit[name] else SignatureState.AMENDED
    assert _state(server, content) is expected


def test_n2_without_a_signature_nothing_was_signed() -> None:
    assert signature_state(None, {}, ()) is SignatureState.UNSIGNED


_SIGNED = ("content_sha256", "strokes_sha256", "image_sha256", "signer_name", "signed_at", "visit")
_SAYINGS = st.fixed_dictionaries({name: st.sampled_from(["a", "b", None]) for name in _SIGNED})


@law(_SAYINGS, _SAYINGS)
def test_n3_two_signatures_are_signed_alike_only_where_they_say_the_same(
    one: dict[str, Any], other: dict[str, Any]
) -> None:
    same = signature_statement("signature-1", one) == signature_statement("signature-1", other)
    assert same == (one == other)
    assert signature_statement("signature-1", one) != signature_statement("signature-2", one)


@law(_SAYINGS, st.sampled_from(_SIGNED))
def test_n3_a_signature_that_differs_in_one_thing_is_signed_otherwise(said: dict[str, Any], name: str) -> None:
    assert signature_statement("signature-1", said) != signature_statement("signature-1", said | {name: "c"})
