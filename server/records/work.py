"""One unit of writing: a company's ledger in a transaction, with what must happen when documents change."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from typing import Any, TypeAlias

import msgspec
from msgspec import Struct
from sqlalchemy.ext.asyncio import AsyncConnection

from schemas.protocol import SCHEMA, ActorRecord, Base, Dot, Operation
from schemas.registry import Kind
from schemas.vocabulary import Place
from server.records.ledger import Actor, Head, Key, Ledger, Logged
from server.records.recorder import Change, Entry, Recorder
from sync.chain import extend, genesis, link

SERVER = "server"
"""Device and user of the actor under which the server writes what a command decided."""


class Setting(Struct, frozen=True):
    """Fields that a command sets in one document."""

    kind: Kind
    id: str
    fields: Mapping[str, Any]


class Work:
    """What a push or a command has in its hands while its transaction is open."""

    def __init__(
        self, company: str, now: int, ledger: Ledger, reactions: "Reactions", connection: AsyncConnection | None = None
    ) -> None:
        self.company = company
        self.now = now
        self.ledger = ledger
        self.recorder = Recorder(ledger)
        self._reactions = reactions
        self._connection = connection

    @property
    def connection(self) -> AsyncConnection:
        """The open database transaction; only a log store in memory has none."""
        if self._connection is None:
            raise RuntimeError("this log store has no database")
        return self._connection

    async def record(self, groups: Sequence[Sequence[Entry]]) -> tuple[list[Logged], dict[Key, Change]]:
        """Record groups of operations and let everything react to what changed."""
        logged, changes = await self.recorder.record(groups)
        await self.react(changes.values())
        return logged, changes

    async def react(self, changes: Iterable[Change]) -> None:
        """Run the reactions to changed documents; what they decide is recorded behind what they react to."""
        for change in changes:
            for reaction in self._reactions.get(change.after.kind, ()):
                await reaction(self, change)

    async def decide(self, author: str, settings: Sequence[Setting]) -> None:
        """Write what a command decided, as one group by the server's own actor in the name of ``author``.

        Raises ``ValueError`` for a field or a value that its kind does not have: that is a defect of the caller.
        """
        head = await self.ledger.head()
        actor = await self._server_actor(head)
        entries: list[Entry] = []
        for place, setting in enumerate(settings):
            entries.append(self._entry(actor, head, setting, len(settings) - 1 - place, author))
            actor = Actor(actor.record, entries[-1].dot.seq, entries[-1].head)
        await self.ledger.save_actor(actor)
        await self.record([entries])

    def _entry(self, actor: Actor, head: Head, setting: Setting, following: int, author: str) -> Entry:
        base = Base(head.position, head.epoch)
        fields = dict(setting.fields)
        operation = Operation(SCHEMA, setting.kind.value, setting.id, base, self.now, following, fields)
        payload = msgspec.json.encode(operation)
        sha256 = link(payload)
        return Entry(
            dot=Dot(actor.record.actor, actor.acked_seq + 1),
            payload=payload,
            operation=operation,
            sha256=sha256,
            head=extend(actor.head, sha256),
            author=author,
            place=Place.OFFICE,
            received_at=self.now,
            effective_at=self.now,
            role=SERVER,
        )

    async def _server_actor(self, head: Head) -> Actor:
        name = f"{SERVER}-{head.epoch}"
        known = await self.ledger.actor(name)
        if known is not None:
            return known
        record = ActorRecord(
            actor=name, company=self.company, device=SERVER, user=SERVER, place=Place.OFFICE, epoch=head.epoch
        )
        return Actor(record, 0, genesis(record))


Reaction: TypeAlias = Callable[[Work, Change], Awaitable[None]]
"""What must happen in the same transaction when a document of a kind changed."""

Reactions: TypeAlias = Mapping[Kind, Sequence[Reaction]]
"""Kind to its reactions, filled by ``server.app`` from the domains."""
