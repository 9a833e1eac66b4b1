"""A company sets itself up: what an admin sets for a unit is what its register tells and its phones offer."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import field, office
from tests.browser.desk import CUSTOMER, Desk, dispatch, log_call
from tests.server.world import ADMIN, CLERK, MANAGER, TECHNICIAN, Person
from tests.support.processes import ServerProcess

pytestmark = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
"""What the pages do does not depend on the database."""

MINUTE_MS = 60_000


def settings_page(chromium: Browser, address: str, name: str) -> Page:
    """Return a page of the settings, as the admin reaches it."""
    page = office.office_page(chromium, address, ADMIN)
    page.get_by_role("link", name="設定").click()
    page.get_by_role("link", name=name, exact=True).click()
    page.get_by_role("heading", name=name, exact=True, level=1).wait_for()
    return page


def set_limit(page: Page) -> None:
    """Let calls count as logged late from five minutes on; the register tells it at once."""
    page.get_by_role("link", name="登記與派工").click()
    row = page.get_by_role("row").filter(has_text=CUSTOMER)
    expect(row).to_be_visible()
    expect(row).not_to_contain_text("登記")
    page.go_back()
    page.get_by_label("登記期限（分鐘）").fill("5")
    page.get_by_label("登記期限（分鐘）").press("Enter")
    expect(page.get_by_role("status").filter(has_text="期限已存檔")).to_be_visible()
    page.get_by_role("link", name="登記與派工").click()
    expect(row).to_contain_text("晚 10 分登記")


def set_phrases(page: Page) -> None:
    """Put an own phrase in front of the shipped ones, by keyboard."""
    faults = page.get_by_role("region", name="故障的常用語")
    faults.get_by_role("button", name="用內建的開始").click()
    expect(faults.get_by_role("listitem").first).to_contain_text("不冷")
    faults.get_by_role("button", name="新增").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("常用語").fill("門關不緊")
    dialog.get_by_role("button", name="新增").click()
    rows = faults.get_by_role("listitem")
    expect(rows.last).to_contain_text("門關不緊")
    count = rows.count()
    up = faults.get_by_role("button", name="把門關不緊往上移")
    up.focus()
    for _ in range(count - 1):
        page.keyboard.press("Enter")
        expect(up).to_be_focused()
    expect(rows.first).to_contain_text("門關不緊")


def set_fees(page: Page) -> None:
    """Say what an inspection and the way cost."""
    fees = page.get_by_role("region", name="費用項目")
    for name, dollars in (("檢查費", "500"), ("車馬費", "300")):
        fees.get_by_role("button", name="新增").click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_label("項目").fill(name)
        dialog.get_by_label("金額（元）").fill(dollars)
        dialog.get_by_role("button", name="新增").click()
        expect(fees.get_by_role("listitem").last).to_contain_text(name)


def test_f011_a_limit_that_an_admin_sets_counts_at_once_and_his_phrases_are_on_a_phone_without_a_network(
    server: ServerProcess, chromium: Browser, desk_of: Callable[[Person], Desk]
) -> None:
    clerk = desk_of(CLERK)
    now = clerk.ambient.now()
    dispatch(desk_of(MANAGER), log_call(clerk, received_at=now - 10 * MINUTE_MS, logged_at=now))
    phone, page_of_phone = field.ready_phone(chromium, server.address, TECHNICIAN, CUSTOMER)

    page = settings_page(chromium, server.address, "單位")
    set_limit(page)
    page.get_by_role("link", name="設定").click()
    page.get_by_role("link", name="常用語與費用", exact=True).click()
    set_phrases(page)
    set_fees(page)

    page_of_phone.get_by_role("link", name=CUSTOMER).click()
    field.travel(page_of_phone)
    field.arrive(page_of_phone)
    chips = page_of_phone.get_by_role("group", name="故障", exact=True).get_by_role("button")
    expect(chips.first).to_have_text("門關不緊")
    server.kill()
    page_of_phone.close()
    again = field.opened_cold(phone)
    again.get_by_role("link", name=CUSTOMER).click()
    again.get_by_role("button", name="繼續施作").click()
    again.get_by_role("button", name="門關不緊").click()
    expect(again.get_by_role("button", name="門關不緊")).to_have_attribute("aria-pressed", "true")
    for name in ("檢查費", "車馬費"):
        again.get_by_role("group", name="費用項目").get_by_role("button", name=name).click()
    expect(again.get_by_label("費用（元）")).to_have_value("800")


def test_a_new_unit_is_added_by_the_admin_and_its_phrases_and_hours_are_there(
    server: ServerProcess, chromium: Browser
) -> None:
    page = settings_page(chromium, server.address, "單位")
    page.get_by_role("button", name="新增單位").click()
    dialog = page.get_by_role("dialog", name="新增單位")
    dialog.get_by_label("單位名稱").fill("新竹服務組")
    dialog.get_by_label("代號").fill("hsc")
    dialog.get_by_role("button", name="新增單位").click()
    expect(page.get_by_role("heading", name="新竹服務組")).to_be_visible()
    page.get_by_role("link", name="常用語與費用", exact=True).click()
    page.get_by_label("單位").select_option(label="新竹服務組")
    expect(page.get_by_role("region", name="故障的常用語").get_by_role("listitem").first).to_contain_text("不冷")
