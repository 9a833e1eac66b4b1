"""What an erased operation keeps, and that a fold over frames is the fold over the operations (SPEC section 12)."""

import json
from collections.abc import Mapping

import msgspec
import pytest

from schemas.erasure import MARK, NAMED_BY, OWNED_BY, PERSONAL
from schemas.protocol import Operation
from schemas.registry import SHAPES, Kind
from sync.canonical import canonical_text
from sync.erasing import has_personal, is_personal, reduced
from sync.reading import read


def sent(kind: str, fields: Mapping[str, object], **more: object) -> bytes:
    array = [2, kind, "doc-one", [7, "epoch-1"], 1_771_000_000_000, 0, fields, *more.values()]
    return json.dumps(array, ensure_ascii=False, separators=(", ", ": ")).encode()


def test_y1_a_frame_has_everything_but_what_was_written_of_a_person() -> None:
    whole = sent("service_call", {"symptom": "不冷", "category": "paid", "zone_reason": None}, resolve=True)
    frame = reduced(whole)
    expected = [2, "service_call", "doc-one", [7, "epoch-1"], 1_771_000_000_000, 0]
    fields = {"symptom": None, "category": "paid", "zone_reason": None}
    assert frame == canonical_text([*expected, fields, True]).encode()
    assert read(frame).fault is None


def test_y1_a_field_that_nobody_knows_may_be_anything() -> None:
    assert json.loads(reduced(sent("customer", {"district": "板橋區", "colour": "red"})))[6] == {
        "colour": None,
        "district": "板橋區",
    }


@pytest.mark.parametrize(
    "payload",
    [
        sent("customer", {"district": "板橋區"}),
        sent("customer", {"name": None}),
        sent("user", {"name": "林佳蓉"}),
        sent("spaceship", {"name": "x"}),
        b"[2]",
        b"{}",
        b'[2,"customer","d",[0,"e"],1,0,"no fields"]',
        b"\xff",
        b"[" * 5_000,
    ],
)
def test_y1_what_has_nothing_personal_or_is_no_operation_keeps_its_bytes(payload: bytes) -> None:
    assert reduced(payload) == payload


@pytest.mark.parametrize("kind", Kind)
def test_y1_what_is_reduced_stays_so_and_says_nothing_personal_any_more(kind: Kind) -> None:
    shape = SHAPES[kind]
    values = {name: 1 if name.endswith("_at") else name for name in shape.__struct_fields__}
    frame = reduced(sent(kind.value, values))
    told = msgspec.json.decode(frame, type=Operation).fields
    assert reduced(frame) == frame
    assert not has_personal(kind, told)
    assert told.keys() == values.keys()
    assert {name for name, value in told.items() if value is None} == PERSONAL.get(kind, frozenset())


def test_y1_the_mark_of_an_erasure_and_what_owns_a_document_are_never_personal() -> None:
    for kind in PERSONAL:
        assert not is_personal(kind, MARK)
        assert kind is Kind.CUSTOMER or not is_personal(kind, OWNED_BY[kind][1])
    assert all(is_personal(kind, field) for kind, fields in NAMED_BY.items() for field in fields)
