"""A list of customers comes in on a page of the office: checked, taken in without what is wrong, and found."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from schemas.registry import Kind
from tests.browser import office
from tests.browser.desk import Desk
from tests.server.lists import csv_of
from tests.server.world import CLERK, MANAGER, Person
from tests.support.processes import ServerProcess

pytestmark = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
"""What the page does not depend on the database."""

HEADINGS = ("客戶名稱", "電話", "統編", "商品", "型號", "序號", "等級")
GOOD = [(f"張家{number}", f"02-2960-{number:04}", "", "冷氣", "RAS-28", f"S-{number}", "甲") for number in range(1, 9)]
BROKEN = [("", "02-2960-9999"), ("李家", "不詳"), ("王家", "02-2960-8888", "12345678")]
MANY = [(f"客戶{number}", f"0912{number:06}", "", "冷氣", "RAS-28", f"T-{number}") for number in range(6_000)]


def import_page(chromium: Browser, address: str, person: Person) -> Page:
    """Return the page for lists, as somebody reaches it."""
    page = office.office_page(chromium, address, person)
    page.get_by_role("link", name="設定").click()
    page.get_by_role("link", name="匯入").click()
    page.get_by_role("heading", name="匯入客戶和商品").wait_for()
    return page


def test_a_list_with_broken_rows_is_checked_its_good_ones_come_in_and_are_found(
    server: ServerProcess, chromium: Browser, desk_of: Callable[[Person], Desk], tmp_path: Path
) -> None:
    file = tmp_path / "客戶名冊.csv"
    file.write_bytes(csv_of(*GOOD, *BROKEN, headings=HEADINGS).encode("cp950"))
    page = import_page(chromium, server.address, MANAGER)
    page.get_by_label("選檔案").set_input_files(file)
    expect(page.get_by_text("共 11 列，3 列有錯")).to_be_visible()
    expect(page.get_by_text("這個檔是 Big5 編碼")).to_be_visible()
    expect(page.get_by_text("這些欄不認得，不會匯入：等級。")).to_be_visible()
    errors = page.get_by_role("table", name="有錯的列").get_by_role("row")
    for row, words in ((10, "沒有客戶名稱"), (11, "不像電話號碼"), (12, "統一編號不對")):
        expect(errors.filter(has_text=words)).to_contain_text(str(row))
    expect(page.get_by_role("button", name="匯入 8 列")).to_be_disabled()
    assert desk_of(MANAGER).of(Kind.CUSTOMER) == []

    page.get_by_label("略過有錯的 3 列").check()
    page.get_by_role("button", name="匯入 8 列").click()
    expect(page.get_by_text("匯入完成。客戶新增 8 位，商品新增 8 台，更改 0 筆。")).to_be_visible()
    assert len(desk_of(MANAGER).of(Kind.ASSET)) == 8

    page.get_by_label("選檔案").set_input_files([])  # as a click on it does
    page.get_by_label("選檔案").set_input_files(file)
    expect(page.get_by_text("沒有要匯入的，正確的列都已經在系統裡。")).to_be_visible()

    clerk = office.office_page(chromium, server.address, CLERK)
    clerk.keyboard.press("F2")
    clerk.locator('[data-key="1"]').get_by_label("電話").fill("02-2960-0003")
    expect(clerk.get_by_text("張家3").first).to_be_visible()


def test_whoever_gives_an_import_up_has_imported_nothing(
    server: ServerProcess, chromium: Browser, desk_of: Callable[[Person], Desk], tmp_path: Path
) -> None:
    file = tmp_path / "全部.csv"
    file.write_text(csv_of(*MANY, headings=HEADINGS[:6]), encoding="utf-8-sig")
    page = import_page(chromium, server.address, MANAGER)
    page.get_by_label("選檔案").set_input_files(file)
    take = page.get_by_role("button", name="匯入 6000 列")
    expect(take).to_be_enabled()
    take.click()
    expect(page.get_by_role("status").filter(has_text="已寫")).to_be_visible()
    page.get_by_role("button", name="不匯入了").click()
    expect(page.get_by_text("沒有匯入，什麼都沒有改。")).to_be_visible()
    assert desk_of(MANAGER).of(Kind.CUSTOMER) == []
    take.click()
    expect(page.get_by_text("匯入完成。客戶新增 6000 位")).to_be_visible()
    assert len(desk_of(MANAGER).of(Kind.CUSTOMER)) == 6_000


def test_a_template_goes_out_as_csv_and_as_a_workbook_and_is_read_again(
    server: ServerProcess, chromium: Browser, tmp_path: Path
) -> None:
    page = import_page(chromium, server.address, MANAGER)
    for form, start in (("CSV", b"\xef\xbb\xbf"), ("Excel", b"PK")):
        page.get_by_role("button", name="空白範本").click()
        with page.expect_download() as download:
            page.get_by_role("dialog").get_by_role("button", name=form).click()
        kept = tmp_path / download.value.suggested_filename
        download.value.save_as(kept)
        assert kept.read_bytes().startswith(start)
        page.get_by_label("選檔案").set_input_files(kept)
        expect(page.get_by_text("檔裡沒有資料列")).to_be_visible()
