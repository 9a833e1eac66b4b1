"""Two customers, or two products, turn out to be one: a pointer, and back (F013, F014, F016; ADR 42)."""

import asyncio
import random
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from schemas.problems import Code
from schemas.registry import COMPANY_WIDE, SHAPES, Kind
from schemas.vocabulary import Role, VisitOutcome
from server.calls.todays_work import todays_work
from server.records.audiences import unit_audience
from server.records.covers import covered_asset_id
from server.records.tables import DOCUMENTS
from server.records.work import Setting
from tests.server.one_call import RECEIVED_AT, OneCall, at_work
from tests.server.world import (
    BANQIAO,
    CLERK,
    CLERK_ELSEWHERE,
    COMPANY,
    TAOYUAN,
    TECHNICIAN,
    TECHNICIAN_TWO,
    SyncDevice,
    World,
    problem,
    proven,
)

OPENED = {"unit": BANQIAO, "origin": "at_sale", "opened_at": RECEIVED_AT - 9_000_000}


@pytest.fixture
async def unit(world: World) -> OneCall:
    return await at_work(world)


async def customer(unit: OneCall, doc: str, **fields: Any) -> None:  # noqa: ANN401 - any field of a customer
    await unit.wrote(unit.clerk, Kind.CUSTOMER, doc, {"unit": BANQIAO, "name": "陳美惠"} | fields)


async def product(unit: OneCall, doc: str, owner: str = "customer-one", **fields: Any) -> None:  # noqa: ANN401 - any field of a product
    """A product with its voucher."""
    await unit.wrote(unit.clerk, Kind.ASSET, doc, {"unit": BANQIAO, "customer": owner, "product": "變頻冰箱"} | fields)
    await unit.wrote(unit.clerk, Kind.SERVICE_VOUCHER, doc, OPENED)


async def merge(unit: OneCall, doc: str, into: str, by: SyncDevice | None = None) -> httpx.Response:
    path = "customers" if doc.startswith("customer") else "assets"
    return await (by or unit.clerk).client.post(f"/api/{path}/{doc}/merge", json={"into": into})


async def unmerge(unit: OneCall, doc: str) -> httpx.Response:
    path = "customers" if doc.startswith("customer") else "assets"
    return await unit.clerk.client.post(f"/api/{path}/{doc}/unmerge")


def said(answer: httpx.Response) -> str:
    return problem(answer)[1]


async def shown(unit: OneCall) -> dict[str, dict[str, Any]]:
    """Everything of the unit that people see, without what shows nothing."""
    rows: dict[str, dict[str, Any]] = {}
    async with unit.world.journal.database.reading() as connection:
        for kind in set(Kind) - COMPANY_WIDE:
            table = DOCUMENTS[kind]
            for row in await connection.execute(select(table).where(table.c.company == COMPANY, ~table.c.gone)):
                told = {name: getattr(row, name) for name in SHAPES[kind].__struct_fields__}
                rows[f"{kind}:{row.id}"] = {name: value for name, value in told.items() if value is not None}
    return rows


async def twice(unit: OneCall) -> None:
    """A call of the unit's customer, and the same customer with the same product once more."""
    await unit.logged()
    await unit.wrote(unit.clerk, Kind.SERVICE_VOUCHER, "asset-one", OPENED)
    await customer(unit, "customer-two", phone="02-2960-1234", mobile="0912-345-678", tax_id="04595257")
    await product(unit, "asset-two", "customer-two", serial_no="S-1", warranty_until=RECEIVED_AT + 1)


async def both_merged(unit: OneCall) -> None:
    await twice(unit)
    proven(await merge(unit, "customer-two", "customer-one"))
    proven(await merge(unit, "asset-two", "asset-one"))


