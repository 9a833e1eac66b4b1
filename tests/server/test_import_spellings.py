"""Lists as spreadsheet programs leave them: zeros that were taken, titles above the headings, encodings."""

import pytest

from tests.server.lists import counts, csv_of, faults, found, taken, xlsx_of
from tests.server.one_call import OneCall, at_work
from tests.server.world import World

OF_WHOM = ("客戶名稱", "電話")
EVERYWHERE = [
    "0229601234",
    "033312345",
    "0422211234",
    "047123456",
    "052221234",
    "062221234",
    "073331234",
    "087321234",
    "088612345",
    "089321234",
    "037321234",
    "0492221234",
    "0912345678",
    "0800012345",
]
"""Telephone numbers of every area and mobile ones, typed without a hyphen."""


@pytest.fixture
async def unit(world: World) -> OneCall:
    return await at_work(world)


@pytest.mark.parametrize("phone", EVERYWHERE)
async def test_a_number_whose_zero_a_spreadsheet_took_means_the_same_customer_and_changes_nothing(
    unit: OneCall, phone: str
) -> None:
    await taken(unit.manager, csv_of(("陳美惠", phone), headings=OF_WHOM))
    told = await found(unit.manager, xlsx_of(("陳美惠", int(phone)), headings=OF_WHOM))
    assert (counts(told)["customer"], told["changes"], told["wrong"]) == ((0, 0, 1), [], 0)


@pytest.mark.parametrize(
    "typed", ["03-331-2345", "(03)3312345", "+886-3-3312345", "+886 (0)3-331-2345", "00886-3-3312345", "03 331 2345"]
)
async def test_it_does_however_the_number_was_written_here(unit: OneCall, typed: str) -> None:
    await taken(unit.manager, csv_of(("陳美惠", typed), headings=OF_WHOM))
    told = await found(unit.manager, xlsx_of(("陳美惠", 33_312_345), headings=OF_WHOM))
    assert (counts(told)["customer"], told["changes"]) == ((0, 0, 1), [])


async def test_one_row_with_the_zero_and_one_without_are_one_customer(unit: OneCall) -> None:
    both = csv_of(("陳美惠", "033312345"), ("陳美惠", "33312345"), headings=OF_WHOM)
    told = await found(unit.manager, both)
    assert (counts(told)["customer"], told["repeated"], faults(told)) == ((1, 0, 0), 1, [])


async def test_somebody_of_another_name_under_that_number_is_somebody_else(unit: OneCall) -> None:
    await taken(unit.manager, csv_of(("陳美惠", "033312345"), headings=OF_WHOM))
    told = await found(unit.manager, csv_of(("林先生", "33312345"), headings=OF_WHOM))
    assert counts(told)["customer"] == (1, 0, 0)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("titles", ["客戶名冊 2026", "客戶名冊 2026, 台北\n製表：林佳蓉, 主任：王志明, 板橋\n"])
async def test_titles_above_the_headings_spoil_no_list_whatever_parts_its_cells(
    unit: OneCall, titles: str, delimiter: str
) -> None:
    told = await found(
        unit.manager, f"{titles}\r\n" + csv_of(("陳美惠", "0912345678"), headings=OF_WHOM, delimiter=delimiter)
    )
    assert (counts(told)["customer"], told["wrong"]) == ((1, 0, 0), 0)


async def test_addresses_full_of_commas_are_no_reason_to_part_cells_by_them(unit: OneCall) -> None:
    rows = [(f"陳美惠{n}", f"091234567{n}", "台北市,中山區,中山北路,一段,1號") for n in range(8)]
    told = await found(unit.manager, csv_of(*rows, headings=(*OF_WHOM, "地址"), delimiter=";"))
    assert (counts(told)["customer"], told["wrong"]) == ((8, 0, 0), 0)


MAINLAND = csv_of(("陈美惠", "0912345678", "北京市朝阳区建国路1号"), headings=("客户名称", "电话", "地址"))
"""Excel on the mainland saves it in GBK, which is read as Big5 to other characters or to none."""


@pytest.mark.parametrize(
    "text",
    [
        MAINLAND,
        csv_of(("陳美惠", "0912345678"), headings=OF_WHOM),
        csv_of(("李雷", "0912345678"), headings=("姓名", "电话")),
    ],
)
@pytest.mark.parametrize("codec", ["gbk", "gb18030"])
async def test_a_csv_in_the_encoding_of_the_mainland_is_read_and_told(unit: OneCall, text: str, codec: str) -> None:
    told = await taken(unit.manager, text.encode(codec))
    assert (told["encoding"], told["wrong"], counts(told)["customer"]) == ("gbk", 0, (1, 0, 0))
    names = {row.fields["name"] for row in (await unit.manager.pull()).values() if "phone" in row.fields}
    assert text.splitlines()[1].split(",")[0] in names
