"""An object of another unit is answered like one that there is not: generated from the application's own routes."""

import re
from collections.abc import Mapping
from typing import Any

import httpx
import pytest

from schemas.registry import Kind
from schemas.vocabulary import Role
from server.records.work import Setting
from tests.repo.tree import text, written
from tests.server.everything import NOTHING, everything
from tests.server.one_call import RECEIVED_AT, OneCall, at_work
from tests.server.routes import GUARDED, Route
from tests.server.week import WEEK
from tests.server.world import (
    BANQIAO,
    CLERK_ELSEWHERE,
    MANAGER_ELSEWHERE,
    TECHNICIAN_ELSEWHERE,
    SyncDevice,
    World,
    problem,
)

NOT_ASKED = {
    **{
        f"{method} /uploads/{{}}": "an upload is found by nobody but whoever began it (test_uploads)"
        for method in ("HEAD", "PATCH", "DELETE")
    },
    "PUT /blobs/{}": "whoever has a file's bytes names them himself and learns nothing",
    "PUT /sync/v1/quarantine/blobs/{}": "as above, and by a stopped device's key",
    "GET /api/customers/{}/personal-data": "those who may ask for it see every unit",
    "GET /api/schema/{}": "the framework's own pages",
}
"""Routes with a variable part that names no object of a unit. A role that sees every unit has no other unit either."""

BODIES: Mapping[str, dict[str, Any]] = {
    "POST /api/calls/{}/dispatch": {"technician": TECHNICIAN_ELSEWHERE.user, "planned_at": RECEIVED_AT},
    "POST /api/calls/{}/withdraw": {"reason": "客戶自行處理"},
    "POST /api/calls/{}/duplicate": {"of": "call-one"},
    "POST /api/calls/{}/receipt": {"received_at": RECEIVED_AT, "reason": "聽錯時間"},
    "POST /api/calls/{}/reinstate": {"reason": "客戶自行處理"},
    "POST /api/customers/{}/merge": {"into": "customer-one"},
    "POST /api/assets/{}/merge": {"into": "asset-one"},
    "POST /api/dispatches/{}/cancel": {"reason": "改派"},
    "POST /api/visits/{}/confirm": {"note": "已電話確認", "content_sha256": "0" * 64},
    "POST /api/dispatches/{}/move": {"technician": TECHNICIAN_ELSEWHERE.user, "planned_at": RECEIVED_AT},
    "POST /api/visits/{}/amend": {"reason": "金額算錯", "fields": {"fee_total": 1}},
    "POST /api/held/{}/{}/apply": {"reason": "資料是對的"},
    "POST /api/held/{}/{}/reject": {"reason": "寫錯了"},
    "POST /api/held/{}/{}/release": {"reason": "已向本人確認"},
    "POST /api/quarantines/{}/release": {"reason": "已向本人確認"},
    "POST /api/quarantines/{}/reject": {"reason": "不是他寫的"},
    "POST /api/losses/{}/settle": {"reason": "手機掉到水裡"},
    "POST /api/partings/{}/settle": {"reason": "換了新手機"},
    "PUT /api/units/{}/hours": WEEK,
    "POST /api/units/{}/days": {"dates": ["2026-07-10"], "kind": "closure", "name": "颱風"},
    "POST /api/units/{}/usual-days": {"dates": ["2026-02-13"]},
    "POST /api/units/{}/holidays": {"year": 2026},
    "PUT /api/units/{}/limits": {"lag_minutes": 30, "copy_days": 14},
    "PUT /api/units/{}/districts": {"name": "三峽區", "zone": "suburban"},
    "POST /api/units/{}/reconciliation": {"note": "明天先派周宅"},
    "POST /api/units/{}/acting": {"user": "clerk-one", "acting_for": "manager-one", "starts_at": 1, "until_at": 2},
}
"""Route to a body that it takes."""


def _asked() -> list[Route]:
    scoped = [route for route in GUARDED if route.parameters and route.roles != {Role.ADMIN}]
    return [route for route in scoped if route.name not in NOT_ASKED]


