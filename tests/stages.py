"""The stages of ``make test``: what runs, and how its outcome is counted."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

ROOT = Path(__file__).parent.parent
REPORTS = ROOT / "reports"
SEEDS = {"test": 300, "proof": 10_000}
"""Histories that the simulator plays, in both languages, in ``make test`` and in ``make proof``."""

KILLS = {"test": 20, "proof": 200}
"""How often the server is killed on each database."""

APART = ("repo", "browser", "other_browsers")
"""Folders of tests that the stage "python" leaves to others; the last one has ``make browsers`` to itself."""

GALLERY = "tests/browser/test_gallery.py"
"""The screens one by one, beside what people do with them: two stages, so that neither waits for the other. Stories of
several browsers, two at a time, make each other wait longer than they save."""

RUNS = {"test": 200, "proof": 2_000}
"""How often vitest tries a law; Hypothesis has its profiles of the same names (tests/conftest.py)."""

_LAW_MS = 25
"""What one try may take at the most, on a busy machine."""


class Count(NamedTuple):
    """Checks that passed and failed in one stage."""

    passed: int
    failed: int


class Outcome(NamedTuple):
    """What a command left: its exit code, all that it printed, and the JUnit report of its stage's name."""

    code: int
    log: Path
    report: Path


class Stage(NamedTuple):
    """One command, and what turns its outcome into a count."""

    name: str
    command: tuple[str, ...]
    counted: Callable[[Outcome], Count]
    folder: Path = ROOT


def one_check(outcome: Outcome) -> Count:
    """A tool that says yes or no."""
    return Count(int(outcome.code == 0), int(outcome.code != 0))


def junit(outcome: Outcome) -> Count:
    """The cases of a JUnit report; a skipped one has failed, and so has a run that ended badly without a failed one."""
    cases = list(ET.parse(outcome.report).getroot().iter("testcase"))  # noqa: S314 - our own report
    failed = sum(any(case.find(tag) is not None for tag in ("failure", "error", "skipped")) for case in cases)
    return Count(len(cases) - failed, failed or int(outcome.code != 0))


def last_line(outcome: Outcome) -> Count:
    """The members ``passed`` and ``failed`` of the JSON object that the command printed last."""
    summary = json.loads(outcome.log.read_text().splitlines()[-1])
    return Count(summary["passed"], summary["failed"] or int(outcome.code != 0))


def lint() -> tuple[Stage, ...]:
    """Lint and types of both languages."""
    return (
        Stage("mypy", ("mypy",), one_check),
        Stage("basedpyright", ("basedpyright",), one_check),
        Stage("ruff-check", ("ruff", "check", "--no-fix"), one_check),
        Stage("ruff-format", ("ruff", "format", "--check"), one_check),
        Stage("lint-imports", ("lint-imports",), one_check),
        _npm("check:style"),
        _npm("check:types"),
        _npm("check:imports"),
    )


def everything(seed: int, length: str) -> tuple[tuple[Stage, ...], ...]:
    """Rounds of stages, one round after the other; stages of one round may run side by side.

    ``seed`` is the source of all chance in them; ``length`` is a key of ``SEEDS``.
    """
    chance = (f"--hypothesis-seed={seed}", f"--hypothesis-profile={length}")
    seeds = ("--seed", str(seed), "--count", str(SEEDS[length]))
    return (
        lint(),
        (
            _vitest(seed, RUNS[length]),
            _pytest("repo", "tests/repo"),
            Stage("build", ("make", "--silent", "pwa/dist/.ok"), one_check),
        ),
        (_pytest("python", "tests", *(f"--ignore=tests/{part}" for part in APART), "--numprocesses=2", *chance),),
        (
            _pytest("browser", "tests/browser", f"--ignore={GALLERY}"),
            _pytest("gallery", GALLERY),
            Stage("simulation", ("python", "-m", "tests.simulation", *seeds), last_line),
            Stage(
                "kills", ("python", "-m", "tests.kills", "--seed", str(seed), "--kills", str(KILLS[length])), last_line
            ),
        ),
    )


def _npm(script: str) -> Stage:
    return Stage(script.replace(":", "-"), ("npm", "run", "--silent", script), one_check, ROOT / "pwa")


def _vitest(seed: int, runs: int) -> Stage:
    command = ("env", f"VITE_SEED={seed}", f"VITE_RUNS={runs}", "npm", "test", "--", f"--testTimeout={_LAW_MS * runs}")
    return Stage("vitest", command, junit, ROOT / "pwa")


def _pytest(name: str, *words: str) -> Stage:
    report = f"--junit-xml={REPORTS / name}.xml"
    return Stage(name, ("python", "-m", "pytest", *words, report), junit)
