"""aiosqlite without a change of threads for what never waits."""

import sqlite3
from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from typing import Any, Final, TypeAlias, TypeVar

import aiosqlite

Result = TypeVar("Result")

TakesLong: TypeAlias = Callable[[str, tuple[Any, ...]], bool]
"""Tells by a step's name and arguments whether it may take longer than a thread needs to be told of it."""

_OF_THE_DISK: Final = frozenset({"commit", "rollback", "close"})
_WRITES: Final = "BEGIN IMMEDIATE"
_PATIENT: Final = "PRAGMA busy_timeout=10000"

_ROWS_AT_ONCE: Final = (128, 32, 8, 1)
"""How many rows a statement may have: few numbers, so that SQLite reads few texts, and under its limit of variables."""

_WRITES_MANY: Final = frozenset({"executemany", "_write_rows"})
_FEW: Final = 16
"""Rows that are written in less time than a thread needs to be told of them."""


class InlineConnection(aiosqlite.Connection):
    """A connection whose steps run where they are called, but for those that take long: they run in its thread.

    A statement of some microseconds costs a hundred where each of its steps (cursor, execute, fetch, close) is handed
    to a thread and back. Its user must be one task at a time, as SQLAlchemy's are: the thread and the caller then never
    use the connection together.
    """

    def __init__(self, connector: Callable[[], sqlite3.Connection], takes_long: TakesLong) -> None:
        super().__init__(connector, iter_chunk_size=64)
        self._takes_long = takes_long
        self._thread.daemon = True  # as SQLAlchemy does with the connections that it makes itself

    async def _execute(self, fn: Callable[..., Result], *args: Any, **kwargs: Any) -> Result:  # noqa: ANN401 - as the library's own
        if not self._running or self._connection is None:
            raise ValueError("Connection closed")  # in the library's words: SQLAlchemy knows the error by them
        if self._takes_long(fn.__name__, args):
            return await super()._execute(fn, *args, **kwargs)  # type: ignore[no-any-return, no-untyped-call]
        return fn(*args, **kwargs)

    async def begin(self) -> None:
        """Begin to read where it is called."""
        self.answer("BEGIN", ())

    async def begin_to_write(self) -> None:
        """Take the file's one lock: at once if it is free, else by waiting for it in the connection's thread."""
        try:
            self.answer("PRAGMA busy_timeout=0", ())
            self.answer(_WRITES, ())
        except sqlite3.OperationalError:
            self.answer(_PATIENT, ())
            await super()._execute(self._conn.execute, _WRITES)  # type: ignore[no-untyped-call]
        else:
            self.answer(_PATIENT, ())

    async def write_rows(self, text: str, rows: Sequence[tuple[Any, ...]]) -> None:
        """Run an insert of one row, ``VALUES (?, ...)``, for each row: in few statements, each of many rows.

        Between two statements the thread gives up the interpreter and waits until it has it back, which may cost more
        than all of its rows.
        """
        await self._execute(self._write_rows, text, rows)

    def _write_rows(self, text: str, rows: Sequence[tuple[Any, ...]]) -> None:
        begun = 0
        while begun < len(rows):
            count = next(count for count in _ROWS_AT_ONCE if count <= len(rows) - begun)
            values = [value for row in rows[begun : begun + count] for value in row]
            self._conn.execute(_for_rows(text, count), values)
            begun += count

    def answer(self, text: str, values: Sequence[Any]) -> list[Any]:
        """Run a statement that never waits, where it is called, and return its rows."""
        if not self._running or self._connection is None:
            raise sqlite3.ProgrammingError("Connection closed")
        return self._connection.execute(text, values).fetchall()


@lru_cache(maxsize=512)
def _for_rows(text: str, count: int) -> str:
    """Return an insert of one row as an insert of several."""
    before, rest = text.split("VALUES (", 1)
    row, behind = rest.split(")", 1)
    return f"{before}VALUES {', '.join([f'({row})'] * count)}{behind}"


def writing_connection(path: str, **options: Any) -> InlineConnection:  # noqa: ANN401 - SQLAlchemy hands on what it was given
    """Return the connection that writes, not open yet: it waits for the lock, for the disk and for many rows."""
    return InlineConnection(partial(sqlite3.connect, path, **options), _waits_or_writes_many)


def glancing_connection(path: str, **options: Any) -> InlineConnection:  # noqa: ANN401 - as above
    """Return a connection to read a few rows with, not open yet: a reader of a file in WAL mode waits for nobody."""
    return InlineConnection(partial(sqlite3.connect, path, **options), _ends)


def _waits_or_writes_many(step: str, args: tuple[Any, ...]) -> bool:
    if step in _WRITES_MANY:
        return len(args[1]) > _FEW
    return step in _OF_THE_DISK


def _ends(step: str, _args: tuple[Any, ...]) -> bool:
    return step == "close"
