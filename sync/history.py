"""What became of every value that was ever written to a document."""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from msgspec import Struct

from schemas.merge_rules import MergeRule
from schemas.protocol import Dot
from sync.canonical import canonical_bytes
from sync.document import fold
from sync.register import Register, shown
from sync.write import Past, StampedOperation, supersedes


class Standing(StrEnum):
    """How a written value stands: people see it, it waits for their decision, or somebody who knew it replaced it."""

    SHOWN = "shown"
    RIVAL = "rival"
    SUPERSEDED = "superseded"


class Fate(Struct, frozen=True):
    """What became of one value; ``by`` is the first operation that superseded it."""

    standing: Standing
    by: Dot | None = None


def fates(
    past: Past, operations: Iterable[StampedOperation], rules: Mapping[str, MergeRule]
) -> dict[Dot, dict[str, Fate]]:
    """Return the fate of each value by its operation's dot and its field (SPEC M5); ``rules`` has every field."""
    distinct = {operation.origin.dot: operation for operation in operations}
    everything = sorted(distinct.values(), key=lambda each: (each.origin.positions[0].n, each.origin.dot))
    registers = fold(past, everything).registers
    return {
        each.origin.dot: {
            field: _fate(past, everything, each, field, (registers[field], rules[field])) for field in each.fields
        }
        for each in everything
    }


def _fate(
    past: Past,
    everything: Sequence[StampedOperation],
    operation: StampedOperation,
    field: str,
    held: tuple[Register, MergeRule],
) -> Fate:
    """``held`` is what the field's register holds, and by which rule it is shown; ``everything`` is oldest first."""
    register, rule = held
    if any(write.origin.dot == operation.origin.dot for write in register):
        is_shown = canonical_bytes(shown(register, rule).value) == canonical_bytes(operation.fields[field])
        return Fate(Standing.SHOWN if is_shown else Standing.RIVAL)
    later = (each for each in everything if field in each.fields and supersedes(past, each, field, operation.origin))
    return Fate(Standing.SUPERSEDED, next(later).origin.dot)
