"""What the office decided about held operations."""

from collections.abc import Iterable

from sqlalchemy import BigInteger, Column, String, Table, and_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from schemas.protocol import Dot
from server.platform.database import METADATA
from server.records.ledger import Key
from server.records.tables import OPERATION

HELD_DECISION = Table(
    "held_decision",
    METADATA,
    Column("company", String, primary_key=True),
    Column("actor", String, primary_key=True),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("decision", String, nullable=False),
    Column("by", String, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("reason", String, nullable=False),
)
"""One row closes one held operation for ever; the operation itself stays in the log as it was sent."""


async def decided_on(connection: AsyncConnection, company: str, keys: Iterable[Key]) -> set[Dot]:
    """Return the held operations on these documents that somebody has decided about."""
    is_it = and_(
        OPERATION.c.company == HELD_DECISION.c.company,
        OPERATION.c.actor == HELD_DECISION.c.actor,
        OPERATION.c.seq == HELD_DECISION.c.seq,
    )
    wanted = {(kind.value, doc) for kind, doc in keys}
    query = select(OPERATION.c.actor, OPERATION.c.seq, OPERATION.c.kind, OPERATION.c.doc).join(HELD_DECISION, is_it)
    rows = await connection.execute(query.where(HELD_DECISION.c.company == company))
    return {Dot(row.actor, row.seq) for row in rows if (row.kind, row.doc) in wanted}
