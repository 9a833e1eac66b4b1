"""The reason that a deed asks for."""

import unicodedata

from schemas.problems import Code, Problem
from schemas.scalars import SHORT_TEXT_MAX
from sync.wellformed import is_wellformed


def given_reason(text: str) -> str:
    """Return a reason in NFC and without the space around it (SPEC O3).

    Raises ``Problem`` if nothing is left, or if it cannot be kept as text.
    """
    said = unicodedata.normalize("NFC", text).strip()
    if not said:
        raise Problem(Code.REASON_MISSING)
    if not is_wellformed(said) or len(said) > SHORT_TEXT_MAX:
        raise Problem(Code.REQUEST_MALFORMED)
    return said
