"""Whether an operation is about a customer who was erased, unknown to its author (SPEC Y2, ADR 44)."""

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from schemas.erasure import PERSONAL
from schemas.problems import Code
from schemas.protocol import Operation
from schemas.registry import Kind
from server.records.ledger import Head, Key, Ledger
from server.records.owners import Owners, owners_of
from server.records.recorder import Erasure, erasures_of, is_unaware
from sync.erasing import has_personal
from sync.lineage import Position


class Forgotten(Struct):
    """The erasures of documents that operations are about; ``held`` are those that only held operations ever wrote."""

    owners: Owners = Owners()
    erasures: Mapping[Key, Sequence[Erasure]] = {}
    held: set[Key] = set()
    looks: bool = False
    """Whether anybody was ever erased here."""

    def knows(self, operation: Operation) -> bool:
        """Tell whether an erasure of the document that an operation writes, or of an owner of it, stands in the log."""
        return any(self.erasures.get(key) for key in self.owners.line(_written(operation)))

    def holds(self, head: Head, operation: Operation) -> bool:
        """Tell whether an operation is to be held; what stands on a held one, of the same push, is held with it."""
        written = _written(operation)
        if not self.looks or not has_personal(written[0], operation.fields):
            return False
        tree = head.tree()
        base = Position(operation.base.position, operation.base.epoch)
        line = self.owners.line(written)
        is_held = not self.held.isdisjoint(line - {written}) or any(
            is_unaware(tree, base, self.erasures.get(key, ())) for key in line
        )
        if is_held:
            self.held.add(written)
        return is_held


async def forgotten(ledger: Ledger, operations: Sequence[Operation]) -> Forgotten:
    """Return what has to be known of the documents that operations write, and of everybody above them."""
    personal = [each for each in operations if each.kind in PERSONAL]
    if not personal or not await ledger.has_erased():
        return Forgotten()
    owners = await owners_of(ledger, [(_written(each), each.fields) for each in personal])
    erasures = {key: erasures_of(each) for key, each in owners.stored.items()}
    unknown = {key for each in personal for key in owners.line(_written(each))} - owners.stored.keys()
    return Forgotten(owners, erasures, await _held(ledger, unknown), looks=True)


async def _held(ledger: Ledger, keys: Iterable[Key]) -> set[Key]:
    return {key for key in keys if any(each.problem == Code.OPERATION_ERASED for each in await ledger.held_on(key))}


def _written(operation: Operation) -> Key:
    return (Kind(operation.kind), operation.doc)
