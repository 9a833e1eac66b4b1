"""Names say what a thing is; the words banned here say only that somebody needed a place for it."""

import re
from pathlib import PurePath

from tests.repo.tree import text, written

BANNED_ENDING = re.compile(r"\w(Manager|Helpers?|Utils?|Base|DTO|Dto)$|^(Manager|Helpers?|Utils?|DTO|Dto)$")
BANNED_FILE = re.compile(r"(^|_|-)(managers?|helpers?|utils?|base|common|misc|dto)$", re.IGNORECASE)
DECLARATION = re.compile(
    r"^\s*(?:export )?(?:default )?(?:abstract )?(?:class|interface|type|enum) (\w+)", re.MULTILINE
)

PEOPLE = {"BranchManager", "SalesManager", "ServiceManager"}
"""The glossary's roles: these managers are people."""

EXCEPTIONS: dict[str, str] = {}
"""name or path -> why it is right"""


def test_no_type_has_a_name_that_says_nothing() -> None:
    named = {(path, name) for path in written(".py", ".ts", ".svelte") for name in DECLARATION.findall(text(path))}
    allowed = PEOPLE | EXCEPTIONS.keys()
    assert sorted(one for one in named if BANNED_ENDING.search(one[1]) and one[1] not in allowed) == []


def test_no_file_has_a_name_that_says_nothing() -> None:
    paths = written(".py", ".ts", ".svelte")
    assert [path for path in paths if BANNED_FILE.search(PurePath(path).stem) and path not in EXCEPTIONS] == []
