"""The service worker in a real browser: the app opens without a server, and an update waits for the person."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, sync_playwright

from tests.browser.people import launched
from tests.browser.served import build, release, served

CAPTURE = """() => navigator.locks.request('fieldproof-capturing', { mode: 'shared' },
    () => new Promise((end) => { window.endCapture = end; }))"""
LONGER_THAN_A_RETRY_MS = 2_500


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    build(folder, "vite.config.ts")
    return folder


@pytest.fixture
def app(built: Path, tmp_path: Path) -> Path:
    """A copy of the build that a test may change."""
    return Path(shutil.copytree(built, tmp_path / "app"))


@pytest.fixture
def browser() -> Iterator[BrowserContext]:
    with sync_playwright() as playwright:
        chromium = launched(playwright)
        yield chromium.new_context()
        chromium.close()


def open_installed(browser: BrowserContext, address: str) -> Page:
    """Open the app and wait until it is installed."""
    page = browser.new_page()
    page.goto(address)
    page.evaluate("() => navigator.serviceWorker.ready")
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    return page


def test_the_installed_app_opens_with_the_server_gone_at_every_address(browser: BrowserContext, app: Path) -> None:
    with served(app) as port:
        address = f"http://127.0.0.1:{port}/"
        open_installed(browser, address).close()
    page = browser.new_page()
    for path in ("", "#/job/01jd", "?source=home", "somewhere"):
        page.goto(address + path)
        assert page.title() == "Fieldproof"
        assert page.evaluate("() => getComputedStyle(document.body).lineBreak") == "strict"
    icon = page.evaluate("() => fetch('/icons/seal-192.png').then((answer) => answer.ok)")
    assert icon is True


def test_the_servers_words_never_come_from_a_cache(browser: BrowserContext, app: Path) -> None:
    (app / "api").mkdir()
    (app / "api" / "calls").write_text("fresh")
    with served(app) as port:
        page = open_installed(browser, f"http://127.0.0.1:{port}/")
        ask = "() => fetch('/api/calls').then((answer) => answer.text(), () => 'unreachable')"
        assert page.evaluate(ask) == "fresh"
        (app / "api" / "calls").write_text("fresher")
        assert page.evaluate(ask) == "fresher"
    assert page.evaluate(ask) == "unreachable"


def test_an_update_is_offered_and_taken_only_when_no_tab_is_capturing(browser: BrowserContext, app: Path) -> None:
    with served(app) as port:
        address = f"http://127.0.0.1:{port}/"
        page = open_installed(browser, address)
        page.reload()
        busy = open_installed(browser, address)
        release(app)
        page.evaluate("() => navigator.serviceWorker.getRegistration().then((each) => each.update())")
        page.get_by_text("有新版本").wait_for()
        assert page.title() == "Fieldproof"

        busy.evaluate(f"() => {{ void ({CAPTURE})(); }}")
        page.get_by_role("button", name="更新").click()
        page.wait_for_timeout(LONGER_THAN_A_RETRY_MS)
        assert [page.title(), busy.title()] == ["Fieldproof", "Fieldproof"]

        busy.evaluate("() => window.endCapture()")
        for tab in (page, busy):
            tab.wait_for_function("() => document.title === 'new Fieldproof'")
