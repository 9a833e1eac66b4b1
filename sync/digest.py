"""One number that two replicas compare at the end of a sync."""

from collections.abc import Iterable
from hashlib import sha256

ZERO = "0" * 64


def row_digest(kind: str, doc: str, position: int) -> str:
    """Return the digest of one confirmed row (SPEC F4)."""
    return sha256(f"{kind}\n{doc}\n{position}".encode()).hexdigest()


def combine(digests: Iterable[str]) -> str:
    """Return the digest of a set of rows: exclusive or, so that order does not matter and rows can be taken out."""
    total = 0
    for each in digests:
        total ^= int(each, 16)
    return f"{total:064x}"
