"""Lists of customers and products out of files: checked row by row, taken in whole, twice is once."""

import asyncio
import json
import zipfile
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from typing import Any

import pytest
from litestar.types import Message
from openpyxl import load_workbook

from schemas.audit import Deed
from schemas.imports import MAX_IMPORT_BYTES, MAX_IMPORT_ROWS
from schemas.kinds.customers import Asset, Customer
from schemas.problems import Code
from schemas.registry import Kind
from schemas.vocabulary import RowFault
from server.customers import importing
from server.platform import spreadsheets
from server.records.documents import Documents
from server.records.work import Setting
from tests.server.lists import (
    CHEN,
    COMPANY,
    FRIDGE,
    HEADINGS,
    counts,
    csv_of,
    faults,
    found,
    lines_of,
    look,
    take,
    taken,
    xlsx_of,
)
from tests.server.one_call import OneCall, at_work
from tests.server.test_import_contracts import SHOWN
from tests.server.world import (
    ADMIN,
    BANQIAO,
    CLERK,
    DEPARTMENT,
    MANAGER,
    MANAGER_ELSEWHERE,
    TECHNICIAN,
    Person,
    World,
    problem,
    proven,
)
from tests.server.world import COMPANY as SERVED

BOTH = csv_of((*CHEN, *FRIDGE), COMPANY)


@pytest.fixture
async def unit(world: World) -> OneCall:
    return await at_work(world)


async def customers(world: World, unit: str = BANQIAO) -> dict[str, Customer]:
    """Name to each of a unit's customers."""
    async with world.journal.reading(SERVED) as ledger:
        there = await Documents(ledger.connection, SERVED).where(Customer, "unit", [unit])
    return {str(each.shown.name): each.shown for each in there}


async def products(world: World) -> list[Asset]:
    async with world.journal.reading(SERVED) as ledger:
        return [each.shown for each in await Documents(ledger.connection, SERVED).where(Asset, "unit", [BANQIAO])]


async def test_a_check_tells_what_is_new_and_writes_nothing(unit: OneCall) -> None:
    told = await found(unit.manager, BOTH)
    assert (told["rows"], told["wrong"], told["repeated"]) == (2, 0, 0)
    assert counts(told) == {"customer": (2, 0, 0), "asset": (1, 0, 0)}
    assert await customers(unit.world) == {}


async def test_a_list_is_taken_in_with_its_products_and_leaves_one_entry(unit: OneCall) -> None:
    before = await unit.world.entries()
    lines = lines_of(proven(await take(unit.manager, BOTH)))
    assert [line for line in lines if "found" not in line] == [{"of": 3}, {"done": 3, "of": 3}]
    there = await customers(unit.world)
    assert there["陳美惠"] == Customer(
        unit=BANQIAO,
        name="陳美惠",
        phone="02-2960-1234",
        mobile="0912-345-678",
        address="新北市板橋區文化路一段188號",
        district="板橋區",
        deleted=False,
    )
    assert there["宏達五金行"].tax_id == "04595257"
    [fridge] = await products(unit.world)
    assert (fridge.product, fridge.model_no, fridge.serial_no) == ("變頻冰箱", "NR-B480TV", "S-001")
    assert (fridge.sold_at, fridge.warranty_until) == (1_740_758_400_000, 1_835_452_799_999)
    assert fridge.note == "按二樓電鈴"  # the row has a product, so the remark is about it
    [entry] = (await unit.world.entries())[len(before) :]
    assert (entry.user, entry.device, entry.deed) == (MANAGER.user, unit.manager.device, Deed.LIST_IMPORTED)
    assert entry.objects == (f"unit:{BANQIAO}", f"file:{sha256(BOTH.encode()).hexdigest()}")
    assert entry.purpose == "客戶.csv: 2 new and 0 changed of customer, 1 new and 0 changed of asset"


