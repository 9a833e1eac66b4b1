"""Which rival people see, and when a person is asked."""

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from schemas.merge_rules import MergeRule, Show
from schemas.protocol import Dot
from schemas.vocabulary import Place
from sync.document import asks, is_deleted, rivals
from sync.lineage import Position
from sync.register import Register, ordered, shown
from sync.write import Origin, Write
from tests.laws.history import MERGE_RULES_OF, History, histories
from tests.laws.law import law


def _write(actor: str, at: int, place: Place) -> Write:
    nowhere = Position(0, "epoch-0")
    return Write(Origin(Dot(actor, 1), (nowhere,), nowhere, actor, place, at), f"by {actor}")


registers: st.SearchStrategy[Register] = st.lists(
    st.builds(_write, st.sampled_from("abcdefg"), st.integers(1, 3), st.sampled_from(Place)),
    min_size=1,
    unique_by=lambda write: write.origin.dot,
).map(lambda writes: ordered(tuple(writes)))


def _by_age(register: Register, wanted: Callable[[Write], bool] = lambda _: True) -> list[Any]:
    chosen = [each for each in register if wanted(each)] or list(register)
    return sorted(chosen, key=lambda each: (each.origin.effective_at, each.origin.dot.actor, each.origin.dot.seq))


@law(registers)
def test_s1_the_latest_is_shown_and_the_greater_dot_breaks_a_tie(register: Register) -> None:
    assert shown(register, MergeRule(Show.LATEST, ask=False)) == _by_age(register)[-1]


@law(registers)
def test_s2_the_first_is_shown_and_the_lesser_dot_breaks_a_tie(register: Register) -> None:
    assert shown(register, MergeRule(Show.FIRST, ask=False)) == _by_age(register)[0]


@law(registers)
def test_s3_the_latest_of_the_field_is_shown_before_anything_of_the_office(register: Register) -> None:
    expected = _by_age(register, lambda each: each.origin.place is Place.FIELD)[-1]
    assert shown(register, MergeRule(Show.FIELD, ask=False)) == expected


@law(registers)
def test_s4_the_latest_of_the_office_is_shown_before_anything_of_the_field(register: Register) -> None:
    expected = _by_age(register, lambda each: each.origin.place is Place.OFFICE)[-1]
    assert shown(register, MergeRule(Show.OFFICE, ask=False)) == expected


@law(registers, st.sampled_from(Show))
def test_s1_to_s4_choose_without_regard_to_the_order_of_writes(register: Register, show: Show) -> None:
    assert shown(tuple(reversed(register)), MergeRule(show, ask=False)) == shown(register, MergeRule(show, ask=False))


@law(histories())
def test_s5_a_person_is_asked_where_the_rule_says_so_and_rivals_stand(history: History) -> None:
    for (kind, _), document in history.shown().items():
        rules = MERGE_RULES_OF[kind]
        contested = bool(document.contested) and not is_deleted(document)
        expected = {name for name in rivals(document) if rules[name].ask} | ({"deleted"} if contested else set())
        assert asks(document, rules) == tuple(sorted(expected))
