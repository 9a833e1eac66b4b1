"""One number that two replicas compare at the end of a sync."""

from collections.abc import Iterable
from hashlib import sha256

ZERO = "0" * 64


def row_number(kind: str, doc: str, position: int) -> int:
    """Return the digest of one confirmed row as a number of 256 bits; exclusive or adds a row and takes it away."""
    return int.from_bytes(sha256(f"{kind}\n{doc}\n{position}".encode()).digest())


def row_digest(kind: str, doc: str, position: int) -> str:
    """Return the digest of one confirmed row (SPEC F4)."""
    return digest_text(row_number(kind, doc, position))


def combine(digests: Iterable[str]) -> str:
    """Return the digest of a set of rows: exclusive or, so that order does not matter and rows can be taken out."""
    total = 0
    for each in digests:
        total ^= int(each, 16)
    return digest_text(total)


def digest_text(number: int) -> str:
    """Return a digest as devices compare it: 64 hexadecimal digits."""
    return f"{number:064x}"
