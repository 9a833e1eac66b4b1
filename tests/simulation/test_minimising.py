"""A failing history is cut down to what matters, and the small one fails as the large one did."""

import pytest

from tests.simulation.history import Event, History, drawn
from tests.simulation.keeping import Kept, read, written
from tests.simulation.minimising import minimised
from tests.simulation.mistakes import mistake_named
from tests.simulation.playing import Failure, play
from tests.simulation.promises import Promise

SEEDS = 20
STEPS = 200


def failing() -> tuple[History, Failure]:
    """The first history that fails."""
    for seed in range(SEEDS):
        failure = play(drawn(seed, STEPS)).failure
        if failure is not None:
            return drawn(seed, STEPS), failure
    raise AssertionError("nothing fails")


def test_the_smallest_history_that_fails_is_found_and_can_be_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    mistake = mistake_named("an edit is not applied")
    mistake.make(monkeypatch)
    history, failure = failing()
    smaller = minimised(history, failure)
    found = play(smaller).failure
    assert found is not None
    assert found.promise == failure.promise == Promise.FOLDED
    assert 4 * len(smaller.steps) <= len(history.steps)
    assert Event.ACT in {step.event for step in smaller.steps}
    assert not any(
        _fails(smaller._replace(steps=(*smaller.steps[:place], *smaller.steps[place + 1 :])))
        for place in range(len(smaller.steps))
    )
    kept = Kept("small", "a broken core", mistake.name, failure.promise, smaller)
    assert read("small", written(kept)) == kept


def _fails(history: History) -> bool:
    failure = play(history).failure
    return failure is not None and failure.promise == Promise.FOLDED


def test_a_kept_history_holds_where_the_core_is_whole() -> None:
    with pytest.MonkeyPatch.context() as broken:
        mistake_named("an edit is not applied").make(broken)
        history, failure = failing()
        smaller = minimised(history, failure)
    assert failure.promise == Promise.FOLDED
    assert play(smaller).failure is None
