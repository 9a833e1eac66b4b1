"""The user guide: on the phone without a network, in the office at what belongs to the page, and its pictures."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.browser import field, guide_pictures
from tests.browser.accessibility import violations
from tests.browser.desk import CUSTOMER, Desk, sent_out
from tests.browser.people import computer_of, sign_in
from tests.server.world import CLERK, MANAGER, TECHNICIAN, Person
from tests.support.processes import ServerProcess

SQLITE = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
"""What a guide says does not depend on the database."""

KEPT = """(count) => caches.keys()
    .then((names) => Promise.all(names.map((name) => caches.open(name).then((cache) => cache.keys()))))
    .then((all) => all.flat().filter(({ url }) => url.endsWith('.webp')).length >= count)"""
SHOWN = "(image) => image.complete && image.naturalWidth > 0"
OF_THE_TECHNICIAN = 16


def read_section(page: Page) -> None:
    """Go the way of somebody whose phone does not send."""
    page.get_by_role("link", name="我的帳號").click()
    page.get_by_role("link", name="使用說明").click()
    page.get_by_label("找一段說明").fill("卡住")
    page.get_by_role("link", name="傳送卡住了").click()
    expect(page.get_by_role("heading", name="傳送卡住了")).to_be_visible()


@SQLITE
def test_without_a_network_the_technician_reads_what_to_do_and_sees_its_picture(
    server: ServerProcess, chromium: Browser, desk_of: Callable[[Person], Desk]
) -> None:
    sent_out(desk_of(CLERK), desk_of(MANAGER))
    phone, page = field.ready_phone(chromium, server.address, TECHNICIAN, CUSTOMER)
    page.wait_for_function(KEPT, arg=OF_THE_TECHNICIAN)
    server.kill()
    page.close()
    page = field.opened_cold(phone)
    read_section(page)
    picture = page.get_by_role("button", name="傳送的畫面")
    expect(picture).to_be_visible()
    assert picture.locator("img").evaluate(SHOWN)
    assert violations(page) == []
    picture.click()
    large = page.get_by_role("button", name="關閉")
    expect(large.locator("img")).to_be_visible()
    large.click()
    page.get_by_role("link", name="手機被停用").first.click()
    expect(page.get_by_role("heading", name="手機被停用")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name="傳送卡住了")).to_be_visible()


@SQLITE
def test_in_the_office_it_opens_at_what_belongs_to_the_page(server: ServerProcess, chromium: Browser) -> None:
    page = computer_of(chromium, server.address).open()
    sign_in(page, MANAGER.login)
    expect(page.get_by_role("grid", name="叫修登記簿")).to_be_visible()
    page.get_by_role("link", name="待決定").click()
    page.get_by_role("button", name=MANAGER.name).click()
    page.get_by_role("link", name="使用說明").click()
    expect(page.get_by_role("heading", name="兩個人改了同一欄")).to_be_in_viewport()
    expect(page.get_by_role("heading", name="服務主任使用說明")).not_to_be_in_viewport()
    page.get_by_role("link", name="業務員", exact=True).click()
    expect(page.get_by_role("heading", name="業務員使用說明")).to_be_in_viewport()
    page.get_by_role("link", name="日終核對").click()
    expect(page.get_by_role("heading", name="日終核對")).to_be_in_viewport()
    assert violations(page) == []


def test_a_picture_is_taken_of_the_page_whose_name_it_has(tmp_path: Path) -> None:
    guide_pictures.take(["phone-outbox"], tmp_path)
    taken = tmp_path / "phone-outbox.webp"
    assert 0 < taken.stat().st_size <= guide_pictures.LIMIT
    with Image.open(taken) as new, Image.open(guide_pictures.PICTURES / taken.name) as kept:
        assert (new.format, new.size) == ("WEBP", kept.size)
    assert "phone-outbox" in guide_pictures.wanted()
