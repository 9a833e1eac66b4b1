"""The budgets of docs/ARCHITECTURE.md, measured. An exception is a number and its reason in the tables below."""

import subprocess
import sys
from statistics import median

from tests.repo.tree import ROOT, functions, is_test, text, written

FILE_LINES = 400
TEST_FILE_LINES = 600
FUNCTION_LINES = 60
FUNCTION_LINES_MEDIAN = 12
SYNC_COMPLEXITY = 6

LONG_FILES: dict[str, tuple[int, str]] = {
    "schemas/sentences.py": (800, "one table, a row for each problem code: it grows with them, and is read by code"),
}
"""path -> (lines it may have, why)"""

LONG_FUNCTIONS: dict[str, tuple[int, str]] = {}
"""path:function -> (lines it may have, why)"""

SOURCES = (".py", ".ts", ".svelte", ".js", ".css", ".sh", "Makefile")


def budget(path: str) -> int:
    return LONG_FILES.get(path, (TEST_FILE_LINES if is_test(path) else FILE_LINES, ""))[0]


def function_lengths(paths: list[str]) -> dict[str, int]:
    return {
        f"{path}:{function.name}": (function.end_lineno or 0) - function.lineno + 1
        for path in paths
        for function in functions(path)
    }


def test_no_file_is_longer_than_its_budget() -> None:
    lengths = {path: len(text(path).splitlines()) for path in written(*SOURCES)}
    assert {path: lines for path, lines in lengths.items() if lines > budget(path)} == {}


def test_no_function_is_longer_than_its_budget() -> None:
    lengths = function_lengths(written(".py"))
    allowed = {name: lines for name, (lines, _) in LONG_FUNCTIONS.items()}
    assert {name: lines for name, lines in lengths.items() if lines > allowed.get(name, FUNCTION_LINES)} == {}


def test_half_of_the_functions_are_short() -> None:
    assert (
        median(function_lengths(written(".py", under=("schemas/", "sync/", "server/"))).values())
        <= FUNCTION_LINES_MEDIAN
    )


def test_every_exception_is_still_needed() -> None:
    lengths = function_lengths(written(".py"))
    assert [path for path in LONG_FILES if len(text(path).splitlines()) <= FILE_LINES] == []
    assert [name for name in LONG_FUNCTIONS if lengths.get(name, 0) <= FUNCTION_LINES] == []


def test_the_core_is_simpler_than_the_rest() -> None:
    limit = f"lint.mccabe.max-complexity={SYNC_COMPLEXITY}"
    command = (sys.executable, "-m", "ruff", "check", "--no-cache", "--select=C901", "--config", limit, "sync")
    answer = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    assert answer.returncode == 0, answer.stdout
