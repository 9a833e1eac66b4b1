"""The only wall clock, random source and id maker; everything else is given one."""

import os
import time
from typing import Protocol

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_TIME_DIGITS = 10
_RANDOM_DIGITS = 16
_SHORT_DIGITS = 8


class Ambient(Protocol):
    """The world outside: what time it is, and what nobody can guess."""

    def now(self) -> int:
        """Return the time in epoch milliseconds."""
        ...

    def random_bytes(self, count: int) -> bytes:
        """Return unpredictable bytes."""
        ...


class RealAmbient:
    """The machine's clock and its cryptographic random source."""

    def now(self) -> int:
        """Return the time in epoch milliseconds."""
        return time.time_ns() // 1_000_000

    def random_bytes(self, count: int) -> bytes:
        """Return unpredictable bytes."""
        return os.urandom(count)


def new_id(ambient: Ambient) -> str:
    """Return a fresh id: 26 characters of Crockford base32, ordered by time, 80 random bits (ULID)."""
    stamp = ambient.now()
    tail = int.from_bytes(ambient.random_bytes(10))
    return _digits(stamp, _TIME_DIGITS) + _digits(tail, _RANDOM_DIGITS)


def new_short_id(ambient: Ambient) -> str:
    """Return a fresh short id: 8 characters, 40 random bits, for what there are thousands of at most."""
    return _digits(int.from_bytes(ambient.random_bytes(5)), _SHORT_DIGITS)


def _digits(number: int, width: int) -> str:
    return "".join(_ALPHABET[(number >> (5 * place)) & 31] for place in reversed(range(width)))
