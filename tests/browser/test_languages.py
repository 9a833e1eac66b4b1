"""The language is chosen on the page that is open, kept on that browser, and spoken without a network."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.accessibility import violations
from tests.browser.desk import CUSTOMER, Desk, sent_out
from tests.browser.people import PIN, computer_of, installed, launched, phone_of
from tests.browser.served import served
from tests.server.world import CLERK, MANAGER, PASSWORD, TECHNICIAN, Person
from tests.support.processes import ServerProcess

SQLITE = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
"""What a screen says does not depend on the database."""


def speak(page: Page, language: str) -> None:
    page.get_by_role("button", name=language, exact=True).click()
    expect(page.get_by_role("button", name=language, exact=True, pressed=True)).to_be_visible()


def sign_in_in_english(page: Page, person: Person) -> None:
    speak(page, "English")
    page.get_by_label("Account").fill(person.login)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Register this").click()


@SQLITE
def test_the_office_changes_its_language_without_a_reload(server: ServerProcess, chromium: Browser) -> None:
    page = computer_of(chromium, server.address).open()
    sign_in_in_english(page, MANAGER)
    expect(page.get_by_role("grid", name="Call register")).to_be_visible()
    page.get_by_role("combobox", name=re.compile("Customer, phone, serial no")).fill("written before the change")
    page.get_by_role("button", name="Service manager").click()
    speak(page, "简体中文")
    expect(page.get_by_role("grid", name="报修登记簿")).to_be_visible()
    assert page.evaluate("() => document.documentElement.lang") == "zh-Hans"
    expect(page.get_by_role("combobox", name=re.compile("客户、电话、序列号"))).to_have_value(
        "written before the change"
    )
    page.reload()
    expect(page.get_by_role("link", name="服务凭证")).to_be_visible()


@SQLITE
def test_nobody_is_shut_out_of_the_english_screens(
    server: ServerProcess, chromium: Browser, desk_of: Callable[[Person], Desk]
) -> None:
    sent_out(desk_of(CLERK), desk_of(MANAGER))
    office = computer_of(chromium, server.address).open()
    sign_in_in_english(office, MANAGER)
    expect(office.get_by_role("grid", name="Call register")).to_be_visible()
    found = violations(office)
    phone = phone_of(chromium, server.address).open()
    sign_in_in_english(phone, TECHNICIAN)
    for heading in ("Set a 6-digit unlock code", "Enter it again"):
        phone.get_by_role("heading", name=heading).wait_for()
        for digit in PIN:
            phone.get_by_role("button", name=digit, exact=True).click()
    expect(phone.get_by_role("link", name=CUSTOMER)).to_be_visible()
    for address, heading in (("", "Today"), ("find", "Search"), ("outbox", "Outbox"), ("account", "My account")):
        phone.goto(f"{server.address}/#/{address}")
        phone.get_by_role("heading", name=heading).wait_for()
        found += violations(phone)
    assert found == []


def test_every_language_is_there_without_a_network_and_is_spoken_from_the_first_word_of_the_next_start(
    app: Path,
) -> None:
    with sync_playwright() as playwright:
        browser = launched(playwright)
        context = browser.new_context()
        page = context.new_page()
        with served(app) as port:
            address = f"http://localhost:{port}/"
            page.goto(address)
            installed(page)
        expect(page.get_by_role("heading", name="登入")).to_be_visible()
        speak(page, "English")
        expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
        later = context.new_page()
        later.add_init_script(
            """window.said = new Set();
            new MutationObserver(() => document.querySelectorAll('h1').forEach((h) => window.said.add(h.textContent)))
                .observe(document, { childList: true, subtree: true, characterData: true });"""
        )
        later.goto(address)
        expect(later.get_by_role("heading", name="Sign in")).to_be_visible()
        assert later.evaluate("() => [...window.said]") == ["Sign in"]
        browser.close()
