"""What a base contains, held against logs that were really copied and put back."""

from typing import NamedTuple

from hypothesis import strategies as st

from schemas.protocol import EpochLink
from sync.lineage import Lineage, Position
from tests.laws.law import law


class Moment(NamedTuple):
    """A server between two events: its log is the truth."""

    epoch: str
    n: int
    links: tuple[EpochLink, ...]
    log: frozenset[Position]

    def base(self) -> Position:
        return Position(self.n, self.epoch)

    def commit(self) -> "Moment":
        return self._replace(n=self.n + 1, log=self.log | {Position(self.n + 1, self.epoch)})

    def put_back(self, epoch: str) -> "Moment":
        return self._replace(epoch=epoch, links=(*self.links, EpochLink(epoch, self.epoch, self.n)))


def moments(events: list[int]) -> list[Moment]:
    """Return every state of a server that commits on 0 to 5, and on more is put back to some earlier state."""
    states = [Moment("epoch-0", 0, (EpochLink("epoch-0", None, 0),), frozenset())]
    for number, event in enumerate(events, start=1):
        back = event - 6
        states.append(states[-1].commit() if back < 0 else states[back % len(states)].put_back(f"epoch-{number}"))
    return states


logs = st.lists(st.one_of(st.integers(0, 5), st.integers(0, 40)), min_size=5, max_size=40).map(moments)


@law(logs)
def test_e2_a_base_contains_exactly_what_the_log_held_at_that_moment(states: list[Moment]) -> None:
    lineage = Lineage({link.epoch: link for state in states for link in state.links}.values())
    everything = frozenset().union(*(state.log for state in states))
    for state in states:
        assert {position for position in everything if lineage.contains(state.base(), position)} == state.log


@law(logs)
def test_e2_a_server_that_never_heard_of_an_epoch_claims_no_more_than_the_truth(states: list[Moment]) -> None:
    lineage = Lineage(states[-1].links)
    everything = frozenset().union(*(state.log for state in states))
    for state in states:
        assert {position for position in everything if lineage.contains(state.base(), position)} <= state.log


@law(logs)
def test_e1_a_place_is_found_under_the_epoch_that_committed_it(states: list[Moment]) -> None:
    lineage = Lineage(states[-1].links)
    for number in range(1, states[-1].n + 1):
        truth = [position for position in states[-1].log if position.n == number]
        assert [lineage.committed(Position(number, states[-1].epoch))] == truth


@law(logs)
def test_e2_a_lineage_knows_its_own_epochs_and_no_other(states: list[Moment]) -> None:
    lineage = Lineage(states[-1].links)
    assert all(lineage.knows(link.epoch) for link in states[-1].links)
    assert not lineage.knows("somebody else's")


def test_e2_the_least_fork_on_the_way_counts() -> None:
    lineage = Lineage([EpochLink("aaaa", None, 0), EpochLink("bbbb", "aaaa", 10), EpochLink("cccc", "bbbb", 14)])
    assert lineage.contains(Position(99, "cccc"), Position(10, "aaaa"))
    assert not lineage.contains(Position(99, "cccc"), Position(11, "aaaa"))
    assert lineage.contains(Position(99, "cccc"), Position(14, "bbbb"))
    assert not lineage.contains(Position(99, "cccc"), Position(15, "bbbb"))
    assert not lineage.contains(Position(99, "aaaa"), Position(11, "bbbb"))
