"""The two databases behind one door: one writer, many readers."""

from collections.abc import Hashable, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any

from sqlalchemy import Dialect, MetaData, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError, PendingRollbackError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from server.platform.postgresql import HOME, PostgreSql
from server.platform.sqlite_file import SqliteFile

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)
"""Every table of every domain; its key begins with ``company``."""


class Database:
    """A SQLite file or a PostgreSQL database.

    Writing goes through one connection at a time (the committer's): on SQLite because there is one writer anyway and
    a pool of them only waits in the wrong place, on PostgreSQL because positions are given in commit order.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self.is_sqlite = url.startswith("sqlite")
        self._kind = SqliteFile(url) if self.is_sqlite else PostgreSql(url)

    def writing(self) -> AbstractAsyncContextManager[AsyncConnection]:
        """Open a transaction that commits at the end of the block and rolls back if the block raises.

        Raises ``Problem`` if no connection is to be had.
        """
        return self._kind.writing()

    def reading(self) -> AbstractAsyncContextManager[AsyncConnection]:
        """Open a transaction that sees one snapshot and writes nothing.

        Raises ``Problem`` if no connection is to be had: all stay taken for too long, or there is no database.
        """
        return self._kind.reading()

    def glancing(self) -> AbstractAsyncContextManager[AsyncConnection]:
        """Open a snapshot for a few rows: as :meth:`reading`, but where the database is a file, in this very thread."""
        return self._kind.glancing()

    def line(self) -> AbstractAsyncContextManager[Any]:
        """Open a connection of PostgreSQL's own driver, outside any transaction, to listen and to notify on.

        Raises ``TypeError`` for SQLite, beside which there is nobody to listen to.
        """
        if isinstance(self._kind, SqliteFile):
            raise TypeError("a file has no line")
        return self._kind.line()

    async def version(self) -> Hashable | None:
        """Return what is another one as soon as anybody has committed, in whatever process; None: unknown.

        What was read after a version was returned stands for as long as it is returned again.
        """
        return await self._kind.version()

    async def write_anew(self, tables: Sequence[str]) -> bool:
        """Let nothing be left of what was deleted or overwritten in these tables; whoever wants to write waits for it.

        Return whether that is so: on SQLite somebody who reads for long may keep the old bytes in the file's log.
        """
        return await self._kind.write_anew(tables)

    async def close(self) -> None:
        """Close every connection."""
        await self._kind.close()


def is_out_of_reach(error: SQLAlchemyError) -> bool:
    """Tell whether the database hung up: what was asked may have been done or not, and is to be asked again.

    Whoever's statement it was is told of the connection, whoever shares the transaction that it cannot go on.
    """
    return isinstance(error, PendingRollbackError) or (isinstance(error, DBAPIError) and error.connection_invalidated)


def insert_into(dialect: Dialect, table: Table) -> sqlite.Insert | postgresql.Insert:
    """Return an insert that can say what becomes of a row that is there already (``on_conflict_do_update``)."""
    return sqlite.insert(table) if dialect.name == "sqlite" else postgresql.insert(table)


def home_of(connection: AsyncConnection) -> str:
    """Return which running database a connection leads to; another one may be an older copy (ADR 19).

    PostgreSQL's has another name after every start of its server, so after every restore of its files and every change
    to a replica, and for every database that was made anew. SQLite's file is this process's own for as long as it runs.
    """
    return str(connection.info.get(HOME, ""))
