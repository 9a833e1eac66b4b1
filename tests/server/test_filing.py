"""Taking in a voucher that is out for no call (1-13; F014, F017)."""

import pytest

from schemas.registry import Kind
from schemas.vocabulary import VisitOutcome
from server.records.work import Setting
from tests.server.one_call import OneCall, at_work
from tests.server.world import (
    BANQIAO,
    CLERK_ELSEWHERE,
    MANAGER,
    TAOYUAN,
    TECHNICIAN_ELSEWHERE,
    World,
    problem,
    proven,
)

FILE = "/api/vouchers/asset-one/file"


@pytest.fixture
async def unit(world: World) -> OneCall:
    return await at_work(world)


async def astray(unit: OneCall) -> None:
    """A technician could not complete a call, and his product's voucher is still with him."""
    await unit.logged()
    await unit.worked(await unit.dispatched(), outcome=VisitOutcome.FOLLOW_UP)


async def test_f017_a_voucher_that_is_out_for_no_call_is_filed_and_is_out_no_more(unit: OneCall) -> None:
    await astray(unit)
    voucher = await unit.voucher()
    assert (voucher["checked_out_to"], voucher.get("filed_at")) != (None, None)
    proven(await unit.clerk.client.post(FILE))
    filed = await unit.voucher()
    assert filed["filed_at"] >= filed["checked_out_at"]
    signed = {"undispatched": 1, "out": 0, "unclosed": 0}
    proven(await unit.clerk.client.post(f"/api/units/{BANQIAO}/reconciliation", json=signed))


async def test_f014_the_next_who_is_sent_takes_it_out_again(unit: OneCall) -> None:
    await astray(unit)
    proven(await unit.clerk.client.post(FILE))
    proven(await unit.dispatch())
    voucher = await unit.voucher()
    assert voucher["checked_out_at"] > voucher["filed_at"]


async def test_f014_what_a_call_has_out_is_filed_by_closing_it_alone(unit: OneCall) -> None:
    await unit.logged()
    visit = await unit.dispatched()
    assert problem(await unit.clerk.client.post(FILE)) == (409, "state.forbids")
    await unit.worked(visit)
    assert problem(await unit.clerk.client.post(FILE)) == (409, "state.forbids")


async def test_f014_a_voucher_that_is_in_is_not_taken_in_once_more(unit: OneCall) -> None:
    await astray(unit)
    proven(await unit.clerk.client.post(FILE))
    assert problem(await unit.clerk.client.post(FILE)) == (409, "state.forbids")


async def test_f014_what_another_unit_does_about_the_product_needs_no_voucher_of_this_one(unit: OneCall) -> None:
    await astray(unit)
    far = {"unit": TAOYUAN, "asset": "asset-one", "received_at": unit.world.clock.now()}
    sent = {"unit": TAOYUAN, "call": "call-far", "technician": TECHNICIAN_ELSEWHERE.user, "planned_at": 1}
    await unit.world.decide(
        MANAGER, Setting(Kind.SERVICE_CALL, "call-far", far), Setting(Kind.DISPATCH, "dispatch-far", sent)
    )
    proven(await unit.clerk.client.post(FILE))


async def test_f016_nobody_takes_in_a_voucher_of_another_unit(unit: OneCall) -> None:
    await astray(unit)
    stranger = await unit.world.enrolled(CLERK_ELSEWHERE)
    assert problem(await stranger.client.post(FILE)) == (404, "record.missing")


async def test_f014_technicians_bring_vouchers_back_and_do_not_file_them(unit: OneCall) -> None:
    await astray(unit)
    assert problem(await unit.technician.client.post(FILE)) == (403, "session.role_missing")
