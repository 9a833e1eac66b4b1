"""The ledger in memory, for the simulator and as the plainest reading of the contract."""

import asyncio
import copy
from collections.abc import AsyncIterator, Collection, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import reduce
from itertools import chain, pairwise
from operator import xor

from msgspec import structs

from schemas.erasure import MARK
from schemas.protocol import ActorRecord, Dot, EpochLink
from schemas.registry import Kind
from server.records.branches import gone_on, with_learnt
from server.records.ledger import (
    Actor,
    FeedEntry,
    Head,
    Key,
    Logged,
    Stored,
    in_log_order,
    is_servers,
    place_in_log,
)
from sync.ancestry import Ancestry
from sync.digest import row_number
from sync.document import is_deleted
from sync.lineage import Position


@dataclass
class MemoryState:
    """Everything that one company's log holds; copying it is taking a backup."""

    lineage: tuple[EpochLink, ...] = ()
    epoch: str = ""
    position: int = 0
    actors: dict[str, Actor] = field(default_factory=dict)
    log: dict[Dot, Logged] = field(default_factory=dict)
    documents: dict[Key, Stored] = field(default_factory=dict)
    feed: dict[tuple[str, str, str], FeedEntry] = field(default_factory=dict)
    incarnations: list[tuple[str, int]] = field(default_factory=list)
    digests: dict[str, int] = field(default_factory=dict)
    horizon: int = 0
    branches: tuple[EpochLink, ...] = ()
    follows: dict[str, bool] = field(default_factory=dict)
    """Renamed actor to whether the log had its past; one of which nothing came yet is absent."""

    def copied(self) -> "MemoryState":
        """Return an independent copy; what it holds is immutable, so only the containers are copied."""
        return copy.copy(self).__class__(
            self.lineage,
            self.epoch,
            self.position,
            dict(self.actors),
            dict(self.log),
            dict(self.documents),
            dict(self.feed),
            list(self.incarnations),
            dict(self.digests),
            self.horizon,
            self.branches,
            dict(self.follows),
        )

    @property
    def head(self) -> Head:
        """Return the end of the log."""
        current = self.incarnations[-1][0] if self.incarnations else ""
        return Head(self.epoch, self.position, self.lineage, current, self.horizon, self.branches)

    def begin_epoch(self, link: EpochLink) -> None:
        """Begin an epoch at the end of the log."""
        self.position = link.fork
        if link.parent is not None:
            self.epoch = link.parent
            self.begin_incarnation(link.epoch)
        self.lineage, self.epoch = (*self.lineage, link), link.epoch

    def begin_incarnation(self, incarnation: str) -> None:
        """Begin an incarnation at the end of the log."""
        self.branches = gone_on(self.head, incarnation)
        self.incarnations.append((incarnation, self.position))


class MemoryStore:
    """A log store whose transactions are copies that replace the state when they commit, one after the other."""

    def __init__(self, state: MemoryState | None = None) -> None:
        self.state = state or MemoryState()
        self._writer = asyncio.Lock()

    @asynccontextmanager
    async def writing(self) -> AsyncIterator["MemoryLedger"]:
        """Open a transaction; the block's end commits it, an exception forgets it."""
        async with self._writer:
            draft = self.state.copied()
            yield MemoryLedger(draft)
            self.state = draft

    @asynccontextmanager
    async def reading(self) -> AsyncIterator["MemoryLedger"]:
        """Open a snapshot."""
        yield MemoryLedger(self.state)


