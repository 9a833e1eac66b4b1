"""A document's state as a function of the set of its stamped operations."""

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct

from schemas.merge_rules import MergeRule
from schemas.protocol import Dot
from sync.register import Register, has_rivals, ordered, shown
from sync.write import Origin, Past, StampedOperation, Write, covers, supersedes

DELETED = "deleted"


class Document(Struct, frozen=True, gc=False):
    """Registers by field, and the tombstones that somebody wrote past without having seen them (SPEC D1)."""

    registers: dict[str, Register] = {}
    contested: tuple[Dot, ...] = ()


EMPTY = Document()


def fold(past: Past, operations: Iterable[StampedOperation]) -> Document:
    """Return the state that a set of stamped operations means, whatever order they are given in (SPEC M1, M2).

    This is the definition; :func:`apply` is the same for an operation that is newer than all others. An operation may
    be given more than once.
    """
    distinct = {operation.origin.dot: operation for operation in operations}
    everything = [distinct[dot] for dot in sorted(distinct)]
    registers: dict[str, Register] = {}
    for field in sorted({name for operation in everything for name in operation.fields}):
        writers = [operation for operation in everything if field in operation.fields]
        registers[field] = tuple(
            Write(each.origin, each.fields[field])
            for each in writers
            if not any(supersedes(past, other, field, each.origin) for other in writers)
        )
    tombstones = [write.origin for write in registers.get(DELETED, ()) if write.value is True]
    edits = [operation.origin for operation in everything if operation.fields.get(DELETED) is not True]
    contested = tuple(sorted(each.dot for each in tombstones if any(_contests(past, edit, each) for edit in edits)))
    return Document(registers, contested)


def _contests(past: Past, edit: Origin, tombstone: Origin) -> bool:
    return not covers(past, tombstone, edit) and not covers(past, edit, tombstone)


def needs_history(document: Document, operation: StampedOperation) -> bool:
    """Tell whether :func:`apply` cannot be used: a delete must be held against writes that are history (SPEC D2)."""
    return operation.fields.get(DELETED) is True and document.registers != {}


def apply(past: Past, document: Document, operation: StampedOperation) -> Document:
    """Return the state after one more operation that nothing in the document has seen (SPEC M3).

    Only for an operation whose position is newer than every write's and whose own later operations are not there yet;
    anything else goes through :func:`fold`. Raises ``ValueError`` where :func:`needs_history` holds.
    """
    if needs_history(document, operation):
        raise ValueError("a delete over existing writes is folded from history")
    if not document.registers:
        return _begun_by(operation)
    registers = dict(document.registers)
    for field, value in operation.fields.items():
        kept = tuple(
            write
            for write in registers.get(field, ())
            if write.origin.dot != operation.origin.dot and not supersedes(past, operation, field, write.origin)
        )
        registers[field] = ordered((*kept, Write(operation.origin, value)))
    return Document(registers, _still_contested(past, document, registers, operation.origin))


def _begun_by(operation: StampedOperation) -> Document:
    """Return the state of a document of which this is the first operation."""
    origin = operation.origin
    return Document({field: (Write(origin, value),) for field, value in operation.fields.items()})


def _still_contested(
    past: Past, document: Document, registers: Mapping[str, Register], newest: Origin
) -> tuple[Dot, ...]:
    tombstones = [write.origin for write in registers.get(DELETED, ()) if write.value is True]
    return tuple(
        tombstone.dot
        for tombstone in tombstones
        if tombstone.dot in document.contested or _contests(past, newest, tombstone)
    )


def is_deleted(document: Document) -> bool:
    """Tell whether a tombstone stands that nobody contests (SPEC D1)."""
    return any(
        write.value is True and write.origin.dot not in document.contested
        for write in document.registers.get(DELETED, ())
    )


def shown_fields(document: Document, rules: Mapping[str, MergeRule]) -> dict[str, Any]:
    """Return field to shown value, without the fields whose shown value is null."""
    writes = {
        field: register[0] if len(register) == 1 else shown(register, rules[field])
        for field, register in document.registers.items()
    }
    return {field: write.value for field, write in writes.items() if write.value is not None}


def rivals(document: Document) -> dict[str, Register]:
    """Return the registers that hold more than one different value."""
    several = [(field, register) for field, register in document.registers.items() if len(register) > 1]
    return {field: register for field, register in several if has_rivals(register)}


def asks(document: Document, rules: Mapping[str, MergeRule]) -> tuple[str, ...]:
    """Return the fields that a person must decide about: rivals under an asking rule, and a contested delete."""
    asked = {field for field in rivals(document) if rules[field].ask}
    if document.contested and not is_deleted(document):
        asked.add(DELETED)
    return tuple(sorted(asked))
