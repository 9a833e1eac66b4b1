"""Applying groups of operations: positions, documents, feeds, all inside one transaction."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TypeAlias

import msgspec
from msgspec import Struct

from schemas.erasure import MARK, NAMED_BY
from schemas.merge_rules import MERGE_RULES
from schemas.problems import Code
from schemas.protocol import Dot, Operation
from schemas.registry import Kind
from schemas.vocabulary import Place
from server.records.audiences import audiences_of
from server.records.ledger import FeedEntry, Head, Key, Ledger, Logged, Stored
from server.records.owners import owners_of
from sync.digest import row_number
from sync.document import EMPTY, Document, apply, fold, is_deleted, needs_history, shown_fields
from sync.erasing import reduced
from sync.lineage import Lineage, Position
from sync.write import Origin, Past, StampedOperation

_OPERATION = msgspec.json.Decoder(Operation)


class Written(Struct, frozen=True, gc=False):
    """One of the operations that changed a document, by which request and in whose place, where that is known."""

    operation: StampedOperation
    request_sha256: str | None = None
    acting_for: str | None = None


class Change(Struct, frozen=True, gc=False):
    """A document before and after one transaction's operations, who wrote last, and in which request if it is known.

    ``written`` are the operations that are new in the log, in its order; of an erasure there are none.
    """

    before: Stored
    after: Stored
    author: str
    request_sha256: str | None = None
    written: tuple[Written, ...] = ()


class Entry(Struct, frozen=True, gc=False, kw_only=True):
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
    request_sha256: str | None = None
    acting_for: str | None = None


class Recorder:
    """Writes operations into one ledger transaction and keeps documents and feeds in step with the log."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger

    async def record(self, groups: Sequence[Sequence[Entry]]) -> tuple[list[Logged], dict[Key, Change]]:
        """Append groups at the end of the log, apply those without a problem, and return what changed (SPEC G1, P5).

        A group has one position; a group of which any member has a problem is held as a whole, by its first problem.
        """
        head = await self.ledger.head()
        entries = [entry for group in groups for entry in group]
        await self.ledger.settle_pasts({entry.dot.actor for entry in entries if entry.dot.seq == 1})
        logged = _placed(groups, head)
        applied = [pair for pair in zip(entries, logged, strict=True) if pair[1].verdict == "applied"]
        changes = await self._apply(head, applied)
        await self.ledger.append(logged)
        await self.ledger.advance(head.position + len(groups))
        return logged, changes

    async def readmit(self, logged: Sequence[Logged], brought_by: str) -> dict[Key, Change]:
        """Append operations that keep their stamps, give them one more position, and return what changed (SPEC H1).

        ``brought_by`` is the device that had them.
        """
        head = await self.ledger.head()
        await self.ledger.append(logged)
        await self.ledger.settle_pasts({each.dot.actor for each in logged})
        place = Position(head.position + 1, head.branch)
        await self.ledger.readmit([each.dot for each in logged], place, brought_by)
        await self.ledger.advance(head.position + 1)
        return await self.refold(_applied_in(logged), {each.dot for each in logged})

    async def record_late(self, groups: Sequence[Sequence[Entry]]) -> tuple[list[Logged], dict[Key, Change]]:
        """Append groups as :meth:`record` does, of which later operations of the same chain may be there already."""
        head = await self.ledger.head()
        logged = _placed(groups, head)
        await self.ledger.append(logged)
        await self.ledger.settle_pasts({each.dot.actor for each in logged})
        await self.ledger.advance(head.position + len(groups))
        return logged, await self.refold(_applied_in(logged), {each.dot for each in logged})

    async def refold(self, keys: Iterable[Key], fresh: Collection[Dot] = ()) -> dict[Key, Change]:
        """Rebuild documents from their history, after operations came back behind their place (SPEC H1, W5).

        ``fresh`` are those that the log has only since then.
        """
        head = await self.ledger.head()
        keys = list(keys)
        before = await self.ledger.documents(keys)
        changes: dict[Key, Change] = {}
        for key in keys:
            history = [stamped(each) for each in await self.ledger.history(key)]
            past = Past(head.tree(), await self.ledger.ancestry({each.origin.dot.actor for each in history}))
            position = max(each.origin.positions[-1].n for each in history)
            after = _stored(key, position, fold(past, history))
            written = tuple(Written(each) for each in history if each.origin.dot in fresh)
            changes[key] = Change(
                before.get(key, Stored.nothing(key)), after, history[-1].origin.author, written=written
            )
        await self._store(changes, head.horizon)
        return changes

    async def erase(
        self, keys: Iterable[Key], decided: Collection[Dot] = ()
    ) -> tuple[dict[Key, Change], frozenset[str], bool]:
        """Reduce whatever on erased documents was written without knowing of the erasure (SPEC Y1, Y2).

        Return how the documents changed by it, the names of the files that are named no more, and whether anything was
        reduced. What is held, for whatever reason, waits for a person and stays, unless it was ``decided`` about.
        """
        tree = (await self.ledger.end()).tree()
        frames: dict[Dot, bytes] = {}
        touched: set[Key] = set()
        names: set[str] = set()
        for key in keys:
            for each in [*await self.ledger.history(key), *await self.ledger.held_on(key)]:
                frame = reduced(each.payload)
                is_to_wait = each.verdict == "held" and each.dot not in decided
                if frame == each.payload or is_to_wait or not await self._is_unaware(tree, key, each):
                    continue
                frames[each.dot] = frame
                names |= _files_in(key[0], each.payload)
                if each.verdict == "applied":
                    touched.add(key)
        await self.ledger.reduce(frames)
        return await self.refold(touched), frozenset(names), bool(frames)

    async def _is_unaware(self, tree: Lineage, key: Key, written: Logged) -> bool:
        """Tell whether an operation knew nothing of the erasure of its document, or of an owner of it."""
        operation = _OPERATION.decode(written.payload)
        owners = await owners_of(self.ledger, [(key, operation.fields)])
        base = Position(operation.base.position, operation.base.epoch)
        return any(is_unaware(tree, base, erasures_of(each)) for each in owners.stored.values())

    async def withdraw(self, horizon: int) -> bool:
        """Take what was deleted up to a position out of the feeds, which forget what was gone by then (SPEC F5).

        Return whether there was anything to take out.

        The documents and their history stay: whoever writes one of them again, without having seen the delete, shows it
        to people as contested (D1).
        """
        head = await self.ledger.head()
        settled = await self.ledger.deleted(head.horizon, horizon)
        held = {(each.kind, each.id): audiences_of(each.kind, each.fields) for each in settled}
        feed = [
            FeedEntry(audience, kind.value, doc, head.position + 1, gone=True)
            for (kind, doc), audiences in held.items()
            for audience in sorted(audiences)
        ]
        await self.ledger.store([], feed)
        lost = {(each.kind, each.id): (held[(each.kind, each.id)], frozenset[str]()) for each in settled}
        unchanged = {(each.kind, each.id): Change(each, each, "") for each in settled}
        await self.ledger.change_digests(_gained_and_lost(unchanged, lost))
        await self.ledger.advance(head.position + int(bool(feed)))
        await self.ledger.forget(horizon)
        return bool(feed)

    async def _apply(self, head: Head, applied: Sequence[tuple[Entry, Logged]]) -> dict[Key, Change]:
        before = await self.ledger.documents({_key(logged) for _, logged in applied})
        past = Past(head.tree(), await self.ledger.ancestry({logged.dot.actor for _, logged in applied}))
        documents = {key: stored.document for key, stored in before.items()}
        last: dict[Key, tuple[Entry, Logged]] = {}
        written: dict[Key, list[Written]] = {}
        for number, (entry, logged) in enumerate(applied):
            key = _key(logged)
            document, new = documents.get(key, EMPTY), stamped(logged, entry.operation)
            if needs_history(document, new):
                earlier = [one for _, one in applied[: number + 1] if _key(one) == key]
                documents[key] = await self._folded(past, key, earlier)
            else:
                documents[key] = apply(past, document, new)
            last[key] = entry, logged
            written.setdefault(key, []).append(Written(new, entry.request_sha256, entry.acting_for))
        changes = {
            key: Change(
                before.get(key, Stored.nothing(key)),
                _stored(key, logged.position, documents[key]),
                entry.author,
                entry.request_sha256,
                tuple(written[key]),
            )
            for key, (entry, logged) in last.items()
        }
        await self._store(changes, head.horizon)
        return changes

    async def _folded(self, past: Past, key: Key, newest: Sequence[Logged]) -> Document:
        """Return a document made anew from its history and the operations that are not in the log yet."""
        history = [*(await self.ledger.history(key)), *newest]
        ancestry = await self.ledger.ancestry({one.dot.actor for one in history})
        return fold(Past(past.lineage, {**past.ancestry, **ancestry}), [stamped(one) for one in history])

    async def _store(self, changes: Mapping[Key, Change], horizon: int) -> None:
        audiences = {key: _audiences(change, horizon) for key, change in changes.items()}
        feed = [entry for key, change in changes.items() for entry in _fan_out(change, audiences[key])]
        await self.ledger.store([change.after for change in changes.values()], feed)
        await self.ledger.change_digests(_gained_and_lost(changes, audiences))


