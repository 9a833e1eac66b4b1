"""The server process: the real core over a log store in memory, which can crash, be backed up and be put back."""

from collections.abc import Awaitable, Callable, Sequence
from random import Random
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar, cast

from msgspec import structs

from schemas.problems import Code, Problem
from schemas.protocol import (
    Dot,
    EntrustedPage,
    EpochLink,
    GivenBack,
    Hello,
    HelloReply,
    PullLine,
    PullPut,
    PullRange,
    PushHead,
    PushReply,
    ReOfferHead,
    TakenBack,
)
from schemas.registry import Kind
from schemas.vocabulary import Place
from server.exchange.entrusting import entrusted
from server.exchange.giving_back import take_back_kept
from server.exchange.greeting import greet
from server.exchange.offering import take_back
from server.exchange.pulling import Wish, pull, put
from server.exchange.pushing import push
from server.exchange.quarantine import has_everything
from server.exchange.repairing import ranges, rows_between
from server.exchange.snapshot_building import parts_of
from server.exchange.snapshot_files import Snapshot, Subject
from server.exchange.snapshots import belongs, first_page
from server.platform.caller import Caller
from server.platform.installation import Endpoint
from server.platform.keys import ServerKeys
from server.records.ledger import SERVER, Ledger
from server.records.memory_ledger import MemoryLedger, MemoryState, MemoryStore
from server.records.work import Work
from sync.casting import downcast
from tests.simulation.faults import Fault, Outcome, Tally
from tests.simulation.promises import Promise, hold, operation_of, stamp_of
from tests.simulation.tasks import Pause

COMPANY = "acme"
ROWS_OF_A_RANGE = ROWS_OF_A_PART = COMMITS_OF_A_PAGE = 3
"""Few, so that a device has several of them."""

Result = TypeVar("Result")


class Page(NamedTuple):
    """The lines of a pull, and what the network never carries: the operations that each document was made of."""

    lines: Sequence[PullLine]
    made_of: dict[tuple[str, str], frozenset[Dot]]


class LyingReady(NamedTuple):
    """What a first sync fetches, and the log of which it was made."""

    about: Snapshot
    parts: Sequence[Sequence[PullLine]]
    state: MemoryState


_WITH_THE_NEXT = frozenset({"has_erased", "settle_pasts", "signatures"})
"""Steps that are none by themselves: a crash behind one is a crash before the next, and kept histories keep meaning."""


class Pausing:
    """A ledger that waits before every step, so that everything else may happen meanwhile."""

    def __init__(self, ledger: MemoryLedger) -> None:
        self._ledger = ledger

    def __getattr__(self, name: str) -> Callable[..., Awaitable[Any]]:
        step = getattr(self._ledger, name)
        if name in _WITH_THE_NEXT:
            return cast("Callable[..., Awaitable[Any]]", step)

        async def waiting(*args: object) -> object:
            await Pause()
            return await step(*args)

        return waiting


