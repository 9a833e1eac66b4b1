"""What the customer signed and what was written afterwards stand apart, wherever the entry is shown."""

from collections.abc import Callable

from playwright.sync_api import Browser, expect

from tests.browser import field, office
from tests.browser.desk import CUSTOMER, Desk, sent_out
from tests.server.world import CLERK, MANAGER, TECHNICIAN, Person
from tests.support.processes import ServerProcess


def test_a_change_after_signing_is_shown_on_the_phone_in_the_register_and_on_the_voucher(
    server: ServerProcess, chromium: Browser, desk_of: Callable[[Person], Desk]
) -> None:
    clerk, manager = desk_of(CLERK), desk_of(MANAGER)
    visit = sent_out(clerk, manager)
    _, page = field.ready_phone(chromium, server.address, TECHNICIAN, CUSTOMER)
    field.travel(page)
    field.arrive(page)
    field.write_work(page)
    field.show_customer(page)
    field.sign(page, CUSTOMER)
    field.finish(page)
    clerk.await_fact(visit, "finished_at")
    register = office.office_page(chromium, server.address, CLERK)
    course = register.get_by_role("region", name="經過")
    expect(course).to_contain_text("簽認")

    manager.ask("POST", f"/api/visits/{visit}/amend", {"reason": "多收了", "fields": {"fee_total": 100_000}})

    expect(course).to_contain_text("簽後變更")
    expect(register.get_by_role("button", name="結案並歸檔")).to_be_disabled()
    page.get_by_role("link", name=CUSTOMER).click()
    expect(page.get_by_text("客戶簽名之後內容改過，請客戶重簽")).to_be_visible()
    register.get_by_role("link", name="看憑證").click()
    expect(register.get_by_role("heading", name="簽名之後改過內容")).to_be_visible()
    expect(register.get_by_role("row", name="費用 NT$ 1,650 NT$ 1,000")).to_be_visible()
    expect(register.get_by_role("grid", name="服務紀錄")).to_contain_text("簽後變更")
