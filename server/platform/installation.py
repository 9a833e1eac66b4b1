"""What an installation is: its own keys, and the companies that it serves."""

from msgspec import Struct
from sqlalchemy import BigInteger, Column, Integer, LargeBinary, String, Table, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from server.platform.ambient import Ambient
from server.platform.database import METADATA
from server.platform.keys import ServerKeys

INSTALLATION = Table(
    "installation",
    METADATA,
    Column("one", Integer, primary_key=True, autoincrement=False),
    Column("receipt_seed", LargeBinary, nullable=False),
    Column("mark_key", LargeBinary, nullable=False),
)

COMPANY = Table(
    "company",
    METADATA,
    Column("company", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("founded_at", BigInteger, nullable=False),
)

_KEY_BYTES = 32


class Endpoint(Struct, frozen=True):
    """The installation as devices know it: its keys, and this start of it."""

    keys: ServerKeys
    incarnation: str


async def own_keys(connection: AsyncConnection, ambient: Ambient) -> ServerKeys:
    """Return the installation's keys, made at its first start."""
    row = (await connection.execute(select(INSTALLATION))).first()
    if row is not None:
        return ServerKeys(row.receipt_seed, row.mark_key)
    keys = ServerKeys(ambient.random_bytes(_KEY_BYTES), ambient.random_bytes(_KEY_BYTES))
    values = {"one": 1, "receipt_seed": keys.receipt_seed, "mark_key": keys.mark_key}
    await connection.execute(insert(INSTALLATION), values)
    return keys


async def companies(connection: AsyncConnection) -> tuple[str, ...]:
    """Return the ids of the companies that were founded here."""
    return tuple((await connection.execute(select(COMPANY.c.company).order_by(COMPANY.c.company))).scalars())


async def add_company(connection: AsyncConnection, company: str, name: str, now: int) -> None:
    """Found a company; its log and its people are the domains' to begin."""
    await connection.execute(insert(COMPANY), {"company": company, "name": name, "founded_at": now})
