"""Tallies in the database: a row for each audience, which every commit adds to without reading it."""

import struct
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from server.records.tables import TALLY
from sync.digest import Tally

_WORDS = ("word0", "word1", "word2", "word3")


async def add_to_tallies(connection: AsyncConnection, company: str, changes: Mapping[str, Tally]) -> None:
    """Add to each audience's tally what its feed gained and lost."""
    if changes:
        rows = [tally_row(company, audience, change) for audience, change in changes.items()]
        await connection.execute(_ADDING[connection.dialect.name], rows)


async def tally_of(connection: AsyncConnection, company: str, audiences: Sequence[str]) -> Tally:
    """Return what these audiences' present entries amount to together."""
    query = select(TALLY).where(TALLY.c.company == company, TALLY.c.audience.in_(audiences))
    total = Tally()
    for row in await connection.execute(query):
        total = total.and_of(Tally(row.rows, _total(row)))
    return total


def tally_row(company: str, audience: str, tally: Tally) -> dict[str, Any]:
    """Return a tally as a row of its table."""
    words = struct.unpack(">4q", tally.total.to_bytes(32))
    return {"company": company, "audience": audience, "rows": tally.rows, **dict(zip(_WORDS, words, strict=True))}


def _total(row: Row[Any]) -> int:
    return int.from_bytes(struct.pack(">4q", *(getattr(row, word) for word in _WORDS)))


def _adding(added: sqlite.Insert | postgresql.Insert) -> sqlite.Insert | postgresql.Insert:
    """Return the insert that adds to what is there: exclusive or, in words that both databases have.

    The bits of ``there | more`` less those of ``there & more`` never borrow, so no word leaves its 64 bits.
    """
    there, more = TALLY.c, added.excluded
    changed = {word: there[word].bitwise_or(more[word]) - there[word].bitwise_and(more[word]) for word in _WORDS}
    return added.on_conflict_do_update(
        index_elements=["company", "audience"], set_={**changed, "rows": there["rows"] + more["rows"]}
    )


_ADDING = {name: _adding(made(TALLY)) for name, made in (("sqlite", sqlite.insert), ("postgresql", postgresql.insert))}
