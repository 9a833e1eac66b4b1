"""Freeze what this version keeps: ``python -m tests.prior.freezing VERSION``, once, when the version is released.

One technician, four jobs. The first is signed and delivered, and somebody in the office has written another fault
meanwhile. Then the server is gone: the customer of the second was not there, that of the third has signed, and of the
fourth only a draft is written.
"""

import asyncio
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, expect, sync_playwright

from schemas.registry import Kind
from server.cli.backing_up import back_up
from server.platform.ambient import RealAmbient
from server.platform.database import Database
from server.platform.settings import Settings
from tests.browser import field
from tests.browser.desk import Desk, dispatch, log_call
from tests.browser.people import enter_pin, launched, phone_of
from tests.browser.served import build
from tests.prior import app, office, phone
from tests.prior.keys import server_keys
from tests.server.demo_company import prepared
from tests.server.world import CLERK, MANAGER, TECHNICIAN, found
from tests.support.processes import ServerProcess

SIGNED, ABSENT, UNSENT, BEGUN = CUSTOMERS = ("陳美惠", "林志豪", "黃雅琪", "吳淑芬")
OFFICE_FAULT = "客戶說昨天有異音"


def main(version: str) -> None:
    """Play the story and write down what the phone and the office keep, and the app itself."""
    with tempfile.TemporaryDirectory(prefix="fieldproof-freezing-") as name:
        folder = Path(name)
        url = f"sqlite+aiosqlite:///{folder / 'office.db'}"
        build(folder / "app", "vite.config.ts")
        asyncio.run(_office(url, version))
        server = ServerProcess(folder, url, {"PWA": str(folder / "app")})
        server.start()
        try:
            with sync_playwright() as playwright:
                chromium = launched(playwright)
                _play(server, chromium, version)
                chromium.close()
        finally:
            server.kill()
        backup = folder / "office.tgz"
        asyncio.run(back_up(Settings(database_url=url, data=folder), RealAmbient(), backup))
        office.freeze(backup, office.PRIOR / version / "office")
        app.freeze(folder / "app", office.PRIOR / version)


async def _office(url: str, version: str) -> None:
    await prepared(url)
    await found(url)
    database = Database(url)
    await office.use_keys(database, server_keys(version))
    await database.close()


def _play(server: ServerProcess, chromium: Browser, version: str) -> None:
    clerk, manager = Desk(server.address, CLERK), Desk(server.address, MANAGER)
    visits = {name: dispatch(manager, log_call(clerk, name)) for name in CUSTOMERS}
    seat = phone_of(chromium, server.address)
    phone.use_key(seat.context, version)
    page = field.made_ready(seat, TECHNICIAN, SIGNED)
    before = clerk.rows()[visits[SIGNED]].position
    field.visit(page, SIGNED)
    clerk.await_fact(visits[SIGNED], "finished_at")
    clerk.write(Kind.SERVICE_VISIT, visits[SIGNED], {"fault": OFFICE_FAULT}, base=before)
    image = clerk.one(Kind.SIGNATURE).fields["image_sha256"]
    clerk.await_file(image)
    page.reload()
    enter_pin(page)
    expect(page.get_by_role("link", name="全部已送達")).to_be_visible()
    clerk.close()
    manager.close()
    server.kill()
    field.begin(page, ABSENT)
    field.show_customer(page)
    field.leave_unsigned(page, "按鈴沒人應")
    field.visit(page, UNSENT)
    field.begin(page, BEGUN)
    expect(page.get_by_text("存在這支手機")).to_be_visible()
    phone.freeze(page, office.PRIOR / version)


if __name__ == "__main__":
    main(sys.argv[1])
