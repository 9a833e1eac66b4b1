"""The end of the day: the register held against the vouchers, and signed by clerk or manager (1-13, F017)."""

from datetime import datetime
from zoneinfo import ZoneInfo

import httpx
import pytest

from schemas.kinds.reconciliations import Reconciliation
from schemas.registry import Kind
from server.records.documents import Documents, Found
from server.records.work import Setting
from tests.server.one_call import OneCall, at_work
from tests.server.world import (
    ADMIN,
    BANQIAO,
    CLERK,
    CLERK_ELSEWHERE,
    COMPANY,
    DEPARTMENT,
    MANAGER,
    MANAGER_ELSEWHERE,
    TECHNICIAN,
    SyncDevice,
    World,
    problem,
    proven,
)

TAIPEI = ZoneInfo("Asia/Taipei")


@pytest.fixture
async def unit(world: World) -> OneCall:
    """A unit with a call that nobody was sent to, one that somebody is out for, and one that is done and signed."""
    unit = await at_work(world)
    for place, call in enumerate(("call-waiting", "call-out", "call-done")):
        await unit.logged(call, f"asset-{place}")
    await unit.dispatched("call-out")
    await unit.done("call-done")
    return unit


async def sign(device: SyncDevice, note: str = "", of: str = BANQIAO) -> httpx.Response:
    return await device.client.post(f"/api/units/{of}/reconciliation", json={"note": note})


async def reconciled(unit: OneCall) -> list[Found[Reconciliation]]:
    async with unit.world.journal.database.reading() as connection:
        return await Documents(connection, COMPANY).where(Reconciliation, "unit", [BANQIAO])


async def test_f017_the_clerk_signs_how_many_calls_of_each_list_are_left(unit: OneCall) -> None:
    proven(await sign(unit.clerk, " 明天先派周宅 "))
    (one,) = await reconciled(unit)
    shown = one.shown
    assert (shown.undispatched, shown.out, shown.unclosed) == (1, 1, 1)
    assert (shown.signed_by, shown.note) == (CLERK.user, "明天先派周宅")
    assert shown.date == datetime.fromtimestamp((shown.signed_at or 0) / 1_000, TAIPEI).date().isoformat()


async def test_f017_signing_again_on_the_same_day_puts_the_newer_count_in_place_of_the_older(unit: OneCall) -> None:
    proven(await sign(unit.clerk))
    proven(await unit.close("call-done"))
    proven(await sign(unit.clerk))
    (one,) = await reconciled(unit)
    assert (one.shown.unclosed, one.rivals) == (0, frozenset())


async def test_f017_nobody_signs_what_came_in_after_he_had_looked(unit: OneCall) -> None:
    path, seen = f"/api/units/{BANQIAO}/reconciliation", {"undispatched": 0, "out": 1, "unclosed": 1}
    refused = await unit.clerk.client.post(path, json=seen)
    assert problem(refused) == (409, "call.day_changed")
    assert refused.json()["facts"] == {"undispatched": 1, "out": 1, "unclosed": 1}
    assert await reconciled(unit) == []
    proven(await unit.clerk.client.post(path, json=refused.json()["facts"]))
    (one,) = await reconciled(unit)
    assert (one.shown.undispatched, one.shown.out, one.shown.unclosed) == (1, 1, 1)


async def test_f017_the_audit_log_names_every_call_that_was_left(unit: OneCall) -> None:
    proven(await sign(unit.clerk))
    last = (await unit.world.entries())[-1]
    left = {"service_call:call-waiting", "service_call:call-out", "service_call:call-done"}
    assert last.deed == "call.day_reconciled"
    assert left == set(last.objects[2:])


async def test_f017_the_manager_signs_where_no_clerk_does(unit: OneCall) -> None:
    proven(await sign(unit.manager))
    (one,) = await reconciled(unit)
    assert one.shown.signed_by == MANAGER.user


async def test_f017_nobody_but_the_units_own_clerk_and_manager_signs(unit: OneCall, world: World) -> None:
    for person in (TECHNICIAN, DEPARTMENT, ADMIN):
        assert problem(await sign(await world.enrolled(person))) == (403, "session.role_missing")
    assert problem(await sign(await world.enrolled(MANAGER_ELSEWHERE))) == (404, "record.missing")
    assert problem(await sign(await world.enrolled(CLERK_ELSEWHERE))) == (404, "record.missing")
    assert problem(await sign(unit.clerk, of="unit-nowhere")) == (404, "record.missing")
    assert await reconciled(unit) == []


async def test_f017_everybody_in_the_unit_sees_what_was_signed(unit: OneCall) -> None:
    proven(await sign(unit.clerk))
    rows = [row for row in (await unit.manager.pull()).values() if row.kind == "reconciliation"]
    assert [row.fields["undispatched"] for row in rows] == [1]


async def test_a_note_that_cannot_be_kept_as_text_is_refused(unit: OneCall) -> None:
    assert problem(await sign(unit.clerk, "a\x00b")) == (400, "request.malformed")


async def test_f017_a_voucher_that_is_out_for_no_call_is_counted_with_those_that_are_out(unit: OneCall) -> None:
    out = {"checked_out_at": unit.world.clock.now(), "checked_out_to": TECHNICIAN.user}
    for product in ("asset-0", "asset-alone"):
        lost = Setting(Kind.SERVICE_VOUCHER, product, {"unit": BANQIAO, "opened_at": 1, **out})
        await unit.world.decide(MANAGER, lost)
    proven(await sign(unit.clerk))
    (one,) = await reconciled(unit)
    assert (one.shown.undispatched, one.shown.out, one.shown.unclosed) == (1, 3, 1)
    objects = (await unit.world.entries())[-1].objects
    assert objects[-2:] == ("service_voucher:asset-0", "service_voucher:asset-alone")
    seen = {"undispatched": 1, "out": 1, "unclosed": 1}
    refused = await unit.clerk.client.post(f"/api/units/{BANQIAO}/reconciliation", json=seen)
    assert problem(refused) == (409, "call.day_changed")


async def test_f017_whoever_is_out_for_a_merged_product_has_the_voucher_of_the_one_that_stays(unit: OneCall) -> None:
    proven(await unit.clerk.client.post("/api/assets/asset-0/merge", json={"into": "asset-2"}))
    await unit.dispatched("call-waiting")
    proven(await unit.close("call-done"))
    proven(await sign(unit.clerk))
    (one,) = await reconciled(unit)
    assert (one.shown.undispatched, one.shown.out, one.shown.unclosed) == (0, 2, 0)
