"""Who may use which route: generated from the application's own table of routes, so a new route cannot be forgotten."""

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from types import MappingProxyType

import httpx
import pytest

from schemas.registry import Kind
from schemas.vocabulary import Role
from server.accounts.tickets import LIFETIME_MS
from server.platform.access import LEAVING, PUBLIC, SIGNED_IN, Access, Need, only
from server.records.work import Setting
from tests.repo.tree import text
from tests.server.routes import GUARDED, ROUTES, Route, plain
from tests.server.world import (
    ADMIN,
    CLERK,
    DEPARTMENT,
    MANAGER,
    TECHNICIAN,
    Person,
    World,
    proven,
)

ANYBODY = {
    "GET /",
    "HEAD /",
    "GET /{}",
    "HEAD /{}",
    "POST /api/session",
    "POST /api/session/reset",
    "POST /api/copies/{}/{}",
    "GET /api/start",
    "POST /api/start/demo",
    "POST /api/start/company",
}
"""Every route that asks for no session. Whoever adds one says here that it is meant."""


async def nobody(world: World) -> httpx.AsyncClient:
    return await world.client()


async def with_a_forged_cookie(world: World) -> httpx.AsyncClient:
    browser = await world.client()
    browser.cookies.set("fieldproof-session", f"company-one.{'A' * 43}")
    return browser


async def expired(world: World) -> httpx.AsyncClient:
    browser = (await world.enrolled(ADMIN)).client
    world.clock.ahead_ms = LIFETIME_MS
    return browser


async def deactivated(world: World) -> httpx.AsyncClient:
    browser = (await world.enrolled(ADMIN)).client
    await world.decide(ADMIN, Setting(Kind.USER, ADMIN.user, {"deactivated_at": 1}))
    return browser


async def from_a_revoked_device(world: World) -> httpx.AsyncClient:
    device = await world.enrolled(ADMIN)
    proven(await device.client.post(f"/api/devices/{device.device}/revoke"))
    return device.client


async def from_a_good_device(world: World) -> httpx.AsyncClient:
    return (await world.enrolled(ADMIN)).client


REFUSED_EVERYWHERE: Mapping[Callable[[World], Awaitable[httpx.AsyncClient]], tuple[int, str]] = MappingProxyType(
    {
        nobody: (401, "session.missing"),
        with_a_forged_cookie: (401, "session.missing"),
        expired: (401, "session.missing"),
        deactivated: (401, "session.missing"),
        from_a_revoked_device: (403, "device.revoked"),
    }
)
"""A caller's standing to what every guarded route answers him."""


BY_SESSION = [route for route in GUARDED if route.access != LEAVING]
AT_THE_QUARANTINES_DOOR = [route for route in GUARDED if route.access == LEAVING]


def everywhere(asked: Sequence[Route], status: int, code: str) -> dict[str, tuple[int, str]]:
    return {route.name: (status, "" if route.method == "HEAD" else code) for route in asked}


def test_every_route_names_its_access() -> None:
    assert [route.name for route in ROUTES if not isinstance(route.access, Access)] == []


def test_only_what_is_meant_for_anybody_is_open_to_anybody() -> None:
    assert {route.name for route in ROUTES} - {route.name for route in GUARDED} <= ANYBODY


def test_a_route_that_asks_for_a_role_asks_for_a_device_too() -> None:
    assert [route.name for route in GUARDED if route.roles and route.access != Access(Need.DEVICE, route.roles)] == []


def documented() -> dict[str, Access]:
    """Return what docs/API.md promises: route to access."""
    rows = re.findall(r"^\| (`[A-Z].*?`) \| (.*?) \|", text("docs/API.md"), re.MULTILINE)
    return {
        f"{method} {plain(path)}": _promised(who)
        for named, who in rows
        for *methods, path in [named.replace("`", "").replace(",", "").split()]
        for method in methods
    }


def _promised(who: str) -> Access:
    words = who.split(",", maxsplit=1)[0] if who.startswith(("anybody", "session")) else who
    roles = frozenset(role for role in Role if role.value.replace("_", " ") in words)
    if "its own user" in words:
        return SIGNED_IN
    return {"anybody": PUBLIC, "session": SIGNED_IN}.get(words, only(*roles))


def test_every_route_asks_for_what_its_documentation_says() -> None:
    asked = {route.name: route.access for route in ROUTES if route.name in documented()}
    assert asked == {name: access for name, access in documented().items() if name in asked}
    assert len(asked) > 10


def test_every_command_is_documented() -> None:
    ours = {route.name for route in ROUTES if route.path.startswith(("/api/", "/blobs/"))}
    assert {name for name in ours if not name.startswith("GET /api/schema")} - documented().keys() == set()


@pytest.mark.parametrize("standing", REFUSED_EVERYWHERE, ids=lambda standing: standing.__name__)
async def test_every_guarded_route_refuses_whoever_is(
    world: World, standing: Callable[[World], Awaitable[httpx.AsyncClient]]
) -> None:
    browser = await standing(world)
    answers = {route.name: await route.refusal(browser) for route in BY_SESSION}
    assert answers == everywhere(BY_SESSION, *REFUSED_EVERYWHERE[standing])


@pytest.mark.parametrize("standing", [*REFUSED_EVERYWHERE, from_a_good_device], ids=lambda standing: standing.__name__)
async def test_q1_no_session_opens_the_quarantines_door(
    world: World, standing: Callable[[World], Awaitable[httpx.AsyncClient]]
) -> None:
    browser = await standing(world)
    answers = {route.name: await route.refusal(browser) for route in AT_THE_QUARANTINES_DOOR}
    assert answers == everywhere(AT_THE_QUARANTINES_DOOR, 401, "session.missing")
    assert len(answers) > 3


async def test_every_route_that_needs_a_device_refuses_a_session_without_one(world: World) -> None:
    browser = await world.signed_in(ADMIN)
    asked = [route for route in GUARDED if route.access and route.access.need is Need.DEVICE]
    answers = {route.name: await route.refusal(browser) for route in asked}
    assert answers == everywhere(asked, 403, "device.unknown")


@pytest.mark.parametrize("person", [CLERK, TECHNICIAN, MANAGER, DEPARTMENT, ADMIN], ids=lambda person: person.user)
async def test_every_route_that_needs_a_role_refuses_the_others(world: World, person: Person) -> None:
    browser = (await world.enrolled(person)).client
    asked = [route for route in GUARDED if route.roles and route.roles.isdisjoint(person.roles)]
    answers = {route.name: await route.refusal(browser) for route in asked}
    assert answers == everywhere(asked, 403, "session.role_missing")
