"""A phone is lost at noon: it is stopped, another is enrolled, and the visit goes on where it was (F030)."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, expect

from schemas.registry import Kind
from tests.browser import field
from tests.browser.desk import CUSTOMER, Desk, sent_out
from tests.server.world import CLERK, MANAGER, TECHNICIAN, Person
from tests.support.processes import ServerProcess

pytestmark = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
"""What the pages do does not depend on the database."""


def test_f030_a_visit_that_was_begun_on_a_lost_phone_is_finished_on_another(
    server: ServerProcess, chromium: Browser, desk_of: Callable[[Person], Desk]
) -> None:
    clerk, manager = desk_of(CLERK), desk_of(MANAGER)
    visit = sent_out(clerk, manager)
    _, page = field.ready_phone(chromium, server.address, TECHNICIAN, CUSTOMER)
    page.get_by_role("link", name=CUSTOMER).click()
    field.travel(page)
    field.arrive(page)
    manager.await_fact(visit, "arrived_at")
    [lost] = [row.id for row in manager.of(Kind.DEVICE) if row.fields["place"] == "field"]
    manager.ask("POST", f"/api/devices/{lost}/revoke", {})

    _, another = field.ready_phone(chromium, server.address, TECHNICIAN, CUSTOMER)
    another.get_by_role("link", name=CUSTOMER).click()
    another.get_by_role("button", name="繼續施作").click()
    field.write_work(another)
    field.hand_over(another, CUSTOMER)
    manager.await_fact(visit, "finished_at")
    clerk.ask("POST", f"/api/calls/{manager.one(Kind.SERVICE_CALL).id}/close", {})
    expect(page.get_by_role("heading", name="登入")).to_be_visible()
