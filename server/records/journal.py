"""The door through which everything is written: a unit of work in a shared, durable commit."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from typing import TypeVar

from sqlalchemy.ext.asyncio import AsyncConnection

from schemas.problems import Problem
from server.platform.ambient import Ambient, new_short_id
from server.platform.committer import Committer
from server.platform.database import Database, home_of
from server.platform.installation import Endpoint, companies, lock_installation, own_keys
from server.platform.keys import ServerKeys
from server.records.pokes import Pokes
from server.records.relay import Relay
from server.records.sql_ledger import SqlLedger
from server.records.work import Reactions, Work

Item = TypeVar("Item")
Result = TypeVar("Result")

_BEFORE_COMPANIES = ""
"""Where the founding of companies stands in the order in which a commit locks logs."""


class Journal:
    """Runs commands and pushes as units of work, and opens snapshots to read from.

    Every unit of work begins with the lock on its company's log, so of several processes on one database one after the
    other writes there, and what a unit of work reads is what it writes behind (SPEC E1, ADR 19).
    """

    def __init__(self, database: Database, ambient: Ambient, reactions: Reactions) -> None:
        self.database = database
        self.ambient = ambient
        self.pokes = Pokes()
        self._relay = Relay(database, self.pokes)
        self._reactions = reactions
        self._committer = Committer(database)
        self._homes: dict[str, str] = {}
        """Company to the database's home in which this process began an incarnation of its log."""
        self._keys: ServerKeys | None = None

    @property
    def endpoint(self) -> Endpoint:
        """The installation as devices know it; known once it has started."""
        if self._keys is None:
            raise RuntimeError("the journal has not started")
        return Endpoint(self._keys)

    async def start(self) -> None:
        """Begin to commit: load the keys and begin an incarnation of every company's log (SPEC E3)."""
        async with self.database.writing() as connection:
            self._keys = await own_keys(connection, self.ambient)
            founded = await companies(connection)
        self._committer.start()
        self._relay.start()
        for company in founded:
            await self.note(company, _nothing)

    async def stop(self) -> None:
        """Stop committing."""
        await self._relay.stop()
        await self._committer.stop()

    async def found(self, company: str, job: Callable[[Work], Awaitable[Result]]) -> Result:
        """Write what a company begins with; of several who found at once, each finds what the one before him did."""

        async def work(connection: AsyncConnection) -> Result:
            await lock_installation(connection)
            now = self.ambient.now()
            ledger = SqlLedger(connection, company, now)
            result = await job(Work(company, now, ledger, self._reactions, connection))
            await ledger.begin_incarnation(new_short_id(self.ambient), now)
            return result

        return await self._committer.run(work, _BEFORE_COMPANIES)

    async def write(
        self, company: str, job: Callable[[Work], Awaitable[Result]], request_sha256: str | None = None
    ) -> Result:
        """Return what the job returned, once it is durable; whatever it raises undoes all of it (SPEC P4).

        ``request_sha256`` is the hash of the request that asks for it, for entries in the audit log that are left by
        whatever reacts to a document.
        """
        result = await self.note(company, job, request_sha256)
        self.poke(company)
        return result

    async def note(
        self, company: str, job: Callable[[Work], Awaitable[Result]], request_sha256: str | None = None
    ) -> Result:
        """Write what nobody pulls: as ``write``, but nobody is told that there is something new."""

        async def work(connection: AsyncConnection) -> tuple[Result, str]:
            begun = await self._begun(company, connection, request_sha256)
            return await job(begun), home_of(connection)

        result, self._homes[company] = await self._committer.run(work, company)
        return result

    def poke(self, company: str) -> None:
        """Tell whoever listens, at this process and at others, that there is something new."""
        self.pokes.poke(company)
        self._relay.tell(company)

    async def write_together(
        self,
        company: str,
        name: str,
        item: Item,
        job: Callable[[Work, Sequence[Item]], Awaitable[Sequence[Result | Problem]]],
        weight: int,
    ) -> Result:
        """Return what the job returned for this item, as :meth:`write` does; raises its ``Problem``.

        What waits at once for the same company under the same name is done by one call of the job, which is the same
        for all of it. ``weight`` bounds how much of it shares one commit.
        """

        async def work(connection: AsyncConnection, items: Sequence[Item]) -> Sequence[tuple[Result, str] | Problem]:
            results = await job(await self._begun(company, connection, None), items)
            home = home_of(connection)
            return [each if isinstance(each, Problem) else (each, home) for each in results]

        done = await self._committer.run_together(company, (company, name), item, work, weight)
        result, self._homes[company] = done
        self.poke(company)
        return result

    async def _begun(self, company: str, connection: AsyncConnection, request_sha256: str | None) -> Work:
        """Return a unit of work that has the lock on its company's log, in an incarnation that this process began."""
        now = self.ambient.now()
        ledger = SqlLedger(connection, company, now)
        await ledger.head()
        if self._homes.get(company) != home_of(connection):
            await ledger.begin_incarnation(new_short_id(self.ambient), now)
        return Work(company, now, ledger, self._reactions, connection, request_sha256=request_sha256)

    @asynccontextmanager
    async def glancing(self, company: str) -> AsyncIterator[SqlLedger]:
        """Open a snapshot of one company's log and documents for a few rows (see ``Database.glancing``)."""
        async with self.database.glancing() as connection:
            yield SqlLedger(connection, company, self.ambient.now())

    @asynccontextmanager
    async def reading(self, company: str) -> AsyncIterator[SqlLedger]:
        """Open a snapshot of one company's log and documents."""
        async with self.database.reading() as connection:
            yield SqlLedger(connection, company, self.ambient.now())


async def _nothing(_work: Work) -> None:
    """Begin no more than the incarnation that every process begins with its first write."""
