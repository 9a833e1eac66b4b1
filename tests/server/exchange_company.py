"""A founded company behind a journal, without HTTP: what the tests of the exchange stand on."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

import server.app  # noqa: F401 - declares every table
from schemas.protocol import SCHEMA, EpochLink, HelloReply, PullLine, PushHead, PushReply, ReOfferHead
from schemas.vocabulary import Place, Role
from server.exchange.greeting import greet
from server.exchange.offering import take_back
from server.exchange.pulling import Wish, pull
from server.exchange.pushing import hand_in
from server.platform.ambient import Ambient, RealAmbient, new_id
from server.platform.database import METADATA, Database
from server.platform.installation import add_company
from server.records.journal import Journal
from server.records.sql_ledger import SqlLedger
from tests.support.signing_device import SigningDevice

COMPANY = "company-one"
UNIT = "unit-banqiao"


@dataclass
class Company:
    """A running journal with one company, its epoch and the branch of its log as it started."""

    journal: Journal
    epoch: str
    branch: str

    @property
    def ambient(self) -> Ambient:
        return self.journal.ambient

    def device(self, user: str, *, office: bool = False, unit: str = UNIT) -> SigningDevice:
        role = Role.CLERK if office else Role.TECHNICIAN
        place = Place.OFFICE if office else Place.FIELD
        roles = frozenset({role})
        return SigningDevice(self.ambient, COMPANY, user, unit, self.epoch, place, roles, seen_in=self.branch)

    async def hello(self, device: SigningDevice, marks: tuple[str, ...] = ()) -> HelloReply:
        said, fresh = device.hello(marks=marks), new_id(self.ambient)
        return await self.journal.write(
            COMPANY, lambda work: greet(work, self.journal.endpoint, device.caller, said, fresh)
        )

    async def push(self, device: SigningDevice, sent: tuple[PushHead, Sequence[bytes]]) -> PushReply:
        return await hand_in(self.journal, device.caller, *sent)

    async def offer(self, device: SigningDevice, sent: tuple[ReOfferHead, Sequence[bytes]]) -> PushReply:
        head, payloads = sent
        return await self.journal.write(
            COMPANY, lambda work: take_back(work, self.journal.endpoint, device.caller, head, payloads)
        )

    async def pull(self, device: SigningDevice, cursor: str | None = None, limit: int = 1_000) -> list[PullLine]:
        async with self.journal.reading(COMPANY) as ledger:
            wish = Wish(cursor, limit, digest=True, schema=SCHEMA)
            pages = pull(ledger, self.journal.endpoint, device.caller, wish, self.ambient.now())
            return [line async for line in pages]


async def found(url: str) -> None:
    """Make the tables and found the company in an empty database."""
    database, ambient = Database(url), RealAmbient()
    async with database.writing() as connection:
        await connection.run_sync(METADATA.create_all)
        await add_company(connection, COMPANY, "板橋電器", 1)
        await SqlLedger(connection, COMPANY, 1).begin_epoch(EpochLink(new_id(ambient), None, 0))
    await database.close()


@asynccontextmanager
async def running(url: str) -> AsyncIterator[Company]:
    """Start a journal over the founded database; leaving the block stops it."""
    journal = Journal(Database(url), RealAmbient(), {})
    await journal.start()
    try:
        async with journal.reading(COMPANY) as ledger:
            head = await ledger.end()
        yield Company(journal, head.epoch, head.branch)
    finally:
        await journal.stop()
        await journal.database.close()
