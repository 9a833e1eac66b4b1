"""A fresh phone fetches what lies ready at the office: today's job first, the rest as the line allows."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Route, expect

from schemas.registry import Kind
from server.exchange.snapshots import LEAST_ROWS
from tests.browser import field
from tests.browser.desk import CUSTOMER, Desk, sent_out
from tests.browser.people import phone_of
from tests.server.world import BANQIAO, CLERK, MANAGER, TECHNICIAN, Person
from tests.support.processes import ServerProcess

LAST = "最後一位客戶"


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
def test_l7_today_s_job_is_there_while_the_line_breaks_and_the_rest_follows(
    server: ServerProcess, chromium: Browser, desk_of: Callable[[Person], Desk]
) -> None:
    clerk = desk_of(CLERK)
    sent_out(clerk, desk_of(MANAGER))
    for number in range(LEAST_ROWS):
        clerk.write(Kind.CUSTOMER, f"customer-{number:04}", {"unit": BANQIAO, "name": f"客戶{number}"}, base=0)
    clerk.write(Kind.CUSTOMER, "customer-last", {"unit": BANQIAO, "name": LAST}, base=0)
    product = {"unit": BANQIAO, "customer": "customer-last", "product": "除濕機", "serial_no": "KD-160H-000001"}
    clerk.write(Kind.ASSET, "asset-last", product, base=0)

    phone = phone_of(chromium, server.address)
    broken: list[str] = []

    def breaks(route: Route) -> None:
        broken.append(route.request.url)
        route.abort()

    phone.context.route("**/sync/v1/parts/*/1", breaks)
    page = field.made_ready(phone, TECHNICIAN, CUSTOMER)
    assert broken
    page.get_by_role("link", name="搜尋").click()
    page.get_by_role("searchbox").fill(LAST)
    expect(page.get_by_text(LAST).first).not_to_be_visible()

    phone.context.unroute("**/sync/v1/parts/*/1", breaks)
    expect(page.get_by_text(LAST).first).to_be_visible()
