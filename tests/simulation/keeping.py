"""Histories that failed once: their files in tests/simulation/kept, played in every test run."""

import json
from pathlib import Path
from typing import NamedTuple

from tests.simulation.history import Event, History, Step

FOLDER = Path(__file__).parent / "kept"


class Kept(NamedTuple):
    """A history with the reason for which it is kept, the promise that it broke, and the mistake that it broke by.

    The mistake's name is one of tests/simulation/mistakes.py: with it made again the history must fail again, or it
    proves nothing any more.
    """

    name: str
    why: str
    mistake: str
    broke: str
    history: History


def kept() -> list[Kept]:
    """Return every history that is kept."""
    return [read(path.stem, path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.json"))]


def read(name: str, text: str) -> Kept:
    """Return the history that a file holds; raises ``ValueError`` for an event that there is not."""
    held = json.loads(text)
    steps = tuple(Step(Event(event), chance, lull) for event, chance, lull in held["steps"])
    return Kept(name, held["why"], held["mistake"], held["broke"], History(held["people"], steps))


def written(kept: Kept) -> str:
    """Return a history as a file of the folder holds it: one step a line."""
    head = {"why": kept.why, "mistake": kept.mistake, "broke": kept.broke, "people": kept.history.people}
    members = "".join(
        f"  {json.dumps(name)}: {json.dumps(value, ensure_ascii=False)},\n" for name, value in head.items()
    )
    steps = ",\n".join(f"    {json.dumps(step)}" for step in kept.history.steps)
    return f'{{\n{members}  "steps": [\n{steps}\n  ]\n}}\n'
