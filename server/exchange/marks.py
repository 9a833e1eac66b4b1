"""Authenticated marks: how far a device has seen this log, in words that only this log can have said."""

import msgspec
from msgspec import Struct

from schemas.protocol import OLDEST_SCHEMA
from server.platform.keys import ServerKeys


class Mark(Struct, frozen=True, array_like=True):
    """A place in the log under one incarnation of it; a cursor is a mark with its scope and its schema."""

    company: str
    incarnation: str
    epoch: str
    position: int
    scope: str
    schema: int = OLDEST_SCHEMA


_MARK = msgspec.json.Decoder(Mark)


def write_mark(keys: ServerKeys, mark: Mark) -> str:
    """Return the mark as an opaque token."""
    return keys.authenticate(msgspec.json.encode(mark))


def read_mark(keys: ServerKeys, company: str, token: str) -> Mark | None:
    """Return the mark that a token holds, None if it was not made here for this company."""
    payload = keys.authenticated(token)
    if payload is None:
        return None
    try:
        mark = _MARK.decode(payload)
    except msgspec.DecodeError:
        return None
    return mark if mark.company == company else None
