"""Lists of maintenance contracts out of files: whose they are, what they cover, and what is refused (ADR 38, 39)."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from schemas.erasure import MARK
from schemas.imports import TEMPLATE_HEADINGS
from schemas.kinds.contracts import CoveredAsset, MaintenanceContract
from schemas.problems import Code
from schemas.registry import Kind
from schemas.vocabulary import ListKind, RowFault
from server.customers.columns import LISTS, spelling
from server.records.covers import covered_asset_id
from server.records.documents import Documents
from server.records.work import Setting
from tests.server import lists
from tests.server.lists import counts, csv_of, faults, xlsx_of
from tests.server.one_call import OneCall, at_work
from tests.server.world import BANQIAO, MANAGER, World, problem, proven
from tests.server.world import COMPANY as SERVED

HEADINGS = TEMPLATE_HEADINGS[ListKind.CONTRACTS]
FIRST, LAST = 1_767_196_800_000, 1_798_732_799_999
"""The year 2026 in Taipei."""
YEAR = {"起日": "2026/01/01", "迄日": "2026/12/31"}
CHEN = {"客戶名稱": "陳美惠", "電話": "02-2960-1234"}
LIN = {"客戶名稱": "林先生", "電話": "02-2960-5678"}
M1 = {"契約編號": "M-1", **CHEN, **YEAR, "包含次數": "4", "超次費用": "1,650"}
CONTRACTS = {"kind": "contracts"}

_CHEN = Setting(Kind.CUSTOMER, "customer-chen", {"unit": BANQIAO, "name": "陳美惠", "phone": "02-2960-1234"})
_LIN = Setting(Kind.CUSTOMER, "customer-lin", {"unit": BANQIAO, "name": "林先生", "phone": "02-2960-5678"})


def product(doc: str, customer: str | None, serial: str | None, model: str) -> Setting:
    named = {"unit": BANQIAO, "customer": customer, "product": "冷氣", "model_no": model, "serial_no": serial}
    return Setting(Kind.ASSET, doc, named)


@pytest.fixture
async def unit(world: World) -> OneCall:
    """A unit with two customers: three products of one, and one of the other."""
    unit = await at_work(world)
    await world.decide(
        MANAGER,
        _CHEN,
        _LIN,
        product("asset-one", "customer-chen", "S-001", "RAS-28"),
        product("asset-two", "customer-chen", "S-002", "RAS-28"),
        product("asset-plain", "customer-chen", None, "RAS-50"),
        product("asset-lin", "customer-lin", "S-100", "RAS-28"),
        product("asset-nobodys", None, "S-900", "RAS-28"),
    )
    return unit


def listed(*rows: Mapping[str, str]) -> str:
    """Return rows of a list, by their headings."""
    assert all(row.keys() <= set(HEADINGS) for row in rows)
    quoted = [[f'"{row.get(heading, "")}"' for heading in HEADINGS] for row in rows]
    return csv_of(*quoted, headings=HEADINGS)


async def found(unit: OneCall, *rows: Mapping[str, str]) -> dict[str, Any]:
    return await lists.found(unit.manager, listed(*rows), **CONTRACTS)


async def taken(unit: OneCall, *rows: Mapping[str, str], wrong: str = "refuse") -> dict[str, Any]:
    return await lists.taken(unit.manager, listed(*rows), wrong, **CONTRACTS)


async def contracts(world: World) -> dict[str, MaintenanceContract]:
    """Number to each of the unit's contracts."""
    async with world.journal.reading(SERVED) as ledger:
        there = await Documents(ledger.connection, SERVED).where(MaintenanceContract, "unit", [BANQIAO])
    return {str(each.shown.number): each.shown for each in there}


async def covered(world: World, number: str = "M-1") -> list[str]:
    """Return the products that a contract lists."""
    async with world.journal.reading(SERVED) as ledger:
        documents = Documents(ledger.connection, SERVED)
        [contract] = await documents.where(MaintenanceContract, "number", [number])
        there = await documents.where(CoveredAsset, "contract", [contract.id])
    return sorted(str(each.shown.asset) for each in there)


async def test_rows_of_one_number_are_one_contract_that_covers_their_products(unit: OneCall) -> None:
    rows = (
        {**M1, "序號": "S-001", "契約備註": "先電話"},
        {**M1, "序號": "S-002"},
        {**M1, "商品": "冷氣", "型號": "RAS-50"},
    )
    told = await taken(unit, *rows)
    assert counts(told) == {"maintenance_contract": (1, 0, 0), "covered_asset": (3, 0, 0)}
    assert (await contracts(unit.world))["M-1"] == MaintenanceContract(
        unit=BANQIAO,
        customer="customer-chen",
        number="M-1",
        valid_from=FIRST,
        valid_until=LAST,
        visits_included=4,
        extra_fee=165_000,
        note="先電話",
        deleted=False,
    )
    assert await covered(unit.world) == ["asset-one", "asset-plain", "asset-two"]
    [*_, entry] = await unit.world.entries()
    assert str(entry.purpose).endswith(
        "1 new and 0 changed of maintenance_contract, 3 new and 0 changed of covered_asset"
    )


