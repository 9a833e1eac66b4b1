"""The rows of a table as lines of JSON, the same from and for both databases."""

from base64 import b64decode
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import IO, Any

import msgspec
from sqlalchemy import BigInteger, Boolean, LargeBinary, String, Table, column, insert, select, table
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import TypeEngine

from server.cli.archive import ColumnType, TableRows

_AT_ONCE = 1_000
_TYPES: Mapping[ColumnType, type[TypeEngine[Any]]] = MappingProxyType(
    {"boolean": Boolean, "integer": BigInteger, "bytes": LargeBinary, "text": String}
)
_ENCODER = msgspec.json.Encoder()
_ROW = msgspec.json.Decoder(list[Any])


async def write_rows(connection: AsyncConnection, source: Table, lines: IO[bytes]) -> TableRows:
    """Write every row of a table, as this transaction sees it: one JSON array a line, bytes in base64."""
    count = 0
    rows = await connection.stream(select(source), execution_options={"yield_per": _AT_ONCE})
    async for part in rows.partitions():
        for row in part:
            lines.write(_ENCODER.encode(tuple(row)) + b"\n")
        count += len(part)
    return TableRows(tuple((str(each.name), _type_of(each.type)) for each in source.columns), count)


async def read_rows(connection: AsyncConnection, name: str, shape: TableRows, lines: IO[bytes]) -> None:
    """Insert the rows that were written of a table of this shape, whatever shape this version's has."""
    target = table(name, *(column(each, _TYPES[kind]) for each, kind in shape.columns))
    for rows in _rows(shape, lines):
        await connection.execute(insert(target), rows)


def _rows(shape: TableRows, lines: IO[bytes]) -> Iterator[list[dict[str, Any]]]:
    rows: list[dict[str, Any]] = []
    for line in lines:
        rows.append(_row(shape.columns, _ROW.decode(line)))
        if len(rows) == _AT_ONCE:
            yield rows
            rows = []
    if rows:
        yield rows


def _row(columns: Sequence[tuple[str, ColumnType]], values: Sequence[Any]) -> dict[str, Any]:
    return {
        name: b64decode(value) if kind == "bytes" and value is not None else value
        for (name, kind), value in zip(columns, values, strict=True)
    }


def _type_of(kind: TypeEngine[Any]) -> ColumnType:
    return next(name for name, known in _TYPES.items() if kind.python_type is known().python_type)