async def test_f013_a_duplicate_names_the_one_that_stays_which_takes_over_what_it_lacks(unit: OneCall) -> None:
    await twice(unit)
    before = await shown(unit)
    assert proven(await merge(unit, "customer-two", "customer-one")).json() == {"into": "customer-one"}
    after = await shown(unit)
    pointer = {"merged_into": "customer-one", "merged_by": CLERK.user}
    assert after["customer:customer-two"].pop("merged_at")
    assert {doc: fields for doc, fields in after.items() if fields != before[doc]} == {
        "customer:customer-two": before["customer:customer-two"] | pointer,
        "customer:customer-one": before["customer:customer-one"] | {"tax_id": "04595257"},
    }  # the mobile is the telephone that he has, and of two telephones he keeps his own


async def test_f014_the_voucher_of_a_merged_product_is_retired_and_comes_back(unit: OneCall) -> None:
    await twice(unit)
    proven(await merge(unit, "customer-two", "customer-one"))
    before = await shown(unit)
    proven(await merge(unit, "asset-two", "asset-one"))
    after = await shown(unit)
    assert after["asset:asset-one"]["serial_no"] == "S-1"
    assert after["service_voucher:asset-two"].keys() - before["service_voucher:asset-two"].keys() == {"retired_at"}
    assert after["service_voucher:asset-one"] == before["service_voucher:asset-one"]
    proven(await unmerge(unit, "asset-two"))
    assert await shown(unit) == before


async def test_f013_calls_contracts_and_visits_go_on_naming_what_they_named(unit: OneCall) -> None:
    await twice(unit)
    call = {"unit": BANQIAO, "customer": "customer-two", "asset": "asset-two", "received_at": RECEIVED_AT}
    await unit.wrote(unit.clerk, Kind.SERVICE_CALL, "call-two", call)
    before = {doc: fields for doc, fields in (await shown(unit)).items() if doc.startswith("service_call")}
    proven(await merge(unit, "customer-two", "customer-one"))
    proven(await merge(unit, "asset-two", "asset-one"))
    assert {doc: fields for doc, fields in (await shown(unit)).items() if doc.startswith("service_call")} == before


async def test_f032_a_merge_its_undoing_and_a_changed_telephone_alter_nothing_that_was_signed(unit: OneCall) -> None:
    await twice(unit)
    visit, signature = await unit.done_and_signed()
    names = (f"service_visit:{visit}", f"signature:{signature}", "service_call:call-one")
    before = {doc: (await shown(unit))[doc] for doc in names}
    proven(await merge(unit, "customer-one", "customer-two"))
    await unit.wrote(unit.clerk, Kind.CUSTOMER, "customer-two", {"phone": "02-8888-8888", "address": "新址 1 號"})
    proven(await unmerge(unit, "customer-one"))
    await unit.wrote(unit.clerk, Kind.CUSTOMER, "customer-one", {"phone": "02-7777-7777", "address": "新址 2 號"})
    await unit.wrote(unit.clerk, Kind.ASSET, "asset-one", {"serial_no": "S-9", "model_no": "other"})
    assert {doc: (await shown(unit))[doc] for doc in names} == before
    proven(await unit.close())


async def test_f013_undoing_takes_back_only_what_nobody_has_changed_since(unit: OneCall) -> None:
    await customer(unit, "customer-one")
    await customer(unit, "customer-two", phone="02-2960-1234", mobile="0912-345-678")
    proven(await merge(unit, "customer-two", "customer-one"))
    await unit.wrote(unit.clerk, Kind.CUSTOMER, "customer-one", {"mobile": "0900-000-000"})
    proven(await unmerge(unit, "customer-two"))
    left = (await shown(unit))["customer:customer-one"]
    assert left == {"unit": BANQIAO, "name": "陳美惠", "mobile": "0900-000-000"}


