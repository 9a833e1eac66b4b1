"""``python -m tests.simulation``: play the histories of seeds; one JSON line for each, one for all at the end.

A history that fails is cut down to the smallest that fails alike, and that is printed: put into a file of
tests/simulation/kept it is played in every test run from then on. ``--mistake`` makes one of mistakes.py first: so a
history is found that shows it.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from typing import Any

import pytest

from tests.simulation.faults import MUST_HAPPEN
from tests.simulation.history import drawn
from tests.simulation.keeping import Kept, written
from tests.simulation.minimising import minimised
from tests.simulation.mirror import Mirror
from tests.simulation.mistakes import MISTAKES, mistake_named
from tests.simulation.playing import play, told

PROCESSES = 2
STEPS = 250
ENOUGH = 300
"""Histories among which every fault must really have happened."""

MOST_MINIMISED = 3
"""Of how many failures the smallest history is sought: each may take a minute, and most are one defect."""


@cache
def _mirror() -> Mirror:
    """Return the other language's core, one for each process; it ends with the process, when its input does."""
    return Mirror()


def simulate(seed: int, steps: int) -> dict[str, Any]:
    """Play the history of one seed, in both languages, and return what is told of it."""
    return told(seed, steps, play(drawn(seed, steps), _mirror().check))


def main(words: Sequence[str]) -> int:
    """Play histories, print them, and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.simulation")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--steps", type=int, default=STEPS)
    parser.add_argument("--count", type=int, default=1, help="how many seeds, from --seed on")
    parser.add_argument("--mistake", choices=[mistake.name for mistake in MISTAKES])
    chosen = parser.parse_args(words)
    if chosen.mistake:
        mistake_named(chosen.mistake).make(pytest.MonkeyPatch())
    seeds = range(chosen.seed, chosen.seed + chosen.count)
    failed: list[int] = []
    happened: Counter[str] = Counter()
    with ProcessPoolExecutor(min(PROCESSES, len(seeds))) as pool:
        for line in pool.map(partial(simulate, steps=chosen.steps), seeds, chunksize=4):
            failed += [line["seed"]] if line["failure"] else []
            happened.update(line["happened"])
            print(json.dumps(line, ensure_ascii=False), flush=True)
    for seed in failed[:MOST_MINIMISED]:
        print(smallest(seed, chosen.steps, chosen.mistake), end="", flush=True)
    missing = sorted(MUST_HAPPEN - happened.keys()) if len(seeds) >= ENOUGH else []
    if len(seeds) > 1:
        counts = {"passed": len(seeds) - len(failed), "failed": len(failed) + bool(missing)}
        total = {"failed_seeds": failed, "missing": missing, "happened": dict(sorted(happened.items()))}
        print(json.dumps({**counts, **total}))
    return int(bool(failed or missing))


def smallest(seed: int, steps: int, mistake: str | None) -> str:
    """Return the smallest history that fails as that of a seed does, as it is kept."""
    history = drawn(seed, steps)
    failure = play(history, _mirror().check).failure
    if failure is None:
        return f"seed {seed} does not fail a second time: the simulator is not deterministic\n"
    smaller = minimised(history, failure, _mirror().check)
    return written(Kept(str(seed), f"smallest that fails as seed {seed}", mistake or "", failure.promise, smaller))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
