"""Names of people, devices and companies."""

from schemas.problems import Code, Problem
from server.platform.texts import given_text


def given_name(typed: str) -> str:
    """Return a name as it is kept.

    Raises ``Problem`` if nothing is left of it, or if it cannot be kept as text.
    """
    name = given_text(typed)
    if not name:
        raise Problem(Code.REQUEST_MALFORMED)
    return name
