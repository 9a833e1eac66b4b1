"""`python -m bench.peers`: measure everybody one after the other, in rounds, and print JSON lines.

A line for each phase of each round, then each phase's medians, then how Fieldproof stands to the best of the others in
the same run. ``ROUNDS``, ``ONLY`` (names) and ``MEASURES`` narrow it; ``python -m bench.peers.table`` makes a table.
"""

import json
import os
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from urllib.parse import unquote

from bench.lines import line
from bench.peers.installing import FOLDER, client_libraries, modules, programs
from bench.peers.names import ADAPTERS, MEASURES
from bench.peers.ratios import Numbers, median_of, ratios
from tests.support.databases import DURABLE, PostgresServer, postgres_server

PATIENCE_S = 3_600
WITHOUT_MANY = frozenset({"kinto-postgresql", "actual-sync-server", "hocuspocus-yjs"})
"""Whom 100,000 records are not loaded into: it takes them many minutes (Kinto on PostgreSQL), or they have no pages."""

_MODULES_OF: Mapping[str, str] = {
    "pouchdb-server": "pouchdb",
    "actual-sync-server": "actual",
    "rxdb-server": "rxdb",
    "hocuspocus-yjs": "yjs",
}

Told = dict[tuple[str, str], list[Numbers]]
"""Phase and name to what each round measured."""


def options_of(name: str, engine: PostgresServer, database: str) -> dict[str, str]:
    """Return what an adapter needs to know."""
    options = {
        key.lower(): value
        for key, value in os.environ.items()
        if key in ("DEVICES", "LISTENED", "MANY", "POLL_SECONDS")
    }
    if name in _MODULES_OF:
        options |= {"modules": str(modules(_MODULES_OF[name])), "node": shutil.which("node") or "node"}
    if name.startswith("kinto"):
        options |= {"programs": str(programs()), "database": database, "database_pid": str(engine.process_id)}
    if name == "fieldproof-postgresql":
        options |= {"postgresql": engine.url, "postgresql_pid": str(engine.process_id)}
    return options


def measure(name: str, what: str, options: Mapping[str, str]) -> dict[str, Numbers]:
    """Return what a process of its own measured, by phase; empty where it failed, and stderr says why."""
    environment = os.environ | {"OPTIONS": json.dumps(dict(options)), "PYTHONPATH": f".:{client_libraries()}"}
    command = [sys.executable, "-m", "bench.peers.one", name, what]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, timeout=PATIENCE_S, check=False)
    if done.returncode:
        sys.stderr.write(f"{name}: {what} failed\n")
        return {}
    numbers: dict[str, Numbers] = json.loads(done.stdout)
    return numbers


@contextmanager
def _database_of(name: str, engine: PostgresServer) -> Iterator[str]:
    """Make a database for Kinto, which wants a plain address."""
    if name != "kinto-postgresql":
        yield ""
        return
    url = engine.create("kinto")
    try:
        yield unquote(url).replace("postgresql+asyncpg", "postgresql")  # a per cent sign means something else to it
    finally:
        engine.drop("kinto")


def _round(names: Sequence[str], measures: Sequence[str], engine: PostgresServer, told: Told) -> Iterator[str]:
    for what in measures:
        for name in names:
            if what == "many_records" and name in WITHOUT_MANY:
                continue
            with _database_of(name, engine) as database:
                found = measure(name, what, options_of(name, engine, database))
            for phase, numbers in found.items():
                told[phase, name].append(numbers)
                yield line(phase, of=name, **_rounded(numbers))


def _rounded(numbers: Numbers) -> Numbers:
    return {key: float(f"{value:.4g}") if isinstance(value, float) else value for key, value in numbers.items()}


def main() -> None:
    """Measure whom the environment names."""
    if not FOLDER.is_dir():
        raise SystemExit("the peers are not installed: make peers")
    names = os.environ.get("ONLY", "").split() or list(ADAPTERS)
    measures = os.environ.get("MEASURES", "").split() or list(MEASURES)
    told: Told = defaultdict(list)
    with postgres_server(DURABLE) as engine:
        for _ in range(int(os.environ.get("ROUNDS", "3"))):
            for text in _round(names, measures, engine, told):
                sys.stdout.write(text + "\n")
                sys.stdout.flush()
    medians = {key: median_of(runs) for key, runs in told.items()}
    for (phase, name), numbers in medians.items():
        sys.stdout.write(line(phase, of=name, median_of=len(told[phase, name]), **_rounded(numbers)) + "\n")
    for ratio in ratios(medians):
        sys.stdout.write(line("ratio", **_rounded(ratio)) + "\n")


if __name__ == "__main__":
    main()
