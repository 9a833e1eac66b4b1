"""Amending what was signed (F007, F032)."""

import httpx
import pytest

from schemas.registry import Kind
from tests.server.one_call import RECEIVED_AT, OneCall, at_work
from tests.server.world import CLERK_ELSEWHERE, MANAGER, MANAGER_ELSEWHERE, TECHNICIAN, World, problem, proven


@pytest.fixture
async def unit(world: World) -> OneCall:
    return await at_work(world)


async def amend(unit: OneCall, visit: str, **body: object) -> httpx.Response:
    return await unit.manager.client.post(f"/api/visits/{visit}/amend", json={"reason": "金額算錯"} | body)


async def test_an_amendment_says_who_when_and_why_and_keeps_what_was_signed(unit: OneCall) -> None:
    await unit.logged()
    visit, signature = await unit.done_and_signed()
    assert (await amend(unit, visit, fields={"fee_total": 150_000})).status_code == 204
    shown = await unit.world.document(Kind.SERVICE_VISIT, visit)
    assert (shown["fee_total"], shown["amended_by"], shown["amended_reason"]) == (150_000, MANAGER.user, "金額算錯")
    assert '"fee_total":180000' in str((await unit.world.document(Kind.SIGNATURE, signature))["content"])


async def test_f024_an_amended_arrival_keeps_what_the_phone_said(unit: OneCall) -> None:
    await unit.logged()
    visit = await unit.dispatched()
    await unit.worked(visit, arrived_at=RECEIVED_AT + 3_600_000)
    await unit.signed(visit)
    for minutes, reason in ((50, "忘了按"), (55, "再查一次")):
        fields = {"arrived_at": RECEIVED_AT + minutes * 60_000}
        proven(await amend(unit, visit, fields=fields, reason=reason))
        shown = await unit.world.document(Kind.SERVICE_VISIT, visit)
        assert shown["arrived_at"] == RECEIVED_AT + minutes * 60_000
        assert shown["arrived_stamped_at"] == RECEIVED_AT + 3_600_000
        assert (shown["arrived_reason"], shown["arrived_corrected_by"]) == (reason, MANAGER.user)


async def test_f032_what_was_amended_must_be_signed_again_before_the_call_is_closed(unit: OneCall) -> None:
    await unit.logged()
    visit = await unit.done()
    proven(await amend(unit, visit, fields={"fee_total": 150_000}))
    assert problem(await unit.close()) == (409, "visit.changed_after_signing")
    await unit.signed(visit)
    proven(await unit.close())


async def test_an_amendment_needs_a_reason(unit: OneCall) -> None:
    await unit.logged()
    visit = await unit.done()
    assert problem(await amend(unit, visit, fields={"fee_total": 1}, reason=" ")) == (422, "reason.missing")
    assert (await unit.world.document(Kind.SERVICE_VISIT, visit))["fee_total"] == 180_000


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"finished_at": 1},
        {"fee_total": 1, "amended_by": TECHNICIAN.user},
        {"fee_total": -1},
        {"fee_total": 1.5},
        {"outcome": "exploded"},
        {"fault": "Cafe\u0301"},
        {"fault": "a\u0000b"},
        "all of them",
    ],
)
async def test_only_signed_fields_with_fitting_values_are_amended(unit: OneCall, fields: object) -> None:
    await unit.logged()
    visit = await unit.done()
    assert problem(await amend(unit, visit, fields=fields)) == (400, "request.malformed")


async def test_what_nobody_signed_is_edited_and_not_amended(unit: OneCall) -> None:
    await unit.logged()
    visit = await unit.dispatched()
    await unit.worked(visit)
    assert problem(await amend(unit, visit, fields={"fee_total": 1})) == (409, "state.forbids")


async def test_only_the_units_manager_amends(unit: OneCall) -> None:
    await unit.logged()
    visit = await unit.done()
    for device in (unit.clerk, unit.technician, await unit.world.enrolled(CLERK_ELSEWHERE)):
        answer = await device.client.post(f"/api/visits/{visit}/amend", json={"reason": "x", "fields": {}})
        assert problem(answer) == (403, "session.role_missing")
    manager = (await unit.world.enrolled(MANAGER_ELSEWHERE)).client
    answer = await manager.post(f"/api/visits/{visit}/amend", json={"reason": "x", "fields": {"fee_total": 1}})
    assert problem(answer) == (404, "record.missing")
    assert problem(await amend(unit, "visit-none", fields={"fee_total": 1})) == (404, "record.missing")
