"""What a first sync fetches instead of pulling it row by row, made once for everybody of an audience (SPEC L7, ADR 26).

A snapshot is a projection as the tables of documents are: it may vanish at any time and is made anew when it is wanted.
"""

import asyncio
import logging
from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from operator import attrgetter

from schemas.problems import Code, Problem
from schemas.protocol import PullEnd, PullHeader, PullLine, PullParts
from server.exchange.pulling import Reached, Wish, cursor_at
from server.exchange.snapshot_building import Part, TodaysWork, packed, parts_of
from server.exchange.snapshot_files import Snapshot, SnapshotFiles, Subject
from server.platform.ambient import new_id
from server.platform.caller import Caller
from server.platform.installation import Endpoint
from server.records.journal import Journal
from server.records.ledger import Head, Ledger
from server.records.rebuild import fingerprint

_LOG = logging.getLogger(__name__)

LEAST_ROWS = 500
"""Fewer are pulled as fast as they are fetched."""

STALE_COMMITS, STALE_SHARE = 500, 0.2
"""When more commits, and more of the log, than this are not in a snapshot, the next one is made beside it."""

_SWEPT_EVERY = timedelta(days=1)


class Snapshots:
    """The snapshots of an installation."""

    def __init__(self, journal: Journal, files: SnapshotFiles, todays_work: TodaysWork) -> None:
        self._journal = journal
        self._files = files
        self._todays_work = todays_work
        self._rules = fingerprint()
        self._making: dict[Subject, asyncio.Task[Snapshot]] = {}
        self._ended = 0
        """How many makings have come to their end."""
        self._sweeping: asyncio.Task[None] | None = None
        self._one_at_a_time = asyncio.Semaphore(1)
        """Each holds one of the database's few connections for long."""

    def start(self) -> None:
        """Clear away, now and once a day, what was not finished and what nobody asks for."""
        self._sweeping = asyncio.create_task(self._keep_swept())

    async def stop(self) -> None:
        """Leave what is being made."""
        tasks = [*self._making.values(), *([self._sweeping] if self._sweeping else [])]
        for each in tasks:
            each.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _keep_swept(self) -> None:
        while True:
            try:
                await asyncio.to_thread(self._files.sweep, self._journal.ambient.now())
            except OSError:
                _LOG.exception("snapshots could not be cleared away")
            await asyncio.sleep(_SWEPT_EVERY.total_seconds())

    async def page(self, caller: Caller, wish: Wish, now: int) -> list[PullLine] | None:
        """Return the first page of a first sync, which names the parts to fetch; None where rows are to be pulled."""
        subjects = [self.subject(caller.company, audience, wish.schema) for audience in caller.audiences]
        newest = [await asyncio.to_thread(self._files.newest, each) for each in subjects]
        if not all(newest) and await self._are_few(caller):
            return None
        try:
            ready = [await self.ready(subject) for subject in subjects]
        except OSError:  # no room, or no right to write there: it is worth nothing
            _LOG.exception("no snapshot could be made")
            return None
        async with self._journal.glancing(caller.company) as ledger:
            head = await ledger.end()
            if not all([await belongs(ledger, each) for each in ready]):
                return None  # the log was put back meanwhile
        return first_page(self._journal.endpoint, caller, wish.schema, head, ready, now)

    async def part(self, caller: Caller, name: str, number: int) -> bytes:
        """Return a part of a snapshot of the caller's audiences, packed by zstd.

        Raises ``Problem`` for one that is not there any more, and for what is somebody else's just so (SPEC F3).
        """
        content = await asyncio.to_thread(self._part, caller, name, number)
        if content is None:
            raise Problem(Code.SYNC_PART)
        return content

    def _part(self, caller: Caller, name: str, number: int) -> bytes | None:
        snapshot = self._files.named(name)
        if snapshot is None or number >= len(snapshot.parts) or not _may_read(caller, snapshot.subject):
            return None
        return self._files.part(snapshot, number)

    async def forget(self, company: str) -> None:
        """Let go of whatever lies ready of a company, and of what is being made: it may hold what was erased."""
        for subject, making in [*self._making.items()]:
            if subject.company == company:
                making.cancel()
        await asyncio.to_thread(self._files.forget, company)

    def subject(self, company: str, audience: str, schema: int) -> Subject:
        """Return what a snapshot is about that is made now: other merge rules show other values at the same place."""
        return Subject(company, audience, schema, self._rules)

    async def _are_few(self, caller: Caller) -> bool:
        async with self._journal.glancing(caller.company) as ledger:
            return len(await ledger.feed(caller.audiences, 0, LEAST_ROWS)) < LEAST_ROWS

    async def ready(self, subject: Subject) -> Snapshot:
        """Return what lies ready of a subject; where nothing of this log does, it is made first."""
        while True:
            making, ended = self._making.get(subject), self._ended
            usable, is_fresh = await self._usable(subject)
            if not is_fresh and making is None and ended == self._ended:  # none came to its end while it was looked for
                making = self._made(subject)
            if usable is not None:
                await asyncio.to_thread(self._files.asked, usable, self._journal.ambient.now())
                return usable
            if making is not None:
                return await asyncio.shield(making)

    async def _usable(self, subject: Subject) -> tuple[Snapshot | None, bool]:
        """Return the newest of what lies ready of a subject in this log, and whether it will do for long."""
        found = await asyncio.to_thread(self._files.of, subject)
        async with self._journal.glancing(subject.company) as ledger:
            head = await ledger.end()
            there = [each for each in found if await belongs(ledger, each)]
        usable = max(there, key=attrgetter("position"), default=None)  # the clock may have been wrong
        return usable, usable is not None and not _is_stale(usable, head)

    def _made(self, subject: Subject) -> asyncio.Task[Snapshot]:
        """Return the making of a subject's next snapshot, of which there is one at a time."""
        making = self._making.get(subject)
        if making is None:
            making = self._making[subject] = asyncio.create_task(self._make(subject))
            making.add_done_callback(partial(self._made_or_not, subject))
        return making

    def _made_or_not(self, subject: Subject, making: asyncio.Task[Snapshot]) -> None:
        del self._making[subject]
        self._ended += 1
        if not making.cancelled() and (error := making.exception()) is not None:
            _LOG.error("no snapshot of %s was made", subject, exc_info=error)

    async def _make(self, subject: Subject) -> Snapshot:
        coming = new_id(self._journal.ambient)
        try:
            await asyncio.to_thread(self._files.begin, coming)
            async with self._one_at_a_time, self._journal.reading(subject.company) as ledger:
                head = await ledger.end()
                first = await self._todays_work(ledger.connection, subject.company, subject.audience)
                names: list[str] = []
                today = 0
                async for part in parts_of(ledger, subject.audience, subject.schema, first):
                    names.append(await asyncio.to_thread(self._put, coming, len(names), part, subject.schema))
                    today += part.is_todays
            place = (head.incarnation, head.epoch, head.position, self._journal.ambient.now())
            snapshot = Snapshot(subject, *place, today, tuple(names))
            await asyncio.to_thread(self._files.finish, coming, snapshot)
        except BaseException:
            await asyncio.to_thread(self._files.give_up, coming)
            raise
        return snapshot

    def _put(self, coming: str, number: int, part: Part, schema: int) -> str:
        return self._files.put(coming, number, packed(part.documents, schema))


