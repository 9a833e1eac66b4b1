"""Operations are read one by one; whatever is wrong with one is said of it and costs nobody else."""

import json
from random import Random
from typing import get_args, get_type_hints

import msgspec
import pytest
from hypothesis import assume
from hypothesis import strategies as st

from schemas.problems import Code
from schemas.protocol import MAX_OPERATION_BYTES, OLDEST_SCHEMA, SCHEMA, Dot, Operation
from schemas.registry import SHAPES, Kind
from schemas.since import ADDED
from sync.groups import is_consistent, split
from sync.reading import Reading, read
from sync.wellformed import is_wellformed, is_wellformed_json, is_wellformed_value
from tests.laws.history import BEGINNING_MS, FIELDS, History, histories, new_device
from tests.laws.law import law
from tests.laws.reference import Server
from tests.laws.truth import NOTHING_SEEN

ids = st.from_regex(r"[0-9a-z][0-9a-z_-]{3,39}", fullmatch=True)
counts = st.integers(0, 2**53 - 1)


def _operation(**other: object) -> bytes:
    """Return a sound operation's bytes with some members replaced."""
    sound = {
        "schema": SCHEMA,
        "kind": "service_visit",
        "doc": "visit-1",
        "base": (0, "epoch-0"),
        "at": BEGINNING_MS,
        "following": 0,
        "fields": {"fault": "甲"},
    }
    return msgspec.json.encode(list((sound | other).values()))


@st.composite
def operations(draw: st.DrawFn) -> Operation:
    kind = draw(st.sampled_from(sorted(FIELDS)))
    chosen = draw(st.lists(st.sampled_from(FIELDS[kind]), min_size=1, unique=True))
    fields = {name: draw(st.sampled_from(values)) for name, values in chosen}
    over = st.dictionaries(st.sampled_from(sorted(fields)), st.lists(st.tuples(ids, counts)), max_size=2)
    members = (
        SCHEMA, kind, draw(ids), (draw(counts), draw(ids)), draw(counts), draw(st.integers(0, 1_999)),
        fields, draw(st.booleans()), draw(over),
    )  # fmt: skip
    return msgspec.convert(members, Operation)


nested = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


@law(operations())
def test_o1_an_operation_is_one_array_that_is_read_as_it_was_written(operation: Operation) -> None:
    payload = msgspec.json.encode(operation)
    assert b"\n" not in payload
    assert json.loads(payload)[:3] == [operation.schema, operation.kind, operation.doc]
    assert read(payload) == Reading(operation.following, operation, None)


@law(operations())
def test_o1_resolve_and_over_may_be_left_out(operation: Operation) -> None:
    short = msgspec.json.encode(json.loads(msgspec.json.encode(operation))[:7])
    assert read(short).operation == msgspec.structs.replace(operation, resolve=False, over={})


@law(st.binary(max_size=300) | nested.map(msgspec.json.encode), examples=300)
def test_o2_no_bytes_whatever_stop_the_reader(payload: bytes) -> None:
    assert read(payload).fault is not None


@law(operations(), st.data(), examples=200)
def test_o2_a_damaged_operation_is_read_or_named_but_stops_nobody(operation: Operation, data: st.DataObject) -> None:
    payload = bytearray(msgspec.json.encode(operation))
    payload[data.draw(st.integers(0, len(payload) - 1))] = data.draw(st.integers(0, 255))
    reading = read(bytes(payload))
    assert (reading.operation is not None) or (reading.fault is not None)


@pytest.mark.parametrize("depth", [100, 400, 5_000, 60_000])
@pytest.mark.parametrize("closing", ["]", ""])
def test_o2_values_nested_without_end_are_held(depth: int, closing: str) -> None:
    payload = _operation(fields={"fault": "#"}).replace(b'"#"', b"[" * depth + closing.encode() * depth)
    assert read(payload).fault in {Code.OPERATION_VALUE, Code.OPERATION_MALFORMED}


@law(st.binary(max_size=100).filter(lambda payload: read(payload).operation is None), st.integers(0, 4))
def test_o2_neighbours_of_an_unreadable_operation_are_applied(broken: bytes, place: int) -> None:
    device, server = new_device(1), Server()
    sound = [_operation(doc=f"visit-{number}") for number in range(4)]
    for payload in [*sound[:place], broken, *sound[place:]]:
        device.append(payload, NOTHING_SEEN)
    device.push(server, BEGINNING_MS, "unused")
    assert {key: len(applied) for key, applied in server.applied().items()} == {
        ("service_visit", f"visit-{number}"): 1 for number in range(4)
    }
    assert all(each.stamp is not None for each in device.entries)


