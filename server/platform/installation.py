"""What an installation is: its own keys, and the companies that it serves."""

from msgspec import Struct
from sqlalchemy import BigInteger, Column, Integer, LargeBinary, String, Table, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from server.platform.ambient import Ambient
from server.platform.database import METADATA, insert_into
from server.platform.keys import ServerKeys

INSTALLATION = Table(
    "installation",
    METADATA,
    Column("one", Integer, primary_key=True, autoincrement=False),
    Column("receipt_seed", LargeBinary, nullable=False),
    Column("mark_key", LargeBinary, nullable=False),
    Column("rescue_seed", LargeBinary),
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
    """The installation as devices know it, whichever of its processes answers: its keys."""

    keys: ServerKeys


async def own_keys(connection: AsyncConnection, ambient: Ambient) -> ServerKeys:
    """Return the installation's keys, made at its first start; of processes that start at once, one makes them.

    One that an older version had no use for is made now.
    """
    made = {name: ambient.random_bytes(_KEY_BYTES) for name in ServerKeys.__struct_fields__}
    await connection.execute(
        insert_into(connection.dialect, INSTALLATION).values(one=1, **made).on_conflict_do_nothing()
    )
    lacking = INSTALLATION.c.rescue_seed.is_(None)
    await connection.execute(update(INSTALLATION).where(lacking).values(rescue_seed=made["rescue_seed"]))
    row = (await connection.execute(select(INSTALLATION))).one()
    return ServerKeys(row.receipt_seed, row.mark_key, row.rescue_seed)


async def lock_installation(connection: AsyncConnection) -> None:
    """Let nobody else found a company before this transaction ends; taken before any company's log (ADR 19)."""
    await connection.execute(select(INSTALLATION.c.one).with_for_update())


async def companies(connection: AsyncConnection) -> tuple[str, ...]:
    """Return the ids of the companies that were founded here."""
    return tuple((await connection.execute(select(COMPANY.c.company).order_by(COMPANY.c.company))).scalars())


async def add_company(connection: AsyncConnection, company: str, name: str, now: int) -> None:
    """Found a company; its log and its people are the domains' to begin."""
    await connection.execute(insert(COMPANY), {"company": company, "name": name, "founded_at": now})
