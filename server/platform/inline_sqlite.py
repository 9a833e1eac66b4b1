"""SQLite read in the event loop's own thread: for a few rows, handing the question to another thread costs the most.

A reader of a file in WAL mode waits for nobody, and what is asked for here lies in memory. SQLAlchemy's asyncio side
takes any driver that awaits something while it executes a statement: this one awaits what is there already.
"""

import sqlite3
from typing import Any

from sqlalchemy import URL
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.pool import AsyncAdaptedQueuePool, Pool
from sqlalchemy.util import await_only

DRIVER = "sqlite+inline"


class _Cursor(sqlite3.Cursor):
    """A cursor whose rows are there already, as SQLAlchemy's asyncio side asks for it."""

    server_side = False

    async def _async_soft_close(self) -> None:
        """Close nothing: the rows were not sent for."""


class _Connection(sqlite3.Connection):
    """A connection that makes such cursors."""

    def cursor(self, factory: type[sqlite3.Cursor] = _Cursor) -> sqlite3.Cursor:  # type: ignore[override]
        return super().cursor(factory)


class InlineSqlite(SQLiteDialect_pysqlite):
    """The standard library's SQLite behind SQLAlchemy's asyncio interface."""

    driver = "inline"
    is_async = True
    supports_statement_cache = True

    @classmethod
    def get_pool_class(cls, _url: URL) -> type[Pool]:
        """Return the pool that lets coroutines wait for a connection."""
        return AsyncAdaptedQueuePool

    def connect(self, *arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - as SQLAlchemy types it
        """Connect with cursors of our own."""
        return super().connect(*arguments, factory=_Connection, **named)

    def do_execute(self, cursor: Any, statement: str, parameters: Any, context: Any = None) -> None:  # noqa: ANN401 - as SQLAlchemy types it
        """Execute at once."""
        await_only(_nothing())
        super().do_execute(cursor, statement, parameters, context)  # type: ignore[no-untyped-call]

    def get_driver_connection(self, connection: Any) -> Any:  # noqa: ANN401 - as SQLAlchemy types it
        """Return the driver's own connection."""
        return connection


async def _nothing() -> None:
    """Be awaited."""


registry.register("sqlite.inline", __name__, InlineSqlite.__name__)
