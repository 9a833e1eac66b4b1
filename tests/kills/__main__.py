"""`python -m tests.kills`: kill the server on SQLite and on PostgreSQL; a JSON line for each, then their count."""

import argparse
import asyncio
import json
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

from tests.kills.run import run
from tests.support.databases import SqliteFiles, postgres_server

ENGINES = ("sqlite", "postgresql")


@contextmanager
def empty(engine: str) -> Iterator[str]:
    """The URL of an empty database."""
    if engine == "sqlite":
        with tempfile.TemporaryDirectory(prefix="fieldproof-kills-") as folder:
            yield SqliteFiles(Path(folder)).create("kills")
    else:
        with postgres_server() as server:
            yield server.create("kills")


def killed(engine: str, kills: int, seed: int) -> bool:
    """Run on one engine, print its line, and tell whether every promise was kept."""
    began = time.monotonic()
    said: dict[str, object] = {"database": engine, "seed": seed}
    try:
        with empty(engine) as url:
            outcome = asyncio.run(run(url, kills, Random(f"{seed} {engine}")))
        said |= outcome._asdict()
    except Exception as error:  # noqa: BLE001 - whatever went wrong is a failed run, told in full
        said["failed"] = "".join(traceback.format_exception(error))
    print(json.dumps(said | {"seconds": round(time.monotonic() - began)}), flush=True)
    return "failed" not in said


def main() -> int:
    """Run what was asked for; the last line counts runs."""
    parser = argparse.ArgumentParser(prog="python -m tests.kills")
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--database", choices=ENGINES, action="append")
    asked = parser.parse_args()
    kept = [killed(engine, asked.kills, asked.seed) for engine in asked.database or ENGINES]
    print(json.dumps({"passed": sum(kept), "failed": len(kept) - sum(kept)}))
    return int(not all(kept))


if __name__ == "__main__":
    sys.exit(main())
