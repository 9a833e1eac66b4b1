"""A customer who was written down twice is merged, found by his other number, and taken apart again (F013)."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, expect

from schemas.registry import Kind
from tests.browser import office
from tests.browser.desk import Desk, log_call
from tests.server.world import BANQIAO, CLERK, Person
from tests.support.processes import ServerProcess

pytestmark = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
"""What the pages do does not depend on the database."""


def test_f013_a_customer_who_was_written_down_twice_is_merged_and_taken_apart_again(
    server: ServerProcess, chromium: Browser, desk_of: Callable[[Person], Desk]
) -> None:
    desk = desk_of(CLERK)
    log_call(desk)
    known = next(iter(desk.of(Kind.CUSTOMER))).fields
    desk.write(Kind.CUSTOMER, "customer-again", {"unit": BANQIAO, "name": "陳小姐", "phone": "02-8888-0000"})
    page = office.voucher_page(chromium, server.address, CLERK)
    page.get_by_role("link", name=str(known["name"]), exact=True).click()
    expect(page.get_by_role("heading", name="客戶資料袋")).to_be_visible()

    page.get_by_role("button", name="合併重複…").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("客戶名稱、電話或地址").fill("88880000")
    dialog.get_by_role("button", name="陳小姐").click()
    dialog.get_by_role("button", name="合併", exact=True).click()
    dialog.wait_for(state="hidden")
    merged = page.get_by_role("region", name="合併進來的")
    expect(merged.get_by_text("陳小姐")).to_be_visible()

    page.keyboard.press("/")
    page.get_by_role("combobox").fill("88880000")
    found = page.get_by_role("option").first
    expect(found).to_contain_text(str(known["name"]))
    page.keyboard.press("Escape")

    merged.get_by_role("button", name="復原").click()
    expect(merged).to_be_hidden()
    page.keyboard.press("/")
    page.get_by_role("combobox").fill("88880000")
    expect(page.get_by_role("option").first).to_contain_text("陳小姐")
