"""The admin's work: accounts, roles, units, one-time codes."""

from typing import Any

import httpx
import pytest
from sqlalchemy import select

from schemas.audit import Deed
from schemas.kinds.people import RoleGrant
from schemas.problems import Code, Problem
from schemas.registry import Kind
from schemas.vocabulary import Role
from server.accounts.passwords import Passwords
from server.accounts.reset_codes import VALID_MS
from server.accounts.tables import RESET_CODE
from server.accounts.tries import PER_SUBJECT
from server.records.documents import Documents
from server.records.work import Setting
from tests.server.world import (
    ADMIN,
    BANQIAO,
    CLERK,
    CLERK_ELSEWHERE,
    COMPANY,
    DEPARTMENT,
    MANAGER,
    PASSWORD,
    TAOYUAN,
    TECHNICIAN,
    World,
    problem,
    proven,
)

NEW = {"name": "周雅婷", "login": "ya-ting", "unit": TAOYUAN, "roles": ["technician", "clerk"]}


async def admin_of(world: World) -> httpx.AsyncClient:
    return (await world.enrolled(ADMIN)).client


async def change(admin: httpx.AsyncClient, user: str, **fields: object) -> Any:  # noqa: ANN401 - JSON
    return proven(await admin.post(f"/api/accounts/{user}", json=fields)).json()


async def listed(admin: httpx.AsyncClient, user: str) -> Any:  # noqa: ANN401 - JSON
    return next(entry for entry in proven(await admin.get("/api/accounts")).json() if entry["user"] == user)


async def redeem(browser: httpx.AsyncClient, login: str, code: str, new: str = "a new password") -> httpx.Response:
    return await browser.post("/api/session/reset", json={"login": login, "code": code, "new": new})


async def test_the_admin_sees_every_account_of_the_company(world: World) -> None:
    admin = await admin_of(world)
    entries = proven(await admin.get("/api/accounts")).json()
    assert [entry["login"] for entry in entries] == sorted(entry["login"] for entry in entries)
    assert await listed(admin, CLERK_ELSEWHERE.user) == {
        "user": CLERK_ELSEWHERE.user,
        "login": CLERK_ELSEWHERE.login,
        "name": CLERK_ELSEWHERE.name,
        "unit": TAOYUAN,
        "roles": ["clerk"],
        "deactivated": False,
    }


async def test_a_new_person_sets_a_password_with_the_code_and_is_what_the_admin_said(world: World) -> None:
    admin, browser = await admin_of(world), await world.client()
    added = proven(await admin.post("/api/accounts", json=NEW | {"login": " Ya-Ting "})).json()
    proven(await redeem(browser, "ya-ting", added["code"]))
    told = proven(await browser.post("/api/session", json={"login": "ya-ting", "password": "a new password"})).json()
    assert (told["user"], told["name"], told["unit"]) == (added["user"], "周雅婷", TAOYUAN)
    assert told["roles"] == ["clerk", "technician"]
    assert await world.document(Kind.USER, added["user"]) == {"name": "周雅婷", "unit": TAOYUAN}
    assert {Deed.USER_ADDED, Deed.PASSWORD_CHANGED} <= set(await world.deeds())


async def test_until_then_nobody_gets_in(world: World) -> None:
    proven(await (await admin_of(world)).post("/api/accounts", json=NEW))
    said = {"login": "ya-ting", "password": ""}
    assert problem(await (await world.client()).post("/api/session", json=said)) == (401, "session.wrong_password")


async def test_a_login_belongs_to_one_account(world: World) -> None:
    admin = await admin_of(world)
    refused = await admin.post("/api/accounts", json=NEW | {"login": CLERK.login.upper()})
    assert problem(refused) == (409, "account.login_taken")
    assert CLERK.name == (await listed(admin, CLERK.user))["name"]


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"unit": "unit-nowhere"}, 404),
        ({"roles": ["emperor"]}, 400),
        ({"name": " "}, 422),
        ({"name": "a\u0000b"}, 400),
        ({"login": "\u3000"}, 422),
        ({"login": ""}, 400),
        ({"more": 1}, 400),
    ],
)
async def test_an_account_that_cannot_be_is_not_made(world: World, wrong: dict[str, object], status: int) -> None:
    admin = await admin_of(world)
    before = proven(await admin.get("/api/accounts")).json()
    assert (await admin.post("/api/accounts", json=NEW | wrong)).status_code == status
    assert proven(await admin.get("/api/accounts")).json() == before


