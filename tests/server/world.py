"""A founded company behind the whole application: its people, their devices, and clients that speak HTTP for them."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import httpx
import msgspec
from litestar import Litestar
from msgspec import Struct
from sqlalchemy import insert, select

from schemas.audit import AuditEntry
from schemas.problems import Code, Problem
from schemas.protocol import (
    SCHEMA,
    EpochLink,
    HelloReply,
    PullColumns,
    PullEnd,
    PullForget,
    PullHeader,
    PullLine,
    PullParts,
    PullPut,
    PullResume,
    PullWhole,
    PushReply,
)
from schemas.registry import Kind
from schemas.vocabulary import Place, Role, UnitKind
from server.accounts.passwords import Passwords, normalised_login
from server.accounts.sessions import open_session
from server.accounts.tables import ACCOUNT
from server.accounts.tickets import new_ticket
from server.app import Parts, build_app
from server.audit.tables import AUDIT_ENTRY
from server.platform.ambient import RealAmbient, new_id
from server.platform.database import METADATA, Database
from server.platform.installation import add_company
from server.platform.keys import base64url
from server.platform.settings import Settings
from server.records.journal import Journal
from server.records.sql_ledger import SqlLedger
from server.records.work import Setting, Work
from sync.columns import rows_of
from tests.support.signing_device import SigningDevice, body_of

COMPANY = "company-one"
COMPANY_NAME = "板橋電器"
BANQIAO = "unit-banqiao"
TAOYUAN = "unit-taoyuan"
UNITS: Mapping[str, Mapping[str, Any]] = {
    BANQIAO: {"kind": UnitKind.CENTER, "code": "BAN", "name": "板橋服務中心", "time_zone": "Asia/Taipei"},
    TAOYUAN: {"kind": UnitKind.BRANCH, "code": "TYN", "name": "桃園分公司服務組", "time_zone": "Asia/Taipei"},
}
PASSWORD = base64url(RealAmbient().random_bytes(12))
"""Everybody's password, another one in each run."""

_LINE = msgspec.json.Decoder(PullLine)


class Person(Struct, frozen=True):
    """Somebody with an account."""

    user: str
    name: str
    unit: str
    roles: tuple[Role, ...]

    @property
    def login(self) -> str:
        return self.user


CLERK = Person("clerk-one", "林佳蓉", BANQIAO, (Role.CLERK,))
TECHNICIAN = Person("technician-one", "陳志明", BANQIAO, (Role.TECHNICIAN,))
TECHNICIAN_TWO = Person("technician-two", "張家豪", BANQIAO, (Role.TECHNICIAN,))
MANAGER = Person("manager-one", "王淑芬", BANQIAO, (Role.SERVICE_MANAGER,))
ADMIN = Person("admin-one", "吳建宏", BANQIAO, (Role.ADMIN,))
AUDITOR = Person("auditor-one", "蔡明哲", BANQIAO, (Role.AUDITOR,))
DEPARTMENT = Person("department-one", "黃美玲", BANQIAO, (Role.SERVICE_DEPARTMENT,))
CLERK_ELSEWHERE = Person("clerk-taoyuan", "李怡君", TAOYUAN, (Role.CLERK,))
MANAGER_ELSEWHERE = Person("manager-taoyuan", "曾國安", TAOYUAN, (Role.SERVICE_MANAGER,))
TECHNICIAN_ELSEWHERE = Person("technician-taoyuan", "劉俊傑", TAOYUAN, (Role.TECHNICIAN,))
PEOPLE = (
    CLERK,
    TECHNICIAN,
    TECHNICIAN_TWO,
    MANAGER,
    ADMIN,
    AUDITOR,
    DEPARTMENT,
    CLERK_ELSEWHERE,
    MANAGER_ELSEWHERE,
    TECHNICIAN_ELSEWHERE,
)


class Clock(RealAmbient):
    """The real surroundings, with a clock that a test can put forward."""

    ahead_ms = 0

    def now(self) -> int:
        return super().now() + self.ahead_ms


