"""A document's state as it is kept beside what is shown of it: each live write once, and no value twice."""

from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec import Struct

from schemas.protocol import Dot
from sync.document import Document
from sync.register import Register
from sync.write import Origin, Write

FORM = 3
"""Number of this encoding; what is kept in another is built anew from the log."""


class _Live(Struct, gc=False, array_like=True):
    """A write: its values that are not what is shown of their fields, and the fields of which its value is shown."""

    origin: Origin
    values: dict[str, Any]
    shown: list[str]


class _State(Struct, frozen=True, gc=False, array_like=True):
    """``rest`` is the write that holds every shown field that no write names: nearly always there is one write."""

    live: list[_Live]
    rest: int
    contested: tuple[Dot, ...] = ()


_DECODER = msgspec.json.Decoder(_State)


def to_state(document: Document, shown: Mapping[str, Any]) -> bytes:
    """Return as JSON what :func:`from_state` needs to make the document again of what is shown of it.

    ``shown`` is field to shown value as :func:`sync.document.shown_fields` tells it.
    """
    live: dict[Dot, _Live] = {}
    for field, register in document.registers.items():
        is_told = len(register) == 1 and field in shown
        for write in register:
            dot = write.origin.dot
            if dot not in live:
                live[dot] = _Live(write.origin, {}, [])
            if is_told:
                live[dot].shown.append(field)
            else:
                live[dot].values[field] = write.value
    kept = [live[dot] for dot in sorted(live)]
    rest = max(range(len(kept)), key=lambda place: len(kept[place].shown), default=0)
    if kept:
        kept[rest].shown = []
    return msgspec.json.encode(_State(kept, rest, document.contested))


def from_state(state: bytes, shown: Mapping[str, Any]) -> Document:
    """Return the document that a state was made of, with what was shown of it then."""
    kept = _DECODER.decode(state)
    registers: dict[str, Register] = {}
    for each in kept.live:
        for field, value in each.values.items():
            registers[field] = (*registers.get(field, ()), Write(each.origin, value))
        for field in each.shown:
            registers[field] = (Write(each.origin, shown[field]),)
    for field in shown.keys() - registers.keys():
        registers[field] = (Write(kept.live[kept.rest].origin, shown[field]),)
    return Document(registers, kept.contested)
