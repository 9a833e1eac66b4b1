"""One number that two replicas compare at the end of a sync."""

from collections.abc import Iterable
from hashlib import sha256

from msgspec import Struct

ZERO = "0" * 64


class Tally(Struct, frozen=True):
    """How many rows a set has, and the exclusive or of their digests as a number; or the change of both."""

    rows: int = 0
    total: int = 0

    def with_row(self, kind: str, doc: str, position: int) -> "Tally":
        """Return the tally with one more row."""
        return Tally(self.rows + 1, self.total ^ _number(kind, doc, position))

    def without_row(self, kind: str, doc: str, position: int) -> "Tally":
        """Return the tally with one row less."""
        return Tally(self.rows - 1, self.total ^ _number(kind, doc, position))

    def and_of(self, other: "Tally") -> "Tally":
        """Return the tally of both sets, or of a set after a change."""
        return Tally(self.rows + other.rows, self.total ^ other.total)

    @property
    def digest(self) -> str:
        """The digest as devices compare it (SPEC F4)."""
        return f"{self.total:064x}"


def row_digest(kind: str, doc: str, position: int) -> str:
    """Return the digest of one confirmed row (SPEC F4)."""
    return f"{_number(kind, doc, position):064x}"


def combine(digests: Iterable[str]) -> str:
    """Return the digest of a set of rows: exclusive or, so that order does not matter and rows can be taken out."""
    total = 0
    for each in digests:
        total ^= int(each, 16)
    return f"{total:064x}"


def _number(kind: str, doc: str, position: int) -> int:
    return int.from_bytes(sha256(f"{kind}\n{doc}\n{position}".encode()).digest())
