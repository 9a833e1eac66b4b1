"""Documents field by field: the same rows in half the bytes, for the parts of a first sync (SPEC L7)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise, zip_longest
from typing import Any

from schemas.protocol import PullColumns, PullPut


def columns_of(rows: Iterable[PullPut]) -> list[PullColumns]:
    """Return rows as columns, kind by kind, each kind's in the order of positions; their values are never null."""
    by_kind: dict[str, list[PullPut]] = defaultdict(list)
    for row in rows:
        by_kind[row.kind].append(row)
    return [_columns(kind, sorted(of_kind, key=_place)) for kind, of_kind in by_kind.items()]


def _place(row: PullPut) -> tuple[int, str]:
    return row.position, row.id


def _columns(kind: str, rows: Sequence[PullPut]) -> PullColumns:
    steps = (after - before for before, after in pairwise((0, *(row.position for row in rows))))
    names = dict.fromkeys(name for row in rows for name in row.fields)
    columns = {name: _without_end([row.fields.get(name) for row in rows]) for name in names}
    rivals = {row.id: row.rivals for row in rows if row.rivals}
    return PullColumns(kind, tuple(row.id for row in rows), tuple(steps), columns, rivals)


def _without_end(values: list[Any]) -> tuple[Any, ...]:
    """Return a column without the nulls behind its last value."""
    while values[-1] is None:
        values.pop()
    return tuple(values)


def rows_of(said: PullColumns) -> Iterator[PullPut]:
    """Return the rows that columns hold; raises ``ValueError`` where ids and steps are not as many."""
    values = zip_longest(*said.columns.values())
    for doc, position in zip(said.ids, accumulate(said.steps), strict=True):
        row = next(values, ())
        fields = {name: value for name, value in zip(said.columns, row, strict=False) if value is not None}
        yield PullPut(said.kind, doc, position, fields, said.rivals.get(doc, {}))
