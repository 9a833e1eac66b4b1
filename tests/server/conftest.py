"""A founded company of its own for each test that asks for one, on both databases."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import text

from server.platform.database import Database
from tests.server import demo_company
from tests.server.demo_company import Demo
from tests.server.keeping import Machine
from tests.server.world import World, found, running
from tests.support.databases import Databases, template


@pytest.fixture(scope="session")
def founded(databases: Databases) -> Iterator[str]:
    """The name of a database in which the company has been founded, to be copied."""
    with template(databases, f"founded_{uuid4().hex}", lambda url: asyncio.run(found(url))) as name:
        yield name


@pytest.fixture
def founded_url(databases: Databases, founded: str) -> Iterator[str]:
    """The URL of a founded company's database that only this test uses."""
    name = f"world_{uuid4().hex}"
    yield databases.create(name, founded)
    databases.drop(name)


@pytest.fixture
async def world(founded_url: str, tmp_path: Path) -> AsyncIterator[World]:
    """The running application of the founded company."""
    async with running(founded_url, tmp_path) as world:
        yield world


@pytest.fixture
def machine(databases: Databases, founded: str, tmp_path: Path) -> Iterator[Machine]:
    machine = Machine(databases, founded, tmp_path)
    yield machine
    machine.drop()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the file of ``database`` lies."""
    return tmp_path / "company.sqlite3"


@pytest.fixture
async def database(path: Path) -> AsyncIterator[Database]:
    """A SQLite file with one table of numbers, for tests of the driver and its connections."""
    opened = Database(f"sqlite+aiosqlite:///{path}")
    async with opened.writing() as connection:
        await connection.execute(text("CREATE TABLE noted (number INTEGER)"))
    yield opened
    await opened.close()


@pytest.fixture(scope="session")
def demo(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """The demonstration, founded over HTTP once; its database is to be copied, its files are to be left alone."""
    name, data = f"demo_{uuid4().hex}", tmp_path_factory.mktemp("demo")
    founded = asyncio.run(demo_company.found(databases.create(name), data))
    yield Demo(name, data / "blobs", founded)
    databases.drop(name)


@pytest.fixture
def demo_url(databases: Databases, demo: Demo) -> Iterator[str]:
    """The URL of a demonstration's database that only this test uses."""
    name = f"world_{uuid4().hex}"
    yield databases.create(name, demo.database)
    databases.drop(name)
