"""Repairing what a device shows by ranges of positions: only what differs is sent again (SPEC F6)."""

from collections.abc import AsyncIterator

from schemas.problems import Code, Problem
from schemas.protocol import PullPut, PullRange
from schemas.registry import Kind
from server.exchange.pulling import Wish, put, standing
from server.platform.caller import Caller
from server.platform.installation import Endpoint
from server.records.ledger import FeedEntry, Ledger
from sync.casting import downcast, unknown_kinds
from sync.digest import digest_text, row_number

RANGE_ROWS = 500
"""What is sent again for the sake of one row, at the least."""

MOST_ROWS = 20 * RANGE_ROWS
"""More than any range holds but that of one enormous commit: whoever asks for it pulls from nought instead."""


async def ranges(
    ledger: Ledger, endpoint: Endpoint, caller: Caller, wish: Wish, least: int | None = None
) -> AsyncIterator[PullRange]:
    """Yield the rows in scope up to a cursor as ranges with their digests; the last ends where the cursor stands.

    Each holds ``least`` rows or some more, ``RANGE_ROWS`` unless it is given.
    Raises ``Problem`` for a cursor from which a pull would begin at nought.
    """
    end = await _place(ledger, endpoint, caller, wish)
    rows = number = 0
    last = 0
    async for entry in _present(ledger, caller, 0, end, wish.schema):
        if rows >= (least or RANGE_ROWS) and entry.position > last:
            yield PullRange(last, rows, digest_text(number))
            rows = number = 0
        rows, last = rows + 1, entry.position
        number ^= row_number(entry.kind, entry.id, entry.position)
    yield PullRange(end, rows, digest_text(number))


async def rows_between(
    ledger: Ledger, endpoint: Endpoint, caller: Caller, wish: Wish, after: int, until: int
) -> AsyncIterator[PullPut]:
    """Yield the rows in scope behind one position, up to another and to the cursor.

    Raises ``Problem`` as :func:`ranges` does, and for more than ``MOST_ROWS``.
    """
    end = min(until, await _place(ledger, endpoint, caller, wish))
    entries = [entry async for entry in _present(ledger, caller, after, end, wish.schema)]
    if len(entries) > MOST_ROWS:
        raise Problem(Code.SYNC_TOO_MANY)
    stored = await ledger.documents([(Kind(entry.kind), entry.id) for entry in entries])
    for entry in entries:
        yield downcast(wish.schema, put(stored[(Kind(entry.kind), entry.id)]))


async def _place(ledger: Ledger, endpoint: Endpoint, caller: Caller, wish: Wish) -> int:
    mark = await standing(ledger, endpoint, caller, wish, await ledger.end())
    if mark is None:
        raise Problem(Code.SYNC_CURSOR)
    return mark.position


async def _present(ledger: Ledger, caller: Caller, after: int, end: int, schema: int) -> AsyncIterator[FeedEntry]:
    unknown = unknown_kinds(schema)
    while entries := await ledger.feed(caller.audiences, after, RANGE_ROWS):
        for entry in entries:
            if entry.position > end:
                return
            if not entry.gone and entry.kind not in unknown:
                yield entry
        after = entries[-1].position