@law(st.text(max_size=20), st.sampled_from(["\0", "e\u0301", "\u212b", "가\u11a8"]), st.text(max_size=20))
def test_o3_text_that_the_two_languages_would_not_read_alike_is_held(before: str, odd: str, after: str) -> None:
    text = before + odd + after
    assert read(_operation(fields={"fault": text})).fault is Code.OPERATION_TEXT


@pytest.mark.parametrize("cut", [rb'"\ud83d"', rb'"\ude00"', rb'"\ud83dx"', b'"\xed\xa0\xbd"', b'"\xf0\x9f\x98"'])
def test_o3_a_cut_character_is_held(cut: bytes) -> None:
    assert read(_operation(fields={"fault": "#"}).replace(b'"#"', cut)).fault is Code.OPERATION_TEXT


@law(st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), max_size=20))
def test_o3_chinese_text_is_read_as_it_was_written(text: str) -> None:
    reading = read(_operation(fields={"fault": text}))
    assert reading.fault is None
    assert reading.operation is not None
    assert reading.operation.fields == {"fault": text}


_ODD = st.sampled_from(
    ["\0", "e", "\u0301", "\u212b", "가", "\u11a8", '"', "\\", "\\u", "\n", "/", "\u0338", "\b", "漢"]
)


@law(st.lists(_ODD, max_size=6).map("".join), st.booleans())
def test_o3_one_look_at_all_the_text_passes_nothing_that_a_look_at_each_would_not(text: str, escaped: bool) -> None:  # noqa: FBT001 - drawn
    payload = json.dumps([text], ensure_ascii=escaped).encode()
    assert is_wellformed(text) or not is_wellformed_json(payload)
    assert is_wellformed_json(payload) or not is_wellformed(text) or b"\\" in payload


def _texts(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for key, member in value.items() for text in (key, *_texts(member))]
    if isinstance(value, list | tuple):
        return [text for member in value for text in _texts(member)]
    return [value] if isinstance(value, str) else []


_GOOD_AND_ODD = st.sampled_from(["", "甲", "e\u0301", "\0", "\ud83d", "x"])
_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | _GOOD_AND_ODD,
    lambda members: (
        st.lists(members, max_size=3)
        | st.lists(members, max_size=2).map(tuple)
        | st.dictionaries(_GOOD_AND_ODD, members, max_size=3)
    ),
    max_leaves=6,
)


@law(_VALUES, examples=200)
def test_o3_a_value_is_well_formed_where_every_text_in_it_is(value: object) -> None:
    assert is_wellformed_value(value) == all(map(is_wellformed, _texts(value)))


@law(ids, nested)
def test_o4_an_unknown_kind_or_field_is_held(name: str, value: object) -> None:
    assume(name not in set(Kind) and name not in SHAPES[Kind.SERVICE_VISIT].__struct_fields__)
    assert read(_operation(kind=name)).fault is Code.OPERATION_KIND
    assert read(_operation(fields={"fault": "甲", name: value})).fault is Code.OPERATION_FIELD


@law(st.integers(SCHEMA + 1, 2**53 - 1))
def test_o4_a_newer_schema_is_held_whatever_else_is_in_it(newer: int) -> None:
    assert read(_operation(schema=newer, kind="tomorrow", fields={})).fault is Code.OPERATION_SCHEMA


@law(st.sampled_from(list(Kind)), st.integers(OLDEST_SCHEMA, SCHEMA), st.data())
def test_o7_an_operation_is_read_by_the_schema_that_it_names(kind: Kind, schema: int, data: st.DataObject) -> None:
    field = data.draw(st.sampled_from(SHAPES[kind].__struct_fields__))
    began = min((since for since, kinds in ADDED.items() if field in kinds.get(kind, ())), default=OLDEST_SCHEMA)
    fault = read(_operation(schema=schema, kind=kind.value, fields={field: None})).fault
    assert (fault is None) == (began <= schema)
    assert fault in (None, Code.OPERATION_KIND, Code.OPERATION_FIELD)


def test_o7_what_was_added_is_there_and_newer_than_the_oldest() -> None:
    assert list(ADDED) == list(range(OLDEST_SCHEMA + 1, SCHEMA + 1))
    for kinds in ADDED.values():
        assert all(fields and fields <= set(SHAPES[kind].__struct_fields__) for kind, fields in kinds.items())


