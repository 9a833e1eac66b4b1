"""Digests of feeds in the database: a row for each audience, which every commit changes without reading it."""

import struct
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import Dialect, and_, bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from server.platform.bulk import text_for_rows, written_once
from server.platform.database import insert_into
from server.platform.statements import Question, among, run_for_each
from server.records.tables import FEED_DIGEST, FEED_ENTRY
from sync.digest import row_number

_WORDS = ("word0", "word1", "word2", "word3")


async def change_digests(connection: AsyncConnection, company: str, changes: Mapping[str, int]) -> None:
    """Combine each audience's digest with what its feed gained and lost."""
    rows = [(company, audience, *struct.unpack(">4q", change.to_bytes(32))) for audience, change in changes.items()]
    if rows:
        await run_for_each(connection, written_once(connection.dialect, _changing, _changing), rows)


async def digest_of(
    connection: AsyncConnection, company: str, audiences: Sequence[str], without: Collection[str]
) -> int:
    """Return the digest of these audiences' feeds together, some kinds' entries left out, as a number."""
    total = 0
    for words in await _DIGESTS.ask(connection, company=company, audiences=list(audiences)):
        total ^= int.from_bytes(struct.pack(">4q", *words))
    if without:  # only clients of an older schema ask so; what they cannot read is counted out again
        there = FEED_ENTRY.c
        asked = and_(there.company == company, there.audience.in_(audiences), there.kind.in_(without), ~there.gone)
        for kind, doc, position in await connection.execute(select(there.kind, there.id, there.position).where(asked)):
            total ^= row_number(kind, doc, position)
    return total


_DIGESTS = Question(
    select(*(FEED_DIGEST.c[word] for word in _WORDS)).where(
        FEED_DIGEST.c.company == bindparam("company"), among(FEED_DIGEST.c.audience, "audiences")
    )
)


def _changing(dialect: Dialect) -> str:
    """Return the insert that combines with what is there: exclusive or, in words that both databases have.

    The bits of ``there | more`` less those of ``there & more`` never borrow, so no word leaves its 64 bits.
    """
    names = ("company", "audience", *_WORDS)
    inserted = insert_into(dialect, FEED_DIGEST).values({name: bindparam(name) for name in names})
    there, more = FEED_DIGEST.c, inserted.excluded
    changed = {word: there[word].bitwise_or(more[word]) - there[word].bitwise_and(more[word]) for word in _WORDS}
    return text_for_rows(
        inserted.on_conflict_do_update(index_elements=["company", "audience"], set_=changed), dialect, names
    )