async def _ask(device: SyncDevice, route: Route, names: Mapping[str, object]) -> httpx.Response:
    path = route.path
    for name in route.parameters:
        path = re.sub(rf"\{{{name}:\w+\}}", str(names[name]), path)
    return await device.client.request(route.method, path, json=BODIES.get(route.name))


def _told(answer: httpx.Response) -> tuple[int, dict[str, str], bytes]:
    """Everything that an answer tells."""
    return answer.status_code, dict(answer.headers), answer.content


@pytest.fixture
async def unit(world: World) -> OneCall:
    return await at_work(world)


@pytest.mark.parametrize("route", _asked(), ids=lambda route: route.name)
async def test_f3_an_object_of_another_unit_is_answered_like_one_that_there_is_not(unit: OneCall, route: Route) -> None:
    is_clerks = route.roles == {Role.CLERK}
    stranger = await unit.world.enrolled(CLERK_ELSEWHERE if is_clerks else MANAGER_ELSEWHERE)
    objects = await everything(unit)
    for names in objects if "kind" in route.parameters else objects[:1]:
        unknown = _told(await _ask(stranger, route, names.nowhere))
        assert unknown[0] == 404
        assert _told(await _ask(stranger, route, names.there)) == unknown
        assert _told(await _ask(unit.manager, route, names.there)) != unknown


def test_every_route_that_names_an_object_is_asked() -> None:
    assert len(_asked()) >= 11
    assert NOT_ASKED.keys() <= {route.name for route in GUARDED}
    assert BODIES.keys() <= {route.name for route in _asked()}


async def test_f3_a_technician_of_another_unit_is_no_technician_here(unit: OneCall) -> None:
    await unit.logged()
    orders = [{"technician": name, "planned_at": RECEIVED_AT} for name in (TECHNICIAN_ELSEWHERE.user, NOTHING)]
    known, unknown = [await unit.manager.client.post("/api/calls/call-one/dispatch", json=each) for each in orders]
    assert problem(known) == (422, "dispatch.not_a_technician")
    assert _told(known) == _told(unknown)


async def test_f3_a_product_of_another_unit_is_no_product_here(unit: OneCall) -> None:
    call = {"unit": MANAGER_ELSEWHERE.unit, "customer": "customer-two", "received_at": RECEIVED_AT}
    theirs = Setting(Kind.ASSET, "asset-one", {"unit": BANQIAO})
    calls = [
        Setting(Kind.SERVICE_CALL, f"call-{asset}", call | {"asset": asset}) for asset in ("asset-one", "asset-none")
    ]
    await unit.world.decide(MANAGER_ELSEWHERE, theirs, *calls)
    manager = await unit.world.enrolled(MANAGER_ELSEWHERE)
    order = {"technician": TECHNICIAN_ELSEWHERE.user, "planned_at": RECEIVED_AT}
    known, unknown = [await manager.client.post(f"/api/calls/{each.id}/dispatch", json=order) for each in calls]
    assert problem(known) == (422, "call.no_asset")
    assert _told(known) == _told(unknown)


async def test_f3_somebody_elses_device_is_no_device_of_ones_own(unit: OneCall) -> None:
    browser = await unit.world.signed_in(TECHNICIAN_ELSEWHERE)
    proofs = [{"device": device, "signature": "A" * 86} for device in (unit.technician.device, NOTHING)]
    known, unknown = [await browser.post("/api/session/device", json=proof) for proof in proofs]
    assert problem(known) == (403, "device.unknown")
    assert _told(known) == _told(unknown)


ONE_PLACE = "server/records/scope.py"


def test_nobody_but_the_one_place_looks_at_the_units_of_a_caller() -> None:
    reading = {
        path: text(path).count("caller.units") for path in written(".py", under=("server/",)) if path != ONE_PLACE
    }
    asking = {
        path: text(path).count("in_scope(caller.units") + text(path).count("sees(caller.units") for path in reading
    }
    assert {path: count for path, count in reading.items() if count > asking[path]} == {}
    assert sum(asking.values()) > 4