SIMPLIFIED = (
    *("客户名称", "电话", "手机号码", "联系地址", "地区", "统一编号", "备注"),
    *("产品", "型号", "序号", "购买日期", "保修到期"),
)
ENGLISH = (
    *("Customer", "Phone", "Mobile", "Address", "District", "Tax ID", "Note"),
    *("Product", "Model", "Serial No", "Sold", "Warranty until"),
)


@pytest.mark.parametrize("headings", [SIMPLIFIED, ENGLISH], ids=["simplified", "english"])
async def test_a_list_is_known_by_headings_in_each_language_of_the_screens(
    unit: OneCall, headings: tuple[str, ...]
) -> None:
    told = await found(unit.manager, csv_of((*CHEN, *FRIDGE), headings=headings))
    assert counts(told) == {"customer": (1, 0, 0), "asset": (1, 0, 0)}
    assert [each["heading"] for each in told["headings"] if each["field"] is None] == []


async def test_the_same_list_twice_changes_nothing_the_second_time(unit: OneCall) -> None:
    await taken(unit.manager, BOTH)
    before, entries = await unit.manager.pull(), await unit.world.entries()
    positions = {name: row.position for name, row in before.items()}
    told = await taken(unit.manager, BOTH)
    assert counts(told) == {"customer": (0, 0, 2), "asset": (0, 0, 1)}
    assert {name: row.position for name, row in (await unit.manager.pull()).items()} == positions
    assert await unit.world.entries() == entries


async def test_a_customer_who_is_here_is_known_by_name_and_number_and_only_what_differs_is_written(
    unit: OneCall,
) -> None:
    await unit.logged()
    told = await found(unit.manager, csv_of(("陳美惠", "", "+886 912 345 678", "中山路1號"), headings=HEADINGS[:4]))
    assert counts(told)["customer"] == (0, 1, 0)
    changed = {(each["field"], each["before"], each["after"]) for each in told["changes"]}
    assert changed == {("mobile", None, "+886 912 345 678"), ("address", None, "中山路1號")}
    await taken(unit.manager, csv_of(("陳美惠", "", "+886 912 345 678", "中山路1號"), headings=HEADINGS[:4]))
    assert (await unit.world.document(Kind.CUSTOMER, "customer-one"))["phone"] == "0912-345-678"


async def test_a_company_is_known_by_its_tax_id_and_an_empty_cell_takes_nothing_away(unit: OneCall) -> None:
    await taken(unit.manager, BOTH)
    await taken(unit.manager, csv_of(("宏達五金", "02-1111-2222", "04595257"), headings=("客戶", "電話", "統編")))
    there = await customers(unit.world)
    assert set(there) == {"陳美惠", "宏達五金"}
    assert (there["宏達五金"].phone, there["宏達五金"].address) == ("02-1111-2222", COMPANY[3])


async def test_one_who_was_deleted_comes_back(unit: OneCall) -> None:
    await taken(unit.manager, BOTH)
    [doc] = [name for name, row in (await unit.manager.pull()).items() if row.fields.get("name") == "宏達五金行"]
    await unit.wrote(unit.manager, Kind.CUSTOMER, doc, {"deleted": True})
    assert counts(await taken(unit.manager, BOTH))["customer"] == (1, 0, 1)
    assert "宏達五金行" in await customers(unit.world)


