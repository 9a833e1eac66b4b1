"""Names of people, devices and companies."""

from schemas.problems import Code, Problem
from schemas.rules.visible import has_visible
from server.platform.texts import given_text


def given_name(typed: str) -> str:
    """Return a name as it is kept.

    Raises ``Problem`` if nobody sees anything of it, or if it cannot be kept as text.
    """
    name = given_text(typed)
    if not has_visible(name):
        raise Problem(Code.NAME_UNSEEN)
    return name
