"""Making a database fit for this version before anything is served from it."""

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import func, make_url, select

import server.app  # noqa: F401 - declares every table
from server.platform.database import Database
from server.platform.migrations import migrate
from server.records.missing_files import find_missing
from server.records.rebuild import Progress, ensure_documents

_PREPARING = 0x6669656C64
"""PostgreSQL's advisory locks are numbers: the first letters of this project."""


async def prepare(database: Database, progress: Progress) -> None:
    """Migrate the tables and rebuild the documents if their shape changed, all or nothing.

    An empty database gets everything; of several servers that start on one PostgreSQL, one after the other prepares.
    Raises ``alembic.util.CommandError`` for tables of a newer version.
    """
    async with database.writing() as connection:
        if not database.is_sqlite:
            await connection.execute(select(func.pg_advisory_xact_lock(_PREPARING)))
        await migrate(connection)
        await ensure_documents(connection, progress)
        await find_missing(connection)


def percent(say: Callable[[str], None]) -> Progress:
    """Return a progress that says so at every tenth."""
    said = 0

    def progress(done: int, total: int) -> None:
        nonlocal said
        tenths = 10 * done // max(total, 1)
        if tenths > said:
            said = tenths
            say(f"整理資料 {10 * tenths}%")

    return progress


def is_there(url: str) -> bool:
    """Tell whether there can be a database; opening a file of SQLite that is not there would make an empty one."""
    database = make_url(url)
    return database.get_backend_name() != "sqlite" or Path(database.database or "").exists()
