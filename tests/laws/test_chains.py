"""The hash chain of an actor, and how it goes on elsewhere."""

import json
from collections.abc import Sequence
from hashlib import sha256

from hypothesis import strategies as st
from msgspec.structs import asdict, replace

from schemas.protocol import ActorRecord, Dot, Entrusted, Stamp
from schemas.vocabulary import Place
from sync.chain import entrusted_statement, extend, genesis, link, push_statement, stamp_link
from sync.erasing import reduced
from tests.laws.history import History, histories
from tests.laws.law import law

names = st.from_regex(r"[0-9a-z][0-9a-z_-]{3,39}", fullmatch=True)
records = st.builds(
    ActorRecord,
    actor=names,
    company=names,
    device=names,
    user=names,
    place=st.sampled_from(Place),
    epoch=names,
    parent=st.none() | names,
    parent_seq=st.integers(0, 2**53 - 1),
    parent_head=st.none() | st.from_regex(r"[0-9a-f]{64}", fullmatch=True),
)
payloads = st.lists(st.binary(max_size=30), max_size=12)


def heads(record: ActorRecord, operations: Sequence[bytes]) -> list[str]:
    """Return the head before the first operation and after each."""
    result = [genesis(record)]
    for payload in operations:
        result.append(extend(result[-1], link(payload)))
    return result


@law(records)
def test_a1_a_chain_begins_with_who_writes_where_and_from_which_past(record: ActorRecord) -> None:
    parent = "null" if record.parent is None else f'"{record.parent}"'
    head = "" if record.parent_head is None else f',"{record.parent_head}"'
    text = (
        f'["fieldproof-actor-1","{record.company}","{record.actor}","{record.device}","{record.user}",'
        f'"{record.place.value}","{record.epoch}",{parent},{record.parent_seq}{head}]'
    )
    assert genesis(record) == sha256(text.encode()).hexdigest()


@law(records, records)
def test_a1_two_actors_never_begin_alike(one: ActorRecord, other: ActorRecord) -> None:
    for name, value in asdict(other).items():
        mixed = replace(one, **{name: value})
        assert (genesis(mixed) == genesis(one)) == (mixed == one)


@law(records, payloads)
def test_a2_a_head_is_the_hash_of_both_hashes_as_bytes(record: ActorRecord, operations: list[bytes]) -> None:
    head = bytes.fromhex(genesis(record))
    for payload, reached in zip(operations, heads(record, operations)[1:], strict=True):
        head = sha256(head + sha256(payload).digest()).digest()
        assert reached == head.hex()


@law(records, payloads, st.data())
def test_a2_a_change_of_one_byte_changes_every_later_head(
    record: ActorRecord, operations: list[bytes], data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(operations)))
    changed = [*operations[:place], b"another", *operations[place + 1 :]]
    before, after = heads(record, [*operations, b"last"]), heads(record, [*changed, b"last"])
    differs = [*operations, b"last"] != [*changed, b"last"]
    assert before[: place + 1] == after[: place + 1]
    if differs:
        assert not set(before[place + 1 :]) & set(after[place + 1 :])


@law(records, payloads, payloads, payloads)
def test_a3_heads_agree_up_to_the_common_seq_and_never_again(
    record: ActorRecord, shared: list[bytes], mine: list[bytes], theirs: list[bytes]
) -> None:
    ours = heads(record, [*shared, b"mine", *mine])
    others = heads(record, [*shared, b"theirs", *theirs])
    agreeing = [seq for seq, head in enumerate(ours) if seq < len(others) and others[seq] == head]
    assert agreeing == list(range(len(shared) + 1))


@law(histories())
def test_a3_a_renamed_chain_names_the_past_that_its_device_really_has(history: History) -> None:
    for actor, record in history.server.actors.items():
        if record.parent is None:
            continue
        parents = {Dot(record.parent, seq) for seq in range(1, record.parent_seq + 1)}
        for dot, truth in history.truths.items():
            if dot.actor == actor:
                assert parents <= truth.own
                assert not {own for own in truth.own if own.actor == record.parent} - parents


@law(histories())
def test_a3_nothing_is_added_to_an_actor_of_another_epoch(history: History) -> None:
    for each in history.server.log.values():
        assert each.stamp.position.epoch == history.server.actors[each.dot.actor].epoch


def test_a4_a_device_signs_who_how_far_and_the_head() -> None:
    assert push_statement("actor-1", 7, "ab") == b'["fieldproof-push-1","actor-1",7,"ab"]'


hashes = st.from_regex(r"[0-9a-f]{64}", fullmatch=True)
stamps = st.builds(Stamp, names, st.integers(1, 9), st.just(1), st.just(1), st.just("applied"), st.none())
groups = st.builds(
    Entrusted,
    actor=records,
    past=st.lists(records, max_size=2).map(tuple),
    first=st.integers(1, 1_000),
    author=names,
    place=st.sampled_from(Place),
    operations=st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=9), max_size=2).map(tuple),
    heads=st.lists(hashes, max_size=2).map(tuple),
    stamps=st.lists(stamps, max_size=2).map(tuple),
    signature=st.just(""),
)


@law(groups, groups)
def test_h7_the_server_signs_everything_that_it_entrusts_and_nothing_twice_alike(
    one: Entrusted, other: Entrusted
) -> None:
    for name, value in asdict(other).items():
        mixed = replace(one, **{name: value})
        assert (entrusted_statement(mixed) == entrusted_statement(one)) == (mixed == one)


@law(groups)
def test_h7_a_group_is_named_by_its_chain_its_bytes_and_its_stamps(group: Entrusted) -> None:
    told = json.loads(entrusted_statement(group))
    assert told[:3] == ["fieldproof-entrusted-2", genesis(group.actor), [genesis(record) for record in group.past]]
    assert told[3:6] == [group.first, group.author, group.place.value]
    assert told[6] == [link(text.encode()) for text in group.operations]
    assert told[7:9] == [list(group.heads), [stamp_link(stamp) for stamp in group.stamps]]
    assert told[9:] == [[link(reduced(text.encode())) for text in group.operations]]