async def test_a_check_writes_nothing_and_no_list_of_contracts_changes_a_customer_or_a_product(unit: OneCall) -> None:
    row = {**M1, "手機": "0912345678", "序號": "S-001", "商品": "別的叫法"}
    assert (await found(unit, row))["wrong"] == 0
    assert await contracts(unit.world) == {}
    await taken(unit, row)
    assert "mobile" not in await unit.world.document(Kind.CUSTOMER, "customer-chen")
    assert (await unit.world.document(Kind.ASSET, "asset-one"))["product"] == "冷氣"


async def test_the_same_list_of_contracts_twice_changes_nothing_the_second_time(unit: OneCall) -> None:
    rows = ({**M1, "序號": "S-001"}, {**M1, "序號": "S-002"}, {**M1, "契約編號": "M-2", **LIN})
    await taken(unit, *rows)
    positions = {name: row.position for name, row in (await unit.manager.pull()).items()}
    entries = await unit.world.entries()
    told = await taken(unit, *rows)
    assert counts(told) == {"maintenance_contract": (0, 0, 2), "covered_asset": (0, 0, 2)}
    assert {name: row.position for name, row in (await unit.manager.pull()).items()} == positions
    assert await unit.world.entries() == entries


async def test_a_contract_that_the_office_wrote_is_known_by_its_number_and_only_what_differs_is_written(
    unit: OneCall,
) -> None:
    agreed = {"unit": BANQIAO, "customer": "customer-chen", "number": "m-1", "valid_from": FIRST, "valid_until": LAST}
    await unit.wrote(unit.clerk, Kind.MAINTENANCE_CONTRACT, "contract-one", {**agreed, "visits_included": 2})
    cover = covered_asset_id("contract-one", "asset-one")
    pair = {"unit": BANQIAO, "contract": "contract-one", "asset": "asset-one"}
    await unit.wrote(unit.clerk, Kind.COVERED_ASSET, cover, pair)
    told = await taken(unit, {**M1, "契約編號": "m-1", "超次費用": "", "序號": "S-001"})
    assert counts(told) == {"maintenance_contract": (0, 1, 0), "covered_asset": (0, 0, 1)}
    assert [(each["field"], each["before"], each["after"]) for each in told["changes"]] == [("visits_included", 2, 4)]
    assert (await unit.world.document(Kind.MAINTENANCE_CONTRACT, "contract-one"))["visits_included"] == 4


async def test_a_contract_without_a_product_and_without_a_count_is_taken_in(unit: OneCall) -> None:
    told = await taken(unit, {"契約編號": "M-1", **CHEN, "起日": "115/1/1", "迄日": "民國115年12月31日"})
    assert counts(told) == {"maintenance_contract": (1, 0, 0), "covered_asset": (0, 0, 0)}
    there = (await contracts(unit.world))["M-1"]
    assert (there.valid_from, there.valid_until, there.visits_included) == (FIRST, LAST, None)


async def test_a_product_that_was_taken_out_of_a_contract_is_covered_again_by_a_list_that_names_it(
    unit: OneCall,
) -> None:
    await taken(unit, {**M1, "序號": "S-001"})
    [cover] = [row.id for row in (await unit.manager.pull()).values() if row.kind == Kind.COVERED_ASSET]
    await unit.wrote(unit.clerk, Kind.COVERED_ASSET, cover, {"deleted": True})
    assert counts(await taken(unit, {**M1, "序號": "S-001"}))["covered_asset"] == (1, 0, 0)
    assert await covered(unit.world) == ["asset-one"]