class Host:
    """One server; ``on_commit`` is called with the state before and after every transaction."""

    def __init__(self, chance: Random, on_commit: Callable[[MemoryState, MemoryState], None], tally: Tally) -> None:
        self._chance = chance
        self._on_commit = on_commit
        self._tally = tally
        self._keys = ServerKeys(chance.randbytes(32), chance.randbytes(32), chance.randbytes(32))
        self._store = MemoryStore()
        self._writing = False
        self._answering = 0
        self._starts = 0
        self._snapshots: dict[str, LyingReady] = {}
        """Files of the server's disk: they survive it, and whatever becomes of the log."""
        self.now = 0
        self.start(fresh_epoch=True)

    @property
    def state(self) -> MemoryState:
        """The log as it is durable; never changed in place."""
        return self._store.state

    def start(self, *, fresh_epoch: bool) -> None:
        """Start the process on whatever the store holds; a restore by command begins an epoch (SPEC E3)."""
        self._starts += 1
        self._writing, self._answering = False, 0
        self._endpoint = Endpoint(self._keys)
        state = self.state.copied()
        if fresh_epoch:
            state.begin_epoch(EpochLink(f"epoch-{self._starts}", state.epoch or None, state.position))
        state.begin_incarnation(f"start-{self._starts}")
        self._store = MemoryStore(state)  # what the killed process still held open can never commit

    def put_back(self, backup: MemoryState, *, by_command: bool) -> None:
        """Start again on an older copy of the store."""
        self._store = MemoryStore(backup.copied())
        self.start(fresh_epoch=by_command)

    def count_crash(self) -> None:
        """Count what a crash would break off just now."""
        self._tally[Fault.SERVER_CRASHED_WRITING] += self._writing
        self._tally[Fault.SERVER_CRASHED_ANSWERING] += self._answering > 0

    async def hello(self, caller: Caller, said: Hello) -> HelloReply:
        """Greet a device; a stopped one that has nothing left is told to wipe itself (SPEC Q4)."""
        epoch = f"found-{self._chance.randrange(10**9)}"
        reply = await self._write(lambda work: greet(work, self._endpoint, caller, said, epoch))
        over = caller.leaving is not None and has_everything(said, reply)
        return structs.replace(reply, deeds=("wipe",) if over else ())

    async def push(self, caller: Caller, head: PushHead, payloads: Sequence[bytes]) -> PushReply:
        """Take in a push, and check that what was known is answered as it was the first time (SPEC P3)."""
        known = 0

        async def job(work: Work) -> PushReply:
            nonlocal known
            known = sum(1 for seq in range(len(payloads)) if Dot(head.actor, head.first + seq) in self.state.log)
            return await push(work, self._endpoint, caller, head, payloads)

        reply = await self._write(job)
        self._tally[Fault.HALF_KNOWN] += 0 < known < len(payloads)
        for place, stamp in enumerate(reply.stamps):
            logged = self.state.log[Dot(head.actor, head.first + place)]
            same = structs.astuple(stamp) == stamp_of(logged)
            hold(same, Promise.REPLAYS, logged.dot, "is answered by another stamp than its own")
        return reply

    async def command(self, job: Callable[[Work], Awaitable[None]]) -> None:
        """Let an office's command write what it decides."""
        await self._write(job)

    async def offer(self, caller: Caller, head: ReOfferHead, payloads: Sequence[bytes]) -> PushReply:
        """Take back what was lost."""
        return await self._write(lambda work: take_back(work, self._endpoint, caller, head, payloads))

    async def entrusted(self, caller: Caller, mark: str | None) -> EntrustedPage:
        """Hand out what is to be kept, and check that all of it is the caller's to see (SPEC H2, H7, F3)."""
        state = self.state
        async with self._store.reading() as reading:
            ledger = cast("Ledger", Pausing(reading))
            page = await entrusted(ledger, self._endpoint, caller, mark, COMMITS_OF_A_PAGE)
        for group in page.groups:
            for operation in map(operation_of, map(str.encode, group.operations)):
                key = (operation.kind, operation.doc) if operation else ("", "")
                there = any((each, *key) in state.feed for each in caller.audiences)
                held = all(stamp.verdict == "held" for stamp in group.stamps)  # shown to the author's office (SPEC P5)
                hold(there or held, Promise.SCOPE, key, "was entrusted to", caller.device)
            hold(group.actor.device != caller.device, Promise.SCOPE, "its own work was entrusted to", caller.device)
            in_office = caller.place is Place.OFFICE or group.actor.device == SERVER
            hold(in_office, Promise.SCOPE, "another device's work was entrusted to", caller.device)
        return page

    async def give_back(self, caller: Caller, given: GivenBack) -> TakenBack:
        """Take back what was kept for the server."""
        before = set(self.state.log)
        back = await self._write(lambda work: take_back_kept(work, self._endpoint, caller, given))
        for each in given.groups:
            came = Dot(each.actor.actor, each.first) in self.state.log.keys() - before
            of_server = each.actor.device == SERVER
            self._tally[Outcome.SERVERS_CAME_BACK if of_server else Outcome.KEPT_BY_OTHERS] += came
        return back

    async def pull(self, caller: Caller, wish: Wish, *, parts: bool) -> Page:
        """Serve one page of the log as it stands, or name what lies ready where that is wanted (SPEC L7)."""
        ready = await self._first_page(caller, wish) if parts and wish.cursor is None else None
        if ready is not None:
            return ready
        snapshot = self.state
        async with self._store.reading() as reading:
            ledger = cast("Ledger", Pausing(reading))
            lines = [line async for line in pull(ledger, self._endpoint, caller, wish, self.now)]
        return _page(snapshot, lines)

    async def _first_page(self, caller: Caller, wish: Wish) -> Page | None:
        """Name what lies ready for a first sync; None where the log was put back meanwhile, as the product does."""
        ready = [await self._ready(Subject(COMPANY, each, wish.schema, "rules")) for each in caller.audiences]
        async with self._store.reading() as reading:
            ledger = cast("Ledger", Pausing(reading))
            head = await ledger.end()
            if not all([await belongs(ledger, each) for each in ready]):
                return None
        return Page(first_page(self._endpoint, caller, wish.schema, head, ready, self.now), {})

    async def _ready(self, subject: Subject) -> Snapshot:
        """Return what lies ready of a subject, however old, or make it."""
        state = self.state
        async with self._store.reading() as reading:
            ledger = cast("Ledger", Pausing(reading))
            there = [each.about for each in self._snapshots.values() if each.about.subject == subject]
            usable = [each for each in there if await belongs(ledger, each)]
            if usable and self._chance.randrange(4):
                return self._chance.choice(usable)
            head = await ledger.end()
            today = [key for key in state.documents if self._chance.randrange(4) == 0]
            made = parts_of(ledger, subject.audience, subject.schema, today, ROWS_OF_A_PART)
            laid = [part async for part in made]
        parts = [[downcast(subject.schema, put(each)) for each in part.documents] for part in laid]
        place = (head.incarnation, head.epoch, head.position, self.now)
        about = Snapshot(subject, *place, sum(part.is_todays for part in laid), ("",) * len(parts))
        self._snapshots[about.name] = LyingReady(about, parts, state)
        return about

    async def part(self, address: str) -> Page:
        """Send a part of what lies ready; it may be gone at any time."""
        await Pause()
        *_, name, number = address.split("/")
        if self._chance.randrange(30) == 0:
            self._tally[Fault.PART_GONE] += self._snapshots.pop(name, None) is not None
        if name not in self._snapshots:
            raise Problem(Code.SYNC_PART)
        ready = self._snapshots[name]
        return _page(ready.state, ready.parts[int(number)])

    async def ranges(self, caller: Caller, wish: Wish) -> Sequence[PullRange]:
        """Tell the digests of ranges of what is in scope."""
        async with self._store.reading() as reading:
            ledger = cast("Ledger", Pausing(reading))
            return [line async for line in ranges(ledger, self._endpoint, caller, wish, ROWS_OF_A_RANGE)]

    async def rows(self, caller: Caller, wish: Wish, after: int, until: int) -> Page:
        """Send a range again."""
        snapshot = self.state
        async with self._store.reading() as reading:
            ledger = cast("Ledger", Pausing(reading))
            lines = [line async for line in rows_between(ledger, self._endpoint, caller, wish, after, until)]
        return _page(snapshot, lines)

    async def _write(self, job: Callable[[Work], Awaitable[Result]]) -> Result:
        """Run a job in a transaction of its own; one at a time, as the committer does (SPEC P4)."""
        while self._writing:
            await Pause(until=lambda: not self._writing)
        self._writing = True
        try:
            before = self.state
            async with self._store.writing() as ledger:
                work = Work(COMPANY, self.now, cast("Ledger", Pausing(ledger)), MappingProxyType({}))
                result = await job(work)
                await Pause()
        finally:
            self._writing = False
        self._on_commit(before, self.state)
        self._answering += 1
        await Pause()
        self._answering -= 1
        return result


def _page(state: MemoryState, lines: Sequence[PullLine]) -> Page:
    return Page(lines, {(line.kind, line.id): _made_of(state, line) for line in lines if type(line) is PullPut})


def _made_of(state: MemoryState, put: PullPut) -> frozenset[Dot]:
    key = (Kind(put.kind).value, put.id, "applied")
    return frozenset(dot for dot, each in state.log.items() if (each.kind, each.doc, each.verdict) == key)
