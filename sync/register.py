"""What one field holds: every write that nobody superseded, and which of them is shown."""

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType

from schemas.merge_rules import MergeRule, Show
from schemas.protocol import Dot
from schemas.vocabulary import Place
from sync.canonical import canonical_bytes
from sync.write import Write

Register = tuple[Write, ...]
"""The writes of one field that are not superseded, in the order of their dots (a multi-value register)."""


def _age(write: Write) -> tuple[int, Dot]:
    return (write.origin.effective_at, write.origin.dot)


def _latest(register: Register) -> Write:
    return max(register, key=_age)


def _first(register: Register) -> Write:
    return min(register, key=_age)


def _preferred(place: Place, register: Register) -> Write:
    return _latest(tuple(write for write in register if write.origin.place is place) or register)


_CHOICE: Mapping[Show, Callable[[Register], Write]] = MappingProxyType(
    {
        Show.LATEST: _latest,
        Show.FIRST: _first,
        Show.FIELD: partial(_preferred, Place.FIELD),
        Show.OFFICE: partial(_preferred, Place.OFFICE),
    }
)


def shown(register: Register, rule: MergeRule) -> Write:
    """Return the write whose value people see until somebody decides (SPEC S1 to S4); ties: (effective at, dot)."""
    return register[0] if len(register) == 1 else _CHOICE[rule.show](register)


def has_rivals(register: Register) -> bool:
    """Tell whether the register holds more than one different value; equal values are no rivals (SPEC R2)."""
    if len(register) < 2:  # noqa: PLR2004 - two writes are the fewest that can differ
        return False
    return len({canonical_bytes(write.value) for write in register}) > 1


def ordered(writes: tuple[Write, ...]) -> Register:
    """Return the writes as a register: sorted by dot, so that equal sets are equal registers (SPEC R1)."""
    return writes if len(writes) == 1 else tuple(sorted(writes, key=lambda write: write.origin.dot))
