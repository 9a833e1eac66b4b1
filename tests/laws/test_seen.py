"""Who has seen what: the rules against the truth that each person's device wrote down."""

from collections.abc import Iterator
from typing import NamedTuple

from schemas.protocol import Dot, EpochLink
from schemas.vocabulary import Place
from sync.ancestry import is_own_earlier
from sync.document import fold
from sync.lineage import Lineage, Position
from sync.write import Origin, Past, StampedOperation, covers, supersedes
from tests.laws.history import History, histories
from tests.laws.law import law


class Pair(NamedTuple):
    """Two operations of one document."""

    later: StampedOperation
    earlier: StampedOperation


def pairs(history: History) -> Iterator[Pair]:
    for operations in history.documents.values():
        yield from (Pair(one, other) for one in operations for other in operations if one is not other)


def same_field(history: History) -> Iterator[tuple[str, Pair]]:
    for pair in pairs(history):
        yield from ((name, pair) for name in pair.later.fields.keys() & pair.earlier.fields.keys())


@law(histories())
def test_w1_a_write_covers_what_its_author_had_seen_and_nothing_else(history: History) -> None:
    for later, earlier in pairs(history):
        truth = history.truths[later.origin.dot]
        assert covers(history.past, later.origin, earlier.origin) == truth.knew(earlier.origin.dot)


@law(histories(one_step_back=False))
def test_w1_nothing_is_covered_unseen_even_by_a_server_that_forgot_whole_epochs(history: History) -> None:
    for later, earlier in pairs(history):
        if covers(history.past, later.origin, earlier.origin):
            assert history.truths[later.origin.dot].knew(earlier.origin.dot)


@law(histories())
def test_w2_own_earlier_operations_are_those_of_the_same_chain_through_every_renaming(history: History) -> None:
    ancestry = history.past.ancestry
    for later, earlier in pairs(history):
        truth = history.truths[later.origin.dot]
        assert is_own_earlier(ancestry, later.origin.dot, earlier.origin.dot) == (earlier.origin.dot in truth.own)


def test_w2_chains_that_name_each_other_as_their_past_share_none() -> None:
    ring = {"one": ("two", 5), "two": ("one", 5)}
    assert not is_own_earlier(ring, Dot("one", 9), Dot("three", 1))
    assert is_own_earlier(ring, Dot("one", 9), Dot("two", 5))


@law(histories())
def test_w3_a_write_supersedes_the_values_that_its_author_replaced_knowingly(history: History) -> None:
    for name, (later, earlier) in same_field(history):
        truth = history.truths[later.origin.dot]
        assert supersedes(history.past, later, name, earlier.origin) == truth.replaces(name, earlier.origin.dot)


@law(histories())
def test_w4_an_ordinary_edit_leaves_the_rivals_that_were_not_shown(history: History) -> None:
    for name, (later, earlier) in same_field(history):
        truth = history.truths[later.origin.dot]
        if earlier.origin.dot in truth.left(name):
            assert covers(history.past, later.origin, earlier.origin)
            assert not supersedes(history.past, later, name, earlier.origin)


@law(histories())
def test_w4_a_resolution_supersedes_every_rival_that_it_covers(history: History) -> None:
    for name, (later, earlier) in same_field(history):
        if later.resolve:
            seen = covers(history.past, later.origin, earlier.origin)
            assert supersedes(history.past, later, name, earlier.origin) == seen


@law(histories())
def test_w5_a_superseded_write_still_supersedes_what_it_covers(history: History) -> None:
    for operations in history.documents.values():
        document = fold(history.past, operations)
        for name, register in document.registers.items():
            standing = {write.origin.dot for write in register}
            writers = [each for each in operations if name in each.fields]
            for ghost in (each for each in writers if each.origin.dot not in standing):
                for earlier in writers:
                    if history.truths[ghost.origin.dot].replaces(name, earlier.origin.dot):
                        assert earlier.origin.dot not in standing


def test_w5_a_grandparent_that_is_delivered_last_does_not_come_back() -> None:
    first = _written("office", 1, base=0, at=1, value="first")
    second = _written("phone", 1, base=1, at=2, value="second")
    third = _written("phone", 2, base=0, at=3, value="third")
    past = Past(Lineage([EpochLink("epoch-0", None, 0)]), {})
    document = fold(past, [third, second, first])
    assert [write.value for write in document.registers["fault"]] == ["third"]


def _written(actor: str, seq: int, *, base: int, at: int, value: str) -> StampedOperation:
    where = (Position(at, "epoch-0"),)
    origin = Origin(Dot(actor, seq), where, Position(base, "epoch-0"), actor, Place.FIELD, at)
    return StampedOperation(origin, {"fault": value})
