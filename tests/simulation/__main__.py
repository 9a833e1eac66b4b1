"""``python -m tests.simulation --seed S --steps N [--histories M]``: one JSON line for each history, one at the end."""

import argparse
import json
import sys
import traceback
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from typing import Any

from tests.simulation.world import World

PROCESSES = 2
STEPS = 400
ENOUGH = 50
"""Histories among which everything below must have happened: a run in which nothing fails proves nothing."""

MUST_HAPPEN = frozenset(
    {
        *("request lost", "request doubled", "answer lost", "push cut", "offer cut", "pull cut"),
        *("device crashed", "device cloned", "device put back", "storage evicted", "went offline", "clock jumped"),
        *("server crashed in a transaction", "server put back", "server put back silently", "transferred"),
        *("actor closed", "actor forked", "actor behind", "came back after a restore", "held in the end"),
        *("stamps forged", "stamped anew"),
        *("rivals in the end", "asked in the end", "deleted in the end"),
    }
)


def simulate(seed: int, steps: int) -> dict[str, Any]:
    """Play one history and return what happened in it."""
    world = World(seed)
    failure = None
    try:
        world.play(steps)
    except Exception:  # noqa: BLE001 - whatever breaks a history is its result
        failure = traceback.format_exc()
    finally:
        world.end()
    happened = {what: count for what, count in sorted(world.deeds.items()) if count}
    return {"seed": seed, "steps": steps, "happened": happened, "failure": failure}


def main(words: Sequence[str]) -> int:
    """Play histories, print them, and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.simulation")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--steps", type=int, default=STEPS)
    parser.add_argument("--histories", type=int, default=1)
    chosen = parser.parse_args(words)
    seeds = range(chosen.seed, chosen.seed + chosen.histories)
    failed = 0
    happened: Counter[str] = Counter()
    with ProcessPoolExecutor(min(PROCESSES, len(seeds))) as pool:
        for outcome in pool.map(partial(simulate, steps=chosen.steps), seeds):
            failed += outcome["failure"] is not None
            happened.update(outcome["happened"])
            print(json.dumps(outcome, ensure_ascii=False), flush=True)
    missing = sorted(MUST_HAPPEN - happened.keys()) if len(seeds) >= ENOUGH else []
    failed += bool(missing)
    if len(seeds) > 1:
        total = dict(sorted(happened.items()))
        print(json.dumps({"passed": len(seeds) - failed, "failed": failed, "missing": missing, "happened": total}))
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
