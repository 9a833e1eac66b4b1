"""An update that one tab of the office takes waits until what is typed in another is saved or given up."""

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.office import office_page
from tests.browser.people import installed
from tests.browser.served import release
from tests.server.world import CLERK
from tests.support.processes import ServerProcess

LONGER_THAN_A_RETRY_MS = 2_500


@pytest.fixture
def served_app(app: Path, tmp_path: Path) -> Path:
    """A copy of the build that a test may change."""
    return Path(shutil.copytree(app, tmp_path / "app"))


def test_an_update_that_another_tab_takes_waits_for_a_call_that_is_being_typed(
    server: ServerProcess, served_app: Path, chromium: Browser
) -> None:
    typing = office_page(chromium, server.address, CLERK)
    installed(typing)
    taking = typing.context.new_page()
    taking.goto(server.address)
    taking.get_by_role("grid", name="叫修登記簿").wait_for()
    release(served_app)
    server.kill()
    server.start()
    taking.evaluate("() => navigator.serviceWorker.getRegistration().then((each) => each.update())")
    taking.get_by_text("有新版本").wait_for()

    typing.keyboard.press("F2")
    telephone = typing.locator('[data-key="1"]').get_by_label("電話")
    telephone.fill("02-29")
    taking.get_by_role("button", name="更新").click()
    taking.wait_for_timeout(LONGER_THAN_A_RETRY_MS)
    assert not any(map(is_new, (typing, taking)))
    expect(telephone).to_have_value("02-29")

    typing.keyboard.press("Escape")
    for tab in (typing, taking):
        tab.wait_for_function("() => document.title.startsWith('new ')")


def is_new(page: Page) -> bool:
    """Whether the page is of the next build already."""
    return page.title().startswith("new ")