async def test_changed_roles_hold_from_the_next_request_on(world: World) -> None:
    admin, device = await admin_of(world), await world.enrolled(CLERK)
    assert problem(await device.client.get("/api/accounts")) == (403, "session.role_missing")
    await change(admin, CLERK.user, roles=["clerk", "admin"])
    proven(await device.client.get("/api/accounts"))
    await change(admin, CLERK.user, roles=["clerk"])
    assert problem(await device.client.get("/api/accounts")) == (403, "session.role_missing")


async def test_the_log_tells_by_its_time_which_roles_an_entry_gave_and_which_it_ended(world: World) -> None:
    admin = await admin_of(world)
    await change(admin, CLERK.user, roles=["service_manager"])
    page = proven(await admin.get("/api/audit", params={"deed": Deed.USER_CHANGED})).json()
    entry = page["entries"][0]
    grants = [name.split(":")[1] for name in entry["objects"] if name.startswith("role_grant:")]
    async with world.journal.reading(COMPANY) as ledger:
        found = [await Documents(ledger.connection, COMPANY).get(RoleGrant, grant) for grant in grants]
    told = {each.shown.role: each.shown.ended_at for each in found if each is not None}
    assert told == {Role.CLERK: entry["at"], Role.SERVICE_MANAGER: None}


async def test_a_role_that_stays_keeps_its_grant(world: World) -> None:
    admin = await admin_of(world)
    grant = f"grant-{CLERK.user}-clerk"
    await change(admin, CLERK.user, roles=["accountant", "clerk"])
    assert "ended_at" not in await world.document(Kind.ROLE_GRANT, grant)
    await change(admin, CLERK.user, roles=["accountant"])
    assert "ended_at" in await world.document(Kind.ROLE_GRANT, grant)


async def test_whoever_moves_to_another_unit_sees_that_one_and_takes_his_devices_along(world: World) -> None:
    admin, device = await admin_of(world), await world.enrolled(TECHNICIAN)
    device.write(Kind.CUSTOMER, "customer-one", {"unit": BANQIAO, "name": "陳美惠"})
    await device.push()
    assert "customer-one" in await device.pull()
    assert (await change(admin, TECHNICIAN.user, unit=TAOYUAN))["roles"] == ["technician"]
    assert "customer-one" not in await device.pull()
    assert (await world.document(Kind.DEVICE, device.device))["unit"] == TAOYUAN


async def test_a_grant_at_another_unit_is_no_right_at_this_one(world: World) -> None:
    device = await world.enrolled(CLERK)
    fields = {"user": CLERK.user, "unit": TAOYUAN, "role": Role.ADMIN}
    await world.decide(ADMIN, Setting(Kind.ROLE_GRANT, "grant-elsewhere", fields))
    assert problem(await device.client.get("/api/accounts")) == (403, "session.role_missing")


async def test_some_roles_see_every_unit(world: World) -> None:
    far = await world.enrolled(CLERK_ELSEWHERE)
    far.write(Kind.CUSTOMER, "customer-far", {"unit": TAOYUAN, "name": "李怡君"})
    await far.push()
    assert "customer-far" in await (await world.enrolled(DEPARTMENT)).pull()
    assert "customer-far" not in await (await world.enrolled(MANAGER)).pull()


async def test_a_deactivated_user_is_out_at_once_and_back_when_opened_again(world: World) -> None:
    admin, device = await admin_of(world), await world.enrolled(CLERK)
    assert (await change(admin, CLERK.user, deactivated=True))["deactivated"]
    assert problem(await device.client.get("/api/session")) == (401, "session.missing")
    browser = await world.client()
    said = {"login": CLERK.login, "password": PASSWORD}
    assert problem(await browser.post("/api/session", json=said)) == (401, "session.wrong_password")
    assert not (await change(admin, CLERK.user, deactivated=False))["deactivated"]
    assert problem(await device.client.get("/api/session")) == (401, "session.missing")
    proven(await browser.post("/api/session", json=said))


@pytest.mark.parametrize(
    "login", ["王 大 明!", "ya\u200bting", "ya\u202eting", "ya\u3164ting", "\u2800", "ya　ting", "  "]
)
async def test_a_login_that_nobody_can_type_is_none(world: World, login: str) -> None:
    admin = await admin_of(world)
    assert problem(await admin.post("/api/accounts", json=NEW | {"login": login})) == (422, "account.login_unfit")


