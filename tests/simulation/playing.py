"""Playing a history, and what is told of it."""

import traceback
from collections.abc import Callable
from typing import Any, NamedTuple, TypeAlias

from tests.simulation.events import DEEDS
from tests.simulation.faults import Tally
from tests.simulation.history import History
from tests.simulation.promises import BrokenError
from tests.simulation.world import World

DEFECT = "defect"
"""What is broken where something else than a promise's check fails."""

MOST_BETWEEN_STEPS_MS = 600_000
_IN_THE_END = 2**33
"""Seed of what is left to chance once the steps are over; no step has it."""


Judge: TypeAlias = Callable[[World], None]


class Failure(NamedTuple):
    """Which promise broke, how it was seen, and in which step; None for the step means in the end."""

    promise: str
    words: str
    step: int | None


class Played(NamedTuple):
    """How a history went."""

    world: World
    failure: Failure | None

    @property
    def tally(self) -> Tally:
        """What happened in it, and how often."""
        return self.world.tally


def play(history: History, *judges: Judge) -> Played:
    """Play a history to its end, or to where a promise breaks; ``judges`` look at the world that is left."""
    world = World(history.people)
    at: int | None = None
    try:
        for at, step in enumerate(history.steps):  # noqa: B007 - where it fails is told
            world.chance.seed(step.chance)
            world.pass_time(world.chance.randrange(1, MOST_BETWEEN_STEPS_MS))
            DEEDS[step.event](world)
            for _ in range(step.lull):
                world.advance_somebody()
        at = None
        world.chance.seed(_IN_THE_END)
        world.in_peace(world.settle)
        world.in_peace(world.replay)
        world.check_the_end()
        for judge in judges:
            judge(world)
    except BrokenError as broken:
        return Played(world, Failure(broken.promise, broken.words, at))
    except Exception:  # noqa: BLE001 - whatever breaks a history is its result
        return Played(world, Failure(DEFECT, traceback.format_exc(), at))
    finally:
        world.end()
    return Played(world, None)


def told(seed: int, steps: int, played: Played) -> dict[str, Any]:
    """Return the line that is printed of a seed."""
    happened = {what.value: count for what, count in sorted(played.tally.items()) if count}
    failure = played.failure._asdict() if played.failure else None
    return {"seed": seed, "steps": steps, "happened": happened, "failure": failure}
