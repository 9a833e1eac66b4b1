"""Whether an operation says another category than the customer signed, in knowledge of it (F007, SPEC N5)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from msgspec import Struct

from schemas.protocol import Operation
from schemas.registry import Kind
from schemas.rules.signed_content import signed_category
from server.records.ledger import Head, Key, Ledger, Stored
from server.records.recorder import Entry
from sync.lineage import Position
from sync.write import Origin, Past, covers

_FIELD = "category"


class _Signed(Struct, frozen=True):
    """A signature: where it comes from, and the category that stands in it."""

    origins: tuple[Origin, ...]
    category: str | None


class SignedCategories:
    """The signatures on visits of which somebody writes the category, those of the same push as they are applied."""

    def __init__(self, past: Past, signatures: Iterable[Stored]) -> None:
        self._past = past
        self._on: defaultdict[str, list[_Signed]] = defaultdict(list)
        for each in signatures:
            origins = tuple(write.origin for write in chain.from_iterable(each.document.registers.values()))
            self._on[str(each.fields["visit"])].append(_Signed(origins, signed_category(each.fields.get("content"))))

    def forbid(self, entry: Entry, group: Iterable[Entry]) -> bool:
        """Tell whether an entry of a group says another category than what its author had seen signed.

        What a signature of the visit in the very group says is the customer's word. Nothing else counts, neither what
        the visit shows nor what was amended: the verdict is the same whatever arrived before (SPEC O6).
        """
        operation = entry.operation
        if operation is None or not _writes(operation):
            return False
        later = _origin(entry, operation)
        seen = [each for each in self._on[operation.doc] if any(covers(self._past, later, one) for one in each.origins)]
        said = {each.category for each in (*seen, *_signed_in(group, operation.doc))}
        return bool(seen) and operation.fields[_FIELD] not in said

    def learn(self, group: Sequence[Entry]) -> None:
        """Let the signatures of a group that is applied count for what comes behind it."""
        for visit in {_visit_of(each.operation) for each in group if each.operation is not None} - {None}:
            self._on[visit or ""] += _signed_in(group, visit or "")


async def signed_categories(
    ledger: Ledger, head: Head, actors: Iterable[str], operations: Iterable[Operation], stored: Mapping[Key, Stored]
) -> SignedCategories:
    """Return what has to be known of the visits whose category these operations of these actors write."""
    visits = sorted({each.doc for each in operations if _writes(each) and (Kind.SERVICE_VISIT, each.doc) in stored})
    signatures = await ledger.signatures(visits) if visits else ()
    ancestry = await ledger.ancestry(actors) if signatures else {}
    return SignedCategories(Past(head.tree(), ancestry), signatures)


def _signed_in(group: Iterable[Entry], visit: str) -> list[_Signed]:
    return [
        _Signed((_origin(each, each.operation),), signed_category(each.operation.fields.get("content")))
        for each in group
        if each.operation is not None and _visit_of(each.operation) == visit
    ]


def _visit_of(operation: Operation) -> str | None:
    """Return the visit that a signature names; one that nobody can read names none."""
    visit = operation.fields.get("visit")
    return visit if operation.kind == Kind.SIGNATURE and isinstance(visit, str) else None


def _writes(operation: Operation) -> bool:
    return operation.kind == Kind.SERVICE_VISIT and _FIELD in operation.fields


def _origin(entry: Entry, operation: Operation) -> Origin:
    """Return where an operation comes from that has no position yet."""
    base = Position(operation.base.position, operation.base.epoch)
    return Origin(entry.dot, (), base, entry.author, entry.place, entry.effective_at)
