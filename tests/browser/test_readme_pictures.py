"""The README's pictures: the demonstration as its people see it (`make pictures` keeps them)."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import expect, sync_playwright

from schemas.start import DemoAccount, FoundedDemo
from schemas.vocabulary import Role
from tests.browser.people import choose_pin, computer_of, launched, phone_of, sign_in
from tests.server import demo_company
from tests.stages import REPORTS
from tests.support.databases import SqliteFiles
from tests.support.processes import ServerProcess


@pytest.fixture
def demonstration(sqlite_files: SqliteFiles, app: Path, tmp_path: Path) -> Iterator[tuple[ServerProcess, FoundedDemo]]:
    """The running demonstration, and what its founder was told."""
    url = sqlite_files.create(f"pictures_{uuid4().hex}")
    told = asyncio.run(demo_company.found(url, tmp_path))
    server = ServerProcess(tmp_path, url, {"PWA": str(app)})
    server.start()
    yield server, told
    server.kill()


def first(told: FoundedDemo, role: Role) -> DemoAccount:
    """Somebody of the demonstration who has the role."""
    return next(account for account in told.accounts if role in account.roles)


def test_the_readme_shows_the_phone_and_the_office(demonstration: tuple[ServerProcess, FoundedDemo]) -> None:
    server, told = demonstration
    technician, manager = first(told, Role.TECHNICIAN), first(told, Role.SERVICE_MANAGER)
    REPORTS.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        chromium = launched(playwright)
        page = phone_of(chromium, server.address).open()
        sign_in(page, technician.login, technician.password)
        choose_pin(page)
        expect(page.get_by_role("article").first).to_be_visible()
        page.screenshot(path=REPORTS / "phone.png")
        page = computer_of(chromium, server.address).open()
        sign_in(page, manager.login, manager.password)
        expect(page.get_by_role("region", name="經過")).to_be_visible()
        page.screenshot(path=REPORTS / "office.png")
        chromium.close()
    assert all((REPORTS / name).stat().st_size > 0 for name in ("phone.png", "office.png"))