@dataclass
class SyncDevice:
    """One person's enrolled device: a browser with its session, and the chain that it writes."""

    client: httpx.AsyncClient
    chain: SigningDevice
    cursor: str | None = None
    rows: dict[str, PullPut] = field(default_factory=dict)

    @property
    def device(self) -> str:
        return self.chain.device

    async def hello(self) -> HelloReply:
        """Register the actor and learn where the server stands."""
        answer = await self.client.post("/sync/v1/hello", content=msgspec.json.encode(self.chain.hello()))
        return msgspec.json.decode(proven(answer).content, type=HelloReply)

    def write(self, kind: Kind, doc: str, fields: dict[str, Any], **more: Any) -> bytes:  # noqa: ANN401 - see SigningDevice.write
        """Capture an operation whose base is the row as it was last pulled."""
        base = self.rows[doc].position if doc in self.rows else 0
        return self.chain.write(kind.value, doc, fields, **({"base": base} | more))

    async def push(self, first: int = 1) -> PushReply:
        """Send the chain from ``first`` on."""
        answer = await self.client.post("/sync/v1/push", content=body_of(*self.chain.push(first)))
        return msgspec.json.decode(proven(answer).content, type=PushReply)

    async def pull(self) -> dict[str, PullPut]:
        """Fetch what is new and what lies ready, keep it, and return every row in scope by its id."""
        query = {"schema": str(SCHEMA)} | ({"cursor": self.cursor} if self.cursor else {"parts": "true"})
        lines = await self._lines("/sync/v1/pull", query)
        for said in lines:
            self._keep(said)
        for address in [address for said in lines if isinstance(said, PullParts) for address in said.addresses]:
            for said in await self._lines(address, {}):
                self.rows |= {row.id: row for row in rows_of(said)} if isinstance(said, PullColumns) else {}
        return await self.pull() if any(isinstance(said, PullEnd) and said.more for said in lines) else self.rows

    async def _lines(self, path: str, query: Mapping[str, str]) -> list[PullLine]:
        answer = proven(await self.client.get(path, params=query))
        return [_LINE.decode(line) for line in answer.content.splitlines()]

    def _keep(self, line: PullLine) -> None:
        match line:
            case PullHeader():
                self.chain.seen_in = line.epoch
                if line.replace:
                    self.rows.clear()
            case PullPut():
                self.rows[line.id] = line
            case PullForget():
                for gone in line.ids:
                    self.rows.pop(gone, None)
            case PullEnd() | PullResume():
                self.cursor = line.cursor
            case PullParts() | PullColumns() | PullWhole():
                pass


@dataclass
class World:
    """The running application of one company."""

    app: Litestar
    parts: Parts
    clock: Clock
    epoch: str
    branch: str
    _clients: AsyncExitStack
    scheme: str = "http"

    @property
    def journal(self) -> Journal:
        return self.parts.journal

    async def client(self, address: str = "192.0.2.1") -> httpx.AsyncClient:
        """Return a browser that nobody has signed in with."""
        transport = httpx.ASGITransport(cast("Any", self.app), client=(address, 40_000))
        browser = httpx.AsyncClient(transport=transport, base_url=f"{self.scheme}://localhost")
        return await self._clients.enter_async_context(browser)

    async def signed_in(self, person: Person) -> httpx.AsyncClient:
        """Return a browser in which somebody is signed in, not yet enrolled (without the work of a password)."""
        ticket = new_ticket(COMPANY, self.clock)
        await self.journal.write(COMPANY, lambda work: open_session(work, ticket, person.user, self.clock))
        browser = await self.client()
        browser.cookies.set("fieldproof-session", f"{COMPANY}.{ticket.token}")
        return browser

    async def enrolled(self, person: Person, place: Place | None = None) -> SyncDevice:
        """Return a person's freshly enrolled device that has said hello."""
        place = place or (Place.FIELD if Role.TECHNICIAN in person.roles else Place.OFFICE)
        chain = SigningDevice(self.clock, COMPANY, person.user, person.unit, self.epoch, place, frozenset(person.roles))
        browser = await self.signed_in(person)
        wish = {"name": "Chrome", "place": place, "public_key": base64url(chain.point)}
        chain.device = proven(await browser.post("/api/devices", json=wish)).json()["device"]
        chain.begin(self.epoch)
        chain.seen_in = self.branch
        device = SyncDevice(browser, chain)
        await device.hello()
        return device

    async def decide(self, person: Person, *settings: Setting) -> None:
        """Write documents as a command of this person would."""
        await self.journal.write(COMPANY, lambda work: work.decide(person.user, settings))

    async def document(self, kind: Kind, doc: str) -> dict[str, object]:
        """Return what is shown of a document; empty if there is none."""
        async with self.journal.reading(COMPANY) as ledger:
            stored = await ledger.documents([(kind, doc)])
        return stored[(kind, doc)].fields if stored else {}

    async def entries(self) -> list[AuditEntry]:
        """Return the audit log, oldest first."""
        query = select(AUDIT_ENTRY.c.leaf).where(AUDIT_ENTRY.c.company == COMPANY).order_by(AUDIT_ENTRY.c.seq)
        async with self.journal.database.reading() as connection:
            leaves = (await connection.execute(query)).scalars()
            return [msgspec.json.decode(leaf, type=AuditEntry) for leaf in leaves]

    async def deeds(self) -> list[str]:
        """Return what the audit log says was done, oldest first."""
        return [entry.deed for entry in await self.entries()]


