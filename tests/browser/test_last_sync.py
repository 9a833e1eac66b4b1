"""When a technician's phone was last in touch stands in the office's open register."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import field, office
from tests.browser.desk import CUSTOMER, Desk, sent_out
from tests.server.world import CLERK, MANAGER, TECHNICIAN, Person
from tests.support.processes import ServerProcess


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
def test_the_open_register_shows_that_a_phone_was_in_touch(
    server: ServerProcess, chromium: Browser, desk_of: Callable[[Person], Desk]
) -> None:
    sent_out(desk_of(CLERK), desk_of(MANAGER))
    page = office.office_page(chromium, server.address, CLERK)
    course = page.get_by_role("region", name="經過")
    expect(course).to_contain_text("還沒同步過")
    field.ready_phone(chromium, server.address, TECHNICIAN, CUSTOMER)
    expect(course).to_contain_text("最後同步")
    expect(course).not_to_contain_text("還沒同步過")
