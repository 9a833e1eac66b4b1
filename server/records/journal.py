"""The door through which everything is written: a unit of work in a shared, durable commit."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

from sqlalchemy.ext.asyncio import AsyncConnection

from server.platform.ambient import Ambient, new_id
from server.platform.committer import Committer
from server.platform.database import Database
from server.platform.installation import Endpoint, companies, own_keys
from server.platform.keys import ServerKeys
from server.records.pokes import Pokes
from server.records.sql_ledger import SqlLedger
from server.records.work import Reactions, Work

Result = TypeVar("Result")


class Journal:
    """Runs commands and pushes as units of work, and opens snapshots to read from."""

    def __init__(self, database: Database, ambient: Ambient, reactions: Reactions) -> None:
        self.database = database
        self.ambient = ambient
        self.pokes = Pokes()
        self._reactions = reactions
        self._committer = Committer(database)
        self._incarnation = new_id(ambient)
        self._keys: ServerKeys | None = None

    @property
    def endpoint(self) -> Endpoint:
        """The installation as devices know it; known once it has started."""
        if self._keys is None:
            raise RuntimeError("the journal has not started")
        return Endpoint(self._keys, self._incarnation)

    async def start(self) -> None:
        """Begin to commit: load the keys and open every company's log under this start's incarnation."""
        async with self.database.writing() as connection:
            self._keys = await own_keys(connection, self.ambient)
            founded = await companies(connection)
        self._committer.start()
        for company in founded:
            await self.open(company)

    async def open(self, company: str) -> None:
        """Remember this start in a company's log (SPEC E3)."""

        async def begin(work: Work) -> None:
            await work.ledger.begin_incarnation(self._incarnation, work.now)

        await self.write(company, begin)

    async def stop(self) -> None:
        """Stop committing."""
        await self._committer.stop()

    async def write(
        self, company: str, job: Callable[[Work], Awaitable[Result]], request_sha256: str | None = None
    ) -> Result:
        """Return what the job returned, once it is durable; whatever it raises undoes all of it (SPEC P4).

        ``request_sha256`` is the hash of the request that asks for it, for entries in the audit log that are left by
        whatever reacts to a document.
        """
        result = await self.note(company, job, request_sha256)
        self.pokes.poke(company)
        return result

    async def note(
        self, company: str, job: Callable[[Work], Awaitable[Result]], request_sha256: str | None = None
    ) -> Result:
        """Write what nobody pulls: as ``write``, but nobody is told that there is something new."""

        async def work(connection: AsyncConnection) -> Result:
            now = self.ambient.now()
            ledger = SqlLedger(connection, company, now)
            return await job(Work(company, now, ledger, self._reactions, connection, request_sha256=request_sha256))

        return await self._committer.run(work)

    @asynccontextmanager
    async def reading(self, company: str) -> AsyncIterator[SqlLedger]:
        """Open a snapshot of one company's log and documents."""
        async with self.database.reading() as connection:
            yield SqlLedger(connection, company, self.ambient.now())
