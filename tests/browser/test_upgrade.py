"""A phone that runs an older version's app, with work that it has not sent, is updated by its service worker."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from schemas.registry import Kind
from tests.browser import field
from tests.browser.desk import CUSTOMER, Desk, dispatch, log_call
from tests.browser.people import enter_pin
from tests.prior import app as prior_app
from tests.prior import office
from tests.server.world import CLERK, MANAGER, TECHNICIAN, Person
from tests.support.processes import ServerProcess

SYNC = "**/sync/v1/**"
pytestmark = pytest.mark.parametrize("version", office.VERSIONS)


@pytest.fixture
def served_app(version: str, tmp_path: Path) -> Path:
    """The folder from which browsers get the app: the older version's, until somebody updates the server."""
    folder = tmp_path / "app"
    folder.mkdir()
    prior_app.thaw(version, folder)
    return folder


def test_a_service_worker_update_of_an_older_version_keeps_unsent_work_and_drafts_and_delivers_them(
    server: ServerProcess, served_app: Path, app: Path, chromium: Browser, desk_of: Callable[[Person], Desk]
) -> None:
    clerk, manager = desk_of(CLERK), desk_of(MANAGER)
    begun = "吳淑芬"
    visits = {name: dispatch(manager, log_call(clerk, name)) for name in (CUSTOMER, begun)}
    phone, page = field.ready_phone(chromium, server.address, TECHNICIAN, CUSTOMER)
    older = script_of(page)

    server.kill()
    field.visit(page, CUSTOMER)
    field.begin(page, begun)
    expect(page.get_by_text("存在這支手機")).to_be_visible()
    page.goto(server.address)
    enter_pin(page)

    let_nothing_through(phone.context)
    shutil.rmtree(served_app)
    shutil.copytree(app, served_app)
    server.start()
    page.evaluate("() => navigator.serviceWorker.getRegistration().then((each) => each.update())")
    page.get_by_text("有新版本").wait_for()
    assert script_of(page) == older
    page.get_by_role("button", name="更新").click()
    page.get_by_role("heading", name="輸入解鎖碼").wait_for()
    assert script_of(page) != older
    enter_pin(page)
    expect(page.get_by_role("article", name=CUSTOMER)).to_contain_text("已完成")
    assert "finished_at" not in clerk.rows()[visits[CUSTOMER]].fields

    phone.context.unroute(SYNC)
    clerk.await_fact(visits[CUSTOMER], "finished_at")
    field.finish_what_was_begun(page, begun)
    clerk.await_fact(visits[begun], "finished_at")
    signatures = [row.fields for row in clerk.of(Kind.SIGNATURE)]
    assert {each["signer_name"]: each["visit"] for each in signatures} == visits
    for each in signatures:
        clerk.await_file(each["image_sha256"])


def let_nothing_through(context: BrowserContext) -> None:
    """Files of the app arrive, words to the office do not."""
    context.route(SYNC, lambda route: route.abort())


def script_of(page: Page) -> str:
    """Return the name of the app's first script: another build, another name."""
    return str(page.evaluate("() => document.querySelector('script[type=module]').src"))