@pytest.mark.parametrize("name", ["\u200b", "\u3164\u3164", "\u00ad \u2060", "　"])
async def test_a_name_that_nobody_sees_is_none(world: World, name: str) -> None:
    admin = await admin_of(world)
    assert problem(await admin.post("/api/accounts", json=NEW | {"name": name})) == (422, "name.unseen")
    assert problem(await admin.post(f"/api/accounts/{CLERK.user}", json={"name": name})) == (422, "name.unseen")


async def test_an_auditor_has_no_other_role(world: World) -> None:
    admin = await admin_of(world)
    both = {"roles": ["auditor", "clerk"]}
    assert problem(await admin.post("/api/accounts", json=NEW | both)) == (409, "account.auditor")
    assert problem(await admin.post(f"/api/accounts/{CLERK.user}", json=both)) == (409, "account.auditor")
    proven(await admin.post("/api/accounts", json=NEW | {"roles": ["auditor"]}))


@pytest.mark.parametrize("loss", [{"deactivated": True}, {"roles": ["clerk"]}])
async def test_the_last_admin_cannot_be_taken_away(world: World, loss: dict[str, object]) -> None:
    admin = await admin_of(world)
    before = await listed(admin, ADMIN.user)
    assert problem(await admin.post(f"/api/accounts/{ADMIN.user}", json=loss)) == (409, "account.last_admin")
    assert await listed(admin, ADMIN.user) == before
    await change(admin, DEPARTMENT.user, roles=["admin"])
    await change(admin, ADMIN.user, **loss)


async def test_a_change_of_nothing_writes_nothing(world: World) -> None:
    admin = await admin_of(world)
    async with world.journal.reading("company-one") as ledger:
        before = (await ledger.end()).position
    same = {"name": CLERK.name, "unit": CLERK.unit, "roles": ["clerk"], "deactivated": False}
    await change(admin, CLERK.user, **same)
    async with world.journal.reading("company-one") as ledger:
        assert (await ledger.end()).position == before
    assert Deed.USER_CHANGED not in await world.deeds()


async def came_back(world: World) -> None:
    """What a restore leaves of somebody who was added since the backup: his documents, and no login."""
    user = Setting(Kind.USER, "user-back", {"name": "周雅婷", "unit": TAOYUAN})
    grant = Setting(Kind.ROLE_GRANT, "grant-back", {"user": "user-back", "unit": TAOYUAN, "role": Role.TECHNICIAN})
    await world.decide(ADMIN, user, grant)


async def test_h7_who_came_back_without_a_login_is_listed_first_and_given_one(world: World) -> None:
    admin = await admin_of(world)
    await came_back(world)
    entries = proven(await admin.get("/api/accounts")).json()
    assert (entries[0]["user"], entries[0]["login"], entries[0]["roles"]) == ("user-back", "", ["technician"])
    assert problem(await admin.post("/api/accounts/user-back/reset")) == (404, "record.missing")
    given = proven(await admin.post("/api/accounts/user-back/login", json={"login": " Ya-Ting "})).json()
    assert given["user"] == "user-back"
    assert (await listed(admin, "user-back"))["login"] == "ya-ting"
    browser = await world.client()
    assert (await redeem(browser, "ya-ting", given["code"])).status_code == 204
    signed_in = await browser.post("/api/session", json={"login": "ya-ting", "password": "a new password"})
    assert proven(signed_in).json()["user"] == "user-back"


@pytest.mark.parametrize(
    ("user", "login", "said"),
    [
        ("user-back", CLERK.login.upper(), (409, "account.login_taken")),
        ("user-back", " ", (422, "account.login_unfit")),
        (CLERK.user, "another-name", (409, "account.login_taken")),
        ("user-nowhere", "another-name", (404, "record.missing")),
    ],
)
async def test_h7_a_login_is_given_once_and_to_nobody_twice(
    world: World, user: str, login: str, said: tuple[int, str]
) -> None:
    admin = await admin_of(world)
    await came_back(world)
    assert problem(await admin.post(f"/api/accounts/{user}/login", json={"login": login})) == said


async def test_h7_an_admin_without_a_login_is_not_one_who_is_left_to_administer(world: World) -> None:
    admin = await admin_of(world)
    grant = Setting(Kind.ROLE_GRANT, "grant-admin", {"user": "user-back", "unit": TAOYUAN, "role": Role.ADMIN})
    await came_back(world)
    await world.decide(ADMIN, grant)
    loss = {"roles": ["clerk"]}
    assert problem(await admin.post(f"/api/accounts/{ADMIN.user}", json=loss)) == (409, "account.last_admin")