async def test_f013_a_value_that_was_written_again_just_so_stays(unit: OneCall) -> None:
    await customer(unit, "customer-one")
    await customer(unit, "customer-two", phone="02-2960-1234")
    proven(await merge(unit, "customer-two", "customer-one"))
    await unit.wrote(unit.clerk, Kind.CUSTOMER, "customer-one", {"phone": "02-2960-1234"})
    proven(await unmerge(unit, "customer-two"))
    assert (await shown(unit))["customer:customer-one"]["phone"] == "02-2960-1234"


async def test_f013_into_one_that_was_merged_means_into_the_one_that_stays(unit: OneCall) -> None:
    for name in ("one", "two", "three"):
        await customer(unit, f"customer-{name}")
    proven(await merge(unit, "customer-two", "customer-one"))
    assert proven(await merge(unit, "customer-three", "customer-two")).json() == {"into": "customer-one"}
    assert (await shown(unit))["customer:customer-three"]["merged_into"] == "customer-one"


async def test_f013_two_are_never_merged_in_a_circle(unit: OneCall) -> None:
    for name in ("one", "two", "three"):
        await customer(unit, f"customer-{name}")
    proven(await merge(unit, "customer-one", "customer-two"))
    proven(await merge(unit, "customer-two", "customer-three"))
    assert said(await merge(unit, "customer-three", "customer-one")) == Code.MERGE_SAME
    assert said(await merge(unit, "customer-three", "customer-three")) == Code.MERGE_SAME
    assert said(await merge(unit, "customer-one", "customer-three")) == Code.MERGE_SAME


async def test_f013_of_two_offices_that_merge_crosswise_at_once_the_first_decides(unit: OneCall) -> None:
    await customer(unit, "customer-one")
    await customer(unit, "customer-two")
    answers = await asyncio.gather(
        merge(unit, "customer-one", "customer-two"), merge(unit, "customer-two", "customer-one", unit.manager)
    )
    assert sorted(each.status_code for each in answers) == [200, 409]
    assert sum("merged_into" in fields for fields in (await shown(unit)).values()) == 1


async def test_f013_what_was_merged_is_merged_again_only_after_undoing(unit: OneCall) -> None:
    for name in ("one", "two", "three"):
        await customer(unit, f"customer-{name}")
    proven(await merge(unit, "customer-two", "customer-one"))
    assert said(await merge(unit, "customer-two", "customer-three")) == Code.MERGE_ALREADY
    proven(await unmerge(unit, "customer-two"))
    assert said(await unmerge(unit, "customer-two")) == Code.MERGE_NOT_MERGED
    proven(await merge(unit, "customer-two", "customer-three"))


async def test_f016_only_within_one_unit_and_what_is_gone_is_not_there(unit: OneCall) -> None:
    await customer(unit, "customer-one")
    await customer(unit, "customer-two")
    elsewhere = await unit.world.enrolled(CLERK_ELSEWHERE)
    await unit.wrote(elsewhere, Kind.CUSTOMER, "customer-far", {"unit": TAOYUAN, "name": "遠"})
    assert said(await merge(unit, "customer-one", "customer-far")) == Code.RECORD_MISSING
    await unit.wrote(unit.clerk, Kind.CUSTOMER, "customer-two", {"deleted": True})
    assert said(await merge(unit, "customer-one", "customer-two")) == Code.RECORD_MISSING
    assert said(await merge(unit, "customer-two", "customer-one")) == Code.RECORD_MISSING


async def test_f016_who_sees_every_unit_cannot_join_two_units(unit: OneCall) -> None:
    await customer(unit, "customer-one")
    await unit.world.decide(CLERK, Setting(Kind.CUSTOMER, "customer-far", {"unit": TAOYUAN, "name": "遠"}))
    grant = {"user": CLERK.user, "unit": BANQIAO, "role": Role.SERVICE_DEPARTMENT}
    await unit.world.decide(CLERK, Setting(Kind.ROLE_GRANT, "grant-everywhere", grant))
    assert said(await merge(unit, "customer-one", "customer-far")) == Code.MERGE_OTHER_UNIT


