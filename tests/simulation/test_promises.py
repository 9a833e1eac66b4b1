"""Each promise can break: with one mistake made, the simulator names the promise that it breaks, and no other."""

import pytest

from tests.simulation.history import drawn
from tests.simulation.keeping import kept
from tests.simulation.mistakes import MISTAKES, Mistake
from tests.simulation.playing import play
from tests.simulation.promises import Promise

SEEDS = 60
STEPS = 250

ELSEWHERE = {Promise.BOTH: "test_mirror.py: a mistake in the other language"}


def test_every_promise_is_proven_to_break() -> None:
    assert {mistake.promise for mistake in MISTAKES} | ELSEWHERE.keys() == set(Promise)


KEPT = {history.mistake for history in kept()}
"""Mistakes that are rarely noticed have a history of their own, which test_simulation.py plays with them."""


@pytest.mark.parametrize("mistake", [each for each in MISTAKES if each.name not in KEPT], ids=lambda each: each.name)
def test_a_mistake_breaks_its_promise(mistake: Mistake, monkeypatch: pytest.MonkeyPatch) -> None:
    mistake.make(monkeypatch)
    for seed in range(SEEDS):
        failure = play(drawn(seed, STEPS)).failure
        if failure is not None:
            assert failure.promise == mistake.promise, failure
            return
    pytest.fail(f"{SEEDS} histories did not notice it")