WRONG: Sequence[tuple[RowFault, str, Sequence[str]]] = (
    (RowFault.NAME_MISSING, "客戶名稱", ("", *CHEN[1:])),
    (RowFault.PHONE_MISSING, "電話", ("王大明", "", "", "中山路1號")),
    (RowFault.PRODUCT_MISSING, "商品", (*CHEN, "", "", "S-9")),
    (RowFault.PHONE, "電話", ("王大明", "不詳")),
    (RowFault.PHONE, "手機", ("王大明", "", "12")),
    (RowFault.TAX_ID, "統一編號", (*COMPANY[:5], "04595258")),
    (RowFault.TAX_ID, "統一編號", (*COMPANY[:5], "A4595257")),
    (RowFault.DATE, "購買日期", (*CHEN, "冰箱", "", "", "去年")),
    (RowFault.DATE, "購買日期", (*CHEN, "冰箱", "", "", "2025/02/30")),
    (RowFault.DATE, "購買日期", (*CHEN, "冰箱", "", "", "26/11/25")),
    (RowFault.DATE, "保固到期", (*CHEN, "冰箱", "", "", "", "3026/11/25")),
    (RowFault.DATES_REVERSED, "保固到期", (*CHEN, "冰箱", "", "", "2025/03/01", "2024/03/01")),
    (RowFault.TOO_LONG, "地址", ("王大明", "0912345678", "", "路" * 201)),
    (RowFault.NO_TEXT, "地址", ("王大明", "0912345678", "", "中山\x07路")),
    (RowFault.FORMULA, "地址", ("王大明", "0912345678", "", "#REF!")),
    (RowFault.BEYOND_HEADINGS, "", (*CHEN, *FRIDGE, "這一格沒有標題")),
)


@pytest.mark.parametrize(("fault", "heading", "row"), WRONG, ids=lambda value: str(value)[:20])
async def test_what_a_cell_cannot_hold_is_named_with_its_row_and_column(
    unit: OneCall, fault: RowFault, heading: str, row: Sequence[str]
) -> None:
    told = await found(unit.manager, csv_of(COMPANY, row))
    assert faults(told) == [(3, heading, fault.value)]
    assert (told["wrong"], counts(told)["customer"]) == (1, (1, 0, 0))
    [error] = told["errors"]
    assert error["value"] == (row[HEADINGS.index(heading)] if heading in HEADINGS else row[-1])[:200]


def test_every_kind_of_fault_is_shown_here() -> None:
    among_rows = {
        RowFault.CONTRADICTS,
        RowFault.CUSTOMER_AMBIGUOUS,
        RowFault.CUSTOMER_ERASED,  # in the tests of erasures
        RowFault.PRODUCT_AMBIGUOUS,
        RowFault.PRODUCT_ELSEWHERE,
    }
    assert {fault for fault, _, _ in WRONG} | among_rows | SHOWN == set(RowFault)


async def test_rows_that_say_different_things_of_one_customer_contradict(unit: OneCall) -> None:
    told = await found(unit.manager, csv_of(CHEN, (*CHEN[:3], "另一個地址")))
    assert faults(told) == [(3, "地址", "contradicts")]
    assert told["errors"][0]["facts"] == {"row": 2, "before": CHEN[3], "field": "address"}


async def test_a_row_that_says_nothing_new_is_told_as_repeated(unit: OneCall) -> None:
    told = await found(unit.manager, csv_of((*CHEN, *FRIDGE), (*CHEN, *FRIDGE), CHEN[:3]))
    assert (told["rows"], told["repeated"], counts(told)) == (3, 2, {"customer": (1, 0, 0), "asset": (1, 0, 0)})


async def test_a_customer_who_could_be_two_is_an_error_that_names_both(unit: OneCall) -> None:
    same = {"unit": BANQIAO, "name": "陳美惠", "phone": "02-2960-1234"}
    await unit.world.decide(MANAGER, *(Setting(Kind.CUSTOMER, f"customer-{n}", same) for n in ("a", "b")))
    told = await found(unit.manager, csv_of(CHEN))
    assert faults(told) == [(2, "客戶名稱", "customer_ambiguous")]
    assert [each["id"] for each in told["errors"][0]["facts"]["among"]] == ["customer-a", "customer-b"]


