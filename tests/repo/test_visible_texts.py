"""Whatever people read stands in the texts of the app, where every language has it."""

import re

import pytest

from tests.repo.tree import ROOT, is_test, text, written

ELSEWHERE = ("pwa/src/ui/text/",)
"""Where the words belong; what is generated from `schemas/sentences.py` is left out with all generated files."""

CHINESE = re.compile(r"[㐀-鿿、-】！-～・]")
"""Characters, and punctuation of their width; not the wide space, which parts two facts in every language."""

_COMMENT = re.compile(r"/\*.*?\*/|<!--.*?-->|(?<![:\w])//[^\n]*", re.DOTALL)
_IN_PATTERNS = "reads what people wrote, says nothing: the punctuation at which a text is cut or joined"
EXCEPTIONS = {
    "pwa/src/rules/places.ts": "reads county and district out of a Taiwanese address",
    "pwa/src/ui/books/alike.ts": "characters that are found alike, made from a table",
    "pwa/src/ui/office/board.ts": "leaves out what a Taiwanese district ends with",
    "pwa/src/ui/office/inbox_words.ts": _IN_PATTERNS,
    "pwa/src/ui/office/values.ts": _IN_PATTERNS,
    "pwa/src/ui/parts/phrases.ts": _IN_PATTERNS,
    "pwa/src/ui/parts/trouble.ts": _IN_PATTERNS,
    "pwa/src/ui/phone/presets.ts": _IN_PATTERNS,
}
"""path -> why it may"""


def _spoken(path: str) -> list[str]:
    lines = _COMMENT.sub("", text(path)).splitlines()
    return [line.strip() for line in lines if CHINESE.search(line)]


def test_no_visible_word_stands_outside_the_texts() -> None:
    files = written(".ts", ".svelte", ".css", ".html", under=("pwa/src/",))
    found = {path: _spoken(path) for path in files if not is_test(path) and not path.startswith(ELSEWHERE)}
    assert {path: lines for path, lines in found.items() if lines and path not in EXCEPTIONS} == {}


@pytest.mark.parametrize("path", EXCEPTIONS)
def test_every_exception_is_still_one(path: str) -> None:
    assert (ROOT / path).is_file()
    assert _spoken(path)
