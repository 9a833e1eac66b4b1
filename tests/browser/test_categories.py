"""Under warranty a customer pays for what he broke: with a reason, and the office sees it (F004, F007)."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, expect

from schemas.registry import Kind
from schemas.vocabulary import Category
from tests.browser import field, office
from tests.browser.desk import CUSTOMER, Desk, dispatch, log_call
from tests.server.world import CLERK, MANAGER, TECHNICIAN, Person
from tests.support.processes import ServerProcess

pytestmark = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
"""What the pages do does not depend on the database."""


def test_f004_a_technician_charges_for_what_the_customer_broke_and_says_why(
    server: ServerProcess, chromium: Browser, desk_of: Callable[[Person], Desk]
) -> None:
    clerk, manager = desk_of(CLERK), desk_of(MANAGER)
    call = log_call(clerk, category=Category.WARRANTY)
    until = datetime.now(UTC) + timedelta(days=300)
    clerk.write(Kind.ASSET, clerk.rows()[call].fields["asset"], {"warranty_until": int(until.timestamp() * 1_000)})
    dispatch(manager, call)
    phone, page = field.ready_phone(chromium, server.address, TECHNICIAN, CUSTOMER)
    phone.context.set_offline(True)
    page.get_by_role("link", name=CUSTOMER).click()
    field.travel(page)
    field.arrive(page)
    expect(page.get_by_label("費用（元）")).to_be_hidden()
    page.get_by_role("button", name="改成有費").click()
    asked = page.get_by_role("dialog", name="為什麼改成有費")
    asked.get_by_role("button", name="改成有費").click()
    expect(asked.get_by_text("選一個原因，或寫說明。")).to_be_visible()
    asked.get_by_role("button", name="摔落或碰撞").click()
    asked.get_by_label("說明").fill("搬家時")
    asked.get_by_role("button", name="改成有費").click()
    expect(page.get_by_text("摔落或碰撞，搬家時")).to_be_visible()
    field.write_work(page)
    page.get_by_role("button", name="改回原來").click()
    expect(page.get_by_label("費用（元）")).to_be_hidden()
    page.get_by_role("button", name="改成有費").click()
    asked.get_by_role("button", name="進水").click()
    asked.get_by_role("button", name="改成有費").click()
    page.get_by_label("費用（元）").fill("1650")
    field.show_customer(page)
    expect(page.get_by_text("1,650")).to_be_visible()
    field.sign(page, CUSTOMER)
    field.finish(page)
    phone.context.set_offline(False)
    visit = manager.one(Kind.DISPATCH).id
    manager.await_fact(visit, "finished_at")
    said = next(row.fields for row in manager.of(Kind.SERVICE_VISIT) if row.id == visit)
    assert (said["category"], said["category_reason"], said["fee_total"]) == (Category.PAID, "進水", 165_000)
    desk = office.office_page(chromium, server.address, MANAGER)
    desk.get_by_role("row", name="A 有費").click()
    expect(desk.get_by_text("免費，進水")).to_be_visible()
    office.close_and_file(desk)
