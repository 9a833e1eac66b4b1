"""What the audit log must say of one command: how a scene is told, and the scenes of calendars and of the day's end."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import httpx
from msgspec import Struct

from schemas.audit import Deed
from schemas.registry import Kind
from schemas.rules.arrival import COMPANY_ZONE
from schemas.rules.service_hours import date_at
from schemas.vocabulary import DayKind, UnitKind, Zone
from server.calendars.changing import day_id, district_id
from server.calendars.holidays_of_taiwan import days_of
from server.calls.reconciling import reconciliation_id
from tests.server.everything import acting
from tests.server.one_call import OneCall
from tests.server.week import WEEK
from tests.server.world import ADMIN, BANQIAO, CLERK, MANAGER, TECHNICIAN, Person, SyncDevice, proven


class Asked(Struct, frozen=True, kw_only=True):
    """One command that succeeds, and what the log must say of it."""

    browser: httpx.AsyncClient
    path: str
    body: dict[str, Any] | None = None
    user: str
    device: str | None = None
    deed: Deed
    objects: Callable[[Mapping[str, Any]], tuple[str, ...]]
    """Of what was answered, with the role grants that it changed as ``grants``."""
    purpose: str | None = None


Scene = Callable[[OneCall], Awaitable[Asked]]
SCENES: dict[str, Scene] = {}


def scene(route: str) -> Callable[[Scene], Scene]:
    def register(play: Scene) -> Scene:
        SCENES[route] = play
        return play

    return register


def by(device: SyncDevice, person: Person) -> dict[str, Any]:
    return {"browser": device.client, "user": person.user, "device": device.device}


def about(*objects: str) -> Callable[[Mapping[str, Any]], tuple[str, ...]]:
    return lambda _told: objects


TYPHOON: dict[str, Any] = {"dates": ["2026-07-10", "2026-07-11"], "kind": DayKind.CLOSURE, "name": "颱風"}


def day_of(date: str) -> str:
    return f"calendar_day:{day_id(BANQIAO, date)}"


@scene("PUT /api/units/{}/hours")
async def sets_the_week(unit: OneCall) -> Asked:
    return at_the_calendar(unit, "hours", WEEK | {"saturday": "09:00-12:00"}, Deed.HOURS_CHANGED)


@scene("POST /api/units/{}/days")
async def closes_on_two_days(unit: OneCall) -> Asked:
    return at_the_calendar(unit, "days", TYPHOON, Deed.DAYS_CHANGED, *map(day_of, TYPHOON["dates"]))


@scene("POST /api/units/{}/usual-days")
async def opens_on_a_day_again(unit: OneCall) -> Asked:
    proven(await unit.manager.client.post(f"/api/units/{BANQIAO}/days", json=TYPHOON))
    body = {"dates": [*TYPHOON["dates"], "2026-07-13"]}
    return at_the_calendar(unit, "usual-days", body, Deed.DAYS_CHANGED, *map(day_of, TYPHOON["dates"]))


@scene("POST /api/units/{}/holidays")
async def loads_the_holidays_of_a_year(unit: OneCall) -> Asked:
    return at_the_calendar(unit, "holidays", {"year": 2026}, Deed.DAYS_CHANGED, *map(day_of, days_of(2026)))


@scene("PUT /api/units/{}/districts")
async def says_how_far_a_district_is(unit: OneCall) -> Asked:
    body, district = {"name": "三峽區", "zone": Zone.SUBURBAN}, f"district:{district_id(BANQIAO, '三峽區')}"
    return at_the_calendar(unit, "districts", body, Deed.DISTRICT_CHANGED, district)


@scene("PUT /api/units/{}/limits")
async def sets_the_limits_of_a_unit(unit: OneCall) -> Asked:
    return at_the_calendar(unit, "limits", {"lag_minutes": 30, "copy_days": 14}, Deed.LIMITS_CHANGED)


@scene("POST /api/units")
async def adds_a_unit(unit: OneCall) -> Asked:
    body = {"kind": UnitKind.BRANCH, "code": "HSC", "name": "新竹服務組", "time_zone": COMPANY_ZONE}
    said = by(await unit.world.enrolled(ADMIN), ADMIN)
    return Asked(
        **said, path="/api/units", body=body, deed=Deed.UNIT_ADDED, objects=lambda told: (f"unit:{told['unit']}",)
    )


@scene("POST /api/units/{}")
async def changes_a_unit(unit: OneCall) -> Asked:
    said, body = by(await unit.world.enrolled(ADMIN), ADMIN), {"phone": "02-2960-0000"}
    objects = about(f"unit:{BANQIAO}")
    return Asked(**said, path=f"/api/units/{BANQIAO}", body=body, deed=Deed.UNIT_CHANGED, objects=objects)


@scene("POST /api/units/{}/reconciliation")
async def signs_the_end_of_the_day(unit: OneCall) -> Asked:
    await unit.logged()
    signed = reconciliation_id(BANQIAO, date_at(COMPANY_ZONE, unit.world.clock.now()).isoformat())
    left = (f"reconciliation:{signed}", "service_call:call-one")
    return at_the_calendar(unit, "reconciliation", {"note": ""}, Deed.DAY_RECONCILED, *left)


def at_the_calendar(unit: OneCall, what: str, body: dict[str, Any], deed: Deed, *objects: str) -> Asked:
    path, objects = f"/api/units/{BANQIAO}/{what}", (f"unit:{BANQIAO}", *objects)
    who = by(unit.clerk, CLERK) if deed is Deed.DAY_RECONCILED else by(unit.manager, MANAGER)
    return Asked(**who, path=path, body=body, deed=deed, objects=about(*objects))


async def two_alike(unit: OneCall, kind: Kind) -> tuple[str, str]:
    """Two customers, or two products of nobody."""
    names = (f"{kind}-one", f"{kind}-two")
    for name in names:
        await unit.wrote(unit.clerk, kind, name, {"unit": BANQIAO})
    return names


async def merging(unit: OneCall, kind: Kind, deed: Deed) -> Asked:
    doc, into = await two_alike(unit, kind)
    path = f"/api/{kind}s/{doc}/merge"
    return Asked(
        **by(unit.clerk, CLERK),
        path=path,
        body={"into": into},
        deed=deed,
        objects=about(f"{kind}:{doc}", f"{kind}:{into}"),
    )


async def unmerging(unit: OneCall, kind: Kind, deed: Deed) -> Asked:
    doc, into = await two_alike(unit, kind)
    proven(await unit.clerk.client.post(f"/api/{kind}s/{doc}/merge", json={"into": into}))
    path = f"/api/{kind}s/{doc}/unmerge"
    return Asked(**by(unit.clerk, CLERK), path=path, deed=deed, objects=about(f"{kind}:{doc}", f"{kind}:{into}"))


@scene("POST /api/customers/{}/merge")
async def merges_customers(unit: OneCall) -> Asked:
    return await merging(unit, Kind.CUSTOMER, Deed.CUSTOMERS_MERGED)


@scene("POST /api/customers/{}/unmerge")
async def separates_customers(unit: OneCall) -> Asked:
    return await unmerging(unit, Kind.CUSTOMER, Deed.CUSTOMERS_UNMERGED)


@scene("POST /api/assets/{}/merge")
async def merges_products(unit: OneCall) -> Asked:
    return await merging(unit, Kind.ASSET, Deed.PRODUCTS_MERGED)


@scene("POST /api/assets/{}/unmerge")
async def separates_products(unit: OneCall) -> Asked:
    return await unmerging(unit, Kind.ASSET, Deed.PRODUCTS_UNMERGED)


@scene("POST /api/units/{}/acting")
async def appoints_an_acting_manager(unit: OneCall) -> Asked:
    body = {"user": CLERK.user, "acting_for": MANAGER.user, "starts_at": 1, "until_at": unit.world.clock.now() + 60_000}
    return Asked(
        **by(unit.manager, MANAGER),
        path=f"/api/units/{BANQIAO}/acting",
        body=body,
        deed=Deed.ACTING_APPOINTED,
        objects=lambda told: (f"user:{CLERK.user}", f"user:{MANAGER.user}", f"role_grant:{told['grant']}"),
    )


@scene("POST /api/acting/{}/end")
async def ends_it_early(unit: OneCall) -> Asked:
    await unit.world.decide(MANAGER, acting("grant-acting", unit.world.clock.now()))
    return Asked(
        **by(unit.manager, MANAGER),
        path="/api/acting/grant-acting/end",
        deed=Deed.ACTING_ENDED,
        objects=about(f"user:{TECHNICIAN.user}", f"user:{MANAGER.user}", "role_grant:grant-acting"),
    )
