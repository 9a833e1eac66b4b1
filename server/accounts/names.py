"""Names as they are kept: what a person typed, in the one form that every reader takes for the same text."""

import unicodedata

from schemas.problems import Code, Problem
from schemas.scalars import SHORT_TEXT_MAX


def given_name(typed: str) -> str:
    """Return a name in NFC and without the space around it (SPEC O3).

    Raises ``Problem`` if nothing is left of it or it has become too long.
    """
    name = unicodedata.normalize("NFC", typed).strip()
    if not 0 < len(name) <= SHORT_TEXT_MAX:
        raise Problem(Code.REQUEST_MALFORMED)
    return name
