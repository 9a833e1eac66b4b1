"""A maintenance contract is logged on the product's page, and the next call of the product goes by it (F005)."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from schemas.registry import Kind
from schemas.vocabulary import Category
from tests.browser import office
from tests.browser.desk import Desk, log_call
from tests.server.world import CLERK, Person
from tests.support.processes import ServerProcess

pytestmark = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
"""What the pages do does not depend on the database."""


def log_contract(page: Page, number: str, visits: int) -> None:
    """Log a contract for this year of the product whose page is open; ends on the contract's page."""
    page.get_by_role("button", name="登錄契約").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="存檔").click()
    expect(dialog.get_by_text("要填。")).to_have_count(2)
    expect(dialog.get_by_text("沒有改任何一欄。")).to_be_hidden()
    expect(dialog.get_by_text("不填就是不限次數")).to_be_visible()
    today = datetime.now(UTC).date()
    dialog.get_by_label("契約編號").fill(number)
    dialog.get_by_label("包含次數").fill(str(visits))
    dialog.get_by_label("起日").fill((today - timedelta(days=30)).isoformat())
    dialog.get_by_label("迄日").fill((today + timedelta(days=300)).isoformat())
    dialog.get_by_role("button", name="存檔").click()
    dialog.wait_for(state="hidden")


def test_f005_a_contract_of_the_voucher_page_gives_the_next_call_its_category(
    server: ServerProcess, chromium: Browser, desk_of: Callable[[Person], Desk]
) -> None:
    desk = desk_of(CLERK)
    first = log_call(desk)
    page = office.voucher_page(chromium, server.address, CLERK)
    log_contract(page, "M-2026-008", 2)
    expect(page.get_by_role("heading", name="保養契約")).to_be_visible()
    expect(page.get_by_role("heading", name="契約商品 1 台")).to_be_visible()

    page.keyboard.press("F2")
    page.locator('[data-key="1"]').get_by_label("電話").fill("02-2960-1188")
    category = page.get_by_role("group", name="類別")
    expect(category.get_by_role("button", name=re.compile("契約"))).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_text("保養契約，剩 2 次")).to_be_visible()
    page.locator('[data-key="3"]').get_by_role("textbox", name="情形").fill("例行保養")
    page.keyboard.press("Enter")
    expect(page.locator('[data-key="1"]').get_by_label("電話")).to_have_value("")
    page.get_by_role("link", name="登記與派工").click()
    page.get_by_role("row", name="B 契約").click()
    expect(page.get_by_text(re.compile(r"-\d{4}-000002"))).to_be_visible()
    second = next(call for call in desk.of(Kind.SERVICE_CALL) if call.id != first)
    assert second.fields["category"] == Category.CONTRACT