async def test_f014_products_of_two_customers_are_merged_only_after_the_customers(unit: OneCall) -> None:
    await twice(unit)
    assert said(await merge(unit, "asset-two", "asset-one")) == Code.MERGE_OTHER_CUSTOMER
    proven(await merge(unit, "customer-two", "customer-one"))
    proven(await merge(unit, "asset-two", "asset-one"))
    assert said(await unmerge(unit, "customer-two")) == Code.MERGE_PRODUCTS_JOINED
    proven(await unmerge(unit, "asset-two"))
    proven(await unmerge(unit, "customer-two"))


async def test_f014_nothing_is_merged_while_somebody_is_out_with_its_voucher(unit: OneCall) -> None:
    await twice(unit)
    proven(await merge(unit, "customer-two", "customer-one"))
    dispatch = await unit.dispatched()
    assert said(await merge(unit, "asset-one", "asset-two")) == Code.MERGE_VOUCHER_OUT
    proven(await merge(unit, "asset-two", "asset-one"))  # the one that stays may be out
    proven(await unmerge(unit, "asset-two"))
    proven(await unit.manager.client.post(f"/api/dispatches/{dispatch}/cancel", json={"reason": "改派"}))
    proven(await merge(unit, "asset-one", "asset-two"))


async def test_f014_an_open_call_of_a_merged_product_shares_the_check_out_of_the_one_that_stays(unit: OneCall) -> None:
    await both_merged(unit)
    call = {"unit": BANQIAO, "customer": "customer-two", "asset": "asset-two", "received_at": RECEIVED_AT}
    await unit.wrote(unit.clerk, Kind.SERVICE_CALL, "call-two", call)
    await unit.dispatched("call-two")
    assert (await unit.voucher("asset-one"))["checked_out_to"] == TECHNICIAN.user
    assert "checked_out_to" not in await unit.voucher("asset-two")
    assert said(await unit.dispatch("call-one", TECHNICIAN_TWO)) == Code.VOUCHER_CHECKED_OUT
    await unit.dispatched("call-one")
    assert said(await unmerge(unit, "asset-two")) == Code.MERGE_VOUCHER_OUT


@pytest.mark.parametrize("outcome", [VisitOutcome.FIXED, VisitOutcome.FOLLOW_UP])
async def test_f017_a_product_is_not_taken_apart_whose_finished_visit_has_the_other_ones_voucher(
    unit: OneCall, outcome: VisitOutcome
) -> None:
    await both_merged(unit)
    call = {"unit": BANQIAO, "customer": "customer-two", "asset": "asset-two", "received_at": RECEIVED_AT}
    await unit.wrote(unit.clerk, Kind.SERVICE_CALL, "call-two", call)
    visit = await unit.dispatched("call-two")
    await unit.worked(visit, "call-two", asset="asset-two", outcome=outcome, category_reason="客戶摔落")
    assert said(await unmerge(unit, "asset-two")) == Code.MERGE_VOUCHER_OUT
    if outcome is VisitOutcome.FIXED:
        await unit.signed(visit)
        proven(await unit.close("call-two"))
    else:
        proven(await unit.clerk.client.post("/api/calls/call-two/withdraw", json={"reason": "客戶不修了"}))
    proven(await unmerge(unit, "asset-two"))


async def test_f014_a_call_of_a_merged_product_is_closed_with_the_voucher_that_went_out(unit: OneCall) -> None:
    await both_merged(unit)
    visit = await unit.dispatched()
    await unit.worked(visit, asset="asset-two", category_reason="客戶摔落")
    await unit.signed(visit)
    proven(await unit.close())
    assert (await unit.voucher("asset-one"))["filed_at"]
    proven(await unmerge(unit, "asset-two"))


