"""People at their browsers: the technician's phone and the office's computer, each a browser context of its own."""

import os
import shutil
from dataclasses import dataclass

from playwright.sync_api import Browser, BrowserContext, Page, Playwright, ViewportSize, expect

from tests.server.world import PASSWORD

PHONE: ViewportSize = {"width": 390, "height": 844}
OFFICE: ViewportSize = {"width": 1280, "height": 800}
PIN = "135790"

TIMEOUT_MS = 60_000
"""More than two busy cores and a phone that has tried in vain for a while take; only a failure waits so long."""

expect.set_options(timeout=TIMEOUT_MS)


@dataclass
class Seat:
    """One person's browser: its context outlives its pages, as an installed app outlives its windows."""

    context: BrowserContext
    address: str

    def __post_init__(self) -> None:
        self.context.set_default_timeout(TIMEOUT_MS)

    def open(self, path: str = "") -> Page:
        """Open the app in a new tab."""
        page = self.context.new_page()
        page.goto(f"{self.address}/{path}")
        return page


def launched(playwright: Playwright) -> Browser:
    """Return a Chromium whose own parts, the pickers of dates, speak Traditional Chinese too."""
    environment: dict[str, str | float | bool] = {**os.environ, "LANGUAGE": "zh_TW"}
    return playwright.chromium.launch(executable_path=chromium_path(), args=["--lang=zh-TW"], env=environment)


def chromium_path() -> str:
    """Return the path of the system's Chromium, which Debian and Ubuntu call by different names."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
    if found is None:
        raise FileNotFoundError("there is no Chromium; `.ci/debian-packages test` installs it")
    return found


def phone_of(chromium: Browser, address: str, size: ViewportSize = PHONE) -> Seat:
    """Return a technician's device, a phone unless it is larger, on which nobody has signed in."""
    context = chromium.new_context(viewport=size, has_touch=True, locale="zh-TW", timezone_id="Asia/Taipei")
    return Seat(context, address)


def computer_of(chromium: Browser, address: str, size: ViewportSize = OFFICE) -> Seat:
    """Return a device of the office, a computer unless it is smaller, on which nobody has signed in."""
    return Seat(chromium.new_context(viewport=size, locale="zh-TW", timezone_id="Asia/Taipei"), address)


def sign_in(page: Page, login: str, password: str = PASSWORD) -> None:
    """Sign in and enrol this browser."""
    sign_in_again(page, login, password)
    page.get_by_role("button", name="登記這").click()


def sign_in_again(page: Page, login: str, password: str = PASSWORD) -> None:
    """Sign in on a browser that is enrolled already."""
    page.get_by_label("帳號").fill(login)
    page.get_by_label("密碼", exact=True).fill(password)
    page.get_by_role("button", name="登入").click()


def choose_pin(page: Page) -> None:
    """Choose the code of the lock, twice."""
    for heading in ("設定 6 位數解鎖碼", "再輸入一次"):
        page.get_by_role("heading", name=heading).wait_for()
        enter_pin(page)


def enter_pin(page: Page) -> None:
    """Type the code of the lock by thumb."""
    type_code(page, PIN)


def type_code(page: Page, code: str) -> None:
    """Type any code, right or wrong."""
    for digit in code:
        page.get_by_role("button", name=digit, exact=True).click()


def installed(page: Page) -> None:
    """Wait until the app is installed: from now on it opens without a server."""
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")
