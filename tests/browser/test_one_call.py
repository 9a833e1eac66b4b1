"""The way of one call through everybody's hands, with the server killed while the technician works."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from schemas.registry import Kind
from tests.browser import field, office
from tests.browser.desk import CUSTOMER, Desk
from tests.browser.people import OFFICE, PHONE
from tests.server.world import CLERK, MANAGER, TECHNICIAN, Person
from tests.support.processes import ServerProcess


@pytest.mark.parametrize(
    ("databases", "size"),
    [("sqlite", PHONE), ("postgresql", PHONE), ("sqlite", OFFICE)],
    indirect=["databases"],
    ids=["sqlite-phone", "postgresql-phone", "sqlite-tablet"],
)
def test_the_whole_way_of_one_call(
    server: ServerProcess, chromium: Browser, desk_of: Callable[[Person], Desk], size: ViewportSize
) -> None:
    clerk = office.office_page(chromium, server.address, CLERK)
    office.log_by_keyboard(clerk, CUSTOMER)
    clerk.get_by_role("link", name="登記與派工").click()
    expect(clerk.get_by_role("row").filter(has_text=CUSTOMER)).to_be_visible()
    manager = office.office_page(chromium, server.address, MANAGER)
    office.dispatch(manager, CUSTOMER, TECHNICIAN)

    phone, page = field.ready_phone(chromium, server.address, TECHNICIAN, CUSTOMER, size)
    page.close()
    server.kill()
    page = field.opened_cold(phone)
    field.travel(page)
    field.arrive(page)
    field.write_work(page)
    field.show_customer(page)
    field.sign(page, CUSTOMER)
    page.close()
    page = field.opened_cold(phone)
    finish_what_was_kept(page)
    page.close()
    page = field.opened_cold(phone)
    expect(page.get_by_role("link", name="都存在這台裝置")).to_be_visible()
    page.get_by_role("link", name=CUSTOMER).click()
    expect(page.get_by_text("客戶已簽名")).to_be_visible()

    server.start()
    expect(clerk.get_by_role("row", name="完成，待結案 1 件")).to_be_visible()
    see_the_signed_entry(clerk)
    everything_arrived_once(desk_of(MANAGER))

    office.close_and_file(clerk)
    expect(clerk.get_by_role("row", name="今天結案 1 件")).to_be_visible()
    clerk.get_by_role("link", name="看憑證").click()
    expect(clerk.get_by_text("在檔（現在）")).to_be_visible()
    expect(clerk.get_by_role("grid", name="服務紀錄")).to_contain_text("簽認")
    expect(clerk.get_by_role("img", name=f"{CUSTOMER} 的簽名")).to_be_visible()
    expect(page.get_by_text("客戶已簽名")).to_be_visible()


def finish_what_was_kept(page: Page) -> None:
    """What was written and drawn before the app was killed is still there; only finishing is left."""
    page.get_by_role("button", name="繼續施作").click()
    expect(page.get_by_label("故障說明")).to_have_value(field.FAULT)
    expect(page.get_by_label("處理說明")).to_have_value(field.ACTION)
    expect(page.get_by_label("費用（元）")).to_have_value(str(field.FEE))
    field.show_customer(page)
    expect(page.get_by_role("img", name=f"{CUSTOMER} 的簽名")).to_be_visible()
    field.finish(page)


def see_the_signed_entry(page: Page) -> None:
    """The register that stayed open shows who finished when, and that the customer has signed."""
    finished = page.get_by_role("region", name="經過").get_by_role("listitem").filter(has_text="完成，修好")
    expect(finished).to_contain_text(TECHNICIAN.name)
    expect(finished).to_contain_text("簽認")


def everything_arrived_once(manager: Desk) -> None:
    """The server has each of the phone's five operations once, in the order in which they were captured."""
    visit, signature = manager.one(Kind.SERVICE_VISIT), manager.one(Kind.SIGNATURE)
    told = manager.history(Kind.SERVICE_VISIT, visit.id) + manager.history(Kind.SIGNATURE, signature.id)
    assert [operation["seq"] for operation in told] == [1, 2, 3, 4, 5]
    assert len({operation["actor"] for operation in told}) == 1
    assert {operation["verdict"] for operation in told} == {"applied"}
    assert (visit.fields["action"], visit.fields["fee_total"]) == (field.ACTION, field.FEE * 100)