WRONG: Sequence[tuple[RowFault, str, Mapping[str, str]]] = (
    (RowFault.NUMBER_MISSING, "契約編號", {"契約編號": ""}),
    (RowFault.NAME_MISSING, "客戶名稱", {"客戶名稱": ""}),
    (RowFault.PHONE_MISSING, "電話", {"電話": ""}),
    (RowFault.CUSTOMER_UNKNOWN, "客戶名稱", {"客戶名稱": "王大明"}),
    (RowFault.CUSTOMER_UNKNOWN, "客戶名稱", {"電話": "", "統一編號": "04595257"}),
    (RowFault.PRODUCT_UNKNOWN, "序號", {"序號": "S-404"}),
    (RowFault.PRODUCT_UNKNOWN, "序號", {"序號": "S-001", "型號": "RAS-99"}),
    (RowFault.PRODUCT_UNKNOWN, "序號", {"序號": "S-900"}),
    (RowFault.PRODUCT_UNKNOWN, "商品", {"商品": "冰箱"}),
    (RowFault.PRODUCT_ELSEWHERE, "序號", {"序號": "S-100"}),
    (RowFault.PRODUCT_AMBIGUOUS, "序號", {"型號": "RAS-28"}),
    (RowFault.PERIOD_MISSING, "起日", {"起日": ""}),
    (RowFault.PERIOD_MISSING, "迄日", {"迄日": ""}),
    (RowFault.PERIOD_REVERSED, "迄日", {"迄日": "2025/12/31"}),
    (RowFault.DATE, "起日", {"起日": "26/01/01"}),
    (RowFault.COUNT, "包含次數", {"包含次數": "-1"}),
    (RowFault.COUNT, "包含次數", {"包含次數": "1.5"}),
    (RowFault.COUNT, "包含次數", {"包含次數": "不限"}),
    (RowFault.MONEY, "超次費用", {"超次費用": "-500"}),
    (RowFault.MONEY, "超次費用", {"超次費用": "500.5"}),
    (RowFault.MONEY, "超次費用", {"超次費用": "5,00"}),
)
SHOWN = frozenset({fault for fault, _, _ in WRONG}) | {
    RowFault.NUMBER_ELSEWHERE,
    RowFault.NUMBER_AMBIGUOUS,
    RowFault.PERIOD_APART,
}
"""The faults that are shown here."""


async def test_a_list_of_old_brings_back_no_note_on_an_erased_contract_of_who_came_back(unit: OneCall) -> None:
    await taken(unit, {**M1, "契約備註": "先電話"})
    [contract] = [doc for doc, row in (await unit.clerk.pull()).items() if row.fields.get("number") == "M-1"]
    marks = [(Kind.CUSTOMER, "customer-chen"), (Kind.MAINTENANCE_CONTRACT, contract)]
    await unit.world.decide(MANAGER, *(Setting(kind, doc, {MARK: 1}) for kind, doc in marks))
    await unit.world.decide(MANAGER, _CHEN)
    assert faults(await found(unit, M1)) == []
    assert faults(await found(unit, {**M1, "契約備註": "先電話"})) == [(2, "客戶名稱", "customer_erased")]


@pytest.mark.parametrize(("fault", "heading", "changed"), WRONG, ids=lambda value: str(value)[:30])
async def test_what_is_wrong_with_a_row_of_a_contract_is_named_with_its_column(
    unit: OneCall, fault: RowFault, heading: str, changed: Mapping[str, str]
) -> None:
    told = await found(unit, {**M1, "契約編號": "M-2"}, {**M1, **changed})
    assert faults(told) == [(3, heading, fault.value)]
    assert told["errors"][0]["value"] == {**M1, **changed}.get(heading, "")
    assert counts(told)["maintenance_contract"] == (1, 0, 0)


@pytest.mark.parametrize(
    ("heading", "other"), [("迄日", "2026/11/30"), ("包含次數", "6"), ("超次費用", "900"), ("起日", "2027/01/01")]
)
async def test_rows_of_one_number_that_disagree_contradict(unit: OneCall, heading: str, other: str) -> None:
    changed = {"起日": other, "迄日": "2027/12/31"} if heading == "起日" else {heading: other}
    told = await found(unit, {**M1, "序號": "S-001"}, {**M1, "序號": "S-002", **changed})
    assert faults(told) == [(3, heading, "contradicts")]
    assert told["errors"][0]["facts"]["row"] == 2
    assert counts(told)["covered_asset"] == (1, 0, 0)


async def test_a_number_that_another_customers_contract_has_is_an_error(unit: OneCall) -> None:
    assert faults(await found(unit, M1, {**M1, **LIN})) == [(3, "契約編號", "number_elsewhere")]
    await taken(unit, M1)
    told = await found(unit, {**M1, **LIN, "契約編號": "ｍ－1"})
    assert faults(told) == [(2, "契約編號", "number_elsewhere")]
    assert told["errors"][0]["facts"]["name"] == "陳美惠"


