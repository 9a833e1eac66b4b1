"""Which packing of an answer the other side takes."""

from collections.abc import Iterable

PLAIN = "identity"


def best_coding(codings: Iterable[str], accepted: str) -> str:
    """Return the first of these codings, best first, that an ``Accept-Encoding`` takes, else ``identity``.

    As browsers write it (RFC 9110, section 12.5.3): a name, or a name with a weight, of which only 0 is told apart.
    """
    wishes = [wish.replace(" ", "").split(";") for wish in accepted.lower().split(",")]
    taken = {name for name, *weight in wishes if weight not in (["q=0"], ["q=0.0"])}
    return next((coding for coding in codings if coding in taken), PLAIN)
