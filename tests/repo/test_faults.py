"""docs/faults.md maps every fault of the design to tests that there are, and every word of the simulator to a fault."""

import re

from tests.repo.tree import functions, text, written
from tests.simulation.faults import Fault

FAULTS = (
    "replayed push",
    "response lost after commit",
    "stream cut in the middle",
    "half a batch",
    "commit order reversed",
    "client clock a year off, and jumping",
    "two tabs",
    "service-worker upgrade with pending work",
    "quota exceeded",
    "storage evicted, loss reported",
    "device cloned or restored",
    "14 days offline across a schema change",
    "job reassigned or cancelled meanwhile",
    "delete against edit",
    "technician revoked with unsent work",
    "user switch on a shared device",
    "server restored from yesterday's backup",
    "poison operation",
    "500 devices' first sync in one minute",
    "kill -9 of the server at any moment",
    "kill -9 of the browser at any moment",
    "the network itself",
    "away for longer than deletes are told",
    "rows that nobody changed differ",
    "what lay ready for a first sync is gone, or of a log that was put back",
)
"""What the design of sync says that it must survive (its section 3), what no phone is spared, what was found since."""

ROW = re.compile(r"^\| (?P<fault>[^|]+?) \| (?P<thrown>[^|]*?) ?\| (?P<tests>[^|]+?) \|$", re.MULTILINE)
TYPESCRIPT_TEST = re.compile(r"""\btest(?:\.each\(.*\))?\(\s*(['"`])(.+?)\1,""", re.DOTALL)


def rows() -> dict[str, re.Match[str]]:
    """Fault -> its row; without the table's head."""
    found = {row["fault"]: row for row in ROW.finditer(text("docs/faults.md"))}
    del found["fault"]
    return found


def existing() -> set[str]:
    """The names of all tests in both languages."""
    python = {function.name for path in written(".py", under=("tests/",)) for function in functions(path)}
    typescript = {match[2] for path in written(".test.ts") for match in TYPESCRIPT_TEST.finditer(text(path))}
    return python | typescript


def named(row: re.Match[str], known: set[str]) -> tuple[set[str], str]:
    """The tests that a row names, and what it says besides: a name in words may hold a comma."""
    rest, found = row["tests"], set()
    for name in sorted(known, key=len, reverse=True):
        if name in rest:
            found.add(name)
            rest = rest.replace(name, "")
    return found, rest.replace(",", "").strip()


def test_every_fault_of_the_design_has_a_row() -> None:
    assert tuple(rows()) == FAULTS


def test_every_fault_has_a_test_and_every_named_test_is_there() -> None:
    known = {name for name in existing() if " " in name or name.startswith("test_")}
    told = {fault: named(row, known) for fault, row in rows().items()}
    assert {fault: rest for fault, (_, rest) in told.items() if rest} == {}
    assert [fault for fault, (found, _) in told.items() if not found] == []


def test_every_fault_that_the_simulator_throws_stands_there() -> None:
    thrown = {word for row in rows().values() for word in row["thrown"].split(", ") if word}
    assert thrown == set(Fault.__members__)
