"""The two databases behind one door: one writer, many readers."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any, NamedTuple

from sqlalchemy import Dialect, MetaData, Table, event, make_url
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError, PendingRollbackError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import StaticPool

from schemas.problems import Code, Problem
from server.platform.sqlite_driver import glancing_connection, writing_connection

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
        self._writer = _sqlite_engine(url, _ONE_WRITER) if self.is_sqlite else _postgresql_engine(url)
        self._reader = _sqlite_engine(url, _READERS) if self.is_sqlite else self._writer
        self._glancer = _sqlite_engine(url, _GLANCERS) if self.is_sqlite else self._writer
        self._watcher: sqlite3.Connection | None = None

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        """Open a transaction that commits at the end of the block and rolls back if the block raises.

        Raises ``Problem`` if no connection is to be had.
        """
        async with _connected(self._writer) as connection, connection.begin():
            yield connection

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """Open a transaction that sees one snapshot and writes nothing.

        Raises ``Problem`` if no connection is to be had: all stay taken for as long as the pool waits, or there is no
        database.
        """
        async with _connected(self._reader) as connection:
            if not self.is_sqlite:
                await connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            async with connection.begin():
                yield connection

    @asynccontextmanager
    async def line(self) -> AsyncIterator[Any]:
        """Open a connection of PostgreSQL's own driver, outside any transaction, to listen and to notify on."""
        async with self._writer.connect() as connection:
            await connection.execution_options(isolation_level="AUTOCOMMIT")
            try:
                yield (await connection.get_raw_connection()).driver_connection
            finally:
                await connection.invalidate()  # its listeners must not come back to the pool

    @asynccontextmanager
    async def glancing(self) -> AsyncIterator[AsyncConnection]:
        """Open a snapshot for a few rows: as :meth:`reading`, but where the database is a file, in this very thread."""
        if not self.is_sqlite:
            async with self.reading() as connection:
                yield connection
            return
        async with _connected(self._glancer) as connection, connection.begin():
            yield connection

    def version(self) -> int | None:
        """Return a number that is another one as soon as anybody has committed, in whatever process; None: unknown.

        What was read after a number was returned stands for as long as it is returned again. PostgreSQL has no such
        number that costs no question, so there nothing may be remembered.
        """
        if not self.is_sqlite:
            return None
        try:
            if self._watcher is None:
                path = make_url(self.url).database or ":memory:"
                self._watcher = sqlite3.connect(path, timeout=0, isolation_level=None, check_same_thread=False)
            version: int = self._watcher.execute("PRAGMA data_version").fetchone()[0]
        except sqlite3.OperationalError:  # somebody repairs the file just now
            return None
        return version

    async def close(self) -> None:
        """Close every connection."""
        if self._watcher is not None:
            self._watcher.close()
            self._watcher = None
        await self._writer.dispose()
        await self._reader.dispose()
        await self._glancer.dispose()


@asynccontextmanager
async def _connected(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    connection = engine.connect()
    try:
        await connection.start()
    except (SQLAlchemyError, OSError) as error:
        raise Problem(Code.SERVER_BUSY) from error
    try:
        yield connection
    finally:
        await asyncio.shield(connection.close())  # whoever is cancelled gives it back all the same


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
    return str(connection.info.get(_HOME, ""))


_HOME = "home"
_ASK_HOME = (
    "SELECT pg_postmaster_start_time()::text || ' ' || oid::text FROM pg_database WHERE datname = current_database()"
)


def _postgresql_engine(url: str) -> AsyncEngine:
    engine = create_async_engine(url, pool_size=8, max_overflow=8, pool_pre_ping=True)

    @event.listens_for(engine.sync_engine, "connect")
    def _on_connect(connection: Any, record: Any) -> None:  # noqa: ANN401 - SQLAlchemy's adapter has no public type
        cursor = connection.cursor()
        cursor.execute(_ASK_HOME)
        (record.info[_HOME],) = cursor.fetchone()
        cursor.close()
        connection.rollback()

    return engine


class _Use(NamedTuple):
    """What a SQLite engine is for: how its connections are pooled and made, set and begun."""

    options: Mapping[str, Any]
    pragmas: Sequence[str]
    begin: str


def _sqlite_engine(url: str, use: _Use) -> AsyncEngine:
    engine = create_async_engine(url, **use.options)

    @event.listens_for(engine.sync_engine, "connect")
    def _on_connect(connection: Any, _record: object) -> None:  # noqa: ANN401 - SQLAlchemy's adapter has no public type
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in use.pragmas:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def _on_begin(connection: Any) -> None:  # noqa: ANN401 - as above
        connection.exec_driver_sql(use.begin)

    return engine


_WRITE = ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=10000", "cache_size=-65536", "foreign_keys=ON")
_READ = ("busy_timeout=10000", "cache_size=-16384", "query_only=ON")
_POOLED = {"pool_size": 4, "max_overflow": 0}
_ONE_WRITER = _Use(
    {"poolclass": StaticPool, "connect_args": {"async_creator_fn": writing_connection}}, _WRITE, "BEGIN IMMEDIATE"
)
_READERS = _Use(_POOLED, _READ, "BEGIN")
_GLANCERS = _Use({**_POOLED, "connect_args": {"async_creator_fn": glancing_connection}}, _READ, "BEGIN")
