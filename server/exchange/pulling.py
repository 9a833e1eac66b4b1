"""Serving what a person may see: pages of rows behind a cursor (SPEC, rules L and F)."""

from collections.abc import AsyncIterator, Sequence
from typing import NamedTuple

from msgspec import Struct, structs

from schemas.merge_rules import MERGE_RULES
from schemas.problems import Code, Problem
from schemas.protocol import (
    MAX_RIVALS_SHOWN,
    PullEnd,
    PullForget,
    PullHeader,
    PullLine,
    PullPut,
    PullResume,
    Write,
)
from schemas.registry import Kind
from server.exchange.marks import Mark, mark_at, read_mark, write_mark
from server.platform.caller import Caller
from server.platform.installation import Endpoint
from server.records.ledger import FeedEntry, Head, Key, Ledger, Stored
from sync.casting import downcast, unknown_kinds
from sync.digest import digest_text
from sync.document import DELETED, asks, rivals, shown_fields

_RESUME_EVERY = 200
_FEW = 50
"""Commits that are read in the event loop's own thread."""


class Wish(Struct, frozen=True):
    """What a device asks for: from where, how much, in which schema, and whether to compare digests at the end."""

    cursor: str | None
    limit: int
    digest: bool
    schema: int


class Reached(NamedTuple):
    """A position in the log, and where it ended when a pull from nought began that is not at its end yet."""

    position: int
    begun: int = 0


async def is_near(ledger: Ledger, endpoint: Endpoint, caller: Caller, wish: Wish) -> bool:
    """Tell whether a page can hold a few rows only: its cursor stands shortly before the end of this log."""
    mark = read_mark(endpoint.keys, caller.company, wish.cursor) if wish.cursor is not None else None
    if mark is None:
        return wish.limit <= _FEW
    head = await ledger.end()
    return mark.epoch == head.epoch and mark.scope == caller.scope and head.position - mark.position <= _FEW


async def pull(ledger: Ledger, endpoint: Endpoint, caller: Caller, wish: Wish, now: int) -> AsyncIterator[PullLine]:
    """Yield the lines of one page: header, documents and forgets with places to resume from, end (SPEC L1, L2).

    Raises ``Problem`` before the first line for a cursor that was not given out here, or that this log has lost. One of
    another epoch or scope, of another schema, or from before the horizon begins again at nought with ``replace`` (SPEC
    L3, L6, F5).
    """
    head = await ledger.end()
    mark = await standing(ledger, endpoint, caller, wish, head)
    after, begun = (mark.position, mark.begun) if mark else (0, head.position)
    entries = await ledger.feed(caller.audiences, after, wish.limit)
    more = bool(entries) and len(entries) >= wish.limit
    yield PullHeader(head.branch, head.lineage, mark is None, now)
    unknown = unknown_kinds(wish.schema)
    newest = [entry for entry in _newest(entries) if entry.kind not in unknown]
    stored = await ledger.documents([(Kind(entry.kind), entry.id) for entry in newest if not entry.gone])
    for number, entry in enumerate(newest, start=1):
        yield _line(entry, stored, wish.schema)
        if number % _RESUME_EVERY == 0 and _is_whole(newest, number):
            yield PullResume(cursor_at(endpoint, caller, head, wish.schema, Reached(entry.position, begun)))
    reached = Reached(entries[-1].position, begun) if more else Reached(head.position)
    digest = digest_text(await ledger.digest_of(caller.audiences, unknown)) if wish.digest and not more else None
    yield PullEnd(cursor_at(endpoint, caller, head, wish.schema, reached), head.position, more, digest)


async def standing(ledger: Ledger, endpoint: Endpoint, caller: Caller, wish: Wish, head: Head) -> Mark | None:
    """Return the place behind which a cursor goes on; None if it has to begin at nought.

    What went behind the place where a pull from nought began is told to it, so it goes on in front of the horizon too.
    Raises ``Problem`` for a cursor that was not given out here.
    """
    if wish.cursor is None:
        return None
    mark = read_mark(endpoint.keys, caller.company, wish.cursor)
    if mark is None:
        raise Problem(Code.SYNC_CURSOR)
    await refuse_lost(ledger, head, mark)
    same = (mark.epoch, mark.scope, mark.schema) == (head.epoch, caller.scope, wish.schema)
    told_all = head.horizon <= max(mark.position, mark.begun)
    return mark if same and told_all else None


async def refuse_lost(ledger: Ledger, head: Head, mark: Mark) -> None:
    """Raise ``sync.epoch`` for a mark of this epoch that is not in this log: what it proves is for hello (SPEC E3).

    Answering it in any other way would put a newer mark in its place, and nobody would ever know what was lost.
    """
    end = await ledger.incarnation_end(mark.incarnation)
    if mark.epoch == head.epoch and (end is None or mark.position > end):
        raise Problem(Code.SYNC_EPOCH, epoch=head.epoch, lineage=[structs.astuple(one) for one in head.lineage])


def _newest(entries: Sequence[FeedEntry]) -> list[FeedEntry]:
    """Keep one entry per document: present in any of the person's audiences wins over gone from another (SPEC F2)."""
    kept: dict[tuple[str, str], FeedEntry] = {}
    for entry in entries:
        known = kept.get((entry.kind, entry.id))
        if known is None or known.gone or not entry.gone:
            kept[(entry.kind, entry.id)] = entry
    return sorted(kept.values(), key=lambda entry: (entry.position, entry.kind, entry.id))


def _is_whole(entries: Sequence[FeedEntry], number: int) -> bool:
    return number < len(entries) and entries[number].position > entries[number - 1].position


def _line(entry: FeedEntry, stored: dict[Key, Stored], schema: int) -> PullLine:
    if entry.gone:
        return PullForget(entry.kind, (entry.id,))
    return downcast(schema, put(stored[(Kind(entry.kind), entry.id)]))


def put(stored: Stored) -> PullPut:
    """Return a document as devices receive it: shown values, and every write of the fields that hold rivals.

    A contested delete is told as rivals of ``deleted`` too: only so a device knows that the document is not gone (D1).
    """
    rules = MERGE_RULES[stored.kind]
    shown = shown_fields(stored.document, rules)
    torn = rivals(stored.document)
    if DELETED in asks(stored.document, rules):
        torn[DELETED] = stored.document.registers[DELETED]
    open_rivals = {
        field: tuple(
            Write(
                write.origin.dot,
                write.value,
                write.origin.author,
                write.origin.place,
                write.origin.effective_at,
                write.origin.positions[-1].n,
            )
            for write in register[:MAX_RIVALS_SHOWN]
        )
        for field, register in torn.items()
    }
    return PullPut(stored.kind.value, stored.id, stored.position, shown, open_rivals)


def cursor_at(endpoint: Endpoint, caller: Caller, head: Head, schema: int, reached: Reached) -> str:
    """Return the token with which a device goes on from where it came to."""
    place = (head.incarnation, head.epoch, reached.position)
    bare = Mark(caller.company, *place, caller.scope, schema, begun=reached.begun)
    return write_mark(endpoint.keys, mark_at(head, bare))
