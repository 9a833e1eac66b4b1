"""Canonical bytes: the one encoding of a value that both languages hash and sign (RFC 8785)."""

from collections.abc import Iterable

import msgspec

_ENCODER = msgspec.json.Encoder(order="sorted")
"""JSON without blanks, non-ASCII text as it is and control characters as RFC 8785 (section 3.2.2.2) escapes them."""

_UNSAFE = 2**53


def canonical_text(value: object) -> str:
    """Return the RFC 8785 text of a value made of objects with ASCII keys, arrays, strings, integers, booleans, null.

    Raises ``TypeError`` for a float and ``ValueError`` for an integer beyond 2^53 or an ill-formed string, since the
    two languages would not print those alike.
    """
    return canonical_bytes(value).decode()


def canonical_bytes(value: object) -> bytes:
    """Return the UTF-8 bytes of :func:`canonical_text`."""
    _refuse_what_prints_differently(value)
    return _ENCODER.encode(value)


def _refuse_what_prints_differently(value: object) -> None:
    match value:
        case None | bool() | str():
            pass  # an ill-formed string has no UTF-8 bytes: the encoder refuses it
        case int():
            _refuse(abs(value) >= _UNSAFE, "integer beyond 2^53")
        case dict():
            _refuse(not all(isinstance(key, str) and key.isascii() for key in value), "canonical keys are ASCII")
            _refuse_in(value.values())
        case list() | tuple():
            _refuse_in(value)
        case _:
            raise TypeError(f"canonical text has no {type(value).__name__}")


def _refuse_in(members: Iterable[object]) -> None:
    for member in members:
        if type(member) is not str:  # most are, and a call for each is most of what this costs
            _refuse_what_prints_differently(member)


def _refuse(broken: bool, why: str) -> None:  # noqa: FBT001 - a condition, not a flag
    if broken:
        raise ValueError(why)
