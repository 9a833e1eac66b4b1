"""aiosqlite without a change of threads for what never waits."""

import sqlite3
from collections.abc import Callable
from functools import partial
from typing import Any, Final, TypeVar

import aiosqlite

Result = TypeVar("Result")

_WAITS: Final = frozenset({"commit", "rollback", "close"})
"""What waits for the disk."""

_BEGINS: Final = "BEGIN"
"""How the statement begins that waits for whoever writes from another process."""

_FEW: Final = 16
"""Rows that are written in less time than a thread needs to be told of them."""


class WritingConnection(aiosqlite.Connection):
    """The one connection that writes: single statements run where they are called, everything that waits in a thread.

    A statement of some microseconds costs a hundred where each of its steps (cursor, execute, fetch, close) is handed
    to a thread and back. Its user must be one task at a time, as the committer is: the thread and the caller then never
    use the connection together.
    """

    async def _execute(self, fn: Callable[..., Result], *args: Any, **kwargs: Any) -> Result:  # noqa: ANN401 - as the library's own
        if not self._running or self._connection is None:
            raise ValueError("Connection closed")  # in the library's words: SQLAlchemy knows the error by them
        if _takes_long(fn.__name__, args):
            return await super()._execute(fn, *args, **kwargs)  # type: ignore[no-any-return, no-untyped-call]
        return fn(*args, **kwargs)


def _takes_long(step: str, args: tuple[Any, ...]) -> bool:
    if step == "executemany":
        return len(args[1]) > _FEW
    return step in _WAITS or (step == "execute" and args[0].startswith(_BEGINS))


def writing_connection(path: str, **options: Any) -> WritingConnection:  # noqa: ANN401 - SQLAlchemy hands on what it was given
    """Return a connection that is not open yet, made as ``aiosqlite.connect`` makes its own."""
    connection = WritingConnection(partial(sqlite3.connect, path, **options), iter_chunk_size=64)
    connection._thread.daemon = True  # noqa: SLF001 - as SQLAlchemy does with the connections that it makes itself
    return connection