class MemoryLedger:
    """One company's log in memory (see ``Ledger``)."""

    def __init__(self, state: MemoryState) -> None:
        self._state = state

    async def head(self) -> Head:
        """Return the end of the log."""
        return self._state.head

    async def end(self) -> Head:
        """Return the end of the log."""
        return await self.head()

    async def advance(self, position: int) -> None:
        """Move the end of the log."""
        self._state.position = position

    async def begin_epoch(self, link: EpochLink) -> None:
        """Begin an epoch at the end of the log."""
        self._state.begin_epoch(link)

    async def learn_branches(self, links: Sequence[EpochLink]) -> None:
        """Remember incarnations of logs that were given up."""
        self._state.branches = with_learnt(self._state.head, links)

    async def actors(self, names: Iterable[str]) -> dict[str, Actor]:
        """Return those of the chains that are there."""
        return {name: self._state.actors[name] for name in names if name in self._state.actors}

    async def save_actors(self, actors: Sequence[Actor]) -> None:
        """Remember chains as they now stand."""
        self._state.actors |= {actor.record.actor: actor for actor in actors}

    async def settle_pasts(self, actors: Iterable[str]) -> None:
        """Fix whether the log has the pasts that actors name."""
        wanted = list(actors)
        while wanted:
            actor = self._state.actors.get(wanted.pop())
            if actor is None or actor.record.parent is None or actor.record.actor in self._state.follows:
                continue
            self._state.follows[actor.record.actor] = self._has_past(actor.record, actor.record.parent)
            wanted.append(actor.record.parent)

    def _has_past(self, record: ActorRecord, parent: str) -> bool:
        last = self._state.log.get(Dot(parent, record.parent_seq))
        is_there = last is not None and last.head == record.parent_head
        return record.parent_head is None or record.parent_seq == 0 or is_there

    async def ancestry(self, actors: Iterable[str]) -> Ancestry:
        """Follow the renamings to the first actor."""
        found: dict[str, tuple[str, int]] = {}
        wanted = list(actors)
        while wanted:
            actor = self._state.actors.get(wanted.pop())
            if actor is None or actor.record.parent is None:
                continue
            if self._state.follows.get(actor.record.actor, False):
                found[actor.record.actor] = (actor.record.parent, actor.record.parent_seq)
                wanted.append(actor.record.parent)
        return found

    async def logged(self, actor: str, first: int, last: int) -> Sequence[Logged]:
        """Return a stretch of a chain."""
        dots = (Dot(actor, seq) for seq in range(first, last + 1))
        return [self._state.log[dot] for dot in dots if dot in self._state.log]

    async def servers_own(self, after: int, until: int) -> Sequence[Logged]:
        """Return what the server itself wrote between two positions."""
        return [each for each in await self.admitted(after, until) if is_servers(each.dot.actor)]

    async def admitted(self, after: int, until: int) -> Sequence[Logged]:
        """Return what anybody wrote between two positions."""
        return in_log_order(each for each in self._state.log.values() if after < place_in_log(each) <= until)

    async def places(self, after: int, until: int, limit: int) -> Sequence[int]:
        """Return the next positions at which an operation was received or taken back."""
        every = (each for one in self._state.log.values() for each in (one.position, *(at.n for at in one.readmitted)))
        return sorted(each for each in every if after < each <= until)[:limit]

    async def append(self, operations: Sequence[Logged]) -> None:
        """Append operations with their stamps; raises ``KeyError`` for a dot that is there."""
        known = [each.dot for each in operations if each.dot in self._state.log]
        if known:
            raise KeyError(*known)
        self._state.log |= {each.dot: each for each in operations}

    async def readmit(self, dots: Sequence[Dot], position: Position, brought_by: str) -> None:
        """Give operations one more position; who brought them is for reports, and memory makes none."""
        del brought_by
        for dot in dots:
            known = self._state.log[dot]
            self._state.log[dot] = structs.replace(known, readmitted=(*known.readmitted, position))

    async def receipts(self, positions: Iterable[Position]) -> Mapping[Position, int]:
        """Return when commits were received."""
        wanted = set(positions)
        every = ((Position(each.position, each.epoch), each.received_at) for each in self._state.log.values())
        return {position: received_at for position, received_at in every if position in wanted}

    async def received(self, after: int, until: int, limit: int) -> Sequence[tuple[int, int]]:
        """Return position and time of receipt of the next operations."""
        every = ((each.position, each.received_at) for each in self._state.log.values())
        return sorted(each for each in every if after < each[0] <= until)[:limit]

    async def documents(self, keys: Iterable[Key]) -> dict[Key, Stored]:
        """Return those of the documents that exist."""
        return {key: self._state.documents[key] for key in keys if key in self._state.documents}

    async def history(self, key: Key) -> Sequence[Logged]:
        """Return every applied operation of one document."""
        kind, doc = key
        every = self._state.log.values()
        return in_log_order(
            each for each in every if (each.kind, each.doc, each.verdict) == (kind.value, doc, "applied")
        )

    async def held_on(self, key: Key) -> Sequence[Logged]:
        """Return every held operation of one document."""
        return [each for each in await self.held() if (each.kind, each.doc) == (key[0].value, key[1])]

    async def reduce(self, payloads: Mapping[Dot, bytes]) -> None:
        """Put frames in place of operations' bytes."""
        self._state.log |= {
            dot: structs.replace(known, payload=payload)
            for dot, payload in payloads.items()
            if (known := self._state.log.get(dot)) is not None
        }

    async def signatures(self, visits: Collection[str]) -> Sequence[Stored]:
        """Return every signature that names one of these visits."""
        every = (each for (kind, _), each in sorted(self._state.documents.items()) if kind is Kind.SIGNATURE)
        return [each for each in every if each.fields.get("visit") in visits]

    async def has_erased(self) -> bool:
        """Tell whether any customer was ever erased."""
        return any(MARK in each.fields for (kind, _), each in self._state.documents.items() if kind is Kind.CUSTOMER)

    async def store(self, documents: Sequence[Stored], feed: Sequence[FeedEntry]) -> None:
        """Put documents and feed entries in place of the older ones."""
        self._state.documents |= {(each.kind, each.id): each for each in documents}
        self._state.feed |= {(entry.audience, entry.kind, entry.id): entry for entry in feed}

    async def change_digests(self, changes: Mapping[str, int]) -> None:
        """Combine each audience's digest with what its feed gained and lost."""
        for audience, change in changes.items():
            self._state.digests[audience] = self._state.digests.get(audience, 0) ^ change

    async def digest_of(self, audiences: Sequence[str], without: Collection[str] = ()) -> int:
        """Return the digest of these audiences' present entries, some kinds' left out."""
        left_out = (
            row_number(entry.kind, entry.id, entry.position)
            for entry in self._state.feed.values()
            if entry.audience in audiences and entry.kind in without and not entry.gone
        )
        return reduce(xor, chain((self._state.digests.get(audience, 0) for audience in audiences), left_out), 0)

    async def feed(self, audiences: Sequence[str], after: int, limit: int) -> Sequence[FeedEntry]:
        """Return a page of entries whose last position is whole."""
        behind = sorted(
            (entry for entry in self._state.feed.values() if entry.audience in audiences and entry.position > after),
            key=lambda entry: (entry.position, entry.kind, entry.id),
        )
        if len(behind) <= limit:
            return behind
        return [entry for entry in behind if entry.position <= behind[limit - 1].position]

    async def deleted(self, after: int, until: int) -> Sequence[Stored]:
        """Return the deleted documents between two positions."""
        every = self._state.documents.values()
        return [each for each in every if after < each.position <= until and is_deleted(each.document)]

    async def forget(self, horizon: int) -> None:
        """Drop what is gone up to a position, and move the horizon there."""
        self._state.horizon = horizon
        kept = {key: entry for key, entry in self._state.feed.items() if not entry.gone or entry.position > horizon}
        self._state.feed = kept

    async def audiences_of(self, keys: Iterable[Key], among: Sequence[str]) -> dict[Key, frozenset[str]]:
        """Return which of some audiences hold each document now."""
        present = {place for place, entry in self._state.feed.items() if not entry.gone}
        return {
            (kind, doc): frozenset(each for each in among if (each, kind.value, doc) in present) for kind, doc in keys
        }

    async def begin_incarnation(self, incarnation: str, at: int) -> None:
        """Begin an incarnation at the end of the log."""
        del at
        self._state.begin_incarnation(incarnation)

    async def incarnation_end(self, incarnation: str) -> int | None:
        """Return where the next incarnation began, or the present end."""
        ends = {one: end for (one, _), (_, end) in pairwise(self._state.incarnations)}
        if self._state.incarnations:
            ends[self._state.incarnations[-1][0]] = self._state.position
        return ends.get(incarnation)

    async def held(self) -> Sequence[Logged]:
        """Return every operation that is held, oldest first."""
        return in_log_order(each for each in self._state.log.values() if each.verdict == "held")
