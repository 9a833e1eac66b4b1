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


def is_contained(position: int | None, row_position: int | None) -> bool:
    """Tell whether an acknowledged operation stands in the row, so that it leaves the overlay (SPEC V2).

    ``position`` is the operation's stamped position, None while it is not acknowledged.
    """
    return position is not None and row_position is not None and position <= row_position
