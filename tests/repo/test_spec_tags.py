"""Every rule of sync/SPEC.md has a test that begins with its tag, and no test begins with an unknown tag."""

import re

from tests.repo.tree import functions, text, written

RULE = re.compile(r"^- \*\*([A-Z]{1,2}\d{1,2})\*\* ", re.MULTILINE)
PYTHON_TAG = re.compile(r"test_([a-z]{1,2}\d{1,2})_")
TYPESCRIPT_TAG = re.compile(r"""\(\s*['"`]([A-Z]{1,2}\d{1,2}) """)


def rules() -> list[str]:
    return RULE.findall(text("sync/SPEC.md"))


def tags() -> dict[str, str]:
    """Tag -> a test that begins with it."""
    python = {
        match.group(1).upper(): f"{path}:{function.name}"
        for path in written(".py", under=("tests/",))
        for function in functions(path)
        if (match := PYTHON_TAG.match(function.name))
    }
    typescript = {tag: path for path in written(".test.ts") for tag in TYPESCRIPT_TAG.findall(text(path))}
    return typescript | python


def test_a_tag_names_one_rule() -> None:
    assert len(rules()) == len(set(rules())) > 0


def test_every_rule_has_a_test() -> None:
    assert set(rules()) - tags().keys() == set()


def test_no_test_names_an_unknown_rule() -> None:
    assert {tag: where for tag, where in tags().items() if tag not in rules()} == {}
