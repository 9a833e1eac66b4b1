"""Every problem code is raised by somebody and shown by some test: a sentence that nobody can meet is none."""

import re

from schemas.problems import Code
from tests.repo.tree import is_test, text, written

RAISED_IN = ("server/", "sync/", "schemas/rules/")
ONLY_BY_THE_CLIENT: dict[str, str] = {"rescue.no_key": "it is the app that seals"}
"""Code to why only the app raises it."""


def names(code: Code, sources: str) -> bool:
    return re.search(rf"\bCode\.{code.name}\b", sources) is not None


def raised() -> set[Code]:
    sources = "\n".join(text(path) for path in written(".py", under=RAISED_IN))
    return {code for code in Code if names(code, sources)}


def raised_by_the_client() -> set[str]:
    paths = [path for path in written(".ts", ".svelte", under=("pwa/src/",)) if not is_test(path)]
    sources = "\n".join(text(path) for path in paths)
    return {code for code in Code if f"new Refused('{code}'" in sources or f"new Unfit('{code}'" in sources}


def shown() -> set[Code]:
    paths = written(".py", ".json", under=("tests/server/", "tests/contracts/", "tests/laws/", "tests/vectors/"))
    tests = "\n".join(text(path) for path in paths)
    apps = "\n".join(text(path) for path in written(".test.ts", under=("pwa/tests/",)))
    by_the_app = {code for code in ONLY_BY_THE_CLIENT if f"'{code}'" in apps}
    return {code for code in Code if names(code, tests) or f'"{code}"' in tests or code in by_the_app}


def test_every_code_is_raised_by_the_server_or_listed() -> None:
    assert set(Code) - raised() == ONLY_BY_THE_CLIENT.keys()
    assert ONLY_BY_THE_CLIENT.keys() <= raised_by_the_client()


def test_every_code_is_named_in_a_test() -> None:
    assert set(Code) - shown() == set()