async def test_a_product_that_could_be_two_or_is_somebody_elses_is_an_error(unit: OneCall) -> None:
    owner = Setting(Kind.CUSTOMER, "customer-a", {"unit": BANQIAO, "name": "林先生"})
    there = {"unit": BANQIAO, "customer": "customer-a", "product": "冰箱", "serial_no": "S-001"}
    await unit.world.decide(MANAGER, owner, Setting(Kind.ASSET, "asset-a", there | {"model_no": "NR-B480TV"}))
    told = await found(unit.manager, csv_of((*CHEN, *FRIDGE)))
    assert faults(told) == [(2, "序號", "product_elsewhere")]
    assert told["errors"][0]["facts"] == {"name": "林先生", "id": "asset-a"}
    await unit.world.decide(MANAGER, Setting(Kind.ASSET, "asset-b", there | {"model_no": "NR-2"}))
    assert faults(await found(unit.manager, csv_of((*CHEN, "冰箱", "", "S-001")))) == [(2, "序號", "product_ambiguous")]


async def test_a_product_without_a_serial_number_is_known_by_its_owner_and_model(unit: OneCall) -> None:
    plain = csv_of((*CHEN[:3], "", "", "", "", "冷氣", "RAS-28"), (*COMPANY, "冷氣", "RAS-28"))
    assert counts(await taken(unit.manager, plain))["asset"] == (2, 0, 0)
    assert counts(await taken(unit.manager, plain))["asset"] == (0, 0, 2)


@pytest.mark.parametrize(
    "told", ["2026/11/25", "2026-11-25", "2026.11.25", "20261125", "2026年11月25日", "115/11/25", "民國115年11月25日",
             "1151125", "46351", "2026/11/25 13:05"],
)  # fmt: skip
async def test_a_date_is_read_however_an_office_writes_it(unit: OneCall, told: str) -> None:
    await taken(unit.manager, csv_of((*CHEN, "冰箱", "", "", told)))
    assert [each.sold_at for each in await products(unit.world)] == [1_795_536_000_000]


@pytest.mark.parametrize("tax_id", ["04595257", "4595257", "10458575", "04595252", "00501503", "12345670"])
async def test_the_check_sum_of_a_tax_id_is_the_official_one_of_2023(unit: OneCall, tax_id: str) -> None:
    assert faults(await found(unit.manager, csv_of((*COMPANY[:5], tax_id)))) == []


async def test_zeros_that_a_spreadsheet_took_come_back(unit: OneCall) -> None:
    row = ("王大明", 229601234, 912345678.0, "", "", 4595257)
    await taken(unit.manager, xlsx_of(row))
    there = (await customers(unit.world))["王大明"]
    assert (there.phone, there.mobile, there.tax_id) == ("0229601234", "0912345678", "04595257")


@pytest.mark.parametrize(
    ("file", "encoding"),
    [
        (BOTH.encode(), "utf-8"),
        (BOTH.encode("utf-8-sig"), "utf-8"),
        (BOTH.encode("cp950"), "big5"),
        (csv_of(CHEN, delimiter="\t").encode("utf-16"), "utf-16"),
        (csv_of(CHEN, delimiter=";").encode(), "utf-8"),
        (csv_of(CHEN, delimiter="\t").encode(), "utf-8"),
        (("客戶名冊\r\n\r\n" + csv_of(CHEN)).encode(), "utf-8"),
    ],
)
async def test_a_csv_is_read_however_it_was_saved_and_its_encoding_is_told(
    unit: OneCall, file: bytes, encoding: str
) -> None:
    told = await taken(unit.manager, file)
    assert (told["encoding"], told["sheet"], told["wrong"]) == (encoding, None, 0)
    assert "陳美惠" in await customers(unit.world)


async def test_a_workbook_is_read_from_its_first_sheet_and_the_others_are_told(unit: OneCall) -> None:
    row = (*CHEN, *FRIDGE[:3], datetime(2025, 3, 1), 46451)  # noqa: DTZ001 - a cell has no zone
    told = await taken(unit.manager, xlsx_of(row, sheets=("客戶", "歷年")))
    assert (told["encoding"], told["sheet"], told["other_sheets"]) == (None, "客戶", ["歷年"])
    assert [each.sold_at for each in await products(unit.world)] == [1_740_758_400_000]


