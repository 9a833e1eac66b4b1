"""Cutting a history that fails down to the smallest one that still breaks the same promise."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from tests.simulation.history import FEWEST_PEOPLE, History, Step
from tests.simulation.playing import Failure, Judge, play

Part = TypeVar("Part")
Breaks = Callable[[History], bool]


def minimised(history: History, failure: Failure, *judges: Judge) -> History:
    """Return the smallest history found that breaks the promise that ``history`` breaks before the same judges.

    No single step can be left out of it any more, and none can be shorter.
    """

    def breaks(smaller: History) -> bool:
        found = play(smaller, *judges).failure
        return found is not None and found.promise == failure.promise

    if failure.step is not None:
        history = _if_it_breaks(breaks, history, history._replace(steps=history.steps[: failure.step + 1]))
    before = None
    while before != history:
        before = history
        history = _with_fewer_steps(breaks, history)
        history = _with_shorter_steps(breaks, history)
        history = _with_fewer_people(breaks, history)
    return history


def _if_it_breaks(breaks: Breaks, history: History, smaller: History) -> History:
    return smaller if breaks(smaller) else history


def _with_fewer_steps(breaks: Breaks, history: History) -> History:
    """Leave out what can be left out: halves first, then ever smaller pieces (delta debugging)."""
    size = max(1, len(history.steps) // 2)
    while True:
        for rest in _without_a_piece(history.steps, size):
            if breaks(history._replace(steps=rest)):
                history = history._replace(steps=rest)
                break
        else:
            if size == 1:
                return history
            size //= 2
        size = max(1, min(size, len(history.steps) // 2))


def _without_a_piece(parts: Sequence[Part], size: int) -> Iterator[tuple[Part, ...]]:
    """Yield what is left without each piece; the last pieces first, since nothing depends on them."""
    for start in reversed(range(0, len(parts), size)):
        yield (*parts[:start], *parts[start + size :])


def _with_shorter_steps(breaks: Breaks, history: History) -> History:
    for place in range(len(history.steps)):
        for lull in _shorter(history.steps[place].lull):
            smaller = history._replace(steps=_with_lull(history.steps, place, lull))
            if breaks(smaller):
                history = smaller
                break
    return history


def _shorter(lull: int) -> Iterator[int]:
    shorter = 0
    while shorter < lull:
        yield shorter
        shorter += max(1, (lull - shorter) // 2)


def _with_lull(steps: tuple[Step, ...], place: int, lull: int) -> tuple[Step, ...]:
    return (*steps[:place], steps[place]._replace(lull=lull), *steps[place + 1 :])


def _with_fewer_people(breaks: Breaks, history: History) -> History:
    while history.people > FEWEST_PEOPLE and breaks(history._replace(people=history.people - 1)):
        history = history._replace(people=history.people - 1)
    return history
