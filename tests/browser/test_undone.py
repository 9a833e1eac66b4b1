"""A visit that cannot be completed, until somebody else signs the second one; and what is put right on the spot."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from schemas.registry import Kind
from tests.browser import field, office
from tests.browser.desk import CUSTOMER, Desk, sent_out
from tests.server.world import CLERK, MANAGER, TECHNICIAN, TECHNICIAN_TWO, Person
from tests.support.processes import ServerProcess

pytestmark = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
"""What a phone says does not depend on the office's database."""

DELIVERED = "全部已送達"
NOTE = "壓縮機要換，車上沒有"


def call_ahead(page: Page) -> None:
    """Tap the customer's number, and note that nobody answered; there is no telephone here that could open."""
    number = page.get_by_role("link", name="打電話")
    number.evaluate("(link) => link.addEventListener('click', (event) => event.preventDefault())")
    number.click()
    page.get_by_role("button", name="沒聯絡到").click()
    expect(page.get_by_role("button", name="沒聯絡到")).to_be_hidden()


def cannot_complete(page: Page, why: str, note: str) -> None:
    """Up the ladder: the reason brings what usually follows it."""
    page.get_by_role("button", name="無法完成").click()
    page.get_by_role("group", name="原因").get_by_role("button", name=why).click()
    page.get_by_label("說明").fill(note)


def test_f030_what_cannot_be_completed_is_sent_again_and_the_guard_signs_the_second_visit(
    server: ServerProcess, chromium: Browser, desk_of: Callable[[Person], Desk]
) -> None:
    clerk = desk_of(CLERK)
    first = sent_out(clerk, desk_of(MANAGER))
    phone, page = field.ready_phone(chromium, server.address, TECHNICIAN, CUSTOMER)
    phone.context.set_offline(True)
    page.get_by_role("link", name=CUSTOMER).click()
    call_ahead(page)
    field.travel(page)
    field.arrive(page)
    cannot_complete(page, "沒有零件", NOTE)
    field.show_customer(page)
    expect(page.get_by_text(NOTE)).to_be_visible()
    field.sign(page, CUSTOMER)
    field.finish(page)
    phone.context.set_offline(False)
    expect(page.get_by_role("link", name=DELIVERED)).to_be_visible()
    visit = clerk.rows()[first].fields
    assert (visit["outcome"], visit["undone_reason"], visit["undone_next"]) == ("follow_up", "no_parts", "send_again")
    attempt = clerk.one(Kind.CONTACT_ATTEMPT).fields
    assert (attempt["result"], attempt["visit"]) == ("no_answer", first)

    register = office.office_page(chromium, server.address, CLERK)
    expect(register.get_by_role("grid", name="叫修登記簿")).to_contain_text("沒完成，要再派 1 件")
    register.get_by_role("row").filter(has_text=CUSTOMER).click()
    expect(register.get_by_text(f"沒有零件，再派一次：{NOTE}")).to_be_visible()
    course = register.get_by_role("region", name="經過")
    expect(course).to_contain_text("電話聯絡，沒聯絡到")
    expect(course).to_contain_text("無法完成，沒有零件，再派一次")

    manager = office.office_page(chromium, server.address, MANAGER)
    office.dispatch(manager, CUSTOMER, TECHNICIAN_TWO)
    _, second = field.ready_phone(chromium, server.address, TECHNICIAN_TWO, CUSTOMER)
    second.get_by_role("link", name=CUSTOMER).click()
    expect(second.get_by_text(NOTE)).to_be_visible()
    field.travel(second)
    field.arrive(second)
    field.write_work(second)
    field.show_customer(second)
    field.sign_for(second, "大樓管理員", "周先生")
    field.finish(second)
    expect(second.get_by_role("link", name=DELIVERED)).to_be_visible()
    roles = {row.fields["role"]: row.fields["signer_name"] for row in clerk.of(Kind.SIGNATURE)}
    assert roles == {"customer": CUSTOMER, "guard": "周先生"}

    expect(register.get_by_role("button", name="結案並歸檔")).to_be_enabled()
    register.get_by_role("link", name="看憑證").click()
    register.get_by_role("grid", name="服務紀錄").get_by_role("row").filter(has_text=field.ACTION).click()
    expect(register.get_by_text("周先生（大樓管理員）簽名")).to_be_visible()


def test_f032_what_is_put_right_on_the_spot_is_signed_again_and_both_signatures_are_kept(
    server: ServerProcess, chromium: Browser, desk_of: Callable[[Person], Desk]
) -> None:
    clerk = desk_of(CLERK)
    visit = sent_out(clerk, desk_of(MANAGER))
    phone, page = field.ready_phone(chromium, server.address, TECHNICIAN, CUSTOMER)
    phone.context.set_offline(True)
    field.visit(page, CUSTOMER)
    page.get_by_role("link", name=CUSTOMER).click()
    page.get_by_role("button", name="改簽過的內容").click()
    expect(page.get_by_text("要請客戶重簽")).to_be_visible()
    page.get_by_label("費用（元）").fill("900")
    page.get_by_role("button", name="回上一頁").click()
    expect(page.get_by_text("客戶簽名之後內容改過，請客戶重簽")).to_be_visible()
    page.get_by_role("button", name="請客戶重簽").click()
    field.sign(page, CUSTOMER)
    field.finish(page)
    phone.context.set_offline(False)
    expect(page.get_by_role("link", name=DELIVERED)).to_be_visible()
    assert clerk.rows()[visit].fields["fee_total"] == 90_000
    assert len(clerk.of(Kind.SIGNATURE)) == 2

    desk = office.voucher_page(chromium, server.address, MANAGER)
    earlier = desk.get_by_role("region", name="之前的簽名")
    expect(earlier).to_contain_text("NT$ 1,650")
    expect(earlier).to_contain_text("NT$ 900")
    desk.get_by_role("button", name="看叫修").or_(desk.get_by_role("link", name="看叫修")).click()
    office.close_and_file(desk)
