"""Everything that a database holds, in a form that can be compared."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from sqlalchemy import Table, select

from schemas.registry import SHAPES, Kind
from server.platform.database import METADATA, Database
from server.records.tables import DOCUMENTS
from sync.state import from_state


async def contents(database: Database, *without: Table) -> Mapping[str, list[Mapping[str, Any]]]:
    """Return the rows of every table, ordered by their keys; a document's state is read, as its bytes may differ."""
    async with database.reading() as connection:
        found: dict[str, list[Mapping[str, Any]]] = {}
        for table in METADATA.sorted_tables:
            if table not in without:
                rows = [dict(row) for row in (await connection.execute(select(table))).mappings()]
                found[table.name] = sorted((_readable(table, row) for row in rows), key=partial(_key, table))
        return found


def document_tables() -> tuple[Table, ...]:
    """Return the tables that are a projection of the log."""
    return tuple(DOCUMENTS.values())


def _readable(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    if "state" not in row:
        return row
    told = {name: row[name] for name in SHAPES[Kind(table.name)].__struct_fields__}
    return row | {"state": from_state(row["state"], {name: told[name] for name in told if told[name] is not None})}


def _key(table: Table, row: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(row[column.name] for column in table.primary_key.columns)