async def test_days_of_a_list_are_those_of_the_units_town(unit: OneCall) -> None:
    tokyo = {"time_zone": "Asia/Tokyo"}
    await unit.world.decide(ADMIN, Setting(Kind.UNIT, BANQIAO, tokyo))
    await taken(unit.manager, xlsx_of((*CHEN, *FRIDGE[:3], "2025/3/1", "2027/3/1")))
    told = [(each.sold_at, each.warranty_until) for each in await products(unit.world)]
    assert told == [(1_740_754_800_000, 1_803_913_199_999)]


async def test_columns_that_nobody_knows_are_told(unit: OneCall) -> None:
    told = await found(
        unit.manager, csv_of(("陳美惠", "0912345678", "甲"), headings=("客戶名稱*", "行動 電話", "等級"))
    )
    assert [(each["heading"], each["kind"], each["field"]) for each in told["headings"]] == [
        ("客戶名稱*", "customer", "name"),
        ("行動 電話", "customer", "mobile"),
        ("等級", None, None),
    ]


async def test_a_cell_that_our_own_export_guarded_comes_back_as_it_was(unit: OneCall) -> None:
    await taken(unit.manager, csv_of(("陳美惠", "'+886-2-2960-1234"), headings=("姓名", "電話")))
    assert (await customers(unit.world))["陳美惠"].phone == "+886-2-2960-1234"


def bomb(size: int) -> bytes:
    kept = BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * size)
    return kept.getvalue()


def with_entity() -> bytes:
    sound, kept = zipfile.ZipFile(BytesIO(xlsx_of(CHEN))), BytesIO()
    evil = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]>'
    with zipfile.ZipFile(kept, "w") as archive:
        for name in sound.namelist():
            content = sound.read(name)
            archive.writestr(
                name, evil + content.removeprefix(b"<?xml version='1.0'?>") if "sheet1" in name else content
            )
    return kept.getvalue()


def lying(size: int) -> bytes:
    """A bomb that declares ten bytes."""
    return bomb(size).replace(size.to_bytes(4, "little"), (10).to_bytes(4, "little"))


MANY = csv_of(*(("王大明", "0912345678"),) * (MAX_IMPORT_ROWS + 1), headings=("姓名", "電話"))
REFUSED: Sequence[tuple[bytes, int, Code]] = (
    (b"PK\x03\x04 no workbook", 422, Code.IMPORT_FORMAT),
    (b"a,b\0c\r\n", 422, Code.IMPORT_FORMAT),
    (("客戶名稱,電話\r\n" + '"' + "a" * 140_000 + '"').encode(), 422, Code.IMPORT_FORMAT),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 422, Code.IMPORT_OLD_EXCEL),
    (b"\xff\xff\x81", 422, Code.IMPORT_ENCODING),
    (b"", 422, Code.IMPORT_EMPTY),
    (csv_of().encode(), 422, Code.IMPORT_EMPTY),
    ("甲,乙\r\n1,2\r\n".encode(), 422, Code.IMPORT_HEADINGS),
    (csv_of(CHEN, headings=("客戶", "姓名", "電話")).encode(), 422, Code.IMPORT_HEADING_TWICE),
    (MANY.encode(), 413, Code.IMPORT_ROWS),
    (csv_of(CHEN, headings=(*HEADINGS, *(str(n) for n in range(100)))).encode(), 413, Code.IMPORT_COLUMNS),
    (bomb(spreadsheets.MOST_UNPACKED + 1), 413, Code.IMPORT_UNPACKED),
    (lying(60_000_000), 422, Code.IMPORT_FORMAT),
    (with_entity(), 422, Code.IMPORT_FORMAT),
    (b"0" * (MAX_IMPORT_BYTES + 1), 413, Code.REQUEST_TOO_LARGE),
)


@pytest.mark.parametrize(("file", "status", "code"), REFUSED, ids=lambda value: value if isinstance(value, str) else "")
async def test_a_file_that_is_no_list_or_too_large_is_refused_whole(
    unit: OneCall, file: bytes, status: int, code: Code
) -> None:
    assert problem(await look(unit.manager, file)) == (status, code)
    assert problem(await take(unit.manager, file)) == (status, code)


