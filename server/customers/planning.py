"""What a list would change: what its rows come to on the shelf of a unit, and what is told of them."""

from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct

from schemas.imports import MAX_CHANGES_TOLD, ImportChange, ImportCount, RowError
from schemas.registry import Kind
from server.customers.cells import RowFaultError
from server.customers.row_reading import Row
from server.customers.shelf import Here, Shelf
from server.records.work import Setting


class Planned(Struct, frozen=True):
    """What a list comes to: what to write, the rows that were wrong, and what is told of the others."""

    settings: Sequence[Setting]
    errors: Sequence[RowError]
    wrong: int
    repeated: int
    counts: tuple[ImportCount, ...]
    changes: Sequence[ImportChange]
    changed_fields: int


def planned(shelf: Shelf, unit: str, rows: Iterable[Row], told: Callable[[int, RowFaultError], RowError]) -> Planned:
    """Return what rows come to on a shelf; ``told`` words what is wrong with one."""
    errors: list[RowError] = []
    wrong = repeated = 0
    for row in rows:
        found = list(row.errors)
        if not found:
            try:
                repeated += not shelf.take(row)
            except RowFaultError as error:
                found.append(told(row.number, error))
        errors += found
        wrong += bool(found)
    touched = shelf.touched()
    changes = [each for here in touched if not here.is_new for each in _changes(here)]
    return Planned(
        [setting for here in touched if (setting := _setting(here, unit)) is not None],
        errors,
        wrong,
        repeated,
        tuple(_count(kind, touched) for kind in shelf.WRITES),
        changes[:MAX_CHANGES_TOLD],
        len(changes),
    )


def _setting(here: Here, unit: str) -> Setting | None:
    fields = {field: value for field, (value, _) in here.changes().items()}
    if here.is_new:  # one that was deleted comes back
        return Setting(here.kind, here.id, {"unit": unit, **fields, "deleted": False})
    return Setting(here.kind, here.id, fields) if fields else None


def _changes(here: Here) -> list[ImportChange]:
    return [
        ImportChange(
            row=row,
            kind=here.kind.value,
            doc=here.id,
            name=here.name,
            field=field,
            before=here.before.get(field),
            after=value,
        )
        for field, (value, row) in here.changes().items()
    ]


def _count(kind: Kind, touched: Sequence[Here]) -> ImportCount:
    mine = [here for here in touched if here.kind is kind]
    new = sum(here.is_new for here in mine)
    changed = sum(not here.is_new and bool(here.changes()) for here in mine)
    return ImportCount(kind.value, new, changed, len(mine) - new - changed)
