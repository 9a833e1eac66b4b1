"""One unit of writing: a company's ledger in a transaction, with what must happen when documents change."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Any, TypeAlias

import msgspec
from msgspec import Struct
from sqlalchemy.ext.asyncio import AsyncConnection

from schemas.erasure import MARK, PERSONAL
from schemas.protocol import SCHEMA, ActorRecord, Base, Dot, Operation
from schemas.registry import Kind
from schemas.vocabulary import Place
from server.audit.log import Deeds, Doer, Noted, append
from server.records.branches import descent
from server.records.documents import Documents
from server.records.erased_files import note_erased
from server.records.held_decisions import decided_on
from server.records.ledger import SERVER, Actor, Key, Ledger, Logged
from server.records.recorder import Change, Entry, Recorder
from sync.chain import extend, genesis, link
from sync.reading import fault_of

_OPERATION = msgspec.json.Decoder(Operation)


class Setting(Struct, frozen=True):
    """Fields that a command sets in one document."""

    kind: Kind
    id: str
    fields: Mapping[str, Any]


class Work:
    """What a push or a command has in its hands while its transaction is open."""

    def __init__(
        self,
        company: str,
        now: int,
        ledger: Ledger,
        reactions: "Reactions",
        connection: AsyncConnection | None = None,
        *,
        request_sha256: str | None = None,
    ) -> None:
        self.company = company
        self.now = now
        self.ledger = ledger
        self.recorder = Recorder(ledger)
        self.request_sha256 = request_sha256
        """Hash of the request that is worked on, where it is one alone."""
        self._reactions = reactions
        self._connection = connection

    @property
    def connection(self) -> AsyncConnection:
        """The open database transaction; only a log store in memory has none."""
        if self._connection is None:
            raise RuntimeError("this log store has no database")
        return self._connection

    @property
    def documents(self) -> Documents:
        """The company's documents as this transaction sees them."""
        return Documents(self.connection, self.company)

    def at(self, now: int) -> "Work":
        """Return this unit of work as it would be done at another time: a demonstration has a past to play."""
        return Work(
            self.company,
            now,
            self.ledger,
            self._reactions,
            self._connection,
            request_sha256=self.request_sha256,
        )

    async def note(self, doer: Doer, deeds: Deeds) -> None:
        """Append an entry to the audit log in this transaction; a log store in memory keeps none."""
        await self.note_all([Noted(doer, deeds)])

    async def note_all(self, noted: Sequence[Noted]) -> None:
        """Append entries to the audit log as :meth:`note` does, all at once."""
        if self._connection is not None:
            await append(self._connection, self.company, self.now, noted)

    async def record(self, groups: Sequence[Sequence[Entry]]) -> tuple[list[Logged], dict[Key, Change]]:
        """Record groups of operations and let everything react to what changed."""
        logged, changes = await self.recorder.record(groups)
        changes |= await self._erase_again(key for key, each in changes.items() if MARK in each.after.fields)
        await self.react(changes.values())
        return logged, changes

    async def readmit(self, logged: Sequence[Logged], brought_by: str) -> dict[Key, Change]:
        """Let operations come back with their stamps, from a device, and let everything react to it (SPEC H1)."""
        changes = await self.recorder.readmit(logged, brought_by) if logged else {}
        changes |= await self._erase_again(_erasable(logged))
        await self.react(changes.values())
        return changes

    async def record_late(self, groups: Sequence[Sequence[Entry]]) -> tuple[list[Logged], dict[Key, Change]]:
        """Record groups that come behind their time, and let everything react to what changed (SPEC H1)."""
        logged, changes = await self.recorder.record_late(groups) if groups else ([], {})
        changes |= await self._erase_again(_erasable(logged))
        await self.react(changes.values())
        return logged, changes

    async def erase_again(self, keys: Iterable[Key]) -> None:
        """Reduce what was held on erased documents, once somebody has decided about it (SPEC Y3)."""
        await self._erase_again(keys)

    async def _erase_again(self, keys: Iterable[Key]) -> dict[Key, Change]:
        """Reduce what came to erased documents, and note which files are to be removed (SPEC Y1, Y2).

        What was decided about is looked up: an erasure that comes back after a restore is told by nobody.
        """
        keys = set(keys)
        if not keys or not await self.ledger.has_erased():
            return {}
        decided: set[Dot] = set()
        if self._connection is not None:
            decided = await decided_on(self._connection, self.company, keys)
        changes, names, is_reduced = await self.recorder.erase(keys, decided)
        if is_reduced and self._connection is not None:
            await note_erased(self._connection, self.company, self.now, names)
        return changes

    async def react(self, changes: Iterable[Change]) -> None:
        """Run the reactions to changed documents; what they decide is recorded behind what they react to."""
        listed = list(changes)
        for kind, reactions in self._reactions.items():
            touched = [change for change in listed if change.after.kind is kind]
            for reaction in reactions if touched else ():
                await reaction(self, touched)

    async def decide(self, author: str, settings: Sequence[Setting]) -> None:
        """Write what a command decided, as one group by the server's own actor in the name of ``author``.

        Raises ``ValueError`` for a field or a value that its kind does not have: that is a defect of the caller.
        """
        head = await self.ledger.head()
        base, last = Base(head.position, head.branch), len(settings) - 1
        operations = [
            Operation(SCHEMA, each.kind.value, each.id, base, self.now, last - place, dict(each.fields))
            for place, each in enumerate(settings)
        ]
        await self._write(author, self._record(_named(head.branch), head.epoch), operations)

    async def adopt(self, author: str, held: Dot, operation: Operation) -> None:
        """Write what a held operation asked for, in the name of ``author``; the operation keeps its own base.

        The actor that writes it is renamed from the held operation's at that very operation: so the write covers what
        its first author had seen or written, and nothing that the server or anybody wrote since (SPEC A3, W1, W2).
        Raises ``ValueError`` as :meth:`decide` does.
        """
        head = await self.ledger.head()
        name = _named_for(f"{held.actor}/{held.seq}", head.branch)
        await self._write(author, self._record(name, head.epoch, held, await self._head_behind(held)), [operation])

    async def release(self, groups: Sequence[Sequence[Logged]]) -> None:
        """Write held groups as they were sent: their bytes, author and place, the time at which they took effect.

        One actor for each held chain does so, renamed from it before the first that it releases: what is released
        later covers what was released before, as its author's own work (SPEC Q5, W2).
        """
        actors: dict[str, Actor] = {}
        entries: list[list[Entry]] = []
        for group in groups:
            first = group[0].dot
            actor = actors.get(first.actor) or await self._releaser(first)
            written: list[Entry] = []
            for held in group:
                written.append(self._released(actor, held))
                actor = Actor(actor.record, written[-1].dot.seq, written[-1].head)
            actors[first.actor] = actor
            entries.append(written)
        for actor in actors.values():
            await self.ledger.save_actors([actor])
        await self.record(entries)

    async def _releaser(self, first: Dot) -> Actor:
        """Return who releases what a chain brought: under this branch, going on where an earlier one has ended."""
        head = await self.ledger.head()
        names = [_named_for(first.actor, link.epoch) for link in descent(head)]
        known = await self.ledger.actors(names)
        if names[0] in known:
            return known[names[0]]
        before = next((known[name] for name in names if name in known), None)
        if before is not None:  # the server's own: nobody else writes under that name, so it needs no head
            record = self._record(names[0], head.epoch, Dot(before.record.actor, before.acked_seq))
        else:
            parent = Dot(first.actor, first.seq - 1)
            record = self._record(names[0], head.epoch, parent, await self._head_behind(parent))
        return Actor(record, 0, genesis(record))

    async def _head_behind(self, dot: Dot) -> str | None:
        return next((each.head for each in await self.ledger.logged(dot.actor, dot.seq, dot.seq)), None)

    def _released(self, actor: Actor, held: Logged) -> Entry:
        return Entry(
            dot=Dot(actor.record.actor, actor.acked_seq + 1),
            payload=held.payload,
            operation=_OPERATION.decode(held.payload),
            sha256=held.sha256,
            head=extend(actor.head, held.sha256),
            author=held.author,
            place=held.place,
            received_at=self.now,
            effective_at=held.effective_at,
            role=held.role,
        )

    async def _write(self, author: str, record: ActorRecord, operations: Sequence[Operation]) -> None:
        actor = (await self.ledger.actors([record.actor])).get(record.actor) or Actor(record, 0, genesis(record))
        entries: list[Entry] = []
        for operation in operations:
            entries.append(self._entry(actor, operation, author))
            actor = Actor(actor.record, entries[-1].dot.seq, entries[-1].head)
        await self.ledger.save_actors([actor])
        await self.record([entries])

    def _entry(self, actor: Actor, operation: Operation, author: str) -> Entry:
        fault = fault_of(operation)
        if fault is not None:
            raise ValueError(f"{fault.value}: {operation.kind} {sorted(operation.fields)}")
        payload = msgspec.json.encode(operation)
        sha256_of_payload = link(payload)
        return Entry(
            dot=Dot(actor.record.actor, actor.acked_seq + 1),
            payload=payload,
            operation=operation,
            sha256=sha256_of_payload,
            head=extend(actor.head, sha256_of_payload),
            author=author,
            place=Place.OFFICE,
            received_at=self.now,
            effective_at=self.now,
            role=SERVER,
            request_sha256=self.request_sha256,
        )

    def _record(
        self, actor: str, epoch: str, renamed_from: Dot | None = None, parent_head: str | None = None
    ) -> ActorRecord:
        return ActorRecord(
            actor=actor,
            company=self.company,
            device=SERVER,
            user=SERVER,
            place=Place.OFFICE,
            epoch=epoch,
            parent=renamed_from.actor if renamed_from else None,
            parent_seq=renamed_from.seq if renamed_from else 0,
            parent_head=parent_head,
        )


def _erasable(logged: Iterable[Logged]) -> set[Key]:
    return {(Kind(each.kind), each.doc) for each in logged if each.kind in PERSONAL}


def _named(branch: str) -> str:
    """Return the server's actor of a branch: a copy of the log gives out none of its names again (SPEC E3, H7)."""
    return f"{SERVER}-{branch}"


def _named_for(what: str, branch: str) -> str:
    return _named(sha256(f"{what}/{branch}".encode()).hexdigest()[:32])


Reaction: TypeAlias = Callable[[Work, Sequence[Change]], Awaitable[None]]
"""What must happen in the same transaction when documents of a kind changed."""

Reactions: TypeAlias = Mapping[Kind, Sequence[Reaction]]
"""Kind to its reactions, filled by ``server.app`` from the domains."""