def proven(answer: httpx.Response) -> httpx.Response:
    """Return an answer that says yes; raises the ``Problem`` that another one tells."""
    if not answer.is_success:
        told = answer.json()
        raise Problem(Code(told["code"]), **told["facts"])
    return answer


def problem(answer: httpx.Response) -> tuple[int, str]:
    """Return status and code of an answer that says no."""
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    return answer.status_code, answer.json()["code"]


async def found(url: str, people: Sequence[Person] = PEOPLE) -> None:
    """Make the tables and found the company with its units and people in an empty database."""
    database, clock = Database(url), Clock()
    async with database.writing() as connection:
        await connection.run_sync(METADATA.create_all)
        await add_company(connection, COMPANY, COMPANY_NAME, clock.now())
        ledger = SqlLedger(connection, COMPANY, clock.now())
        await ledger.begin_epoch(EpochLink(new_id(clock), None, 0))
        work = Work(COMPANY, clock.now(), ledger, {}, connection)
        await work.decide(ADMIN.user, [*_units(), *(each for person in people for each in documents_of(person))])
        phc = await Passwords(clock).hashed(PASSWORD)
        await connection.execute(insert(ACCOUNT), [_account(person, phc) for person in people])
    await database.close()


def documents_of(person: Person) -> Sequence[Setting]:
    """Return the documents that make somebody a user with his roles."""
    user = Setting(Kind.USER, person.user, {"name": person.name, "unit": person.unit})
    grants = [
        Setting(
            Kind.ROLE_GRANT,
            f"grant-{person.user}-{role}"[:40],
            {"user": person.user, "unit": person.unit, "role": role},
        )
        for role in person.roles
    ]
    return [user, *grants]


def _units() -> list[Setting]:
    return [Setting(Kind.UNIT, unit, fields) for unit, fields in UNITS.items()]


def _account(person: Person, phc: str) -> dict[str, str]:
    return {"company": COMPANY, "user": person.user, "login": normalised_login(person.login), "password": phc}


@asynccontextmanager
async def running(url: str, data: Path, scheme: str = "http", blobs_url: str = "") -> AsyncIterator[World]:
    """Start the application over a founded database, with its files in ``data``; leaving the block stops it."""
    clock = Clock()
    made = Parts(Settings(database_url=url, data=data, blobs_url=blobs_url), clock)
    with _lent(made) as (parts, app):
        async with alive(app), AsyncExitStack() as clients:
            async with parts.journal.reading(COMPANY) as ledger:
                head = await ledger.end()
            yield World(app, parts, clock, head.epoch, head.branch, clients, scheme)


_idle: list[tuple[Parts, Litestar]] = []
"""Applications that no test uses now: to make one takes as long as most tests."""


@contextmanager
def _lent(made: Parts) -> Iterator[tuple[Parts, Litestar]]:
    """An application over parts that were made for this test, and the parts as it knows them."""
    parts, app = _idle.pop() if _idle else (made, build_app(made))
    vars(parts).update(vars(made))
    try:
        yield parts, app
    finally:
        _idle.append((parts, app))


@asynccontextmanager
async def alive(app: Litestar) -> AsyncIterator[None]:
    """Keep the application alive in a task of its own: a fixture is entered and left in different ones."""
    started, ending = asyncio.Event(), asyncio.Event()

    async def live() -> None:
        async with app.lifespan():
            started.set()
            await ending.wait()

    living = asyncio.create_task(live())
    beginning = asyncio.create_task(started.wait())
    await asyncio.wait({living, beginning}, return_when=asyncio.FIRST_COMPLETED)
    try:
        yield
    finally:
        beginning.cancel()
        ending.set()
        await living