async def test_f002_a_contract_that_lists_the_merged_product_covers_the_one_that_stays(unit: OneCall) -> None:
    await twice(unit)
    agreed = {"unit": BANQIAO, "customer": "customer-two", "valid_from": RECEIVED_AT - 1, "valid_until": RECEIVED_AT}
    await unit.wrote(unit.clerk, Kind.MAINTENANCE_CONTRACT, "contract-one", agreed)
    listed = {"unit": BANQIAO, "contract": "contract-one", "asset": "asset-two"}
    await unit.wrote(unit.clerk, Kind.COVERED_ASSET, covered_asset_id("contract-one", "asset-two"), listed)
    visit = await unit.dispatched()
    await unit.worked(visit, category="contract", fee_total=0)
    await unit.signed(visit)
    assert said(await unit.close()) == Code.VISIT_CATEGORY
    proven(await merge(unit, "customer-two", "customer-one"))
    proven(await merge(unit, "asset-two", "asset-one"))
    proven(await unit.close())


async def test_f003_a_merged_products_visits_have_the_warranty_of_the_one_that_stays(unit: OneCall) -> None:
    await twice(unit)
    await unit.wrote(unit.clerk, Kind.ASSET, "asset-one", {"warranty_until": RECEIVED_AT - 1})
    visit = await unit.dispatched()
    await unit.worked(visit, asset="asset-two", category="warranty", fee_total=0)
    await unit.signed(visit)
    proven(await merge(unit, "customer-two", "customer-one"))
    proven(await merge(unit, "asset-two", "asset-one"))
    assert said(await unit.close()) == Code.VISIT_CATEGORY


async def test_nobody_writes_the_pointer_by_an_operation(unit: OneCall) -> None:
    await customer(unit, "customer-one")
    await customer(unit, "customer-two")
    await unit.clerk.pull()
    unit.clerk.write(Kind.CUSTOMER, "customer-two", {"merged_into": "customer-one"})
    reply = await unit.clerk.push(len(unit.clerk.chain.sent))
    assert [result[1] for result in reply.results] == ["held"]


async def test_the_first_rows_of_a_phone_hold_the_one_that_stays(unit: OneCall) -> None:
    await twice(unit)
    proven(await merge(unit, "customer-one", "customer-two"))
    proven(await merge(unit, "asset-one", "asset-two"))
    async with unit.world.journal.reading(COMPANY) as ledger:
        wanted = await todays_work(ledger.connection, COMPANY, unit_audience(BANQIAO))
    assert {(Kind.CUSTOMER, "customer-two"), (Kind.ASSET, "asset-two"), (Kind.SERVICE_VOUCHER, "asset-two")} <= wanted


@pytest.mark.parametrize("seed", range(5))
async def test_merging_and_undoing_in_any_order_leaves_every_row_as_it_was(unit: OneCall, seed: int) -> None:
    chance = random.Random(seed)
    names = ("one", "two", "three", "four")
    for number, name in enumerate(names):
        told = {field: f"{field}-{number}" for field in ("phone", "mobile") if chance.random() < 0.5}
        await customer(unit, f"customer-{name}", **told)
        told = {field: f"{field}-{number}" for field in ("model_no", "serial_no") if chance.random() < 0.5}
        await product(unit, f"asset-{name}", f"customer-{name}", **told)
    before = await shown(unit)
    merged: list[str] = []
    for _ in range(16):
        if chance.random() < 0.6:
            kind = chance.choice(("customer", "asset"))
            doc, into = (f"{kind}-{name}" for name in chance.sample(names, 2))
            answer = await merge(unit, doc, into)
            merged += [doc] if answer.is_success else []
        elif merged:
            doc = chance.choice(merged)
            if (await unmerge(unit, doc)).is_success:
                merged.remove(doc)
    chance.shuffle(merged)
    for doc in [*(each for each in merged if each.startswith("asset")), *merged]:
        answer = await unmerge(unit, doc)
        assert answer.is_success or said(answer) == Code.MERGE_NOT_MERGED
    assert await shown(unit) == before
