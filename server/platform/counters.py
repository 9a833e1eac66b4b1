"""Numbers without gaps: a counter row that stays locked until its taker commits."""

from sqlalchemy import BigInteger, Column, String, Table, update
from sqlalchemy.ext.asyncio import AsyncConnection

from server.platform.database import METADATA, insert_into

COUNTER = Table(
    "counter",
    METADATA,
    Column("company", String, primary_key=True),
    Column("name", String, primary_key=True),
    Column("value", BigInteger, nullable=False),
)


async def take(connection: AsyncConnection, company: str, name: str, count: int = 1) -> int:
    """Take the counter's next values, from 1, and return the last of them.

    A rollback gives them back, so the sequence has no gaps (F012).
    """
    row = {"company": company, "name": name, "value": count}
    statement = (
        insert_into(connection.dialect, COUNTER)
        .values(row)
        .on_conflict_do_update(index_elements=["company", "name"], set_={"value": COUNTER.c.value + count})
        .returning(COUNTER.c.value)
    )
    return int((await connection.execute(statement)).scalar_one())


async def raise_to(connection: AsyncConnection, company: str, name: str, value: int, farthest: int) -> None:
    """Let the counter go on behind a value; one that is ``farthest`` or more beyond it is not believed."""
    row = {"company": company, "name": name, "value": 0}
    await connection.execute(insert_into(connection.dialect, COUNTER).values(row).on_conflict_do_nothing())
    own = (COUNTER.c.company == company, COUNTER.c.name == name)
    behind = (COUNTER.c.value < value, COUNTER.c.value > value - farthest)
    await connection.execute(update(COUNTER).where(*own, *behind).values(value=value))
