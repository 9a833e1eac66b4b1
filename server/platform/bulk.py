"""Many rows at once, past the statement compiler, whose work for each row is most of what a row costs."""

from collections.abc import Sequence
from functools import cache
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
        await run_for_each(connection, _text(connection.dialect, table, key, kept), list(rows))


@cache
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
