"""A customer reads and prints what he signed, by the link on the technician's phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from schemas.registry import Kind
from tests.browser import field, office
from tests.browser.desk import CUSTOMER, Desk, sent_out
from tests.browser.people import PHONE
from tests.server.world import CLERK, COMPANY, MANAGER, TECHNICIAN, Person
from tests.support.processes import ServerProcess

pytestmark = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
"""What a link shows does not depend on the office's database."""


@pytest.fixture
def clerk(desk_of: Callable[[Person], Desk]) -> Desk:
    return desk_of(CLERK)


@pytest.fixture
def phone(server: ServerProcess, chromium: Browser, clerk: Desk, desk_of: Callable[[Person], Desk]) -> Page:
    """A technician's phone with a visit that the customer has signed."""
    sent_out(clerk, desk_of(MANAGER))
    _, page = field.ready_phone(chromium, server.address, TECHNICIAN, CUSTOMER)
    field.visit(page, CUSTOMER)
    return page


def opened(chromium: Browser, address: str) -> Page:
    """The customer opens the link on a phone of his own."""
    page = chromium.new_context(viewport=PHONE, locale="zh-TW", timezone_id="Asia/Taipei").new_page()
    page.goto(address)
    return page


def test_a_customer_reads_and_prints_exactly_what_he_signed_until_the_link_is_taken_back(
    server: ServerProcess, chromium: Browser, clerk: Desk, phone: Page
) -> None:
    server.kill()
    phone.get_by_role("link", name=CUSTOMER).click()
    phone.get_by_role("button", name="給客戶副本").click()
    sheet = phone.get_by_role("dialog", name="客戶的副本")
    expect(sheet.get_by_role("img", name="副本的連結")).to_be_visible()
    expect(sheet.get_by_text("送出以後客戶才打得開")).to_be_visible()

    server.start()
    expect(sheet.get_by_text("送出以後客戶才打得開")).to_be_hidden()
    link = clerk.one(Kind.SIGNATURE_COPY)
    address = f"{server.address}/copy.html#{COMPANY}.{link.id}.{link.fields['secret']}"
    page = opened(chromium, address)
    expect(page.get_by_role("heading", name="服務紀錄副本")).to_be_visible()
    expect(page.get_by_text(field.ACTION)).to_be_visible()
    expect(page.get_by_text("NT$ 1,650")).to_be_visible()
    expect(page.get_by_text("和客戶簽名時完全相同")).to_be_visible()
    expect(page.get_by_role("img", name="的簽名")).to_be_visible()
    assert page.pdf(format="A4").startswith(b"%PDF")
    page.emulate_media(media="print")
    expect(page.get_by_text(field.ACTION)).to_be_visible()
    expect(page.get_by_role("button", name="列印或存成 PDF")).to_be_hidden()
    page.emulate_media(media="screen")

    sheet.get_by_role("button", name="收回連結").click()
    expect(sheet.get_by_role("status")).to_contain_text("客戶打不開了")
    expect(sheet.get_by_role("img")).to_be_hidden()
    sheet.get_by_role("button", name="關閉").click()
    phone.go_back()
    expect(phone.get_by_role("link", name="全部已送達")).to_be_visible()
    page.reload()
    expect(page.get_by_role("alert")).to_contain_text("連結已經收回")
    page.goto(f"{server.address}/copy.html")
    page.reload()
    expect(page.get_by_role("alert")).to_contain_text("連結不完整")


@pytest.mark.usefixtures("phone")
def test_the_office_gives_a_copy_as_well_and_prints_exactly_what_was_signed(
    server: ServerProcess, chromium: Browser, clerk: Desk
) -> None:
    register = office.office_page(chromium, server.address, CLERK)
    expect(register.get_by_text("沒有給客戶的連結")).to_be_visible()
    register.get_by_role("link", name="看憑證").click()
    register.get_by_role("button", name="給客戶副本").click()
    expect(register.get_by_role("img", name="副本的連結")).to_be_visible()
    expect(register.get_by_text("以前打得開")).to_be_visible()
    assert clerk.one(Kind.SIGNATURE_COPY).fields["secret"]
    register.get_by_role("button", name="關閉").click()
    with register.expect_popup() as popup:
        register.get_by_role("link", name="看客戶簽的內容").click()
    page = popup.value
    expect(page.get_by_text(field.ACTION)).to_be_visible()
    expect(page.get_by_text("和客戶簽名時完全相同")).to_be_visible()
    expect(page.get_by_role("button", name="列印或存成 PDF")).to_be_visible()
    page.close()
    register.go_back()
    expect(register.get_by_role("region", name="經過").get_by_role("link", name="看客戶簽的內容")).to_be_visible()