@law(st.sampled_from(list(Kind)), st.data(), examples=200)
def test_o5_a_value_of_another_type_is_held(kind: Kind, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(SHAPES[kind].__struct_fields__))
    kinds_of_value = get_args(get_type_hints(SHAPES[kind])[name])
    wrong: st.SearchStrategy[object] = st.floats(allow_nan=False, allow_infinity=False) | st.lists(st.none())
    wrong |= st.just(-(2**53)) | st.just(2**53) | st.just("?") | st.just("甲" * 40_000)
    value = data.draw(wrong)
    assume(not (value == "?" and str in kinds_of_value))
    fault = read(_operation(kind=kind.value, fields={name: value})).fault
    assert fault is Code.OPERATION_VALUE


@pytest.mark.parametrize("odd", ["visit-1\n", "Visit-1", "vis", "visit 1", "v" * 41, "客戶一號"])
def test_o5_an_id_that_both_languages_would_not_take_is_held(odd: str) -> None:
    assert read(_operation(doc=odd)).fault is Code.OPERATION_MALFORMED
    assert read(_operation(base=(0, odd))).fault is Code.OPERATION_MALFORMED
    assert read(_operation(fields={"call": odd})).fault is Code.OPERATION_VALUE


@law(histories(), st.randoms(use_true_random=False))
def test_o6_the_verdict_on_a_group_is_the_same_in_whatever_company_it_is_read(history: History, chance: Random) -> None:
    admitted = list(history.server.log.values())
    readings = {each.dot: read(each.payload) for each in chance.sample(admitted, k=len(admitted))}
    for each in admitted:
        group = [other for other in admitted if other.stamp.position == each.stamp.position]
        assert each.stamp.held == any(readings[member.dot].fault is not None for member in group)


@law(st.lists(st.integers(1, 6), max_size=12))
def test_g1_groups_are_found_by_what_follows_them(sizes: list[int]) -> None:
    following = [size - 1 - place for size in sizes for place in range(size)]
    groups = split(following)
    assert groups is not None
    assert [len(group) for group in groups] == sizes
    assert [index for group in groups for index in group] == list(range(len(following)))
    assert all(is_consistent([following[index] for index in group]) for group in groups)


@law(st.lists(st.integers(1, 6), min_size=1, max_size=12), st.integers(1, 5))
def test_g1_a_push_that_cuts_its_last_group_is_no_push(sizes: list[int], cut: int) -> None:
    following = [size - 1 - place for size in sizes for place in range(size)]
    assume(sizes[-1] > cut)
    assert split(following[:-cut]) is None


@law(st.integers(2, 6), st.data())
def test_g1_an_unreadable_member_does_not_tear_its_group(size: int, data: st.DataObject) -> None:
    following: list[int | None] = [size - 1 - place for place in range(size)]
    following[data.draw(st.integers(1, size - 1))] = None
    assert split([0, *following, 0]) == [range(1), range(1, size + 1), range(size + 1, size + 2)]
    assert not is_consistent(following)


@pytest.mark.parametrize("value", ["甲" * MAX_OPERATION_BYTES, "\0", 1.5, "#"])
def test_g1_a_faulty_first_member_still_tells_how_many_follow(value: object) -> None:
    payload = _operation(following=3, fields={"fault": value})
    reading = read(payload.replace(b'"#"', b"\xff"))
    assert reading.fault is not None
    assert reading.following == 3


def test_o2_an_operation_may_be_as_long_as_the_limit_and_not_longer() -> None:
    longest = _operation().ljust(MAX_OPERATION_BYTES)
    assert read(longest).fault is None
    assert read(longest + b" ").fault is Code.OPERATION_MALFORMED


@pytest.mark.parametrize("kind", SHAPES)
def test_o4_an_operation_may_write_every_field_of_its_kind(kind: Kind) -> None:
    fields = dict.fromkeys(SHAPES[kind].__struct_fields__)
    assert read(_operation(kind=kind.value, fields=fields)).fault is None
    assert read(_operation(kind=kind.value, fields=fields | {"unheard": None})).fault is Code.OPERATION_FIELD


@law(histories())
def test_g1_a_group_has_one_position_and_one_verdict(history: History) -> None:
    log = history.server.log
    for dot, each in log.items():
        if each.operation is not None and each.operation.following:
            follower = log[Dot(dot.actor, dot.seq + 1)]
            assert follower.placed == each.placed
            assert follower.stamp == each.stamp._replace(effective_at=follower.stamp.effective_at)
