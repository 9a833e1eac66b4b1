"""Many rows at once, past the statement compiler, whose work for each row is most of what a row costs."""

from collections.abc import Callable, Hashable, Sequence
from typing import Any

from sqlalchemy import Dialect, Insert, Table, bindparam
from sqlalchemy.ext.asyncio import AsyncConnection

from server.platform.database import insert_into
from server.platform.statements import run_for_each

Row = tuple[Any, ...]
"""The values of all of a table's columns, in their order, as the driver takes them."""


async def put(
    connection: AsyncConnection,
    table: Table,
    rows: Sequence[Row],
    key: tuple[str, ...] = (),
    *,
    kept: tuple[str, ...] = (),
) -> None:
    """Insert rows; with a ``key``, each in place of the row that has the same key, but for the columns ``kept``."""
    if rows:
        what = (table, key, kept)
        text = written_once(connection.dialect, what, lambda dialect: _text(dialect, table, key, kept))
        await run_for_each(connection, text, list(rows))


_TEXTS: dict[tuple[str, Hashable], str] = {}
"""By the name of the database: a key that were the dialect itself would keep each engine's for ever."""


def written_once(dialect: Dialect, what: Hashable, write: Callable[[Dialect], str]) -> str:
    """Return the text of a statement, written by whoever asks for it first on that kind of database."""
    text = _TEXTS.get((dialect.name, what))
    if text is None:
        text = _TEXTS[dialect.name, what] = write(dialect)
    return text


def _text(dialect: Dialect, table: Table, key: tuple[str, ...], kept: tuple[str, ...]) -> str:
    names = [column.name for column in table.columns]
    statement = insert_into(dialect, table).values({name: bindparam(name) for name in names})
    if key:
        changed = {name: statement.excluded[name] for name in names if name not in (*key, *kept)}
        statement = statement.on_conflict_do_update(index_elements=key, set_=changed)
    return text_for_rows(statement, dialect, names)


def text_for_rows(statement: Insert, dialect: Dialect, names: Sequence[str]) -> str:
    """Return a statement's text for rows whose values stand in that order."""
    compiled = statement.compile(dialect=dialect)
    if list(compiled.positiontup or ()) != list(names):
        raise RuntimeError("the rows' order is not the statement's")
    return str(compiled)
