"""Time of general administrative work: whose it is, who sees it, who writes it (1-1(4); F001, F006, F016)."""

from typing import Any

import pytest

from schemas.registry import SHAPES, Kind
from tests.server.one_call import OneCall, at_work
from tests.server.world import (
    AUDITOR,
    BANQIAO,
    CLERK_ELSEWHERE,
    DEPARTMENT,
    TECHNICIAN,
    Person,
    SyncDevice,
    World,
    problem,
    proven,
)

TOLD: dict[str, Any] = {"unit": BANQIAO, "user": TECHNICIAN.user, "work": "parts", "started_at": 1_771_000_000_000}
ENDED = {"ended_at": 1_771_001_800_000}


@pytest.fixture
async def unit(world: World) -> OneCall:
    return await at_work(world)


async def test_f006_time_of_general_work_needs_no_customer_and_no_call(unit: OneCall) -> None:
    await unit.wrote(unit.technician, Kind.ADMIN_TIME, "time-one", TOLD)
    await unit.wrote(unit.technician, Kind.ADMIN_TIME, "time-one", ENDED)
    shown = await unit.world.document(Kind.ADMIN_TIME, "time-one")
    assert {field: shown[field] for field in TOLD | ENDED} == TOLD | ENDED
    assert not {"customer", "call", "asset", "category"} & set(SHAPES[Kind.ADMIN_TIME].__struct_fields__)


async def test_f006_whoever_works_in_the_unit_writes_his_time_and_the_manager_corrects_it(unit: OneCall) -> None:
    for device in (unit.technician, unit.clerk, unit.manager):
        own = TOLD | {"user": device.chain.user}
        await unit.wrote(device, Kind.ADMIN_TIME, f"time-of-{device.chain.user}", own)
    await unit.wrote(unit.manager, Kind.ADMIN_TIME, f"time-of-{TECHNICIAN.user}", {"work": "tools"} | ENDED)
    told = await unit.manager.client.get(f"/api/records/admin_time/time-of-{TECHNICIAN.user}/history")
    assert [each["author"] for each in told.json()] == [TECHNICIAN.user, unit.manager.chain.user]


async def test_f006_nobody_but_the_manager_writes_a_colleagues_time(unit: OneCall) -> None:
    for device in (unit.technician, unit.clerk):
        assert await verdict(device, TOLD | {"user": unit.manager.chain.user}) == "operation.right"
    await unit.wrote(unit.technician, Kind.ADMIN_TIME, "time-of-lin", TOLD)
    for changed in (ENDED, ENDED | {"user": unit.clerk.chain.user}):
        unit.clerk.write(Kind.ADMIN_TIME, "time-of-lin", changed)
        reply = await unit.clerk.push(len(unit.clerk.chain.sent))
        assert [result[2] for result in reply.results] == ["operation.right"]
    await unit.wrote(unit.manager, Kind.ADMIN_TIME, "time-of-lin", ENDED)


@pytest.mark.parametrize("person", [DEPARTMENT, AUDITOR], ids=["service department", "auditor"])
async def test_f006_who_only_watches_writes_nobodys_time(unit: OneCall, person: Person) -> None:
    device = await unit.world.enrolled(person)
    assert await verdict(device, TOLD) == "operation.right"


async def test_f006_other_work_without_a_note_is_kept_as_it_was_said(unit: OneCall) -> None:
    await unit.wrote(unit.technician, Kind.ADMIN_TIME, "time-one", TOLD | {"work": "other"})
    assert (await unit.world.document(Kind.ADMIN_TIME, "time-one"))["work"] == "other"


async def test_f006_a_kind_of_work_that_there_is_not_is_held(unit: OneCall) -> None:
    assert await verdict(unit.technician, TOLD | {"work": "lunch"}) == "operation.value"


async def test_f016_another_units_time_is_nobodys_business(unit: OneCall) -> None:
    await unit.wrote(unit.technician, Kind.ADMIN_TIME, "time-one", TOLD)
    foreign = await unit.world.enrolled(CLERK_ELSEWHERE)
    await foreign.pull()
    assert "time-one" not in foreign.rows
    assert await verdict(foreign, {"note": "不是我的"}) == "operation.scope"


async def test_f001_no_visit_to_a_customer_is_closed_as_general_work(unit: OneCall) -> None:
    await unit.logged()
    visit = await unit.dispatched()
    await unit.worked(visit, category="admin", fee_total=0)
    await unit.signed(visit)
    assert problem(await unit.close()) == (409, "visit.category")
    body = {"reason": "類別選錯", "fields": {"category": "paid"}}
    proven(await unit.manager.client.post(f"/api/visits/{visit}/amend", json=body))
    await unit.signed(visit)
    proven(await unit.close())


async def test_f001_no_signed_visit_becomes_general_work(unit: OneCall) -> None:
    await unit.logged()
    visit = await unit.done()
    body = {"reason": "類別選錯", "fields": {"category": "admin"}}
    answer = await unit.manager.client.post(f"/api/visits/{visit}/amend", json=body)
    assert problem(answer) == (409, "visit.category")


async def verdict(device: SyncDevice, fields: dict[str, Any]) -> str:
    """Capture a line as a person with another client would; why it is held."""
    device.write(Kind.ADMIN_TIME, "time-one", fields)
    reply = await device.push(len(device.chain.sent))
    ((_, told, why),) = reply.results
    assert told == "held"
    return str(why)