@pytest.mark.parametrize("path", ["/api/accounts/user-nowhere", "/api/accounts/user-nowhere/reset"])
async def test_an_unknown_user_cannot_be_changed(world: World, path: str) -> None:
    assert problem(await (await admin_of(world)).post(path, json={})) == (404, "record.missing")


async def test_a_reset_ends_the_old_password_and_every_session(world: World) -> None:
    admin, device, browser = await admin_of(world), await world.enrolled(CLERK), await world.client()
    code = proven(await admin.post(f"/api/accounts/{CLERK.user}/reset")).json()["code"]
    assert problem(await device.client.get("/api/session")) == (401, "session.missing")
    said = {"login": CLERK.login, "password": PASSWORD}
    assert problem(await browser.post("/api/session", json=said)) == (401, "session.wrong_password")
    proven(await redeem(browser, CLERK.login, code))
    proven(await browser.post("/api/session", json=said | {"password": "a new password"}))
    assert (await world.deeds())[-4:] == [
        Deed.PASSWORD_RESET,
        Deed.SIGN_IN_REFUSED,
        Deed.PASSWORD_CHANGED,
        Deed.SIGNED_IN,
    ]


async def test_a_code_is_easy_to_type_and_stored_as_a_hash_only(world: World) -> None:
    code = proven(await (await admin_of(world)).post(f"/api/accounts/{CLERK.user}/reset")).json()["code"]
    assert len(code.split("-")) == 8
    async with world.journal.database.reading() as connection:
        stored = [str(row) for row in await connection.execute(select(RESET_CODE))]
    assert len(stored) == 1
    assert code not in stored[0]
    proven(await redeem(await world.client(), CLERK.login, code.lower().replace("-", " ").replace("0", "o")))


async def test_a_code_works_once_for_one_account_and_for_a_day(world: World) -> None:
    admin, browser = await admin_of(world), await world.client()
    code = proven(await admin.post(f"/api/accounts/{CLERK.user}/reset")).json()["code"]
    refused = (403, "account.reset_code")
    assert problem(await redeem(browser, TECHNICIAN.login, code)) == refused
    assert problem(await redeem(browser, "nobody", code)) == refused
    assert problem(await redeem(browser, CLERK.login, "AA-AA-AA-AA-AA-AA-AA-AA")) == refused
    assert problem(await redeem(browser, CLERK.login, code, "short")) == (422, "account.password_weak")
    proven(await redeem(browser, CLERK.login, code))
    assert problem(await redeem(browser, CLERK.login, code)) == refused
    old = proven(await admin.post(f"/api/accounts/{CLERK.user}/reset")).json()["code"]
    new = proven(await admin.post(f"/api/accounts/{CLERK.user}/reset")).json()["code"]
    assert problem(await redeem(browser, CLERK.login, old)) == refused
    world.clock.ahead_ms = VALID_MS
    assert problem(await redeem(browser, CLERK.login, new)) == refused


async def test_a_code_opens_an_account_that_was_tried_too_often(world: World) -> None:
    admin, browser = await admin_of(world), await world.client()
    said = {"login": CLERK.login, "password": "wrong"}
    for _ in range(PER_SUBJECT):
        await browser.post("/api/session", json=said)
    assert problem(await browser.post("/api/session", json=said)) == (429, "session.too_many_tries")
    code = proven(await admin.post(f"/api/accounts/{CLERK.user}/reset")).json()["code"]
    proven(await redeem(browser, CLERK.login, code))
    proven(await browser.post("/api/session", json=said | {"password": "a new password"}))


async def test_codes_cannot_be_tried_for_ever(world: World) -> None:
    browser = await world.client()
    tries = [await redeem(browser, CLERK.login, "wrong") for _ in range(PER_SUBJECT)]
    assert {problem(answer) for answer in tries} == {(403, "account.reset_code")}
    assert problem(await redeem(browser, CLERK.login, "wrong")) == (429, "session.too_many_tries")


async def test_a_password_that_is_reset_while_it_is_checked_opens_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin, browser, match = await admin_of(world), await world.client(), Passwords.match

    async def reset_meanwhile(self: Passwords, password: str, phc: str | None) -> bool:
        proven(await admin.post(f"/api/accounts/{CLERK.user}/reset"))
        return await match(self, password, phc)

    monkeypatch.setattr(Passwords, "match", reset_meanwhile)
    with pytest.raises(Problem, match=Code.SESSION_WRONG_PASSWORD):
        proven(await browser.post("/api/session", json={"login": CLERK.login, "password": PASSWORD}))
    assert not browser.cookies
