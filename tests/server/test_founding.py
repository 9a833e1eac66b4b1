"""The first start over HTTP: who may found a company, and what is there afterwards."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any, cast

import httpx
import msgspec
import pytest
from sqlalchemy import select

from schemas.audit import AuditEntry, Deed
from server.app import Parts, build_app
from server.audit.tables import AUDIT_ENTRY
from server.calendars.holidays_of_taiwan import days_of
from server.founding.start_code import StartCode
from server.platform.ambient import Ambient, RealAmbient
from server.platform.database import Database
from server.platform.keys import base64url
from server.platform.one_time_codes import new_code
from server.platform.settings import Settings
from tests.server.contents import contents
from tests.server.demo_company import Demo, prepared
from tests.server.world import alive, problem

CODE = new_code(RealAmbient())
PASSWORD = base64url(RealAmbient().random_bytes(12))
COMPANY = {
    "code": CODE,
    "company": "青松電器",
    "unit_name": "板橋服務中心",
    "unit_code": "BAN",
    "unit_kind": "center",
    "admin_name": "吳建宏",
    "login": "admin",
    "password": PASSWORD,
}


async def browser_of(
    url: str, data: Path, code: StartCode | None, ambient: Ambient | None = None
) -> AsyncIterator[httpx.AsyncClient]:
    app = build_app(Parts(Settings(database_url=url, data=data), ambient or RealAmbient(), code))
    transport = httpx.ASGITransport(cast("Any", app))
    async with alive(app), httpx.AsyncClient(transport=transport, base_url="http://localhost") as browser:
        yield browser


@pytest.fixture
async def browser(empty_database_url: str, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    """A browser at an installation without a company."""
    await prepared(empty_database_url)
    async for one in browser_of(empty_database_url, tmp_path, StartCode(CODE)):
        yield one


@pytest.fixture
async def codeless(empty_database_url: str, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    """A browser at an installation that printed no code."""
    await prepared(empty_database_url)
    async for one in browser_of(empty_database_url, tmp_path, None):
        yield one


@pytest.fixture
async def demo_browser(demo_url: str, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    """A browser at the demonstration, after a restart."""
    async for one in browser_of(demo_url, tmp_path, StartCode(CODE)):
        yield one


async def state(browser: httpx.AsyncClient) -> object:
    return (await browser.get("/api/start")).json()["state"]


async def test_the_admin_of_a_founded_company_signs_in_and_opens_accounts(browser: httpx.AsyncClient) -> None:
    assert await state(browser) == "empty"
    founded = await browser.post("/api/start/company", json=COMPANY)
    assert founded.status_code == 201
    assert await state(browser) == "ready"
    me = (await browser.post("/api/session", json={"login": "admin", "password": PASSWORD})).json()
    assert (me["company"], me["company_name"], me["name"]) == (founded.json()["company"], "青松電器", "吳建宏")
    assert me["roles"] == ["admin"]


@pytest.mark.parametrize(("year", "known"), [(2026, {2026, 2027}), (2100, {2100}), (2101, set())])
async def test_f021_a_company_begins_with_the_holidays_of_its_year_and_the_next_as_far_as_they_are_known(
    empty_database_url: str, tmp_path: Path, year: int, known: set[int]
) -> None:
    class Founding(RealAmbient):
        def now(self) -> int:
            return int(datetime(year, 12, 31, 23, 59, tzinfo=timezone(timedelta(hours=8))).timestamp()) * 1_000

    await prepared(empty_database_url)
    async for browser in browser_of(empty_database_url, tmp_path, StartCode(CODE), Founding()):
        assert (await browser.post("/api/start/company", json=COMPANY)).status_code == 201
    database = Database(empty_database_url)
    held = await contents(database)
    await database.close()
    [unit] = held["unit"]
    assert {(row["unit"], row["date"]) for row in held["calendar_day"]} == {
        (unit["id"], date) for each in known for date in days_of(each)
    }


async def test_a_founding_is_the_first_entry_of_the_audit_log(
    browser: httpx.AsyncClient, empty_database_url: str
) -> None:
    company = (await browser.post("/api/start/company", json=COMPANY)).json()["company"]
    founded, admin = await entries(empty_database_url)
    assert (founded.deed, admin.deed) == (Deed.COMPANY_FOUNDED, Deed.USER_ADDED)
    assert [kind_of(name) for name in founded.objects] == ["company", "unit"]
    assert [kind_of(name) for name in admin.objects] == ["user", "role_grant"]
    assert founded.objects[0] == f"company:{company}"
    for entry in (founded, admin):
        assert (entry.user, entry.device, entry.request_sha256) == (None, None, None)


async def test_the_demonstrations_audit_log_begins_with_its_founding(demo_url: str) -> None:
    founded, *_, last = await entries(demo_url)
    assert founded.deed == Deed.COMPANY_FOUNDED
    assert founded.objects == ("company:demo", "unit:unit-ban", "unit:unit-tyn")
    assert last.user is not None


async def entries(url: str) -> list[AuditEntry]:
    database = Database(url)
    async with database.reading() as connection:
        leaves = (await connection.execute(select(AUDIT_ENTRY.c.leaf).order_by(AUDIT_ENTRY.c.seq))).scalars().all()
    await database.close()
    return [msgspec.json.decode(leaf, type=AuditEntry) for leaf in leaves]


def kind_of(name: str) -> str:
    return name.split(":", maxsplit=1)[0]


async def test_the_code_may_be_typed_without_its_hyphens_and_in_small_letters(browser: httpx.AsyncClient) -> None:
    typed = CODE.replace("-", " ").lower()
    assert (await browser.post("/api/start/company", json=COMPANY | {"code": typed})).status_code == 201


@pytest.mark.parametrize(("path", "wish"), [("/api/start/company", COMPANY), ("/api/start/demo", {})])
async def test_nobody_founds_a_company_without_the_code(
    browser: httpx.AsyncClient, path: str, wish: dict[str, str]
) -> None:
    wrong = wish | {"code": new_code(RealAmbient())}
    assert problem(await browser.post(path, json=wrong)) == (403, "setup.code")
    assert await state(browser) == "empty"


@pytest.mark.parametrize("typed", ["", CODE], ids=["nothing", "a code"])
async def test_without_a_printed_code_no_code_fits(codeless: httpx.AsyncClient, typed: str) -> None:
    assert problem(await codeless.post("/api/start/demo", json={"code": typed})) == (403, "setup.code")


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("password", "too short", "account.password_weak"),
        ("company", "   ", "name.unseen"),
        ("login", "the boss", "account.login_unfit"),
        ("unit_code", "板橋", "request.malformed"),
        ("unit_kind", "shop", "request.malformed"),
    ],
)
async def test_a_wish_that_cannot_be_fulfilled_leaves_nothing_behind(
    browser: httpx.AsyncClient, field: str, value: str, code: str
) -> None:
    answer = await browser.post("/api/start/company", json=COMPANY | {field: value})
    assert problem(answer)[1] == code
    assert await state(browser) == "empty"


async def test_of_two_people_who_found_at_once_one_does(browser: httpx.AsyncClient) -> None:
    answers = await asyncio.gather(*(browser.post("/api/start/company", json=COMPANY) for _ in range(2)))
    assert sorted(answer.status_code for answer in answers) == [201, 409]


async def test_where_a_company_is_no_other_is_founded(demo_browser: httpx.AsyncClient) -> None:
    for path, wish in (("/api/start/company", COMPANY), ("/api/start/demo", {"code": CODE})):
        assert problem(await demo_browser.post(path, json=wish)) == (409, "setup.done")


async def test_everybody_of_the_demonstration_signs_in_with_the_password_that_was_told(
    demo: Demo, demo_browser: httpx.AsyncClient
) -> None:
    assert len({account.password for account in demo.answer.accounts}) == len(demo.answer.accounts) == 12
    for account in demo.answer.accounts:
        said = {"login": account.login, "password": account.password}
        me = (await demo_browser.post("/api/session", json=said)).json()
        assert (me["name"], me["roles"]) == (account.name, list(account.roles))
