"""SQLite connections that stay open: SQLAlchemy's way from its pool and back costs more than what is asked between."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any, Literal, TypeAlias

from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from schemas.problems import Code, Problem

PATIENCE_SECONDS = 30.0
"""How long somebody waits for a connection at the most; the device that asked tries again by itself."""

Begin: TypeAlias = Callable[[Any], Awaitable[None]]
"""Begins a transaction on a driver's connection."""

_SQLITE = sqlite.dialect(paramstyle="qmark")


class KeptConnections:
    """Connections of one engine, opened when they are first needed, each in one user's transaction at a time.

    The engine must neither pool its connections nor begin transactions on them. What is asked through SQLAlchemy and
    what is asked of the driver itself (``server.platform.statements``) is in the same transaction (ADR 32).
    """

    def __init__(self, engine: AsyncEngine, begin: Begin, most: int) -> None:
        self._engine = engine
        self._begin = begin
        self._places = asyncio.Semaphore(most)
        self._idle: list[AsyncConnection] = []
        self._is_closed = False

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncConnection]:
        """Open a transaction that commits at the end of the block and rolls back if the block raises.

        Raises ``Problem`` if no connection is to be had: all stay taken for too long, or there is no database.
        Whoever is cancelled at its very end leaves a connection behind that is closed, and a transaction that its
        database ends as if nobody had been.
        """
        await self._find_place()
        connection = await self._begun()
        try:
            yield connection
        except BaseException:
            with suppress(sqlite3.Error, SQLAlchemyError, ValueError):  # it is closed then, which undoes it too
                await self._end(connection, "rollback")
            raise
        await self._end(connection, "commit")

    @asynccontextmanager
    async def nobody(self) -> AsyncIterator[None]:
        """Take the place of one user, so that of a single writer's connection there is none in the block.

        Raises ``Problem`` as :meth:`transaction` does.
        """
        await self._find_place()
        try:
            yield
        finally:
            self._places.release()

    async def close(self) -> None:
        """Close the connections, those in use as soon as their users have done."""
        self._is_closed = True
        while self._idle:
            await self._idle.pop().close()
        await self._engine.dispose()

    async def _find_place(self) -> None:
        if not self._places.locked():
            await self._places.acquire()
            return
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                await self._places.acquire()
        except TimeoutError:
            raise Problem(Code.SERVER_BUSY) from None

    async def _begun(self) -> AsyncConnection:
        connection: AsyncConnection | None = None
        try:
            connection = self._idle.pop() if self._idle else await self._engine.connect()
            await self._begin(driver_of(connection))
        except BaseException as error:
            await self._give_back(connection, is_whole=False)
            if isinstance(error, (SQLAlchemyError, sqlite3.Error, OSError)):
                raise Problem(Code.SERVER_BUSY) from error
            raise
        return connection

    async def _end(self, connection: AsyncConnection, how: Literal["commit", "rollback"]) -> None:
        is_whole = False
        try:
            ends = connection if connection.in_transaction() else driver_of(connection)
            await getattr(ends, how)()
            is_whole = True
        except sqlite3.Error as error:
            raise as_sqlalchemy_tells(how, error) from error
        finally:
            await self._give_back(connection, is_whole=is_whole)

    async def _give_back(self, connection: AsyncConnection | None, *, is_whole: bool) -> None:
        try:
            if connection is not None and is_whole and not self._is_closed:
                self._idle.append(connection)
            elif connection is not None:
                with suppress(sqlite3.Error, SQLAlchemyError, ValueError):
                    await connection.close()
        finally:
            self._places.release()


def driver_of(connection: AsyncConnection) -> Any:  # noqa: ANN401 - aiosqlite's connection, which is not typed
    """Return the driver's own connection."""
    return connection.sync_connection.connection.driver_connection  # type: ignore[union-attr]


def as_sqlalchemy_tells(text: str, error: sqlite3.Error) -> Exception:
    """Return a driver's error as SQLAlchemy would have raised it, had it run the statement."""
    told: Exception = DBAPIError.instance(text, None, error, sqlite3.Error, dialect=_SQLITE)
    return told
