"""A SQLite file: one writer, many readers, and whether anybody has committed."""

import asyncio
import sqlite3
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any, Final

from sqlalchemy import NullPool, event, make_url
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from server.platform.kept_connections import KeptConnections
from server.platform.sqlite_driver import InlineConnection, glancing_connection, writing_connection

_WRITE: Final = ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=10000", "cache_size=-65536", "foreign_keys=ON")
_READ: Final = ("busy_timeout=10000", "cache_size=-16384", "query_only=ON")
_READERS = 4
_CUTS, _BETWEEN_CUTS_S = 50, 0.1


class SqliteFile:
    """The file's connections; those of the writer and of who reads in the event loop's own thread are our driver's."""

    def __init__(self, url: str) -> None:
        self._path = make_url(url).database or ":memory:"
        self._writer = KeptConnections(_engine(url, _WRITE, writing_connection), InlineConnection.begin_to_write, 1)
        self._reader = KeptConnections(_engine(url, _READ), _begin_aside, _READERS)
        self._glancer = KeptConnections(_engine(url, _READ, glancing_connection), InlineConnection.begin, _READERS)
        self._watcher: sqlite3.Connection | None = None

    def writing(self) -> AbstractAsyncContextManager[AsyncConnection]:
        """Open a transaction in the file's one writer (see ``Database.writing``)."""
        return self._writer.transaction()

    def reading(self) -> AbstractAsyncContextManager[AsyncConnection]:
        """Open a snapshot that is read in a thread of its own."""
        return self._reader.transaction()

    def glancing(self) -> AbstractAsyncContextManager[AsyncConnection]:
        """Open a snapshot that is read where its rows are asked for."""
        return self._glancer.transaction()

    async def version(self) -> int | None:
        """Return SQLite's own count of commits as this process sees it."""
        try:
            if self._watcher is None:
                self._watcher = sqlite3.connect(self._path, timeout=0, isolation_level=None, check_same_thread=False)
            version: int = self._watcher.execute("PRAGMA data_version").fetchone()[0]
        except sqlite3.OperationalError:  # somebody repairs the file just now
            return None
        return version

    async def write_anew(self, tables: Sequence[str]) -> bool:  # noqa: ARG002 - a file is written anew as a whole
        """Write the file anew and cut its log to nothing (see ``Database.write_anew``)."""
        async with self._writer.nobody():
            return await asyncio.to_thread(_vacuum, self._path)

    async def close(self) -> None:
        """Close every connection."""
        if self._watcher is not None:
            self._watcher.close()
            self._watcher = None
        for each in (self._writer, self._reader, self._glancer):
            await each.close()


def _vacuum(path: str) -> bool:
    """VACUUM leaves no old bytes in the file's pages; the log has them until it is cut, when nobody reads."""
    connection = sqlite3.connect(path, timeout=10, isolation_level=None)
    try:
        connection.execute("VACUUM")
        for _ in range(_CUTS):
            (busy, *_rest) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            if not busy:
                return True
            time.sleep(_BETWEEN_CUTS_S)
        return False
    finally:
        connection.close()


async def _begin_aside(driver: Any) -> None:  # noqa: ANN401 - aiosqlite's connection, which is not typed
    await driver.execute("BEGIN")


def _engine(url: str, pragmas: Sequence[str], creator: Callable[..., InlineConnection] | None = None) -> AsyncEngine:
    """Return an engine that opens connections and nothing else: pooling and beginning is done by who keeps them."""
    options = {"async_creator_fn": creator} if creator else {}
    engine = create_async_engine(url, poolclass=NullPool, connect_args=options)

    @event.listens_for(engine.sync_engine, "connect")
    def _on_connect(connection: Any, _record: object) -> None:  # noqa: ANN401 - SQLAlchemy's adapter has no public type
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    return engine