Erasure: TypeAlias = tuple[Position, ...]
"""Where an erasure stands in the log: it has a place in each epoch that it came back in."""


def erasures_of(stored: Stored) -> tuple[Erasure, ...]:
    """Return the erasures of a document, nearly always one; none of one that nobody erased."""
    marks = stored.document.registers.get(MARK, ())
    return tuple(mark.origin.positions for mark in marks if mark.value is not None)


def is_unaware(tree: Lineage, base: Position, erasures: Iterable[Erasure]) -> bool:
    """Tell whether somebody who had seen ``base`` did not know of one of these erasures (SPEC Y2)."""
    return any(not any(tree.contains(base, position) for position in erasure) for erasure in erasures)


def is_waiting(logged: Logged) -> bool:
    """Tell whether an operation is held because it is about somebody who was erased, and kept whole for that."""
    return logged.verdict == "held" and logged.problem == Code.OPERATION_ERASED


def _files_in(kind: Kind, payload: bytes) -> set[str]:
    fields = _OPERATION.decode(payload).fields
    return {str(fields[name]) for name in NAMED_BY.get(kind, ()) if isinstance(fields.get(name), str)}


def _key(logged: Logged) -> Key:
    return (Kind(logged.kind), logged.doc)


def _applied_in(logged: Sequence[Logged]) -> set[Key]:
    return {_key(each) for each in logged if each.verdict == "applied"}


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
        logged += [_logged(entry, head.branch, head.position + number, problem) for entry in group]
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


