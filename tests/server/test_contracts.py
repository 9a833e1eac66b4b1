"""Category B needs a contract, C a warranty, and neither is closed without (F002, F003, F007)."""

from typing import Any

import httpx
import pytest

from schemas.registry import Kind
from server.records.covers import covered_asset_id
from tests.server.one_call import RECEIVED_AT, OneCall, at_work
from tests.server.world import BANQIAO, CLERK, CLERK_ELSEWHERE, TAOYUAN, TECHNICIAN, World, problem, proven

DAY_MS = 86_400_000
YEAR = {"valid_from": RECEIVED_AT - DAY_MS, "valid_until": RECEIVED_AT + DAY_MS, "visits_included": 4}


@pytest.fixture
async def unit(world: World) -> OneCall:
    return await at_work(world)


async def contracted(unit: OneCall, asset: str = "asset-one", **changed: Any) -> None:  # noqa: ANN401 - any field of a contract
    """The clerk writes a contract down that covers a product."""
    agreed = {"unit": BANQIAO, "customer": "customer-one", "number": "M-1"} | YEAR | changed
    await unit.wrote(unit.clerk, Kind.MAINTENANCE_CONTRACT, "contract-one", agreed)
    listed = {"unit": BANQIAO, "contract": "contract-one", "asset": asset}
    await unit.wrote(unit.clerk, Kind.COVERED_ASSET, covered_asset_id("contract-one", asset), listed)


async def served(unit: OneCall, **changed: Any) -> str:  # noqa: ANN401 - any field of a visit
    """The technician serves the call and the customer signs; the visit's id."""
    visit = await unit.dispatched()
    await unit.worked(visit, **changed)
    await unit.signed(visit)
    return visit


async def amend(unit: OneCall, visit: str, **fields: Any) -> httpx.Response:  # noqa: ANN401 - any field of a visit
    body = {"reason": "類別選錯", "fields": fields}
    return await unit.manager.client.post(f"/api/visits/{visit}/amend", json=body)


async def test_f002_a_visit_by_contract_is_closed_while_the_contract_covers_its_product(unit: OneCall) -> None:
    await unit.logged()
    await contracted(unit)
    await served(unit, category="contract", fee_total=0)
    proven(await unit.close())


@pytest.mark.parametrize(
    "changed",
    [
        {"asset": "asset-other"},
        {"valid_until": RECEIVED_AT - 1},
        {"valid_from": RECEIVED_AT + 1},
        {"valid_until": None},
        {"deleted": True},
    ],
    ids=["another product", "over", "not begun", "no end", "taken back"],
)
async def test_f002_a_visit_by_contract_without_one_is_not_closed(unit: OneCall, changed: dict[str, Any]) -> None:
    await unit.logged()
    await contracted(unit, **changed)
    await served(unit, category="contract", fee_total=0)
    assert problem(await unit.close()) == (409, "visit.category")


async def test_f002_a_product_that_was_taken_out_of_the_contract_is_not_covered(unit: OneCall) -> None:
    await unit.logged()
    await contracted(unit)
    await unit.wrote(unit.clerk, Kind.COVERED_ASSET, covered_asset_id("contract-one", "asset-one"), {"deleted": True})
    await served(unit, category="contract", fee_total=0)
    assert problem(await unit.close()) == (409, "visit.category")


async def test_f002_a_contract_that_is_entered_late_lets_the_call_be_closed(unit: OneCall) -> None:
    await unit.logged()
    await served(unit, category="contract", fee_total=0)
    assert problem(await unit.close()) == (409, "visit.category")
    await contracted(unit)
    proven(await unit.close())


async def test_f016_a_contract_of_another_unit_covers_nothing_here(world: World, unit: OneCall) -> None:
    await unit.logged()
    await contracted(unit)
    foreign = await world.enrolled(CLERK_ELSEWHERE)
    foreign.write(Kind.MAINTENANCE_CONTRACT, "contract-two", {"unit": TAOYUAN} | YEAR)
    listed = {"unit": TAOYUAN, "contract": "contract-two", "asset": "asset-one"}
    foreign.write(Kind.COVERED_ASSET, covered_asset_id("contract-two", "asset-one"), listed)
    await foreign.push()
    await unit.wrote(unit.clerk, Kind.MAINTENANCE_CONTRACT, "contract-one", {"deleted": True})
    await served(unit, category="contract", fee_total=0)
    assert problem(await unit.close()) == (409, "visit.category")


async def test_f003_a_free_visit_after_the_warranty_is_not_closed(unit: OneCall) -> None:
    await unit.logged()
    await unit.wrote(unit.clerk, Kind.ASSET, "asset-one", {"warranty_until": RECEIVED_AT - 1})
    await served(unit, category="warranty", fee_total=0)
    assert problem(await unit.close()) == (409, "visit.category")


