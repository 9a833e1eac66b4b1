"""'Anything new?' is answered from memory for as long as nobody, in whatever process, has committed anything."""

from dataclasses import dataclass, field
from typing import Any, cast

import httpx
import msgspec
import pytest
from litestar.types import ASGIApp, Receive, Scope, Send

from schemas.protocol import SCHEMA
from schemas.registry import Kind
from server.accounts.sessions import end_sessions
from server.platform.database import Database
from server.records.sql_ledger import SqlLedger
from server.records.work import Setting, Work
from tests.server.world import BANQIAO, CLERK, COMPANY, MANAGER, TAOYUAN, TECHNICIAN, SyncDevice, World, problem

PULL = "/sync/v1/pull"


@dataclass
class Front:
    """What stands before the application, and how many questions it let through."""

    app: ASGIApp
    passed: list[str] = field(default_factory=list)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.passed.append(scope["path"])
        await self.app(scope, receive, send)


@dataclass
class Phone:
    """A device behind the front, with the newest cursor."""

    front: Front
    device: SyncDevice
    client: httpx.AsyncClient

    async def ask(self, **query: str) -> httpx.Response:
        """Ask for what is new behind the device's cursor."""
        return await self.client.get(PULL, params={"schema": SCHEMA, "cursor": self.device.cursor, **query})

    async def settled(self) -> httpx.Response:
        """Pull to the end, ask once more and return that answer: the route's own, without news."""
        await self.device.pull()
        answer = await self.ask()
        self.front.passed.clear()
        return answer

    async def ask_until_nobody_is_asked(self) -> httpx.Response:
        """Ask until memory answers: whatever another database of the same PostgreSQL commits is forgotten for too."""
        for _ in range(30):
            self.front.passed.clear()
            answer = await self.ask()
            if not self.front.passed:
                return answer
        raise AssertionError("memory never answered")


@pytest.fixture
async def phone(world: World) -> Phone:
    device = await world.enrolled(CLERK)
    front = Front(world.app)
    transport = httpx.ASGITransport(cast("Any", world.parts.quiet.in_front_of(front)))
    client = httpx.AsyncClient(transport=transport, base_url="http://localhost", cookies=device.client.cookies)
    return Phone(front, device, client)


async def test_a_question_without_news_is_answered_from_memory_as_the_route_answers_it(phone: Phone) -> None:
    first = await phone.settled()
    again = await phone.ask_until_nobody_is_asked()
    assert (again.status_code, again.headers) == (first.status_code, first.headers)
    (told, end), (told_again, end_again) = (
        [msgspec.json.decode(line) for line in answer.content.splitlines()] for answer in (first, again)
    )
    assert (told[:-1], end) == (told_again[:-1], end_again)


async def test_it_tells_the_time_of_the_question_and_not_of_the_answer_that_was_kept(
    world: World, phone: Phone
) -> None:
    await phone.settled()
    world.clock.ahead_ms = 60_000
    header = msgspec.json.decode((await phone.ask()).content.splitlines()[0])
    assert abs(header[-1] - world.clock.now()) < 30_000


async def test_what_somebody_else_writes_is_pulled_with_the_next_question(world: World, phone: Phone) -> None:
    await phone.settled()
    technician = await world.enrolled(TECHNICIAN)
    technician.write(Kind.SERVICE_VISIT, "visit-news", {"unit": BANQIAO, "fault": "不冷"})
    await technician.push()
    assert b"visit-news" in (await phone.ask()).content


async def test_another_process_that_ends_the_session_ends_it_for_the_next_question(world: World, phone: Phone) -> None:
    await phone.settled()
    elsewhere = Database(world.journal.database.url)
    async with elsewhere.writing() as connection:
        now = world.clock.now()
        await end_sessions(Work(COMPANY, now, SqlLedger(connection, COMPANY, now), {}, connection), CLERK.user)
    await elsewhere.close()
    assert problem(await phone.ask()) == (401, "session.missing")


async def test_a_revoked_device_hears_of_it_with_the_next_question(world: World, phone: Phone) -> None:
    await phone.settled()
    manager = await world.enrolled(MANAGER)
    (await manager.client.post(f"/api/devices/{phone.device.device}/revoke")).raise_for_status()
    assert problem(await phone.ask()) == (403, "device.revoked")


async def test_whoever_changes_his_unit_is_told_to_replace_his_rows_with_the_next_question(
    world: World, phone: Phone
) -> None:
    await phone.settled()
    grant = {"user": CLERK.user, "unit": TAOYUAN, "role": "clerk"}
    moved = (Setting(Kind.USER, CLERK.user, {"unit": TAOYUAN}), Setting(Kind.ROLE_GRANT, "grant-moved", grant))
    await world.decide(CLERK, *moved)
    header = msgspec.json.decode((await phone.ask()).content.splitlines()[0])
    assert header[3] is True


async def test_an_hour_later_the_session_is_looked_at_again_and_its_use_noted(world: World, phone: Phone) -> None:
    await phone.settled()
    world.clock.ahead_ms = 3_700_000
    assert (await phone.ask()).status_code == 200
    assert phone.front.passed == [PULL]


async def test_a_question_with_another_cookie_or_another_query_is_another_question(world: World, phone: Phone) -> None:
    await phone.settled()
    stranger = await world.client()
    stranger.cookies.set("fieldproof-session", f"{COMPANY}.{'x' * 43}")
    cookies = {"cookie": "; ".join(f"{name}={value}" for name, value in stranger.cookies.items())}
    phone.client.cookies.clear()
    answer = await phone.client.get(PULL, params={"schema": SCHEMA, "cursor": phone.device.cursor}, headers=cookies)
    assert problem(answer) == (401, "session.missing")
    assert phone.front.passed == [PULL]


async def test_a_page_with_a_digest_is_never_answered_from_memory(phone: Phone) -> None:
    await phone.settled()
    for _ in range(2):
        end = msgspec.json.decode((await phone.ask(digest="true")).content.splitlines()[-1])
        assert end[-1] is not None
    assert phone.front.passed == [PULL, PULL]
