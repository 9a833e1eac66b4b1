"""No screen of the running app shuts anybody out: axe and its width, light and dark, at both sizes of both faces."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from schemas.registry import Kind
from tests.browser import field, office
from tests.browser.accessibility import violations
from tests.browser.desk import CUSTOMER, Desk, log_call, sent_out
from tests.browser.people import PHONE
from tests.server.world import ADMIN, BANQIAO, CLERK, MANAGER, TECHNICIAN, Person
from tests.support.processes import ServerProcess

pytestmark = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
"""What a screen looks like does not depend on the database."""


def test_the_technicians_screens_are_open_to_everybody(
    server: ServerProcess, chromium: Browser, desk_of: Callable[[Person], Desk]
) -> None:
    sent_out(desk_of(CLERK), desk_of(MANAGER))
    _, page = field.ready_phone(chromium, server.address, TECHNICIAN, CUSTOMER)
    found = violations(page)
    for address, heading in (("#/find", "搜尋"), ("#/outbox", "傳送"), ("#/account", "我的帳號")):
        page.goto(f"{server.address}/{address}")
        page.get_by_role("heading", name=heading).wait_for()
        found += violations(page)
    page.get_by_role("button", name="回上一頁").click()
    page.goto(f"{server.address}/#/")
    page.get_by_role("link", name=CUSTOMER).click()
    page.get_by_role("heading", name="工單").wait_for()
    found += violations(page)
    field.travel(page)
    field.arrive(page)
    field.write_work(page)
    found += violations(page)
    field.show_customer(page)
    found += violations(page)
    field.sign(page, CUSTOMER)
    field.finish(page)
    found += violations(page)
    assert found == []


def test_the_offices_pages_are_open_to_everybody(
    server: ServerProcess, chromium: Browser, desk_of: Callable[[Person], Desk]
) -> None:
    clerk, manager = desk_of(CLERK), desk_of(MANAGER)
    visit = sent_out(clerk, manager)
    log_call(clerk, "林志豪")
    asset = clerk.rows()[visit_call(clerk, visit)].fields["asset"]
    clerk.write(Kind.SERVICE_CALL, visit_call(clerk, visit), {"symptom": "不冷，有水"})
    manager.write(Kind.SERVICE_CALL, visit_call(clerk, visit), {"symptom": "不通電"}, base=1)
    page = office.office_page(chromium, server.address, MANAGER)
    found = look_at(page, server.address, "", "intake", "vouchers", f"voucher/{asset}", "inbox")
    page = office.office_page(chromium, server.address, ADMIN)
    found += look_at(page, server.address, "people", "devices", "hours", "healing")
    assert found == []


def test_on_a_phone_the_office_dispatches_edits_an_entry_and_decides(
    server: ServerProcess, chromium: Browser, desk_of: Callable[[Person], Desk]
) -> None:
    clerk, manager = desk_of(CLERK), desk_of(MANAGER)
    visit = sent_out(clerk, manager)
    call = visit_call(clerk, visit)
    begun = {"unit": BANQIAO, "call": call, "technician": TECHNICIAN.user, "en_route_at": clerk.ambient.now()}
    asset = clerk.rows()[call].fields["asset"]
    desk_of(TECHNICIAN).write(Kind.SERVICE_VISIT, visit, {**begun, "asset": asset})
    log_call(clerk, "林志豪")
    page = office.office_page(chromium, server.address, MANAGER, PHONE)
    office.dispatch(page, "林志豪", TECHNICIAN)
    page.get_by_role("row").filter(has_text=CUSTOMER).click()
    page.get_by_role("link", name="看憑證").click()
    office.edit_entry(page, 故障="冷媒外漏")
    expect(page.get_by_role("row", name="故障 冷媒外漏")).to_be_visible()
    clerk.write(Kind.SERVICE_CALL, call, {"symptom": "不冷，有水"})
    manager.write(Kind.SERVICE_CALL, call, {"symptom": "不通電"}, base=1)
    page.get_by_role("link", name="待決定").click()
    page.get_by_role("button", name="保留不通電").click()
    expect(page.get_by_text("沒有待決定的事。").first).to_be_visible()


def visit_call(desk: Desk, visit: str) -> str:
    """The call to which a technician was sent."""
    call: str = desk.rows()[visit].fields["call"]
    return call


def look_at(page: Page, address: str, *paths: str) -> list[str]:
    found: list[str] = []
    for path in paths:
        page.goto(f"{address}/#/{path}")
        expect(page.get_by_role("heading", level=1)).to_be_attached()
        found += violations(page)
    return found