async def test_f007_after_signing_the_manager_changes_the_category_with_a_reason_and_the_customer_signs_again(
    unit: OneCall,
) -> None:
    await unit.logged()
    visit = await served(unit, category="contract", fee_total=0)
    proven(await amend(unit, visit, category="paid"))
    shown = await unit.world.document(Kind.SERVICE_VISIT, visit)
    assert (shown["category"], shown["amended_reason"]) == ("paid", "類別選錯")
    assert problem(await unit.close()) == (409, "visit.changed_after_signing")
    await unit.signed(visit)
    proven(await unit.close())


@pytest.mark.parametrize(("category", "allowed"), [("contract", False), ("warranty", True), ("paid", True)])
async def test_f002_an_amendment_to_a_category_without_cover_is_refused(
    unit: OneCall, category: str, *, allowed: bool
) -> None:
    await unit.logged()
    visit = await served(unit, fee_total=0)
    answer = await amend(unit, visit, category=category)
    assert (answer.status_code == 204) is allowed
    if not allowed:
        assert problem(answer) == (409, "visit.category")


async def test_f004_nobody_is_charged_for_what_is_free(unit: OneCall) -> None:
    await unit.logged()
    visit = await served(unit, category="warranty", fee_total=180_000)
    assert problem(await unit.close()) == (409, "visit.free_with_fee")
    assert problem(await amend(unit, visit, fee_total=90_000)) == (409, "visit.free_with_fee")
    proven(await amend(unit, visit, fee_total=0))
    await unit.signed(visit)
    proven(await unit.close())


async def test_f004_what_the_warranty_covers_is_paid_for_only_with_a_reason_which_is_audited(unit: OneCall) -> None:
    await unit.logged(category="warranty")
    await unit.wrote(unit.clerk, Kind.ASSET, "asset-one", {"warranty_until": RECEIVED_AT + DAY_MS})
    visit = await unit.dispatched()
    await unit.worked(visit, category="warranty", fee_total=0)
    changed = {"category": "paid", "fee_total": 180_000}
    await unit.wrote(unit.technician, Kind.SERVICE_VISIT, visit, changed)
    await unit.signed(visit)
    assert problem(await unit.close()) == (409, "visit.category_reason")
    await unit.wrote(unit.clerk, Kind.SERVICE_VISIT, visit, {"category_reason": "客戶摔落"})
    proven(await unit.close())
    noted = [each for each in await unit.world.entries() if each.deed == "call.category_changed"]
    assert [(each.user, each.objects) for each in noted] == [(TECHNICIAN.user, (f"service_visit:{visit}",))]


async def test_f004_the_audit_log_has_the_reason_that_came_with_the_category(unit: OneCall) -> None:
    await unit.logged(category="warranty")
    changed = {"category": "paid", "category_reason": "客戶摔落"}
    await unit.wrote(unit.clerk, Kind.SERVICE_CALL, "call-one", changed)
    await unit.wrote(unit.clerk, Kind.SERVICE_CALL, "call-one", {"symptom": "漏水"})
    noted = [each for each in await unit.world.entries() if each.deed == "call.category_changed"]
    assert [(each.user, each.objects, each.purpose) for each in noted] == [
        (CLERK.user, ("service_call:call-one",), "客戶摔落")
    ]
    assert noted[0].request_sha256 is not None


async def test_f004_an_amendment_needs_no_other_reason_and_is_one_entry(unit: OneCall) -> None:
    await unit.logged()
    await unit.wrote(unit.clerk, Kind.ASSET, "asset-one", {"warranty_until": RECEIVED_AT + DAY_MS})
    visit = await served(unit, category="warranty", fee_total=0)
    proven(await amend(unit, visit, category="paid"))
    assert (await unit.world.document(Kind.SERVICE_VISIT, visit))["category_reason"] == "類別選錯"
    assert "call.category_changed" not in await unit.world.deeds()
    await unit.signed(visit)
    proven(await unit.close())


async def test_f001_a_call_is_not_closed_as_long_as_a_visit_has_no_category(unit: OneCall) -> None:
    await unit.logged()
    visit = await served(unit, category=None)
    assert problem(await unit.close()) == (409, "visit.no_category")
    proven(await amend(unit, visit, category="paid"))
    await unit.signed(visit)
    proven(await unit.close())


async def test_f007_nobody_but_the_manager_changes_the_category_of_what_was_signed(unit: OneCall) -> None:
    await unit.logged()
    visit = await served(unit)
    body = {"reason": "類別選錯", "fields": {"category": "warranty"}}
    for device in (unit.clerk, unit.technician):
        assert problem(await device.client.post(f"/api/visits/{visit}/amend", json=body)) == (
            403,
            "session.role_missing",
        )
    unit.clerk.write(Kind.SERVICE_VISIT, visit, {"category": "warranty"})
    await unit.clerk.push(len(unit.clerk.chain.sent))
    assert problem(await unit.close()) == (409, "visit.changed_after_signing")
