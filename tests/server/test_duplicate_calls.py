"""A call that turns out to be the same as another one: it is withdrawn, and names the one that stands (1-3, F014)."""

from typing import Any

import httpx
import pytest

from schemas.registry import Kind
from schemas.vocabulary import Role
from server.records.work import Setting
from tests.server.one_call import RECEIVED_AT, OneCall, at_work
from tests.server.world import BANQIAO, CLERK, TAOYUAN, TECHNICIAN, TECHNICIAN_TWO, World, problem, proven


@pytest.fixture
async def unit(world: World) -> OneCall:
    unit = await at_work(world)
    await unit.logged("call-one")
    await unit.logged("call-two")
    return unit


async def same(unit: OneCall, call: str = "call-two", of: str = "call-one", **more: Any) -> httpx.Response:  # noqa: ANN401 - any member of the body
    return await unit.clerk.client.post(f"/api/calls/{call}/duplicate", json={"of": of} | more)


async def reinstated(unit: OneCall, call: str = "call-two") -> None:
    proven(await unit.clerk.client.post(f"/api/calls/{call}/reinstate", json={"reason": "是兩件事"}))


async def test_a_duplicate_keeps_its_number_names_the_other_and_frees_the_voucher(unit: OneCall) -> None:
    await unit.dispatched("call-two")
    proven(await same(unit, reason=" 客戶打了兩次 "))
    call = await unit.call("call-two")
    assert (call["number"], call["duplicate_of"]) == ("BAN-2026-000002", "call-one")
    assert (call["withdrawn_by"], call["withdrawn_reason"]) == (CLERK.user, "客戶打了兩次")
    assert "checked_out_to" not in await unit.voucher()
    assert problem(await unit.dispatch("call-two")) == (409, "state.forbids")
    assert "withdrawn_at" not in await unit.call("call-one")


async def test_nobody_has_to_say_why_two_calls_are_one(unit: OneCall) -> None:
    proven(await same(unit))
    assert "withdrawn_reason" not in await unit.call("call-two")


async def test_f014_the_voucher_stays_out_for_the_call_that_stands(unit: OneCall) -> None:
    await unit.dispatched("call-two")
    await unit.dispatched("call-one")
    proven(await same(unit))
    assert (await unit.voucher())["checked_out_to"] == TECHNICIAN.user


async def test_f014_somebody_else_may_be_sent_to_the_call_that_stands(unit: OneCall) -> None:
    await unit.dispatched("call-two")
    proven(await same(unit))
    await unit.dispatched("call-one", TECHNICIAN_TWO)
    assert (await unit.voucher())["checked_out_to"] == TECHNICIAN_TWO.user


async def test_a_duplicate_that_is_put_back_is_as_it_was(unit: OneCall) -> None:
    await unit.dispatched("call-two")
    proven(await same(unit))
    await reinstated(unit)
    ended = {"duplicate_of", "withdrawn_at", "withdrawn_by", "withdrawn_reason"}
    assert ended.isdisjoint(await unit.call("call-two"))
    assert (await unit.voucher())["checked_out_to"] == TECHNICIAN.user


async def test_what_a_technician_did_who_could_not_know_is_kept_and_closed_once_it_is_put_back(unit: OneCall) -> None:
    visit = await unit.dispatched("call-two")
    proven(await same(unit))
    await unit.worked(visit, "call-two")
    await unit.signed(visit)
    assert (await unit.world.document(Kind.SERVICE_VISIT, visit))["fault"] == "壓縮機不運轉"
    assert problem(await unit.close("call-two")) == (409, "state.forbids")
    await reinstated(unit)
    proven(await unit.close("call-two"))
    assert "filed_at" in await unit.voucher()


async def test_work_that_has_begun_makes_no_duplicate(unit: OneCall) -> None:
    await unit.worked(await unit.dispatched("call-two"), "call-two", finished_at=None)
    assert problem(await same(unit)) == (409, "state.forbids")


async def test_the_other_call_has_to_stand(unit: OneCall) -> None:
    await unit.logged("call-three")
    proven(await unit.clerk.client.post("/api/calls/call-one/withdraw", json={"reason": "客戶不修了"}))
    assert problem(await same(unit)) == (409, "call.not_standing")
    proven(await same(unit, of="call-three"))
    assert problem(await same(unit, "call-three", of="call-two")) == (409, "call.not_standing")
    assert "duplicate_of" not in await unit.call("call-three")


async def test_a_call_may_be_the_same_as_one_that_is_closed(unit: OneCall) -> None:
    await unit.done("call-one")
    proven(await unit.close("call-one"))
    proven(await same(unit))
    assert (await unit.call("call-two"))["duplicate_of"] == "call-one"


async def test_a_call_is_no_duplicate_of_itself_of_another_customers_or_of_one_that_is_not_there(unit: OneCall) -> None:
    other = {"unit": BANQIAO, "name": "陳志明"}
    await unit.wrote(unit.clerk, Kind.CUSTOMER, "customer-two", other)
    await unit.logged("call-three", customer="customer-two")
    await unit.logged("call-four", customer=None)
    for of in ("call-two", "call-three", "call-four"):
        assert problem(await same(unit, of=of)) == (409, "call.other_customer")
    assert problem(await same(unit, of="call-none")) == (404, "record.missing")


async def test_f016_calls_of_two_units_are_not_one_for_whoever_sees_both(unit: OneCall) -> None:
    far = {"unit": TAOYUAN, "customer": "customer-one", "received_at": RECEIVED_AT}
    await unit.world.decide(CLERK, Setting(Kind.SERVICE_CALL, "call-far", far))
    assert problem(await same(unit, of="call-far")) == (404, "record.missing")
    grant = {"user": CLERK.user, "unit": BANQIAO, "role": Role.SERVICE_DEPARTMENT}
    await unit.world.decide(CLERK, Setting(Kind.ROLE_GRANT, "grant-everywhere", grant))
    assert problem(await same(unit, of="call-far")) == (409, "call.other_customer")


async def test_f013_calls_of_two_customers_who_were_merged_are_calls_of_one(unit: OneCall) -> None:
    await unit.wrote(unit.clerk, Kind.CUSTOMER, "customer-two", {"unit": BANQIAO, "name": "陳美慧"})
    await unit.logged("call-three", customer="customer-two")
    merge = await unit.clerk.client.post("/api/customers/customer-two/merge", json={"into": "customer-one"})
    proven(merge)
    proven(await same(unit, of="call-three"))


async def test_only_the_command_says_that_a_call_is_a_duplicate(unit: OneCall) -> None:
    await unit.clerk.pull()
    unit.clerk.write(Kind.SERVICE_CALL, "call-two", {"duplicate_of": "call-one"})
    reply = await unit.clerk.push(len(unit.clerk.chain.sent))
    assert [result[1:3] for result in reply.results] == [("held", "operation.right")]
    assert "duplicate_of" not in await unit.call("call-two")


async def test_a_technician_does_not_decide_that_two_calls_are_one(unit: OneCall) -> None:
    answer = await unit.technician.client.post("/api/calls/call-two/duplicate", json={"of": "call-one"})
    assert problem(answer) == (403, "session.role_missing")
