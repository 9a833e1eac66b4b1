"""Files of customers that were erased, and what an erasure leaves to be cleaned up behind its transaction (ADR 44)."""

from collections.abc import Collection

from sqlalchemy import BigInteger, Column, String, Table, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from schemas.erasure import NAMED_BY
from server.platform.database import METADATA, insert_into
from server.records.kept_files import BLOB, FILE_GONE, MISSING_FILE
from server.records.tables import DOCUMENTS, OPERATION

ERASED_FILE = Table(
    "erased_file",
    METADATA,
    Column("company", String, primary_key=True),
    Column("sha256", String, primary_key=True),
    Column("removed_at", BigInteger),
)
"""Files that are not kept until a record names them anew; ``removed_at`` is null until the bytes are gone."""

UNCLEAN = Table(
    "unclean",
    METADATA,
    Column("company", String, primary_key=True),
    Column("since", BigInteger, nullable=False),
)
"""Companies of which the database may still hold erased bytes in what it has not written anew."""


async def note_erased(connection: AsyncConnection, company: str, now: int, names: Collection[str]) -> None:
    """Note that there is something to clean up, and which files go: those that nothing names any more."""
    dialect = connection.dialect
    since = insert_into(dialect, UNCLEAN).values(company=company, since=now)
    await connection.execute(since.on_conflict_do_update(index_elements=["company"], set_={"since": now}))
    for name in sorted(set(names) - await _named(connection, company, names)):
        row = {"company": company, "sha256": name, "removed_at": None}
        noted = insert_into(dialect, ERASED_FILE).values(row)
        again = noted.on_conflict_do_update(index_elements=["company", "sha256"], set_={"removed_at": None})
        await connection.execute(again)
        for table in (BLOB, MISSING_FILE, FILE_GONE):
            await connection.execute(delete(table).where(table.c.company == company, table.c.sha256 == name))


async def note_named_again(connection: AsyncConnection, company: str, names: Collection[str]) -> bool:
    """Note that files are wanted which may have been erased, and tell whether one was."""
    are_they = (ERASED_FILE.c.company == company, ERASED_FILE.c.sha256.in_(names))
    return (await connection.execute(delete(ERASED_FILE).where(*are_they))).rowcount > 0


async def note_back(connection: AsyncConnection, company: str, name: str) -> None:
    """Note that the bytes of an erased file have come again and are to be removed once more."""
    is_it = (ERASED_FILE.c.company == company, ERASED_FILE.c.sha256 == name)
    await connection.execute(update(ERASED_FILE).where(*is_it).values(removed_at=None))


async def _named(connection: AsyncConnection, company: str, names: Collection[str]) -> set[str]:
    """Return which files a document names, or something that is held: whoever decides about that looks at them."""
    held = select(OPERATION.c.payload).where(OPERATION.c.company == company, OPERATION.c.verdict == "held")
    found: set[str] = set()
    async with connection.stream(held) as payloads:
        async for (payload,) in payloads:
            found.update(name for name in names if name.encode() in payload)
    for kind, fields in NAMED_BY.items():
        table = DOCUMENTS[kind]
        for field in fields:
            query = select(table.c[field]).where(table.c.company == company, table.c[field].in_(names))
            found.update((await connection.execute(query)).scalars())
    return found


async def is_erased(connection: AsyncConnection, company: str, name: str) -> bool:
    """Tell whether a file was erased and nothing names it: whoever brings it again finds it gone."""
    query = select(ERASED_FILE.c.sha256).where(ERASED_FILE.c.company == company, ERASED_FILE.c.sha256 == name)
    is_noted = (await connection.execute(query)).first() is not None
    return is_noted and not await _named(connection, company, {name})


async def left_over(connection: AsyncConnection) -> list[tuple[str, str]]:
    """Return company and name of the files whose bytes are still to be removed."""
    query = select(ERASED_FILE.c.company, ERASED_FILE.c.sha256).where(ERASED_FILE.c.removed_at.is_(None))
    return [(row.company, row.sha256) for row in await connection.execute(query)]


async def note_removed(connection: AsyncConnection, company: str, name: str, now: int) -> bool:
    """Note that a file's bytes are gone, and tell whether they were still to be removed."""
    is_it = (ERASED_FILE.c.company == company, ERASED_FILE.c.sha256 == name, ERASED_FILE.c.removed_at.is_(None))
    return (await connection.execute(update(ERASED_FILE).where(*is_it).values(removed_at=now))).rowcount > 0


async def unclean(connection: AsyncConnection) -> list[tuple[str, int]]:
    """Return the companies of which erased bytes may be left in the database, with since when."""
    return [(row.company, row.since) for row in await connection.execute(select(UNCLEAN))]


async def note_clean(connection: AsyncConnection, company: str, since: int) -> None:
    """Note that the database was written anew after it became unclean at that time."""
    await connection.execute(delete(UNCLEAN).where(UNCLEAN.c.company == company, UNCLEAN.c.since == since))
