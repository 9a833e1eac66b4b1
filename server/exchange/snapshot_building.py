"""What lies ready of one audience's documents for a first sync: columns, packed, in parts (SPEC L7)."""

from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Sequence
from typing import NamedTuple

import msgspec
import zstandard
from sqlalchemy.ext.asyncio import AsyncConnection

from schemas.protocol import PullWhole
from schemas.registry import Kind
from server.exchange.pulling import put
from server.records.ledger import Key, Ledger, Stored
from sync.casting import downcast, unknown_kinds
from sync.columns import columns_of

PART_ROWS = 1_000
"""Documents of one part: what a phone takes in and keeps before it asks for the next."""

LEVEL = 9
"""Of zstd: a part is packed once and sent often."""

TodaysWork = Callable[[AsyncConnection, str, str], Awaitable[Collection[Key]]]
"""Company and audience to the documents that its people need before all others."""

_LINE = msgspec.json.Encoder()


class Part(NamedTuple):
    """Documents that are sent together, and whether they belong to what is needed before all others."""

    documents: Sequence[Stored]
    is_todays: bool


async def parts_of(
    ledger: Ledger, audience: str, schema: int, first: Collection[Key], rows: int = PART_ROWS
) -> AsyncIterator[Part]:
    """Yield what an audience holds in parts: ``first``, then everything else as it was written.

    A part is at most ``rows`` documents, of everything else some more where one commit wrote more. There is always one
    of ``first``, even if it holds nothing.
    """
    unknown = unknown_kinds(schema)
    held = await ledger.audiences_of(first, [audience])
    ahead = {key for key, audiences in held.items() if audiences and key[0].value not in unknown}
    todays = sorted(ahead)
    for begin in range(0, max(len(todays), 1), rows):
        yield Part(await _documents(ledger, todays[begin : begin + rows]), is_todays=True)
    position = 0
    while entries := await ledger.feed((audience,), position, rows):
        keys = [(Kind(each.kind), each.id) for each in entries if not each.gone and each.kind not in unknown]
        yield Part(await _documents(ledger, [key for key in keys if key not in ahead]), is_todays=False)
        position = entries[-1].position


async def _documents(ledger: Ledger, keys: Sequence[Key]) -> list[Stored]:
    stored = await ledger.documents(keys)
    return [stored[key] for key in keys]


def packed(documents: Sequence[Stored], schema: int) -> bytes:
    """Return a part as it is sent: columns of the rows that a schema shows and how many they are, packed by zstd."""
    rows = (downcast(schema, put(each)) for each in documents)
    text = _LINE.encode_lines([*columns_of(rows), PullWhole(len(documents))])
    return zstandard.ZstdCompressor(LEVEL, write_checksum=True).compress(text)
