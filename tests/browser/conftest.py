"""For every story in a browser: the built app, a founded company, its server as a process, and a real Chromium."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.desk import Desk
from tests.browser.people import launched
from tests.browser.served import build
from tests.server.demo_company import prepared
from tests.server.world import Person, found
from tests.support.databases import Databases, template
from tests.support.processes import ServerProcess


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The app, built into a folder of its own; nobody changes it."""
    folder = tmp_path_factory.mktemp("app")
    build(folder, "vite.config.ts")
    return folder


@pytest.fixture(scope="session")
def founded_company(databases: Databases) -> Iterator[str]:
    """The name of a database of this version in which the company has been founded, to be copied."""
    with template(databases, f"browser_{uuid4().hex}", lambda url: asyncio.run(_found(url))) as name:
        yield name


async def _found(url: str) -> None:
    await prepared(url)
    await found(url)


@pytest.fixture
def served_app(app: Path) -> Path:
    """The folder from which browsers get the app."""
    return app


@pytest.fixture
def server(databases: Databases, founded_company: str, served_app: Path, tmp_path: Path) -> Iterator[ServerProcess]:
    """The running server of the founded company, with a database and a folder that only this test uses."""
    name = f"browser_{uuid4().hex}"
    process = ServerProcess(tmp_path, databases.create(name, founded_company), {"PWA": str(served_app)})
    process.start()
    yield process
    process.kill()
    databases.drop(name)


@pytest.fixture
def chromium(server: ServerProcess) -> Iterator[Browser]:  # noqa: ARG001 - databases come and go outside its event loop
    """A real Chromium, which speaks Traditional Chinese as everybody's does."""
    with sync_playwright() as playwright:
        browser = launched(playwright)
        yield browser
        browser.close()


@pytest.fixture
def desk_of(server: ServerProcess) -> Iterator[Callable[[Person], Desk]]:
    """Seats people at office computers without a browser."""
    with ExitStack() as desks:
        yield lambda person: desks.enter_context(closing(Desk(server.address, person)))
