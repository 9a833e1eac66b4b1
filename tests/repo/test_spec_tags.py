"""Every rule of sync/SPEC.md has a test that begins with its tag, and no test begins with an unknown tag.

What the sections about the pure cores say holds in both languages, so it is tested in both.
"""

import re
from collections.abc import Mapping

from tests.repo.tree import functions, text, written

SECTION = re.compile(r"^## (\d+)\. .*$", re.MULTILINE)
RULE = re.compile(r"^- \*\*([A-Z]{1,2}\d{1,2})\*\* ", re.MULTILINE)
PYTHON_TAG = re.compile(r"test_([a-z]{1,2}\d{1,2})_")
TYPESCRIPT_TAG = re.compile(r"""\(\s*['"`]([A-Z]{1,2}\d{1,2}) """)

LAST_OF_THE_CORES = 7
"""The sections up to this one speak of what both cores do."""

ONLY_IN_PYTHON: Mapping[str, str] = {
    "E1": "the server gives the positions",
    "T1": "the server stamps",
    "N5": "the server judges",
}
ONLY_IN_TYPESCRIPT: Mapping[str, str] = {
    "B1": "forms are on the device; the laws' played devices keep theirs, or W3 would not hold",
}
"""Rule to why one language alone has it."""


def rules(last: int | None = None) -> list[str]:
    """The tags of the rules, of all sections or of those up to the last one."""
    _, *parts = SECTION.split(text("sync/SPEC.md"))
    sections = dict(zip(map(int, parts[::2]), parts[1::2], strict=True))
    return [tag for number, said in sections.items() if last is None or number <= last for tag in RULE.findall(said)]


def python_tags() -> dict[str, str]:
    """Tag -> a test in Python that begins with it."""
    return {
        match.group(1).upper(): f"{path}:{function.name}"
        for path in written(".py", under=("tests/",))
        for function in functions(path)
        if (match := PYTHON_TAG.match(function.name))
    }


def typescript_tags() -> dict[str, str]:
    """Tag -> a file in TypeScript with a test that begins with it."""
    return {tag: path for path in written(".test.ts") for tag in TYPESCRIPT_TAG.findall(text(path))}


def test_a_tag_names_one_rule() -> None:
    assert len(rules()) == len(set(rules())) > len(rules(LAST_OF_THE_CORES)) > 0
    assert set(rules()) == set(RULE.findall(text("sync/SPEC.md")))


def test_every_rule_has_a_test() -> None:
    assert set(rules()) - python_tags().keys() - typescript_tags().keys() == set()


def test_every_rule_of_the_cores_has_a_test_in_both_languages() -> None:
    cores = set(rules(LAST_OF_THE_CORES))
    assert cores - python_tags().keys() == ONLY_IN_TYPESCRIPT.keys()
    assert cores - typescript_tags().keys() == ONLY_IN_PYTHON.keys()


def test_no_test_names_an_unknown_rule() -> None:
    known = typescript_tags() | python_tags()
    assert {tag: where for tag, where in known.items() if tag not in rules()} == {}
