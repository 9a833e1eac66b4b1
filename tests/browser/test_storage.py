"""What a browser does to a phone's storage: it is killed, or throws everything away."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

from schemas.registry import Kind
from tests.browser import field
from tests.browser.desk import CUSTOMER, Desk, sent_out
from tests.browser.people import PHONE, PIN, Seat, choose_pin, chromium_path, enter_pin, sign_in, type_code
from tests.server.world import CLERK, MANAGER, TECHNICIAN, Person
from tests.support.processes import ServerProcess

PUSH = "**/sync/v1/push"
DELIVERED = "全部已送達"
STARTED_S = 60
STEP_S = 0.1

pytestmark = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)


@contextmanager
def chromium_on(playwright: Playwright, profile: Path) -> Iterator[tuple[BrowserContext, subprocess.Popen[bytes]]]:
    """A Chromium of its own process group on a profile that outlives it; whoever leaves kills it."""
    told = profile / "DevToolsActivePort"
    told.unlink(missing_ok=True)
    size = f"--window-size={PHONE['width']},{PHONE['height']}"
    words = ("--headless=new", "--no-sandbox", "--no-first-run", "--lang=zh-TW", "--remote-debugging-port=0", size)
    process = subprocess.Popen(
        (chromium_path(), *words, f"--user-data-dir={profile}", "about:blank"),
        env={**os.environ, "LANGUAGE": "zh_TW"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        for _ in range(round(STARTED_S / STEP_S)):
            if told.exists() and len(told.read_text().splitlines()) > 1:
                break
            time.sleep(STEP_S)
        port = told.read_text().splitlines()[0]
        yield playwright.chromium.connect_over_cdp(f"http://127.0.0.1:{port}").contexts[0], process
    finally:
        kill(process)


def kill(browser: subprocess.Popen[bytes]) -> None:
    """Kill a browser with all its processes, between any two of their instructions."""
    if browser.poll() is None:
        os.killpg(browser.pid, signal.SIGKILL)
        browser.wait()


def close(context: BrowserContext, browser: subprocess.Popen[bytes]) -> None:
    """Close a browser as people do, so that it writes down all that it holds."""
    assert context.browser
    context.browser.new_browser_cdp_session().send("Browser.close")
    browser.wait(STARTED_S)


def test_a_browser_that_is_killed_loses_nothing_that_was_captured_and_sends_it_once(
    server: ServerProcess, desk_of: Callable[[Person], Desk], tmp_path: Path
) -> None:
    clerk = desk_of(CLERK)
    visit = sent_out(clerk, desk_of(MANAGER))
    with sync_playwright() as playwright:
        with chromium_on(playwright, tmp_path / "profile") as (context, browser):
            field.made_ready(Seat(context, server.address), TECHNICIAN, CUSTOMER)
            close(context, browser)
        server.kill()
        with chromium_on(playwright, tmp_path / "profile") as (context, browser):
            page = field.opened_cold(Seat(context, server.address))
            field.travel(page)
            expect(page.get_by_role("button", name="到達", exact=True)).to_be_visible()
            kill(browser)
        with chromium_on(playwright, tmp_path / "profile") as (context, browser):
            page = field.opened_cold(Seat(context, server.address))
            expect(page.get_by_role("article", name=CUSTOMER)).to_contain_text("前往中")
            kill(browser)
        server.start()
        with chromium_on(playwright, tmp_path / "profile") as (context, _):
            page = field.opened_cold(Seat(context, server.address))
            expect(page.get_by_role("link", name=DELIVERED)).to_be_visible()
    assert [told["seq"] for told in clerk.history(Kind.SERVICE_VISIT, visit)] == [1]


LOOKED_AT = """() => {
  SubtleCrypto.prototype.deriveBits = () => { window.lookedAt = true; return new Promise(() => {}); };
}"""
"""Stops the app where it begins to look at a code that was entered, for ever."""


def test_a_browser_that_is_killed_keeps_the_code_and_counts_the_try_that_it_was_about_to_look_at(
    server: ServerProcess, tmp_path: Path
) -> None:
    with sync_playwright() as playwright:
        with chromium_on(playwright, tmp_path / "profile") as (context, browser):
            page = Seat(context, server.address).open()
            sign_in(page, TECHNICIAN.login)
            choose_pin(page)
            page.get_by_role("heading", name="今日").wait_for()
            kill(browser)
        for left in (3, 1):
            with chromium_on(playwright, tmp_path / "profile") as (context, browser):
                page = locked(context, server)
                page.evaluate(LOOKED_AT)
                type_code(page, PIN[::-1])
                page.wait_for_function("() => window.lookedAt")
                kill(browser)
            with chromium_on(playwright, tmp_path / "profile") as (context, browser):
                page = locked(context, server)
                type_code(page, PIN[::-1])
                expect(page.get_by_text(f"還可以試 {left} 次")).to_be_visible()
                kill(browser)
        with chromium_on(playwright, tmp_path / "profile") as (context, _):
            page = locked(context, server)
            enter_pin(page)
            page.get_by_role("heading", name="今日").wait_for()


def locked(context: BrowserContext, server: ServerProcess) -> Page:
    """The app, opened, as it asks for the code of the lock."""
    page = Seat(context, server.address).open()
    page.get_by_role("heading", name="輸入解鎖碼").wait_for()
    return page


def test_work_that_a_browser_threw_away_is_reported_to_the_office(
    server: ServerProcess, chromium: Browser, desk_of: Callable[[Person], Desk]
) -> None:
    manager = desk_of(MANAGER)
    sent_out(desk_of(CLERK), manager)
    phone, page = field.ready_phone(chromium, server.address, TECHNICIAN, CUSTOMER)
    phone.context.route(PUSH, lambda route: route.abort())
    field.travel(page)
    expect(page.get_by_role("button", name="到達", exact=True)).to_be_visible()
    page.reload()
    enter_pin(page)
    expect(page.get_by_role("article", name=CUSTOMER)).to_contain_text("前往中")
    await_waiting(manager, page)
    before = waiting_on(manager)

    storage_of(page, server, "clearDataForOrigin", storageTypes="all")
    page.close()  # the open page may be on its way by itself: its worker is gone as well
    page = phone.context.new_page()
    page.goto(server.address)
    sign_in(page, TECHNICIAN.login)
    assert waiting_on(manager) == before
    assert len(before) == 1


def storage_of(page: Page, server: ServerProcess, deed: str, **how: object) -> None:
    """Do something to what a page's origin has stored, as only the browser itself can."""
    page.context.new_cdp_session(page).send(f"Storage.{deed}", {"origin": server.address, **how})


def waiting_on(desk: Desk) -> list[tuple[str, int]]:
    """The devices that have not brought everything, and how much is missing of each."""
    return sorted((each["device"], each["pending"]) for each in desk.ask("GET", "/api/contacts") if each["pending"])


def await_waiting(desk: Desk, page: Page) -> None:
    """Wait until the office knows that something waits on a phone."""
    for _ in range(round(STARTED_S / STEP_S)):
        if waiting_on(desk):
            return
        page.wait_for_timeout(1_000 * STEP_S)
    raise AssertionError("the phone never said what waits on it")
