"""Texts as they are kept: what a person typed, in the one form that every reader takes for the same text."""

import unicodedata

from schemas.problems import Code, Problem
from schemas.scalars import SHORT_TEXT_MAX
from sync.wellformed import is_wellformed


def given_text(typed: str, most: int = SHORT_TEXT_MAX) -> str:
    """Return a text in NFC and without the space around it (SPEC O3), which may leave nothing of it.

    Raises ``Problem`` if it cannot be kept as text, or has become too long.
    """
    said = unicodedata.normalize("NFC", typed).strip()
    if not is_wellformed(said) or len(said) > most:
        raise Problem(Code.REQUEST_MALFORMED)
    return said
