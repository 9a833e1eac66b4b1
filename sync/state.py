"""A document's state as it is kept: each live write once, with all the fields that it still holds."""

from typing import Any

import msgspec
from msgspec import Struct

from schemas.protocol import Dot
from sync.document import Document
from sync.register import Register
from sync.write import Origin, Write

FORM = 2
"""Number of this encoding; what is kept in another is built anew from the log."""


class _Live(Struct, frozen=True, gc=False, array_like=True):
    """A write of which some fields are not superseded."""

    origin: Origin
    values: dict[str, Any]


class _State(Struct, frozen=True, gc=False, array_like=True):
    live: tuple[_Live, ...]
    contested: tuple[Dot, ...] = ()


_DECODER = msgspec.json.Decoder(_State)


def to_state(document: Document) -> bytes:
    """Return the state of a document as JSON: equal documents have equal bytes, but for the order of fields."""
    live: dict[Dot, _Live] = {}
    for field, register in document.registers.items():
        for write in register:
            dot = write.origin.dot
            if dot not in live:
                live[dot] = _Live(write.origin, {})
            live[dot].values[field] = write.value
    return msgspec.json.encode(_State(tuple(live[dot] for dot in sorted(live)), document.contested))


def from_state(state: bytes) -> Document:
    """Return the document that a state was made of."""
    kept = _DECODER.decode(state)
    registers: dict[str, Register] = {}
    for each in kept.live:
        for field, value in each.values.items():
            registers[field] = (*registers.get(field, ()), Write(each.origin, value))
    return Document(registers, kept.contested)
