"""Whose call it is: the desk proposes, the service manager sends and moves (F015)."""

from typing import Any

import httpx
import pytest

from schemas.registry import Kind
from schemas.vocabulary import Priority
from server.records.work import Setting
from tests.server.one_call import RECEIVED_AT, OneCall, at_work
from tests.server.world import (
    BANQIAO,
    CLERK,
    MANAGER,
    TECHNICIAN,
    TECHNICIAN_ELSEWHERE,
    TECHNICIAN_TWO,
    Person,
    World,
    problem,
    proven,
)

LATER = RECEIVED_AT + 9_000_000
WHY = "改派"


@pytest.fixture
async def unit(world: World) -> OneCall:
    return await at_work(world)


async def moved(unit: OneCall, dispatch: str, to: Person = TECHNICIAN, **more: Any) -> httpx.Response:  # noqa: ANN401 - any member of the body
    body = {"technician": to.user, "planned_at": LATER} | more
    return await unit.manager.client.post(f"/api/dispatches/{dispatch}/move", json=body)


async def sent(unit: OneCall, dispatch: str) -> dict[str, Any]:
    return await unit.world.document(Kind.DISPATCH, dispatch)


async def test_f015_a_job_is_planned_for_another_time_without_anybody_being_sent_anew(unit: OneCall) -> None:
    await unit.logged()
    dispatch = await unit.dispatched()
    before, voucher = await sent(unit, dispatch), await unit.voucher()
    assert proven(await moved(unit, dispatch)).json() == {"dispatch": dispatch}
    assert await sent(unit, dispatch) == before | {"planned_at": LATER}
    assert await unit.voucher() == voucher
    assert (await unit.technician.pull())[dispatch].fields["planned_at"] == LATER


async def test_f015_somebody_else_goes_instead_with_the_voucher_in_one_act(unit: OneCall) -> None:
    await unit.logged()
    first = proven(await unit.dispatch()).json()["dispatch"]
    second = proven(await moved(unit, first, TECHNICIAN_TWO, reason=f" {WHY} ")).json()["dispatch"]
    before, after = await sent(unit, first), await sent(unit, second)
    assert (before["cancelled_by"], before["cancelled_reason"]) == (MANAGER.user, WHY)
    assert before["cancelled_at"] == after["dispatched_at"]
    assert (after["technician"], after["planned_at"], after["call"]) == (TECHNICIAN_TWO.user, LATER, "call-one")
    assert (after["dispatched_by"], after["priority"]) == (MANAGER.user, Priority.CARRIED_OVER)
    assert (await unit.voucher())["checked_out_to"] == TECHNICIAN_TWO.user


async def test_f018_the_server_reckons_what_was_carried_over_whatever_a_screen_says(unit: OneCall) -> None:
    await unit.logged(received_at=unit.world.clock.now())
    fresh = proven(await unit.dispatch(priority=Priority.CARRIED_OVER)).json()["dispatch"]
    assert (await sent(unit, fresh))["priority"] == Priority.NORMAL
    await unit.logged("call-two", "asset-two", received_at=unit.world.clock.now() - 14 * 86_400_000)
    late = proven(await unit.dispatch("call-two", TECHNICIAN_TWO, priority=Priority.NORMAL)).json()["dispatch"]
    assert (await sent(unit, late))["priority"] == Priority.CARRIED_OVER


async def test_f015_whoever_is_on_his_way_can_be_replaced(unit: OneCall) -> None:
    await unit.logged()
    dispatch = await unit.dispatched()
    under_way = {"unit": BANQIAO, "call": "call-one", "technician": TECHNICIAN.user, "en_route_at": RECEIVED_AT}
    await unit.wrote(unit.technician, Kind.SERVICE_VISIT, dispatch, under_way)
    proven(await moved(unit, dispatch, TECHNICIAN_TWO, reason=WHY))
    assert (await sent(unit, dispatch))["cancelled_reason"] == WHY


async def test_f015_a_reason_is_asked_for_whoever_is_called_back(unit: OneCall) -> None:
    await unit.logged()
    dispatch = await unit.dispatched()
    assert problem(await moved(unit, dispatch, TECHNICIAN_TWO)) == (422, "reason.missing")
    assert "cancelled_at" not in await sent(unit, dispatch)


@pytest.mark.parametrize("done", [{"finished_at": None}, {}])
async def test_f015_who_has_arrived_is_not_moved(unit: OneCall, done: dict[str, Any]) -> None:
    await unit.logged()
    dispatch = await unit.dispatched()
    await unit.worked(dispatch, **done)
    for person in (TECHNICIAN, TECHNICIAN_TWO):
        assert problem(await moved(unit, dispatch, person, reason=WHY)) == (409, "state.forbids")


