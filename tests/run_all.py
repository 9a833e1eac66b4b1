"""Run the stages and count: one line for each stage, "N passed, N failed" at the end.

``python -m tests.run_all test|proof|check``. Logs and reports are kept in reports/. A stage that ran nothing, left no
report or took too long has failed.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Event

from tests.stages import REPORTS, ROOT, Count, Outcome, Stage, everything, lint

STAGE_TIMEOUT_S = 60 * 60
SIDE_BY_SIDE = 2
LOG_LINES_SHOWN = 200
MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it
ENOUGH_MEMORY = 6 << 30
"""Bytes that have to be free for what tests throw away, the databases of two PostgreSQLs among it."""

_running: set[subprocess.Popen[bytes]] = set()
_interrupted = Event()


def run(stage: Stage) -> Count:
    """Run one stage and print its line, with the end of its log if anything failed."""
    outcome = Outcome(0, REPORTS / f"{stage.name}.log", REPORTS / f"{stage.name}.xml")
    outcome.report.unlink(missing_ok=True)
    started = time.monotonic()
    outcome = outcome._replace(code=_execute(stage, outcome.log))
    count = _counted(stage, outcome)
    seconds = time.monotonic() - started
    text = f"{stage.name:14} {count.passed:5} passed {count.failed:3} failed {seconds:7.1f} s"
    if count.failed:
        text += "\n" + "\n".join(outcome.log.read_text(errors="replace").splitlines()[-LOG_LINES_SHOWN:])
    print(text, flush=True)
    return count


def _execute(stage: Stage, log_path: Path) -> int:
    with log_path.open("wb") as log:
        try:
            process = subprocess.Popen(
                stage.command,
                cwd=stage.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        except OSError as missing:
            log.write(f"{missing}\n".encode())
            return 127
        _running.add(process)
        if _interrupted.is_set():  # it came while this one was starting
            os.killpg(process.pid, signal.SIGINT)
        try:
            return process.wait(STAGE_TIMEOUT_S)
        except subprocess.TimeoutExpired:
            log.write(f"\nended after {STAGE_TIMEOUT_S} s\n".encode())
            os.killpg(process.pid, signal.SIGKILL)
            return process.wait()
        finally:
            _running.discard(process)


def _interrupt(_number: int, _frame: object) -> None:
    """Pass Ctrl-C or a polite end on to the stages, which run in sessions of their own, and stop here."""
    _interrupted.set()
    for process in tuple(_running):
        os.killpg(process.pid, signal.SIGINT)
    raise SystemExit(130)


def _counted(stage: Stage, outcome: Outcome) -> Count:
    try:
        count = stage.counted(outcome)
    except (OSError, ValueError, LookupError, SyntaxError) as broken:  # ElementTree.ParseError is a SyntaxError
        with outcome.log.open("a") as log:
            log.write(f"\nno report that can be counted: {broken}\n")
        return Count(0, 1)
    return count if any(count) else Count(0, 1)


def seed_of_this_commit() -> int:
    """Fresh chance with every commit, and the same again on a second run."""
    answer = subprocess.run(
        ("git", "rev-parse", "--short=12", "HEAD"), cwd=ROOT, capture_output=True, text=True, check=True
    )
    return int(answer.stdout, 16)


def run_all(rounds: Iterable[Iterable[Stage]]) -> int:
    """Run round after round, print the total and return the exit code."""
    signal.signal(signal.SIGINT, _interrupt)
    signal.signal(signal.SIGTERM, _interrupt)
    REPORTS.mkdir(exist_ok=True)
    counts: list[Count] = []
    with _thrown_away_in_memory():
        for stages in rounds:
            with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
                counts += pool.map(run, stages)
    passed, failed = map(sum, zip(*counts, strict=True))
    print(f"{passed} passed, {failed} failed")
    return int(failed > 0)


@contextmanager
def _thrown_away_in_memory() -> Iterator[None]:
    """Let stages keep in memory what they throw away: a disk that is behind with its writing makes every test wait."""
    if not MEMORY.is_dir() or shutil.disk_usage(MEMORY).free < ENOUGH_MEMORY:
        yield
        return
    with tempfile.TemporaryDirectory(prefix="fieldproof-", dir=MEMORY) as folder:
        Path(folder).chmod(0o755)  # PostgreSQL runs as another user
        os.environ["TMPDIR"] = folder
        try:
            yield
        finally:
            del os.environ["TMPDIR"]


if __name__ == "__main__":
    what = sys.argv[1]
    sys.exit(run_all([lint()] if what == "check" else everything(seed_of_this_commit(), what)))
