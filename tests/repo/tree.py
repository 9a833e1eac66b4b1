"""The files of this repository as its tests see them."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
GENERATED = ("pwa/src/wire/", "requirements", "pwa/package-lock.json")
"""Beginnings of the paths that a tool writes."""


@cache
def committed() -> tuple[str, ...]:
    """Paths of everything that is committed or would be by ``git add -A``."""
    command = ("git", "ls-files", "--cached", "--others", "--exclude-standard")
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.splitlines()
    return tuple(sorted(path for path in listed if (ROOT / path).is_file()))


def written(*endings: str, under: tuple[str, ...] = ("",)) -> list[str]:
    """Paths of the files that people wrote, by ending and folder."""
    return [
        path
        for path in committed()
        if path.endswith(endings) and path.startswith(under) and not path.startswith(GENERATED)
    ]


@cache
def text(path: str) -> str:
    """What a file says; empty if it is no text."""
    try:
        return (ROOT / path).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


@cache
def parsed(path: str) -> ast.Module:
    """A Python file's syntax."""
    return ast.parse(text(path), path)


def functions(path: str) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function of a Python file, nested ones and methods included."""
    return (node for node in ast.walk(parsed(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def is_test(path: str) -> bool:
    """Tell whether a file belongs to the tests."""
    return path.startswith(("tests/", "pwa/tests/")) or path.endswith(".test.ts")