def _is_stale(snapshot: Snapshot, head: Head) -> bool:
    return head.position - snapshot.position > max(STALE_COMMITS, head.position * STALE_SHARE)


def _address(snapshot: Snapshot, number: int) -> str:
    return f"/sync/v1/parts/{snapshot.name}/{number}"


def _may_read(caller: Caller, subject: Subject) -> bool:
    return subject.company == caller.company and subject.audience in caller.audiences


def first_page(
    endpoint: Endpoint, caller: Caller, schema: int, head: Head, ready: Sequence[Snapshot], now: int
) -> list[PullLine]:
    """Return the first page of a pull from nought that fetches these snapshots, today's work of all of them first.

    What follows them begins where the oldest of them stands.
    """
    today = [_address(each, number) for each in ready for number in range(each.today)]
    others = [_address(each, number) for each in ready for number in range(each.today, len(each.parts))]
    reached = Reached(min(each.position for each in ready))
    return [
        PullHeader(head.branch, head.lineage, replace=True, server_time=now),
        PullParts((*today, *others), len(today)),
        PullEnd(cursor_at(endpoint, caller, head, schema, reached), head.position, more=True),
    ]


async def belongs(ledger: Ledger, snapshot: Snapshot) -> bool:
    """Tell whether a snapshot was made of this log, not of one that a restore has lost, and a pull goes on from it."""
    head, end = await ledger.end(), await ledger.incarnation_end(snapshot.incarnation)
    return end is not None and head.horizon <= snapshot.position <= end and snapshot.epoch == head.epoch
