"""Digests of feeds in the database: a row for each audience, which every commit changes without reading it."""

import struct
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import and_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from server.records.tables import FEED_DIGEST, FEED_ENTRY
from sync.digest import row_number

_WORDS = ("word0", "word1", "word2", "word3")


async def change_digests(connection: AsyncConnection, company: str, changes: Mapping[str, int]) -> None:
    """Combine each audience's digest with what its feed gained and lost."""
    rows = [
        {"company": company, "audience": audience}
        | dict(zip(_WORDS, struct.unpack(">4q", change.to_bytes(32)), strict=True))
        for audience, change in changes.items()
    ]
    if rows:
        await connection.execute(_CHANGING[connection.dialect.name], rows)


async def digest_of(
    connection: AsyncConnection, company: str, audiences: Sequence[str], without: Collection[str]
) -> int:
    """Return the digest of these audiences' feeds together, some kinds' entries left out, as a number."""
    columns = (FEED_DIGEST.c[word] for word in _WORDS)
    query = select(*columns).where(FEED_DIGEST.c.company == company, FEED_DIGEST.c.audience.in_(audiences))
    total = 0
    for words in await connection.execute(query):
        total ^= int.from_bytes(struct.pack(">4q", *words))
    if without:  # only clients of an older schema ask so; what they cannot read is counted out again
        there = FEED_ENTRY.c
        asked = and_(there.company == company, there.audience.in_(audiences), there.kind.in_(without), ~there.gone)
        for kind, doc, position in await connection.execute(select(there.kind, there.id, there.position).where(asked)):
            total ^= row_number(kind, doc, position)
    return total


def _changing(inserted: sqlite.Insert | postgresql.Insert) -> sqlite.Insert | postgresql.Insert:
    """Return the insert that combines with what is there: exclusive or, in words that both databases have.

    The bits of ``there | more`` less those of ``there & more`` never borrow, so no word leaves its 64 bits.
    """
    there, more = FEED_DIGEST.c, inserted.excluded
    changed = {word: there[word].bitwise_or(more[word]) - there[word].bitwise_and(more[word]) for word in _WORDS}
    return inserted.on_conflict_do_update(index_elements=["company", "audience"], set_=changed)


_CHANGING = {
    name: _changing(insert(FEED_DIGEST))
    for name, insert in (("sqlite", sqlite.insert), ("postgresql", postgresql.insert))
}