async def test_rows_with_errors_are_left_out_only_if_that_was_wished(unit: OneCall) -> None:
    list_of_both = csv_of(COMPANY, ("", "0912345678"), CHEN)
    before = await unit.world.entries()
    refused = await take(unit.manager, list_of_both)
    assert problem(refused) == (409, Code.IMPORT_WRONG_ROWS)
    assert refused.json()["facts"] == {"count": 1}
    assert (await customers(unit.world), await unit.world.entries()) == ({}, before)
    assert counts(await taken(unit.manager, list_of_both, "skip"))["customer"] == (2, 0, 0)
    assert set(await customers(unit.world)) == {"宏達五金行", "陳美惠"}


async def test_five_thousand_rows_with_two_hundred_broken_ones_are_two_hundred_named_errors(unit: OneCall) -> None:
    rows = [(f"客戶{n}", f"0912{n:06}", "" if n % 25 else "x") for n in range(5_000)]
    told = await taken(unit.manager, csv_of(*rows, headings=("姓名", "手機", "統編")), "skip")
    assert (told["rows"], told["wrong"], len(told["errors"])) == (5_000, 200, 200)
    assert {each["fault"] for each in told["errors"]} == {"tax_id"}
    assert counts(told)["customer"] == (4_800, 0, 0)
    assert len(await customers(unit.world)) == 4_800


@pytest.mark.parametrize(
    ("person", "expected"),
    [(ADMIN, 200), (MANAGER, 200), (DEPARTMENT, 200), (CLERK, 403), (TECHNICIAN, 403), (MANAGER_ELSEWHERE, 404)],
    ids=lambda value: getattr(value, "login", ""),
)
async def test_f016_who_may_import_into_which_unit(world: World, person: Person, expected: int) -> None:
    device = await world.enrolled(person)
    assert (await look(device, BOTH)).status_code == expected
    assert (await take(device, BOTH)).status_code == expected
    assert (len(await customers(world)) > 0) is (expected == 200)


async def test_f016_a_unit_knows_nobody_elses_customers_and_writes_none_of_them(unit: OneCall) -> None:
    await taken(unit.manager, BOTH)
    there = await customers(unit.world)
    elsewhere = await unit.world.enrolled(MANAGER_ELSEWHERE)
    changed = BOTH.replace("文化路", "民權路")
    told = lines_of(proven(await take(elsewhere, changed, unit=MANAGER_ELSEWHERE.unit)))[-1]["found"]
    assert counts(told) == {"customer": (2, 0, 0), "asset": (1, 0, 0)}
    assert await customers(unit.world) == there
    assert len(await customers(unit.world, MANAGER_ELSEWHERE.unit)) == 2


async def test_whoever_goes_away_meanwhile_leaves_nothing_behind(
    unit: OneCall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "_AT_ONCE", 1)
    rows = [(f"客戶{n}", f"0912{n:06}") for n in range(200)]
    body = csv_of(*rows, headings=("姓名", "手機")).encode()
    before = await unit.world.entries()
    told, gone = await hung_up_on(unit, body)
    assert gone < 200
    assert all("found" not in line for line in told)
    assert await customers(unit.world) == {}
    assert await unit.world.entries() == before
    assert counts(await taken(unit.manager, body))["customer"] == (200, 0, 0)


