"""Statements for many rows: their text is written once, and keeps no engine that is closed."""

import gc
import weakref
from pathlib import Path

from sqlalchemy import Column, Integer, MetaData, String, Table, select, text

from server.platform.bulk import put
from server.platform.database import Database

_NOTED = Table("noted", MetaData(), Column("number", Integer, primary_key=True), Column("words", String))


async def _noted(path: Path) -> tuple[weakref.ref[object], list[tuple[int, str]]]:
    database = Database(f"sqlite+aiosqlite:///{path}")
    async with database.writing() as connection:
        await connection.execute(text("CREATE TABLE noted (number INTEGER PRIMARY KEY, words TEXT)"))
        await put(connection, _NOTED, [(1, "first"), (2, "second")])
        await put(connection, _NOTED, [(2, "again")], ("number",))
        rows = [(number, words) for number, words in await connection.execute(select(_NOTED).order_by("number"))]
        dialect = weakref.ref[object](connection.dialect)
    await database.close()
    return dialect, rows


async def test_a_closed_databases_dialect_is_kept_by_no_statement(tmp_path: Path) -> None:
    for name in ("one", "two"):
        dialect, rows = await _noted(tmp_path / f"{name}.sqlite3")
        assert rows == [(1, "first"), (2, "again")]
        gc.collect()
        assert dialect() is None
