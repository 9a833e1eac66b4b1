"""A PostgreSQL database: a pool of connections, and whether anybody has committed."""

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

from sqlalchemy import event
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from schemas.problems import Code, Problem

HOME = "home"
"""Under what a connection notes which running database it leads to (see ``server.platform.database.home_of``)."""

_ASK_HOME = (
    "SELECT pg_postmaster_start_time()::text || ' ' || oid::text FROM pg_database WHERE datname = current_database()"
)
_ASK_FINISHED = "SELECT pg_current_snapshot()::text"
_LOG = logging.getLogger("fieldproof")


class PostgreSql:
    """The database's pool: whoever writes and whoever reads takes a connection of it."""

    def __init__(self, url: str) -> None:
        self._engine = _engine(url)
        self._finished = _Finished(self._engine)

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        """Open a transaction (see ``Database.writing``)."""
        async with _connected(self._engine) as connection, connection.begin():
            yield connection

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """Open a snapshot (see ``Database.reading``)."""
        async with _connected(self._engine) as connection:
            await connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            async with connection.begin():
                yield connection

    glancing = reading

    def line(self) -> AbstractAsyncContextManager[Any]:
        """Open a connection of the driver's own, outside any transaction."""
        return outside_transactions(self._engine)

    async def version(self) -> tuple[int, str] | None:
        """Return which transactions are finished, as the database tells it."""
        return await self._finished.now()

    async def write_anew(self, tables: Sequence[str]) -> bool:
        """Remove the rows that nobody can see any more (see ``Database.write_anew``)."""
        async with outside_transactions(self._engine) as driver:
            for table in tables:
                await driver.execute(f'VACUUM "{table}"')
        return True

    async def close(self) -> None:
        """Close every connection."""
        await self._finished.close()
        await self._engine.dispose()


class _Finished:
    """Asks the database which transactions are finished, once for all who want to know at the same time.

    Two equal snapshots see the same rows. What another connection was told may be of a database that is no more, so
    each connection that asks has a number.
    """

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._number = 0
        self._wish = asyncio.Event()
        self._wanted: asyncio.Future[tuple[int, str] | None] | None = None
        self._task: asyncio.Task[None] | None = None

    async def now(self) -> tuple[int, str] | None:
        """Return what is finished at some instant after this call; None if the database does not tell."""
        if self._wanted is None:
            self._wanted = asyncio.get_running_loop().create_future()
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._serve(), name="finished transactions")
        self._wish.set()
        return await asyncio.shield(self._wanted)

    async def close(self) -> None:
        """Give the connection up; whoever still waits is told nothing."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _serve(self) -> None:
        asked: asyncio.Future[tuple[int, str] | None] | None = None
        self._number += 1
        try:
            async with outside_transactions(self._engine) as driver:
                while True:
                    await self._wish.wait()
                    self._wish.clear()
                    asked, self._wanted = self._wanted, None
                    answer = await driver.fetchval(_ASK_FINISHED)
                    _tell(asked, (self._number, answer))
        except Exception as error:  # noqa: BLE001 - whatever cut the line, who wants to know next opens another one
            _LOG.info("which transactions are finished cannot be told: %s", error)
        finally:
            _tell(asked, None)
            _tell(self._wanted, None)
            self._wanted = None


def _tell(wanted: "asyncio.Future[tuple[int, str] | None] | None", answer: tuple[int, str] | None) -> None:
    if wanted is not None and not wanted.done():
        wanted.set_result(answer)


@asynccontextmanager
async def outside_transactions(engine: AsyncEngine) -> AsyncIterator[Any]:
    """Open a connection of PostgreSQL's own driver that begins no transaction by itself; it never comes back."""
    async with engine.connect() as connection:
        await connection.execution_options(isolation_level="AUTOCOMMIT")
        try:
            yield (await connection.get_raw_connection()).driver_connection
        finally:
            await connection.invalidate()  # its listeners must not come back to the pool


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


def _engine(url: str) -> AsyncEngine:
    engine = create_async_engine(url, pool_size=8, max_overflow=8, pool_pre_ping=True)

    @event.listens_for(engine.sync_engine, "connect")
    def _on_connect(connection: Any, record: Any) -> None:  # noqa: ANN401 - SQLAlchemy's adapter has no public type
        cursor = connection.cursor()
        cursor.execute(_ASK_HOME)
        (record.info[HOME],) = cursor.fetchone()
        cursor.close()
        connection.rollback()

    return engine
