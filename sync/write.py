"""One value written to one field, and when it makes another one history."""

from typing import Any

from msgspec import Struct

from schemas.protocol import Dot
from schemas.vocabulary import Place
from sync.ancestry import Ancestry, is_own_earlier
from sync.lineage import Lineage, Position


class Origin(Struct, frozen=True, gc=False, array_like=True):
    """Where a value comes from: the stamped operation, without its values.

    ``positions`` has one entry per admission: an operation that came back after a restore has a second one.
    """

    dot: Dot
    positions: tuple[Position, ...]
    base: Position
    author: str
    place: Place
    effective_at: int


class Write(Struct, frozen=True, gc=False, array_like=True):
    """A value with its origin, as a register holds it."""

    origin: Origin
    value: Any


class StampedOperation(Struct, frozen=True, gc=False):
    """An applied operation with what the server fixed about it: the whole input of a document's state (SPEC T2)."""

    origin: Origin
    fields: dict[str, Any]
    resolve: bool = False
    over: dict[str, tuple[Dot, ...]] = {}


class Past(Struct, frozen=True):
    """What is needed to say who had seen what: the epochs and the actors' renamings."""

    lineage: Lineage
    ancestry: Ancestry


def covers(past: Past, later: Origin, earlier: Origin) -> bool:
    """Tell whether the author of ``later`` had seen ``earlier`` (SPEC W1, W2)."""
    if is_own_earlier(past.ancestry, later.dot, earlier.dot):
        return True
    return any(past.lineage.contains(later.base, position) for position in earlier.positions)


def supersedes(past: Past, later: StampedOperation, field: str, earlier: Origin) -> bool:
    """Tell whether ``later``'s value of ``field`` makes ``earlier``'s history (SPEC W1 to W4).

    An ordinary edit of a field that showed rivals supersedes only the value that was shown; a resolution supersedes
    every rival that it covers; one's own earlier values are always superseded.
    """
    if later.origin.dot == earlier.dot:
        return False
    if is_own_earlier(past.ancestry, later.origin.dot, earlier.dot):
        return True
    named = later.over.get(field)
    if named is not None and not later.resolve and earlier.dot not in named:
        return False
    return covers(past, later.origin, earlier)
