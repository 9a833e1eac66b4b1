"""What a device shows: the confirmed row with its own unsent writes on top."""

from collections.abc import Iterable, Mapping
from typing import Any

from schemas.protocol import Operation


def overlaid(fields: Mapping[str, Any], pending: Iterable[Operation]) -> dict[str, Any]:
    """Return a row's fields with pending operations applied in their order; null clears (SPEC V1)."""
    result = dict(fields)
    for operation in pending:
        for field, value in operation.fields.items():
            if value is None:
                result.pop(field, None)
            else:
                result[field] = value
    return result


def stands_on_top(position: int | None, row_position: int | None, *, held: bool, settled: bool) -> bool:
    """Tell whether an operation of this device still stands on top of its row (SPEC V2).

    ``position`` is its stamped one, None while it is not acknowledged; ``row_position`` is None where there is no row;
    ``settled`` tells whether it was acknowledged before the newest pull that is shown began.
    """
    if position is None:
        return True
    if held:
        return row_position is None or row_position <= position
    return not settled