async def test_f015_what_was_called_back_is_not_moved(unit: OneCall) -> None:
    await unit.logged()
    first = await unit.dispatched()
    proven(await moved(unit, first, TECHNICIAN_TWO, reason=WHY))
    assert problem(await moved(unit, first)) == (409, "state.forbids")


@pytest.mark.parametrize("person", [CLERK, TECHNICIAN_ELSEWHERE])
async def test_f015_a_job_is_moved_to_a_technician_of_the_unit_only(unit: OneCall, person: Person) -> None:
    await unit.logged()
    dispatch = await unit.dispatched()
    assert problem(await moved(unit, dispatch, person, reason=WHY)) == (422, "dispatch.not_a_technician")


async def test_f015_a_job_is_not_moved_to_who_is_sent_there_already(unit: OneCall) -> None:
    await unit.logged()
    first = await unit.dispatched()
    await unit.dispatched(to=TECHNICIAN_TWO)
    assert problem(await moved(unit, first, TECHNICIAN_TWO, reason=WHY)) == (409, "dispatch.twice")


async def test_f014_a_job_is_not_moved_while_its_voucher_stays_out_for_another_call(unit: OneCall) -> None:
    await unit.logged("call-one")
    await unit.logged("call-two")
    first = await unit.dispatched("call-one")
    await unit.dispatched("call-two")
    assert problem(await moved(unit, first, TECHNICIAN_TWO, reason=WHY)) == (409, "voucher.checked_out")
    assert "cancelled_at" not in await sent(unit, first)


async def test_f015_moving_to_somebody_else_is_told_as_the_two_deeds_that_it_is(unit: OneCall) -> None:
    await unit.logged()
    first = await unit.dispatched()
    second = proven(await moved(unit, first, TECHNICIAN_TWO, reason=WHY)).json()["dispatch"]
    entries = [(each.deed, each.objects, each.purpose) for each in await unit.world.entries()][-2:]
    assert entries == [
        ("call.dispatch_cancelled", (f"dispatch:{first}", "service_call:call-one"), WHY),
        ("call.dispatched", (f"dispatch:{second}", "service_call:call-one", f"user:{TECHNICIAN_TWO.user}"), None),
    ]


async def test_f015_a_clerk_proposes_and_neither_sends_nor_moves(unit: OneCall) -> None:
    await unit.logged()
    proposed = {"proposed_technician": TECHNICIAN.user, "proposed_for": LATER, "proposed_by": CLERK.user}
    await unit.wrote(unit.clerk, Kind.SERVICE_CALL, "call-one", proposed)
    order = {"technician": TECHNICIAN.user, "planned_at": LATER}
    refused = await unit.clerk.client.post("/api/calls/call-one/dispatch", json=order)
    assert problem(refused) == (403, "session.role_missing")
    assert {name: (await unit.call())[name] for name in proposed} == proposed
    dispatch = await unit.dispatched()
    refused = await unit.clerk.client.post(f"/api/dispatches/{dispatch}/move", json=order)
    assert problem(refused) == (403, "session.role_missing")
    assert (await sent(unit, dispatch))["planned_at"] != LATER


async def test_f015_a_technician_proposes_nobody(unit: OneCall) -> None:
    await unit.logged()
    await unit.technician.pull()
    unit.technician.write(Kind.SERVICE_CALL, "call-one", {"proposed_technician": TECHNICIAN.user})
    reply = await unit.technician.push(len(unit.technician.chain.sent))
    assert [result[1] for result in reply.results] == ["held"]
    assert "proposed_technician" not in await unit.call()


async def test_f015_of_two_proposals_the_later_is_shown_and_nobody_is_asked(unit: OneCall) -> None:
    await unit.logged()
    await unit.clerk.pull()
    await unit.manager.pull()
    now = unit.world.clock.now()
    unit.clerk.write(Kind.SERVICE_CALL, "call-one", {"proposed_technician": TECHNICIAN.user}, at=now - 60_000)
    unit.manager.write(Kind.SERVICE_CALL, "call-one", {"proposed_technician": TECHNICIAN_TWO.user}, at=now)
    await unit.clerk.push(len(unit.clerk.chain.sent))
    await unit.manager.push(len(unit.manager.chain.sent))
    assert (await unit.call())["proposed_technician"] == TECHNICIAN_TWO.user


async def test_f015_whoever_is_deactivated_is_not_sent_in_anothers_place(unit: OneCall) -> None:
    await unit.logged()
    dispatch = await unit.dispatched()
    await unit.world.decide(MANAGER, Setting(Kind.USER, TECHNICIAN_TWO.user, {"deactivated_at": 1}))
    assert problem(await moved(unit, dispatch, TECHNICIAN_TWO, reason=WHY)) == (422, "dispatch.not_a_technician")
