"""Applying groups of operations: positions, documents, feeds, all inside one transaction."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec
from msgspec import Struct

from schemas.merge_rules import MERGE_RULES
from schemas.protocol import Dot, Operation
from schemas.registry import Kind
from schemas.vocabulary import Place
from server.records.audiences import audiences_of
from server.records.ledger import FeedEntry, Head, Key, Ledger, Logged, Stored
from sync.digest import row_number
from sync.document import Document, apply, fold, needs_history, shown_fields
from sync.lineage import Position
from sync.write import Origin, Past, StampedOperation

_OPERATION = msgspec.json.Decoder(Operation)


class Change(Struct, frozen=True):
    """A document before and after one transaction's operations, and who wrote last."""

    before: Stored
    after: Stored
    author: str


class Entry(Struct, frozen=True, kw_only=True):
    """One operation on its way into the log: read, judged, not yet placed."""

    dot: Dot
    payload: bytes
    operation: Operation | None
    sha256: str
    head: str
    author: str
    place: Place
    received_at: int
    effective_at: int
    role: str
    problem: str | None = None


class Recorder:
    """Writes operations into one ledger transaction and keeps documents and feeds in step with the log."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger

    async def record(self, groups: Sequence[Sequence[Entry]]) -> tuple[list[Logged], dict[Key, Change]]:
        """Append groups at the end of the log, apply those without a problem, and return what changed (SPEC G1, P5).

        A group has one position; a group of which any member has a problem is held as a whole, by its first problem.
        """
        head = await self.ledger.head()
        logged = _placed(groups, head)
        applied = [each for each in logged if each.verdict == "applied"]
        changes = await self._apply(head, applied, _operations_of(groups))
        await self.ledger.append(logged)
        await self.ledger.advance(head.position + len(groups))
        return logged, changes

    async def readmit(self, logged: Sequence[Logged]) -> dict[Key, Change]:
        """Append operations that keep their stamps, give them one more position, and return what changed (SPEC H1)."""
        head = await self.ledger.head()
        await self.ledger.append(logged)
        await self.ledger.readmit([each.dot for each in logged], Position(head.position + 1, head.epoch))
        await self.ledger.advance(head.position + 1)
        return await self.refold(_applied_in(logged))

    async def record_late(self, groups: Sequence[Sequence[Entry]]) -> tuple[list[Logged], dict[Key, Change]]:
        """Append groups as :meth:`record` does, of which later operations of the same chain may be there already."""
        head = await self.ledger.head()
        logged = _placed(groups, head)
        await self.ledger.append(logged)
        await self.ledger.advance(head.position + len(groups))
        return logged, await self.refold(_applied_in(logged))

    async def refold(self, keys: Iterable[Key]) -> dict[Key, Change]:
        """Rebuild documents from their history, after operations came back behind their place (SPEC H1, W5)."""
        head = await self.ledger.head()
        keys = list(keys)
        before = await self.ledger.documents(keys)
        changes: dict[Key, Change] = {}
        for key in keys:
            history = [stamped(each) for each in await self.ledger.history(key)]
            past = Past(head.tree(), await self.ledger.ancestry({each.origin.dot.actor for each in history}))
            position = max(each.origin.positions[-1].n for each in history)
            after = _stored(key, position, fold(past, history))
            changes[key] = Change(before.get(key, Stored.nothing(key)), after, history[-1].origin.author)
        await self._store(changes)
        return changes

    async def _apply(
        self, head: Head, logged: Sequence[Logged], operations: Mapping[Dot, Operation]
    ) -> dict[Key, Change]:
        keys = {(Kind(each.kind), each.doc) for each in logged}
        before = await self.ledger.documents(keys)
        after: dict[Key, Stored] = {}
        authors: dict[Key, str] = {}
        past = Past(head.tree(), await self.ledger.ancestry({each.dot.actor for each in logged}))
        for number, each in enumerate(logged):
            key = (Kind(each.kind), each.doc)
            current = after.get(key) or before.get(key) or Stored.nothing(key)
            new = stamped(each, operations[each.dot])
            if needs_history(current.document, new):
                earlier = [one for one in logged[:number] if (one.kind, one.doc) == key]
                history = [*(await self.ledger.history(key)), *earlier, each]
                actors = {one.dot.actor for one in history}
                past = Past(past.lineage, {**past.ancestry, **await self.ledger.ancestry(actors)})
                document = fold(past, [stamped(one) for one in history])
            else:
                document = apply(past, current.document, new)
            after[key] = _stored(key, each.position, document)
            authors[key] = each.author
        changes = {
            key: Change(before.get(key, Stored.nothing(key)), stored, authors[key]) for key, stored in after.items()
        }
        await self._store(changes)
        return changes

    async def _store(self, changes: Mapping[Key, Change]) -> None:
        feed = [entry for change in changes.values() for entry in _fan_out(change)]
        await self.ledger.store([change.after for change in changes.values()], feed)
        await self.ledger.change_digests(_gained_and_lost(changes.values()))


def _applied_in(logged: Sequence[Logged]) -> set[Key]:
    return {(Kind(each.kind), each.doc) for each in logged if each.verdict == "applied"}


def stamped(logged: Logged, operation: Operation | None = None) -> StampedOperation:
    """Return a logged operation as the pure core sees it; ``operation`` saves decoding the payload again."""
    operation = operation or _OPERATION.decode(logged.payload)
    positions = (Position(logged.position, logged.epoch), *logged.readmitted)
    base = Position(operation.base.position, operation.base.epoch)
    origin = Origin(logged.dot, positions, base, logged.author, logged.place, logged.effective_at)
    return StampedOperation(origin, operation.fields, operation.resolve, operation.over)


def _placed(groups: Sequence[Sequence[Entry]], head: Head) -> list[Logged]:
    logged: list[Logged] = []
    for number, group in enumerate(groups, start=1):
        problem = next((entry.problem for entry in group if entry.problem is not None), None)
        logged += [_logged(entry, head.epoch, head.position + number, problem) for entry in group]
    return logged


def _logged(entry: Entry, epoch: str, position: int, problem: str | None) -> Logged:
    operation = entry.operation
    return Logged(
        dot=entry.dot,
        kind=operation.kind if operation else "",
        doc=operation.doc if operation else "",
        payload=entry.payload,
        sha256=entry.sha256,
        head=entry.head,
        author=entry.author,
        place=entry.place,
        epoch=epoch,
        position=position,
        received_at=entry.received_at,
        effective_at=entry.effective_at,
        verdict="held" if problem else "applied",
        role=entry.role,
        problem=entry.problem or problem,
    )


def _operations_of(groups: Sequence[Sequence[Entry]]) -> dict[Dot, Operation]:
    return {entry.dot: entry.operation for group in groups for entry in group if entry.operation is not None}


def _stored(key: Key, position: int, document: Document) -> Stored:
    return Stored(key[0], key[1], position, document, shown_fields(document, MERGE_RULES[key[0]]))


def _gained_and_lost(changes: Iterable[Change]) -> dict[str, int]:
    """Return by what each audience's digest changes: the rows that it held before, and those that it holds now."""
    totals: dict[str, int] = {}
    for change in changes:
        for stored in (change.before, change.after):
            number = row_number(stored.kind.value, stored.id, stored.position)
            for audience in audiences_of(stored.kind, stored.fields) if stored.position else ():
                totals[audience] = totals.get(audience, 0) ^ number
    return totals


def _fan_out(change: Change) -> list[FeedEntry]:
    after, before = change.after, change.before
    now = audiences_of(after.kind, after.fields)
    left = audiences_of(before.kind, before.fields) - now
    return [
        FeedEntry(audience, after.kind.value, after.id, after.position, gone)
        for audiences, gone in ((now, False), (left, True))
        for audience in sorted(audiences)
    ]