def _stored(key: Key, position: int, document: Document) -> Stored:
    return Stored(key[0], key[1], position, document, shown_fields(document, MERGE_RULES[key[0]]))


def _audiences(change: Change, horizon: int) -> tuple[frozenset[str], frozenset[str]]:
    """Return who held a document before a change, and who holds it now."""
    before, after = change.before, change.after
    withdrawn = before.position <= horizon and is_deleted(before.document)
    held = audiences_of(before.kind, before.fields) if before.position and not withdrawn else frozenset()
    return held, audiences_of(after.kind, after.fields)


_Audiences = Mapping[Key, tuple[frozenset[str], frozenset[str]]]


def _gained_and_lost(changes: Mapping[Key, Change], audiences: _Audiences) -> dict[str, int]:
    """Return by what each audience's digest changes: the rows that it held before, and those that it holds now."""
    totals: dict[str, int] = {}
    for key, change in changes.items():
        for stored, held in zip((change.before, change.after), audiences[key], strict=True):
            for audience in held:
                number = row_number(stored.kind.value, stored.id, stored.position)
                totals[audience] = totals.get(audience, 0) ^ number
    return totals


def _fan_out(change: Change, audiences: tuple[frozenset[str], frozenset[str]]) -> list[FeedEntry]:
    after, (before, now) = change.after, audiences
    return [
        FeedEntry(audience, after.kind.value, after.id, after.position, gone)
        for held, gone in ((now, False), (before - now, True))
        for audience in sorted(held)
    ]
