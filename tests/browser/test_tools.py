"""What stands above a list and beside a call has its room on the smallest screen of a desk."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Locator, ViewportSize

from tests.browser import office
from tests.browser.desk import CUSTOMER, Desk, sent_out
from tests.server.world import ADMIN, CLERK, MANAGER, Person
from tests.support.processes import ServerProcess

pytestmark = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
"""What a screen looks like does not depend on the database."""

SMALLEST: ViewportSize = {"width": 1280, "height": 800}
GAP = 8


def edges(one: Locator) -> tuple[float, float]:
    """Return where something begins and ends, from the top."""
    box = one.bounding_box()
    assert box is not None
    return box["y"], box["y"] + box["height"]


def test_the_tools_of_the_audit_log_stand_off_its_list(server: ServerProcess, chromium: Browser) -> None:
    page = office.office_page(chromium, server.address, ADMIN)
    page.set_viewport_size(SMALLEST)
    page.goto(f"{server.address}/#/audit")
    page.get_by_role("grid").or_(page.get_by_role("table")).first.wait_for()
    tabs, tools = edges(page.get_by_role("link", name="系統狀態")), edges(page.get_by_role("button", name="匯出"))
    top = edges(page.get_by_role("region", name="稽核紀錄"))[0]
    assert tools[0] >= tabs[1]
    assert top - tools[1] >= GAP


def test_the_buttons_of_a_call_are_one_line_and_what_is_seldom_done_stands_at_its_foot(
    server: ServerProcess, chromium: Browser, desk_of: Callable[[Person], Desk]
) -> None:
    sent_out(desk_of(CLERK), desk_of(MANAGER))
    page = office.office_page(chromium, server.address, MANAGER)
    page.set_viewport_size(SMALLEST)
    page.get_by_role("row").filter(has_text=CUSTOMER).click()
    first = edges(page.get_by_role("button", name="歷程"))
    for name in ("記聯絡", "修改"):
        assert edges(page.get_by_role("button", name=name, exact=True)) == first
    assert edges(page.get_by_role("button", name="更正叫修時間"))[0] > edges(page.get_by_text("經過", exact=True))[1]
