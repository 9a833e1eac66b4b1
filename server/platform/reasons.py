"""The reason that a deed asks for."""

from schemas.problems import Code, Problem
from schemas.scalars import LONG_TEXT_MAX
from server.platform.texts import given_text


def given_reason(text: str) -> str:
    """Return a reason as it is kept.

    Raises ``Problem`` if nothing is left, or if it cannot be kept as text.
    """
    said = given_text(text)
    if not said:
        raise Problem(Code.REASON_MISSING)
    return said


def given_remark(text: str) -> str | None:
    """Return a remark as :func:`given_reason` does a reason, None for an empty one."""
    return given_text(text, LONG_TEXT_MAX) or None
