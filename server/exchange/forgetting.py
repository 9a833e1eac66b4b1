"""Whether an operation is about a customer who was erased, unknown to its author (SPEC Y2, ADR 44)."""

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from schemas.erasure import PERSONAL
from schemas.problems import Code
from schemas.protocol import Operation
from schemas.registry import Kind
from server.records.ledger import Head, Key, Ledger
from server.records.recorder import Erasure, erasures_of, is_unaware, owner_of
from sync.erasing import has_personal
from sync.lineage import Position


class Forgotten(Struct):
    """The erasures of documents that operations are about; ``held`` are those that only held operations ever wrote."""

    erasures: Mapping[Key, Sequence[Erasure]] = {}
    held: set[Key] = set()
    looks: bool = False
    """Whether anybody was ever erased here."""

    def knows(self, operation: Operation) -> bool:
        """Tell whether an erasure of the document that an operation writes, or of its owner, stands in the log."""
        return any(self.erasures.get(key) for key in _about(operation))

    def holds(self, head: Head, operation: Operation) -> bool:
        """Tell whether an operation is to be held; what stands on a held one, of the same push, is held with it."""
        kind = Kind(operation.kind)
        if not self.looks or not has_personal(kind, operation.fields):
            return False
        base = Position(operation.base.position, operation.base.epoch)
        tree = head.tree()
        about = _about(operation)
        is_held = not self.held.isdisjoint(about[1:]) or any(
            is_unaware(tree, base, self.erasures.get(key, ())) for key in about
        )
        if is_held:
            self.held.add(about[0])
        return is_held


async def forgotten(ledger: Ledger, operations: Sequence[Operation]) -> Forgotten:
    """Return what has to be known of the documents that operations write, and of their owners."""
    personal = [each for each in operations if each.kind in PERSONAL]
    if not personal or not await ledger.has_erased():
        return Forgotten()
    keys = {key for each in personal for key in _about(each)}
    stored = await ledger.documents(keys)
    erasures = {key: erasures_of(each) for key, each in stored.items()}
    return Forgotten(erasures, await _held(ledger, keys - stored.keys()), looks=True)


async def _held(ledger: Ledger, keys: Iterable[Key]) -> set[Key]:
    return {key for key in keys if any(each.problem == Code.OPERATION_ERASED for each in await ledger.held_on(key))}


def _about(operation: Operation) -> list[Key]:
    """Return the document that an operation writes, and the owner that it names."""
    owner = owner_of(operation)
    return [(Kind(operation.kind), operation.doc), *([owner] if owner is not None else [])]
