"""Correcting when a call came in, and that nothing else does (F010)."""

from typing import Any

import httpx
import pytest

from schemas.registry import Kind
from server.records.work import Setting
from tests.server.one_call import OneCall, at_work
from tests.server.world import BANQIAO, CLERK, MANAGER, SyncDevice, World, problem, proven

HOUR_MS, DAY_MS = 3_600_000, 86_400_000


@pytest.fixture
async def unit(world: World) -> OneCall:
    return await at_work(world)


async def logged(unit: OneCall, ago: int = HOUR_MS, **fields: Any) -> int:  # noqa: ANN401 - any field of a call
    """Log a call that came in a while ago; when it was logged."""
    now = unit.world.clock.now()
    await unit.logged(received_at=now - ago, logged_at=now, **fields)
    return now


async def correct(by: SyncDevice, received_at: int, reason: str = "聽錯時間", call: str = "call-one") -> httpx.Response:
    return await by.client.post(f"/api/calls/{call}/receipt", json={"received_at": received_at, "reason": reason})


async def shown(unit: OneCall, *fields: str) -> tuple[object, ...]:
    call = await unit.call()
    return tuple(call.get(field) for field in fields)


async def test_f010_a_clerk_corrects_when_a_call_came_in_with_a_reason(unit: OneCall) -> None:
    now = await logged(unit)
    proven(await correct(unit.clerk, now - 3 * DAY_MS, " 週末的留言 "))
    assert await shown(unit, "received_at", "received_reason") == (now - 3 * DAY_MS, "週末的留言")


async def test_f010_the_limit_is_counted_anew_and_the_history_keeps_what_stood_there(unit: OneCall) -> None:
    now = await logged(unit)
    (before,) = await shown(unit, "due_at")
    proven(await correct(unit.manager, now - 10 * DAY_MS))
    (after,) = await shown(unit, "due_at")
    assert isinstance(before, int)
    assert isinstance(after, int)
    assert before - after >= 7 * DAY_MS
    told = (await unit.manager.client.get("/api/records/service_call/call-one/history")).json()
    assert {each["fields"]["due_at"]["value"] for each in told if "due_at" in each["fields"]} == {before, after}
    assert now - HOUR_MS in {each["fields"]["received_at"]["value"] for each in told if "received_at" in each["fields"]}


async def test_f010_whoever_has_arrived_is_measured_by_the_corrected_time(unit: OneCall) -> None:
    now = await logged(unit)
    visit = await unit.dispatched()
    await unit.worked(visit, arrived_at=now, finished_at=now + 1)
    (before,) = await shown(unit, "due_at")
    proven(await correct(unit.clerk, now - 10 * DAY_MS))
    assert (await shown(unit, "due_at")) != (before,)


async def test_f010_a_call_keeps_its_number_whatever_the_year_it_came_in(unit: OneCall) -> None:
    now = await logged(unit, ago=0)
    (number,) = await shown(unit, "number")
    await unit.world.decide(MANAGER, Setting(Kind.SERVICE_CALL, "call-one", {"logged_at": now - 360 * DAY_MS}))
    proven(await correct(unit.clerk, now - 362 * DAY_MS))
    assert await shown(unit, "number") == (number,)


@pytest.mark.parametrize("moved", [HOUR_MS, -31 * DAY_MS])
async def test_f010_no_call_came_in_after_it_was_logged_or_long_before(unit: OneCall, moved: int) -> None:
    now = await logged(unit)
    assert problem(await correct(unit.clerk, now + moved)) == (422, "call.received_at")
    assert await shown(unit, "received_at") == (now - HOUR_MS,)


async def test_f010_no_call_came_in_after_somebody_had_arrived_for_it(unit: OneCall) -> None:
    now = await logged(unit)
    visit = await unit.dispatched()
    await unit.worked(visit, arrived_at=now - HOUR_MS // 2, finished_at=now)
    assert problem(await correct(unit.clerk, now - HOUR_MS // 4)) == (422, "call.received_at")


async def test_f010_nothing_is_corrected_without_a_reason(unit: OneCall) -> None:
    now = await logged(unit)
    assert problem(await correct(unit.clerk, now - DAY_MS, "  ")) == (422, "reason.missing")


async def test_f010_a_call_that_is_over_is_not_corrected(unit: OneCall) -> None:
    now = await logged(unit)
    proven(await unit.clerk.client.post("/api/calls/call-one/withdraw", json={"reason": "客戶不修了"}))
    assert problem(await correct(unit.clerk, now - DAY_MS)) == (409, "state.forbids")


@pytest.mark.parametrize(
    "fields", [{"logged_at": 1_771_000_000_000}, {"logged_by": "u-technician"}, {"logged_at": None}]
)
async def test_f011_no_push_changes_when_and_by_whom_a_call_was_logged(unit: OneCall, fields: dict[str, Any]) -> None:
    now = unit.world.clock.now()
    await unit.logged(received_at=now - HOUR_MS, logged_at=now, logged_by=CLERK.user)
    await unit.clerk.pull()
    unit.clerk.write(Kind.SERVICE_CALL, "call-one", fields)
    reply = await unit.clerk.push(len(unit.clerk.chain.sent))
    assert [result[1:] for result in reply.results] == [("held", "operation.fixed")]
    assert await shown(unit, "logged_at", "logged_by") == (now, CLERK.user)


@pytest.mark.parametrize("fields", [{"received_at": 1}, {"received_reason": "改一下"}, {"received_at": None}])
async def test_f010_no_push_changes_when_a_logged_call_came_in(unit: OneCall, fields: dict[str, Any]) -> None:
    now = await logged(unit)
    await unit.clerk.pull()
    unit.clerk.write(Kind.SERVICE_CALL, "call-one", fields | {"symptom": "漏水"})
    reply = await unit.clerk.push(len(unit.clerk.chain.sent))
    assert [result[1:] for result in reply.results] == [("held", "operation.fixed")]
    assert await shown(unit, "received_at", "received_reason", "symptom") == (now - HOUR_MS, None, "不冷")


async def test_f010_no_push_that_logs_a_call_changes_it_behind_itself(unit: OneCall) -> None:
    now = unit.world.clock.now()
    unit.technician.write(Kind.SERVICE_CALL, "call-one", {"unit": BANQIAO, "received_at": now})
    unit.technician.write(Kind.SERVICE_CALL, "call-one", {"received_at": now - DAY_MS})
    reply = await unit.technician.push()
    assert [result[1:] for result in reply.results] == [("held", "operation.fixed")]
    assert await shown(unit, "received_at") == (now,)


async def test_f010_nobody_applies_a_held_change_of_it_but_the_rest(unit: OneCall) -> None:
    now = await logged(unit)
    await unit.clerk.pull()
    unit.clerk.write(Kind.SERVICE_CALL, "call-one", {"received_at": now - DAY_MS, "symptom": "漏水"})
    await unit.clerk.push(len(unit.clerk.chain.sent))
    (held,) = (await unit.manager.client.get("/api/held")).json()
    assert held["applicable"] == ["symptom"]
