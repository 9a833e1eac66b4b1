"""Whether an operation changes the category that a customer signed, in knowledge of it (F007, SPEC N5)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from schemas.protocol import Operation
from schemas.registry import Kind
from server.records.ledger import Head, Key, Ledger, Stored
from server.records.recorder import Entry
from sync.lineage import Position
from sync.write import Origin, Past, covers

_FIELD = "category"


class SignedCategories:
    """The signatures on visits of which somebody writes the category, and the categories that these visits have.

    What operations of the same push say counts as well, once their group is applied.
    """

    def __init__(self, past: Past, signatures: Iterable[Stored], visits: Iterable[Stored]) -> None:
        self._past = past
        self._signed: defaultdict[str, list[Origin]] = defaultdict(list)
        self._said: defaultdict[str, set[object]] = defaultdict(set)
        for each in signatures:
            self._signed[str(each.fields["visit"])] += _origins(each)
        for each in visits:
            self._said[each.id] |= {write.value for write in each.document.registers.get(_FIELD, ())}

    def forbid(self, entry: Entry, signed_anew: frozenset[str]) -> bool:
        """Tell whether an entry gives a visit another category although its author had seen that it was signed.

        ``signed_anew`` are the visits that the entry's own group has a signature for: the customer read this one.
        """
        operation = entry.operation
        if operation is None or not _writes(operation) or operation.doc in signed_anew:
            return False
        later = _origin(entry, operation)
        is_new = operation.fields[_FIELD] not in self._said[operation.doc]
        return is_new and any(covers(self._past, later, earlier) for earlier in self._signed[operation.doc])

    def learn(self, group: Iterable[Entry]) -> None:
        """Let a group that is applied count for what comes behind it."""
        for entry in group:
            if (operation := entry.operation) is None:
                continue
            if (visit := _signed_by(operation)) is not None:
                self._signed[visit].append(_origin(entry, operation))
            elif _writes(operation):
                self._said[operation.doc].add(operation.fields[_FIELD])


def signed_in(group: Iterable[Entry]) -> frozenset[str]:
    """Return the visits that a group has a signature for."""
    signed = (_signed_by(each.operation) for each in group if each.operation is not None)
    return frozenset(visit for visit in signed if visit is not None)


async def signed_categories(
    ledger: Ledger, head: Head, actors: Iterable[str], operations: Sequence[Operation], stored: Mapping[Key, Stored]
) -> SignedCategories:
    """Return what has to be known of the visits whose category these operations of these actors write."""
    named = {(Kind.SERVICE_VISIT, each.doc) for each in operations if _writes(each)}
    visits = [stored[key] for key in sorted(named) if key in stored]
    signatures = await ledger.signatures([each.id for each in visits]) if visits else ()
    ancestry = await ledger.ancestry(actors) if signatures else {}
    return SignedCategories(Past(head.tree(), ancestry), signatures, visits)


def _signed_by(operation: Operation) -> str | None:
    """Return the visit that a signature names; one that nobody can read names none."""
    visit = operation.fields.get("visit")
    return visit if operation.kind == Kind.SIGNATURE and isinstance(visit, str) else None


def _writes(operation: Operation) -> bool:
    return operation.kind == Kind.SERVICE_VISIT and _FIELD in operation.fields


def _origins(signature: Stored) -> list[Origin]:
    return [write.origin for write in chain.from_iterable(signature.document.registers.values())]


def _origin(entry: Entry, operation: Operation) -> Origin:
    """Return where an operation comes from that has no position yet."""
    base = Position(operation.base.position, operation.base.epoch)
    return Origin(entry.dot, (), base, entry.author, entry.place, entry.effective_at)
