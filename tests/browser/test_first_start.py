"""The first start: a company is founded on the page that an empty server shows, and its people come in."""

import re
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.people import computer_of, launched, sign_in
from tests.support.databases import SqliteFiles
from tests.support.processes import ServerProcess

LOGIN, PASSWORD = "wu.jianhong", "four quiet lakes in May"


@pytest.fixture
def empty(sqlite_files: SqliteFiles, app: Path, tmp_path: Path) -> Iterator[ServerProcess]:
    """A server that nobody has founded a company on."""
    server = ServerProcess(tmp_path, sqlite_files.create(f"start_{uuid4().hex}"), {"PWA": str(app)})
    server.start()
    yield server
    server.kill()


@pytest.fixture
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = launched(playwright)
        yield chromium
        chromium.close()


def first_page(server: ServerProcess, browser: Browser, choice: str) -> Page:
    """The page of an empty server, with the console's code typed and a way to begin chosen."""
    page = computer_of(browser, server.address).open()
    page.get_by_role("button", name=choice).click()
    told = re.search(r"一次性代碼：(\S+)", server.log.read_text())
    assert told
    page.get_by_label("一次性代碼").fill(told[1])
    return page


def test_a_company_of_ones_own_is_founded_and_its_admin_comes_in(empty: ServerProcess, browser: Browser) -> None:
    page = first_page(empty, browser, "建立自己的公司")
    for label, typed in (
        ("公司名稱", "板橋電器"),
        ("單位名稱", "板橋服務中心"),
        ("單位代號", "BAN"),
        ("管理員姓名", "吳建宏"),
        ("管理員帳號", LOGIN),
        ("密碼", PASSWORD),
    ):
        page.get_by_label(label, exact=True).fill(typed)
    page.get_by_role("button", name="建立公司").click()
    page.get_by_role("button", name="去登入").or_(page.get_by_role("link", name="去登入")).click()
    sign_in(page, LOGIN, PASSWORD)
    expect(page.get_by_role("button", name="吳建宏")).to_be_visible()


def test_the_demonstration_is_founded_and_its_people_come_in(empty: ServerProcess, browser: Browser) -> None:
    page = first_page(empty, browser, "看示範公司")
    page.get_by_role("button", name="建立示範公司").click()
    clerk = page.get_by_role("row").filter(has_text="業務員").first
    expect(clerk).to_be_visible()
    login, password = clerk.get_by_role("cell").all_inner_texts()[-2:]
    page.get_by_role("button", name="去登入").or_(page.get_by_role("link", name="去登入")).click()
    sign_in(page, login, password)
    expect(page.get_by_role("grid", name="叫修登記簿")).to_be_visible()