async def hung_up_on(unit: OneCall, body: bytes) -> tuple[list[dict[str, Any]], int]:
    """Ask as a client that hangs up at the third line; what it was told, and how far the import was then."""
    lines: list[dict[str, Any]] = []
    enough, asked = asyncio.Event(), iter([{"type": "http.request", "body": body, "more_body": False}])

    async def receive() -> Any:  # noqa: ANN401 - ASGI's own
        for message in asked:
            return message
        await enough.wait()
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.body":
            lines.extend(json.loads(line) for line in message["body"].splitlines())
        if len(lines) > 2:
            enough.set()

    cookies = "; ".join(f"{name}={value}" for name, value in unit.manager.client.cookies.items())
    scope: Any = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": f"/api/units/{BANQIAO}/imports",
        "raw_path": f"/api/units/{BANQIAO}/imports".encode(),
        "root_path": "",
        "query_string": b"",
        "headers": [(b"host", b"localhost"), (b"cookie", cookies.encode())],
        "client": ("127.0.0.1", 1),
        "server": ("localhost", 80),
        "state": {},
    }
    await unit.world.app(scope, receive, send)
    return lines, max(line.get("done", 0) for line in lines)


async def test_rows_become_a_workbook_whose_texts_are_texts(unit: OneCall) -> None:
    rows = [["客戶", "分鐘"], ["=1+1", 5], ["+886", -3], ["@x\x07\uffff", 0]]
    answer = proven(await unit.clerk.client.post("/api/spreadsheets", json={"title": "到達/時限\x01", "rows": rows}))
    sheet = load_workbook(BytesIO(answer.content)).active
    assert sheet is not None
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [*rows[:3], ["@x", 0]]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} == {"s", "n"}


async def test_a_long_list_becomes_a_workbook_too(unit: OneCall) -> None:
    rows = [["2026-11-23 10:45", "林佳蓉", "結案並歸檔", "叫修 BAN-2026-004107 陳美惠"]] * 20_000
    answer = proven(await unit.clerk.client.post("/api/spreadsheets", json={"title": "稽核紀錄", "rows": rows}))
    sheet = load_workbook(BytesIO(answer.content), read_only=True).active
    assert sheet is not None
    assert sum(1 for _ in sheet.iter_rows()) == len(rows)


async def test_a_list_that_names_duplicates_which_were_merged_changes_nothing_and_makes_nobody_anew(
    unit: OneCall,
) -> None:
    other = ("陳美蕙", "02-8888-0000", "", "中山路1號", "板橋區", "", "")
    both = csv_of((*CHEN, *FRIDGE), (*other, "冰箱", "", "", "", ""))
    await taken(unit.manager, both)
    async with unit.world.journal.reading(SERVED) as ledger:
        documents = Documents(ledger.connection, SERVED)
        people = {each.shown.name: each.id for each in await documents.where(Customer, "unit", [BANQIAO])}
        fridges = {each.shown.product: each.id for each in await documents.where(Asset, "unit", [BANQIAO])}
    for path, (doc, into) in {
        "customers": (people["陳美蕙"], people["陳美惠"]),
        "assets": (fridges["冰箱"], fridges["變頻冰箱"]),
    }.items():
        proven(await unit.clerk.client.post(f"/api/{path}/{doc}/merge", json={"into": into}))
    told = await taken(unit.manager, both)
    assert (told["wrong"], counts(told)) == (0, {"customer": (0, 0, 1), "asset": (0, 0, 1)})


MISS_CHEN = {"unit": BANQIAO, "name": "陳小姐", "phone": "02-11112222"}


async def test_what_a_list_says_anew_of_a_duplicate_is_written_to_the_one_that_stays(unit: OneCall) -> None:
    await unit.logged()
    await unit.wrote(unit.clerk, Kind.CUSTOMER, "customer-two", MISS_CHEN)
    proven(await unit.clerk.client.post("/api/customers/customer-two/merge", json={"into": "customer-one"}))
    await taken(unit.manager, csv_of(("陳小姐", "02-11112222", "", "民權路 5 號"), headings=HEADINGS[:4]))
    assert (await unit.world.document(Kind.CUSTOMER, "customer-one"))["address"] == "民權路 5 號"
    assert "address" not in await unit.world.document(Kind.CUSTOMER, "customer-two")
    assert (await unit.world.document(Kind.CUSTOMER, "customer-one"))["name"] == "陳美惠"
