"""Authenticated marks: how far a device has seen this log, in words that only this log can have said."""

from collections.abc import Iterable, Iterator

import msgspec
from msgspec import Struct, structs

from schemas.protocol import OLDEST_SCHEMA, EpochLink
from schemas.scalars import SHORT_TEXT_MAX
from server.platform.keys import ServerKeys
from server.records.branches import descent
from server.records.ledger import Head

_TAG_LENGTH = 23
"""Characters of a token behind its payload."""

_ROOM = (SHORT_TEXT_MAX - _TAG_LENGTH) * 3 // 4
"""Bytes of a payload with which a token is still one line."""


class Mark(Struct, frozen=True, array_like=True):
    """A place in the log under one incarnation of it; a cursor is a mark with its scope and its schema.

    ``past`` tells whence the incarnation comes, as far as there is room: where it began, from which one, where that
    one began and so on. A log that never had the incarnation learns from it what both have in common (ADR 27).
    ``begun`` is where the log ended when the pull from nought began of which this cursor is a page (SPEC F5).
    """

    company: str
    incarnation: str
    epoch: str
    position: int
    scope: str
    schema: int = OLDEST_SCHEMA
    past: str = ""
    begun: int = 0


_MARK = msgspec.json.Decoder(Mark)


def mark_at(head: Head, bare: Mark) -> Mark:
    """Return a mark of the log that ends so with whence its incarnation comes."""
    return structs.replace(bare, past=_told(descent(head), _ROOM - len(msgspec.json.encode(bare))))


def _told(links: Iterable[EpochLink], room: int) -> str:
    told = ""
    for link in links:
        longer = f"{told}.{link.fork:x}.{link.parent}" if told else f"{link.fork:x}.{link.parent}"
        if link.parent is None or len(longer) > room:
            break
        told = longer
    return told


def branches_told(mark: Mark) -> Iterator[EpochLink]:
    """Yield the steps by which a mark's incarnation came to be; of where they begin nothing is known."""
    name = mark.incarnation
    steps = iter(mark.past.split(".") if mark.past else ())
    for fork, parent in zip(steps, steps, strict=True):
        yield EpochLink(name, parent, int(fork, 16))
        name = parent
    if mark.past:
        yield EpochLink(name, None, 0)


def end_mark(keys: ServerKeys, company: str, head: Head) -> str:
    """Return the token of the log's end."""
    return position_mark(keys, company, head, head.position)


def position_mark(keys: ServerKeys, company: str, head: Head, position: int) -> str:
    """Return the token of a place in the log."""
    return write_mark(keys, mark_at(head, Mark(company, head.incarnation, head.epoch, position, "")))


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
