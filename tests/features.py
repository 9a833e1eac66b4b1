"""``make features``: the rules of the policy, which tests name each, and where on screen it is (docs/features.md).

It fails where a number that is marked built has no test or no place, where a place is none of the app's
(``tests/places.py``), and where a test names a number that there is not.
"""

import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from tests.places import address, faults, named
from tests.repo.tree import functions, text, written

_ROW = re.compile(r"^\| (F\d{3}) \| (.*?) \| (.*?) \| (.*?) ?\| (yes|no) \|$", re.MULTILINE)
_PYTHON = re.compile(r"test_(f\d{3})_")
_TYPESCRIPT = re.compile(r"""\(\s*['"`]((?:F\d{3} )+)([^'"`]*)""")
_VECTOR = re.compile(r"(F\d{3})-")


class Feature(NamedTuple):
    """One rule of the policy."""

    number: str
    article: str
    rule: str
    where: str
    built: bool


def features() -> Sequence[Feature]:
    """Return the rows of docs/features.md."""
    rows = _ROW.findall(text("docs/features.md"))
    return [Feature(number, article, rule, where, built == "yes") for number, article, rule, where, built in rows]


def names_by_number() -> Mapping[str, Sequence[str]]:
    """Return the tests and vectors that name each number, wherever they are."""
    found: dict[str, list[str]] = {}
    for number, name in (*_in_python(), *_in_typescript(), *_in_vectors()):
        found.setdefault(number, []).append(name)
    return found


def _in_python() -> Iterator[tuple[str, str]]:
    for path in written(".py", under=("tests/",)):
        for function in functions(path):
            if match := _PYTHON.match(function.name):
                yield match.group(1).upper(), f"{path}::{function.name}"


def _in_typescript() -> Iterator[tuple[str, str]]:
    for path in written(".test.ts"):
        for numbers, words in _TYPESCRIPT.findall(text(path)):
            yield from ((number, f"{path}: {words}") for number in numbers.split())


def _in_vectors() -> Iterator[tuple[str, str]]:
    for path in written(".json", under=("tests/vectors/",)):
        for vector in json.loads(text(path)):
            if match := _VECTOR.match(vector["id"]):
                yield match.group(1), f"{path}: {vector['id']}"


def gaps() -> Sequence[str]:
    """Return what is wrong with the table or the tests, in words; nothing is wrong with an empty list."""
    rows, tests = features(), names_by_number()
    known = {row.number for row in rows}
    return [
        *(f"{row.number} is built and no test names it" for row in rows if row.built and row.number not in tests),
        *(f"{row.number} is built and stands nowhere on screen" for row in rows if row.built and not row.where),
        *(f"{row.number} {fault}" for row in rows for fault in faults(row.where)),
        *(f"{number} is named by a test and unknown" for number in sorted(tests.keys() - known)),
    ]


def main() -> int:
    """Print the table with all its tests, then what is missing; the exit code says whether anything is."""
    tests = names_by_number()
    for row in features():
        proofs = tests.get(row.number, ())
        print(f"{row.number}  {row.article:7}  {'built' if row.built else 'not built':9}  {row.rule}")
        print(f"      {', '.join(address(name) for name in named(row.where)) or '-'}")
        print(f"      {len(proofs)} tests" if len(proofs) != 1 else "      1 test")
        for one in proofs:
            print(f"        {one}")
    missing = gaps()
    print("\n".join(missing))
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