async def test_next_years_contract_under_the_same_number_is_not_written_over_this_years(unit: OneCall) -> None:
    await taken(unit, M1)
    told = await found(unit, {**M1, "起日": "2027/01/01", "迄日": "2027/12/31"})
    assert faults(told) == [(2, "起日", "period_apart")]
    facts = told["errors"][0]["facts"]
    assert (facts["from"], facts["until"]) == (FIRST, LAST)
    longer = await taken(unit, {**M1, "迄日": "2027/12/31"})
    assert counts(longer)["maintenance_contract"] == (0, 1, 0)
    reversing = {"契約編號": "M-1", **CHEN, "迄日": "2025/12/31"}
    assert faults(await found(unit, reversing)) == [(2, "起日", "period_apart")]


async def test_of_two_contracts_with_one_number_the_period_tells_which_is_meant(unit: OneCall) -> None:
    agreed = {"unit": BANQIAO, "customer": "customer-chen", "number": "M-1"}
    last_year = {"valid_from": FIRST - 365 * 86_400_000, "valid_until": FIRST - 1}
    await unit.world.decide(
        MANAGER,
        Setting(Kind.MAINTENANCE_CONTRACT, "contract-old", agreed | last_year),
        Setting(Kind.MAINTENANCE_CONTRACT, "contract-new", agreed | {"valid_from": FIRST, "valid_until": LAST}),
    )
    told = await found(unit, M1)
    assert {each["doc"] for each in told["changes"]} == {"contract-new"}
    told = await found(unit, {"契約編號": "M-1", **CHEN, "包含次數": "4"})
    assert faults(told) == [(2, "契約編號", "number_ambiguous")]


async def test_rows_of_contracts_with_errors_are_left_out_only_if_that_was_wished(unit: OneCall) -> None:
    rows = ({**M1, "序號": "S-001"}, {**M1, "序號": "S-404"})
    refused = await lists.take(unit.manager, listed(*rows), **CONTRACTS)
    assert problem(refused) == (409, Code.IMPORT_WRONG_ROWS)
    assert await contracts(unit.world) == {}
    await taken(unit, *rows, wrong="skip")
    assert await covered(unit.world) == ["asset-one"]


async def test_a_workbook_of_contracts_is_read_with_its_numbers_and_dates(unit: OneCall) -> None:
    row = (2026001, "陳美惠", "02-2960-1234", "", "", 46023, 46387, 4, 1650.0, "", "", "S-001", "")
    await lists.taken(unit.manager, xlsx_of(row, headings=HEADINGS), **CONTRACTS)
    there = (await contracts(unit.world))["2026001"]
    assert (there.valid_from, there.valid_until, there.visits_included, there.extra_fee) == (FIRST, LAST, 4, 165_000)


async def test_a_list_without_contract_numbers_is_none_of_contracts(unit: OneCall) -> None:
    answer = await lists.look(unit.manager, csv_of(("陳美惠", "0912"), headings=("客戶名稱", "電話")), **CONTRACTS)
    assert problem(answer) == (422, Code.IMPORT_HEADINGS)
    assert answer.json()["facts"] == {"heading": "契約編號"}
    assert problem(await lists.look(unit.manager, listed(M1), kind="visits"))[0] == 400


async def test_a_row_that_names_a_duplicate_which_was_merged_means_the_one_that_stays(unit: OneCall) -> None:
    agreed = {"unit": BANQIAO, "customer": "customer-lin", "number": "M-9", "valid_from": FIRST, "valid_until": LAST}
    cover = {"unit": BANQIAO, "contract": "contract-lin", "asset": "asset-lin"}
    await unit.world.decide(
        MANAGER,
        Setting(Kind.MAINTENANCE_CONTRACT, "contract-lin", agreed),
        Setting(Kind.COVERED_ASSET, covered_asset_id("contract-lin", "asset-lin"), cover),
    )
    for path, doc, into in (
        ("customers", "customer-lin", "customer-chen"),
        ("assets", "asset-lin", "asset-one"),
    ):
        proven(await unit.clerk.client.post(f"/api/{path}/{doc}/merge", json={"into": into}))
    known = {"契約編號": "M-9", **LIN, **YEAR, "序號": "S-100"}
    told = await taken(unit, known, {**known, **CHEN, "序號": "S-001"})
    assert (told["wrong"], counts(told)) == (0, {"maintenance_contract": (0, 0, 1), "covered_asset": (0, 0, 1)})
    await taken(unit, {**M1, **LIN, "序號": "S-100"})
    assert (await contracts(unit.world))["M-1"].customer == "customer-chen"
    assert await covered(unit.world) == ["asset-one"]


def test_the_templates_are_lists_themselves() -> None:
    for kind, headings in TEMPLATE_HEADINGS.items():
        assert {spelling(heading) for heading in headings} <= LISTS[kind].known.keys()
