"""Signing in, sessions, passwords."""

import asyncio
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import func, select

from schemas.audit import Deed
from schemas.problems import Code, Problem
from schemas.registry import Kind
from server.accounts import passwords
from server.accounts.sessions import IDLE_MS
from server.accounts.sign_in import address_of
from server.accounts.tables import ACCOUNT, SESSION
from server.accounts.tickets import LIFETIME_MS
from server.accounts.tries import PER_ADDRESS, PER_SUBJECT, WINDOW_MS
from server.platform import keys
from server.records.work import Setting
from tests.server.world import (
    CLERK,
    CLERK_ELSEWHERE,
    COMPANY,
    COMPANY_NAME,
    MANAGER,
    PASSWORD,
    TECHNICIAN,
    Person,
    World,
    problem,
    proven,
    running,
)

HOUR_MS = 3_600_000
DAY_MS = 24 * HOUR_MS


async def sign_in(browser: httpx.AsyncClient, login: str, password: str = PASSWORD) -> httpx.Response:
    return await browser.post("/api/session", json={"login": login, "password": password})


@pytest.fixture
def cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a hash made from now on cost next to nothing: these tests count tries, not time."""
    monkeypatch.setattr(keys, "_MEMORY_KIB", 8)


async def test_whoever_signs_in_is_known_by_the_cookie_alone(world: World) -> None:
    browser = await world.client()
    told = proven(await sign_in(browser, TECHNICIAN.login)).json()
    assert told.pop("challenge")
    assert told == {
        "user": TECHNICIAN.user,
        "name": TECHNICIAN.name,
        "acting": [],
        "company": COMPANY,
        "company_name": COMPANY_NAME,
        "unit": TECHNICIAN.unit,
        "roles": ["technician"],
        "device": None,
    }
    assert proven(await browser.get("/api/session")).json()["user"] == TECHNICIAN.user


@pytest.mark.parametrize("typed", ["  Clerk-One ", "ＣＬＥＲＫ－ｏｎｅ"])
async def test_a_login_is_the_same_however_it_is_typed(world: World, typed: str) -> None:
    assert proven(await sign_in(await world.client(), typed)).json()["user"] == CLERK.user


async def test_scripts_and_other_sites_cannot_use_the_cookie(world: World) -> None:
    said = proven(await sign_in(await world.client(), CLERK.login)).headers["set-cookie"].lower()
    assert said.startswith("fieldproof-session=")
    assert {"httponly", "samesite=strict", "path=/"} <= {part.strip() for part in said.split(";")}
    assert "domain" not in said


async def test_over_tls_the_cookie_is_secure_and_bound_to_the_host(founded_url: str, tmp_path: Path) -> None:
    async with running(founded_url, tmp_path, scheme="https") as world:
        browser = await world.client()
        said = proven(await sign_in(browser, CLERK.login)).headers["set-cookie"]
        assert said.startswith("__Host-fieldproof-session=")
        assert "Secure" in said
        assert proven(await browser.get("/api/session")).json()["user"] == CLERK.user


async def test_the_database_holds_no_token_and_no_password(world: World) -> None:
    browser = await world.client()
    proven(await sign_in(browser, CLERK.login))
    token = browser.cookies["fieldproof-session"].partition(".")[2]
    async with world.journal.database.reading() as connection:
        stored = [str(row) for table in (SESSION, ACCOUNT) for row in await connection.execute(select(table))]
    assert not [row for row in stored if token in row or PASSWORD in row]


async def without_a_password(world: World, person: Person) -> None:
    async with world.journal.database.writing() as connection:
        await connection.execute(ACCOUNT.update().where(ACCOUNT.c.user == person.user).values(password=None))


async def test_nobody_learns_whether_an_account_exists(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    work: list[str] = []

    def counted(real: Callable[..., object], *said: object) -> object:
        work.append("hash")
        return real(*said)

    for name in ("hash_password", "verify_password"):
        monkeypatch.setattr(passwords, name, partial(counted, getattr(passwords, name)))
    await world.decide(MANAGER, Setting(Kind.USER, MANAGER.user, {"deactivated_at": 1}))
    await without_a_password(world, CLERK_ELSEWHERE)
    browser = await world.client()
    answers = [
        await sign_in(browser, "nobody", "wrong password"),
        await sign_in(browser, CLERK.login, "wrong password"),
        await sign_in(browser, MANAGER.login),
        await sign_in(browser, CLERK_ELSEWHERE.login, ""),
    ]
    assert problem(answers[0]) == (401, "session.wrong_password")
    assert len({answer.content for answer in answers}) == 1
    assert len({tuple(answer.headers.items()) for answer in answers}) == 1
    assert work == ["hash"] * 4
    assert (await world.deeds()).count(Deed.SIGN_IN_REFUSED) == 4


async def test_the_event_loop_goes_on_while_a_password_is_hashed(world: World) -> None:
    browser = await world.client()
    signing_in = asyncio.create_task(sign_in(browser, CLERK.login))
    turns = 0
    while not signing_in.done():
        await asyncio.sleep(0.001)
        turns += 1
    proven(await signing_in)
    assert turns > 10


async def test_an_account_can_be_tried_ten_times_in_a_quarter_of_an_hour(world: World) -> None:
    tries = [await sign_in(await world.client(f"192.0.2.{n}"), CLERK.login, "wrong") for n in range(PER_SUBJECT)]
    assert {problem(answer) for answer in tries} == {(401, "session.wrong_password")}
    refused = await sign_in(await world.client(), CLERK.login)
    assert problem(refused) == (429, "session.too_many_tries")
    assert 0 < refused.json()["facts"]["retry_after_s"] <= WINDOW_MS / 1_000
    proven(await sign_in(await world.client(), TECHNICIAN.login))
    world.clock.ahead_ms = WINDOW_MS
    proven(await sign_in(await world.client(), CLERK.login))


@pytest.mark.usefixtures("cheap_hashes")
async def test_many_tries_at_once_do_not_slip_through(world: World) -> None:
    browser = await world.client()
    answers = await asyncio.gather(*(sign_in(browser, "nobody", "wrong") for _ in range(3 * PER_SUBJECT)))
    assert [answer.status_code for answer in answers].count(401) == PER_SUBJECT


@pytest.mark.usefixtures("cheap_hashes")
async def test_an_address_can_try_fifty_times_and_the_others_still_sign_in(world: World) -> None:
    browser = await world.client("2001:db8::1")
    for number in range(PER_ADDRESS):
        assert (await sign_in(browser, f"nobody-{number}", "wrong")).status_code == 401
    same_site = await world.client("2001:db8::2")
    assert problem(await sign_in(same_site, CLERK.login)) == (429, "session.too_many_tries")
    proven(await sign_in(await world.client("2001:db8:0:1::1"), CLERK.login))


@pytest.mark.parametrize(
    ("host", "place"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("unix:", "unix:"),
    ],
)
def test_an_ipv6_site_is_one_address(host: str, place: str) -> None:
    class Connection:
        class client:  # noqa: N801 - as Litestar names it
            pass

    Connection.client.host = host  # type: ignore[attr-defined]
    connection: Any = Connection
    assert address_of(connection) == place


@pytest.mark.usefixtures("cheap_hashes")
async def test_a_restart_forgets_no_try(founded_url: str, tmp_path: Path) -> None:
    async with running(founded_url, tmp_path) as world:
        for _ in range(PER_SUBJECT):
            await sign_in(await world.client(), "nobody", "wrong")
    async with running(founded_url, tmp_path) as world:
        assert problem(await sign_in(await world.client(), "nobody")) == (429, "session.too_many_tries")


async def test_a_session_outlives_a_restart(founded_url: str, tmp_path: Path) -> None:
    async with running(founded_url, tmp_path) as world:
        browser = await world.client()
        proven(await sign_in(browser, CLERK.login))
    async with running(founded_url, tmp_path) as world:
        again = await world.client()
        again.cookies = browser.cookies
        proven(await again.get("/api/session"))


async def test_a_session_that_is_used_lives_on_and_one_that_is_not_expires(world: World) -> None:
    browser = await world.signed_in(CLERK)
    for _ in range(3):
        world.clock.ahead_ms += IDLE_MS - DAY_MS
        proven(await browser.get("/api/session"))
    world.clock.ahead_ms += IDLE_MS
    assert problem(await browser.get("/api/session")) == (401, "session.missing")


async def test_a_session_ends_after_half_a_year_however_much_it_is_used(world: World) -> None:
    browser = await world.signed_in(CLERK)
    while world.clock.ahead_ms < LIFETIME_MS - IDLE_MS:
        proven(await browser.get("/api/session"))
        world.clock.ahead_ms += IDLE_MS - DAY_MS
    proven(await browser.get("/api/session"))
    world.clock.ahead_ms = LIFETIME_MS
    assert problem(await browser.get("/api/session")) == (401, "session.missing")


async def test_expired_sessions_are_cleared_away_by_the_next_sign_in(world: World) -> None:
    await world.signed_in(CLERK)
    world.clock.ahead_ms = IDLE_MS
    await world.signed_in(CLERK)
    async with world.journal.database.reading() as connection:
        assert (await connection.execute(select(func.count()).select_from(SESSION))).scalar_one() == 1


async def test_signing_out_ends_the_session_at_the_server(world: World) -> None:
    browser = await world.client()
    proven(await sign_in(browser, CLERK.login))
    kept = dict(browser.cookies)
    proven(await browser.delete("/api/session"))
    assert not browser.cookies
    thief = await world.client()
    thief.cookies.update(kept)
    assert problem(await thief.get("/api/session")) == (401, "session.missing")
    assert await world.deeds() == [Deed.SIGNED_IN, Deed.SIGNED_OUT]


async def test_signing_in_again_ends_the_browsers_former_session(world: World) -> None:
    browser, thief = await world.client(), await world.client()
    proven(await sign_in(browser, CLERK.login))
    thief.cookies.update(dict(browser.cookies))
    proven(await sign_in(browser, TECHNICIAN.login))
    assert problem(await thief.get("/api/session")) == (401, "session.missing")


@pytest.mark.parametrize(
    "cookie", ["", ".", "company-one.", "company-one.AAAA", f"company-one.{'A' * 43}", f"company-two.{'A' * 43}"]
)
async def test_a_cookie_that_nobody_was_given_is_no_session(world: World, cookie: str) -> None:
    browser = await world.client()
    browser.cookies.set("fieldproof-session", cookie)
    assert problem(await browser.get("/api/session")) == (401, "session.missing")


async def test_a_ticket_of_one_company_opens_no_other(world: World) -> None:
    browser = await world.signed_in(CLERK)
    token = browser.cookies["fieldproof-session"].partition(".")[2]
    stranger = await world.client()
    stranger.cookies.set("fieldproof-session", f"company-two.{token}")
    assert problem(await stranger.get("/api/session")) == (401, "session.missing")


async def test_a_changed_password_works_at_once_and_ends_the_other_sessions(world: World) -> None:
    here, elsewhere = await world.client(), await world.client()
    proven(await sign_in(here, CLERK.login))
    proven(await sign_in(elsewhere, CLERK.login))
    proven(await here.post("/api/session/password", json={"old": PASSWORD, "new": "五個不相干的詞連起來"}))
    proven(await here.get("/api/session"))
    assert problem(await elsewhere.get("/api/session")) == (401, "session.missing")
    assert problem(await sign_in(elsewhere, CLERK.login)) == (401, "session.wrong_password")
    proven(await sign_in(elsewhere, CLERK.login, "五個不相干的詞連起來"))
    assert Deed.PASSWORD_CHANGED in await world.deeds()


async def test_whoever_finds_an_open_browser_cannot_guess_the_old_password_for_long(world: World) -> None:
    browser = await world.signed_in(CLERK)
    said = {"old": "wrong", "new": "a longer password"}
    tries = [await browser.post("/api/session/password", json=said) for _ in range(PER_SUBJECT)]
    assert {problem(answer) for answer in tries} == {(401, "session.wrong_password")}
    assert problem(await browser.post("/api/session/password", json=said)) == (429, "session.too_many_tries")


@pytest.mark.parametrize("weak", ["", "ninechars", "密碼太短了", "clerk-from-banqiao", "ＣＬＥＲＫ-from-Banqiao"])
def test_a_password_has_ten_characters_and_is_not_the_login(weak: str) -> None:
    with pytest.raises(Problem) as refused:
        passwords.check_strength(weak, "clerk-from-banqiao")
    assert refused.value.code is Code.ACCOUNT_PASSWORD_WEAK


@pytest.mark.parametrize("fine", ["aaaaaaaaaa", "0123456789", "十個字的密碼就已經夠了", "x" * 1_000])
def test_what_a_password_is_made_of_is_left_to_the_person(fine: str) -> None:
    passwords.check_strength(fine, CLERK.login)


async def test_a_weak_password_changes_nothing(world: World) -> None:
    browser = await world.signed_in(CLERK)
    refused = await browser.post("/api/session/password", json={"old": PASSWORD, "new": "short"})
    assert problem(refused) == (422, "account.password_weak")
    proven(await sign_in(browser, CLERK.login))


async def test_a_full_width_password_is_the_same_password(world: World) -> None:
    browser = await world.signed_in(CLERK)
    proven(await browser.post("/api/session/password", json={"old": PASSWORD, "new": "Ａｂｃｄｅｆｇｈｉｊ"}))
    proven(await sign_in(browser, CLERK.login, "Abcdefghij"))
