"""Numbers without gaps: a counter row that stays locked until its taker commits."""

from sqlalchemy import BigInteger, Column, String, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from server.platform.database import METADATA

COUNTER = Table(
    "counter",
    METADATA,
    Column("company", String, primary_key=True),
    Column("name", String, primary_key=True),
    Column("value", BigInteger, nullable=False),
)


async def take(connection: AsyncConnection, company: str, name: str) -> int:
    """Return the counter's next value, from 1; a rollback gives it back, so the sequence has no gaps (F012)."""
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    row = {"company": company, "name": name, "value": 1}
    statement = (
        dialect.insert(COUNTER)
        .values(row)
        .on_conflict_do_update(index_elements=["company", "name"], set_={"value": COUNTER.c.value + 1})
        .returning(COUNTER.c.value)
    )
    return int((await connection.execute(statement)).scalar_one())
