"""The whole visit without a server, in Firefox and in the engine that Safari has, and the office sees it."""

import asyncio
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from schemas.registry import Kind
from tests.browser.desk import CUSTOMER, Desk, sent_out
from tests.browser.field import ACTION, FAULT, FEE
from tests.browser.people import PIN
from tests.other_browsers.hands import Firefox, Hands, WebKit, display
from tests.other_browsers.screen import Screen
from tests.server.demo_company import prepared
from tests.server.world import CLERK, MANAGER, PASSWORD, TECHNICIAN, found
from tests.support.processes import ServerProcess

pytestmark = pytest.mark.filterwarnings("ignore:setting remote_server_addr:DeprecationWarning")
"""What Selenium says of its own code."""

HERE = "存在這台裝置"
DELIVERED = "全部已送達"


@contextmanager
def _firefox(folder: Path) -> Iterator[Hands]:
    with closing(Firefox(folder / "profile")) as hands:
        yield hands


@contextmanager
def _webkit(folder: Path) -> Iterator[Hands]:
    with display(), closing(WebKit(folder / "webkit.log")) as hands:
        yield hands


BROWSERS = {"firefox": _firefox, "webkit": _webkit}


async def _founded(url: str) -> None:
    await prepared(url)
    await found(url)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ServerProcess]:
    """The product over a founded company, with the app as `make run` builds it."""
    url = f"sqlite+aiosqlite:///{tmp_path / 'visit.db'}"
    asyncio.run(_founded(url))
    process = ServerProcess(tmp_path, url)
    process.start()
    try:
        yield process
    finally:
        process.stop()


@pytest.fixture(params=list(BROWSERS))
def screen(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Screen]:
    """A phone's browser in which nobody has signed in."""
    with BROWSERS[request.param](tmp_path) as hands:
        yield Screen(hands)


def test_a_visit_is_made_and_signed_without_a_server_and_the_office_sees_it(
    server: ServerProcess, screen: Screen
) -> None:
    with closing(Desk(server.address, CLERK)) as clerk, closing(Desk(server.address, MANAGER)) as manager:
        visit = sent_out(clerk, manager)
        _made_ready(screen, server.address)
        server.kill()

        screen.hands.reopen(server.address + "/")
        _unlock(screen, "輸入解鎖碼")
        _visit(screen)
        screen.see(HERE)

        server.start()
        screen.see(DELIVERED)
        row, signature = clerk.rows()[visit], manager.one(Kind.SIGNATURE)
        told = manager.history(Kind.SERVICE_VISIT, visit) + manager.history(Kind.SIGNATURE, signature.id)
        assert {operation["verdict"] for operation in told} == {"applied"}
        assert (row.fields["fault"], row.fields["action"]) == (FAULT, ACTION)
        assert (row.fields["fee_total"], row.fields["outcome"]) == (FEE * 100, "fixed")
        assert signature.fields["visit"] == visit
        for name in ("strokes_sha256", "image_sha256"):
            manager.await_file(signature.fields[name])


def _made_ready(screen: Screen, address: str) -> None:
    screen.hands.open(address + "/")
    screen.fill("帳號", TECHNICIAN.login)
    screen.fill("密碼", PASSWORD)
    screen.press("登入")
    screen.press("登記這")
    for heading in ("設定 6 位數解鎖碼", "再輸入一次"):
        _unlock(screen, heading)
    screen.box("link", CUSTOMER)
    screen.wait("navigator.serviceWorker.controller !== null", "the service worker")


def _unlock(screen: Screen, heading: str) -> None:
    screen.box("heading", heading)
    for digit in PIN:
        screen.press(digit, exact=True)


def _visit(screen: Screen) -> None:
    screen.press("開始前往")
    screen.press("到達", exact=True)
    screen.box("heading", "施作")
    for what, words in (("故障", FAULT), ("處理", ACTION)):
        screen.press("其他", within=what)
        screen.fill(f"{what}說明", words)
    screen.press("修好", within="結果")
    screen.fill("費用（元）", str(FEE))
    screen.press("請客戶看內容")
    screen.box("heading", "服務內容確認")
    screen.draw(CUSTOMER)
    screen.press("完成這件")
    screen.box("article", CUSTOMER)
