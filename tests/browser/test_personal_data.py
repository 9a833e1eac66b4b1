"""The admin hands out what is kept of a customer, from the page of the customer's product."""

from collections.abc import Callable
from zipfile import ZipFile

import pytest
from playwright.sync_api import Browser, expect

from schemas.registry import Kind
from tests.browser import office
from tests.browser.desk import CUSTOMER, Desk, log_call
from tests.server.world import ADMIN, CLERK, Person
from tests.support.processes import ServerProcess

pytestmark = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
"""What is handed out does not depend on the database."""


def test_an_admin_exports_the_personal_data_of_a_customer_and_a_page_of_it_opens_offline(
    server: ServerProcess,
    chromium: Browser,
    desk_of: Callable[[Person], Desk],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    log_call(desk_of(CLERK))
    page = office.voucher_page(chromium, server.address, ADMIN)
    page.get_by_role("button", name="匯出個資").click()
    dialog = page.get_by_role("dialog", name=f"匯出 {CUSTOMER} 的個資")
    expect(dialog.get_by_text("這次匯出會記在稽核紀錄")).to_be_visible()
    with page.expect_download() as begun:
        dialog.get_by_role("button", name="匯出個資").click()
    expect(page.get_by_text("個資匯出好了")).to_be_visible()
    assert begun.value.suggested_filename == f"{CUSTOMER}的個資.zip"
    folder = tmp_path_factory.mktemp("handed-out")
    with ZipFile(begun.value.path()) as archive:
        archive.extractall(folder)
    page.goto((folder / "index.html").as_uri())
    expect(page.get_by_role("heading", name=f"{CUSTOMER}的個人資料")).to_be_visible()
    expect(page.get_by_role("heading", name="叫修（1）")).to_be_visible()


def test_a_customer_who_reads_english_gets_an_english_page_from_a_chinese_office(
    server: ServerProcess,
    chromium: Browser,
    desk_of: Callable[[Person], Desk],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    log_call(desk_of(CLERK))
    page = office.voucher_page(chromium, server.address, ADMIN)
    page.get_by_role("button", name="匯出個資").click()
    dialog = page.get_by_role("dialog", name=f"匯出 {CUSTOMER} 的個資")
    expect(dialog.get_by_label("檔案語言")).to_have_value("zh-Hant")
    dialog.get_by_label("檔案語言").select_option("English")
    with page.expect_download() as begun:
        dialog.get_by_role("button", name="匯出個資").click()
    folder = tmp_path_factory.mktemp("handed-out")
    with ZipFile(begun.value.path()) as archive:
        archive.extractall(folder)
    page.goto((folder / "index.html").as_uri())
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("heading", name=f"Personal data of {CUSTOMER}")).to_be_visible()
    expect(page.get_by_role("heading", name="Call (1)")).to_be_visible()


def test_an_admin_erases_a_customer_once_his_call_is_over_and_his_name_and_the_reason_are_typed(
    server: ServerProcess, chromium: Browser, desk_of: Callable[[Person], Desk]
) -> None:
    clerk = desk_of(CLERK)
    call = log_call(clerk)
    page = office.office_page(chromium, server.address, ADMIN)
    page.evaluate("(id) => { location.hash = `#/customer/${id}` }", clerk.one(Kind.CUSTOMER).id)
    page.get_by_role("button", name="刪除個資").click()
    dialog = page.get_by_role("dialog", name=f"刪除 {CUSTOMER} 的個資")
    dialog.get_by_label("再打一次客戶名稱").fill(CUSTOMER)
    dialog.get_by_label("原因").fill("客戶來電要求")
    dialog.get_by_label("原因").press("Enter")
    dialog.get_by_role("button", name="永久刪除").click()
    expect(dialog.get_by_text("這位客戶還有沒結案的叫修")).to_be_visible()
    clerk.ask("POST", f"/api/calls/{call}/withdraw", {"reason": "客戶不修了"})
    dialog.get_by_role("button", name="永久刪除").click()
    expect(page.get_by_text("個資刪除了")).to_be_visible()
    expect(dialog).to_be_hidden()
    expect(page.get_by_text(CUSTOMER)).to_have_count(0)
    expect(page.get_by_role("heading", name="已依客戶要求刪除", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="刪除個資")).to_be_hidden()
    assert "name" not in clerk.one(Kind.CUSTOMER).fields


def test_a_clerk_is_shown_no_way_to_export_personal_data(
    server: ServerProcess, chromium: Browser, desk_of: Callable[[Person], Desk]
) -> None:
    log_call(desk_of(CLERK))
    page = office.voucher_page(chromium, server.address, CLERK)
    expect(page.get_by_role("heading", name=CUSTOMER)).to_be_visible()
    expect(page.get_by_role("button", name="匯出個資")).to_be_hidden()
