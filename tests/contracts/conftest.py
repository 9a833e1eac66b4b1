"""Every test of the contract runs on memory, SQLite and PostgreSQL."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, contextmanager
from uuid import uuid4

import pytest

import server.app  # noqa: F401 - declares every table
from server.platform.database import METADATA, Database
from tests.contracts.log_stores import Doors, Opened, begun, in_database, in_memory
from tests.support.databases import Databases, template

STORES = ("memory", "sqlite", "postgresql")


@contextmanager
def tables_in(engine: Databases) -> Iterator[str]:
    """The name of a database with empty tables, to be copied."""

    async def make(url: str) -> None:
        database = Database(url)
        async with database.writing() as connection:
            await connection.run_sync(METADATA.create_all)
        await database.close()

    with template(engine, f"tables_{uuid4().hex}", lambda url: asyncio.run(make(url))) as name:
        yield name


@pytest.fixture(scope="session", params=STORES)
def log_store(request: pytest.FixtureRequest) -> Iterator[tuple[Databases, str] | None]:
    """The database engine with a database to copy; None for memory."""
    with ExitStack() as stack:
        if request.param == "memory":
            yield None
        else:
            name = {"sqlite": "sqlite_files", "postgresql": "postgres"}[request.param]
            engine: Databases = request.getfixturevalue(name)
            yield engine, stack.enter_context(tables_in(engine))


@pytest.fixture
async def doors(log_store: tuple[Databases, str] | None) -> AsyncIterator[Doors]:
    """Two processes' doors to a log in its first epoch."""
    if log_store is None:
        yield await begun(in_memory())
        return
    engine, tables = log_store
    name = f"contract_{uuid4().hex}"
    url = await asyncio.to_thread(engine.create, name, tables)
    async with in_database(url) as opened:
        yield await begun(opened)
    await asyncio.to_thread(engine.drop, name)


@pytest.fixture
def open_ledger(doors: Doors) -> Opened:
    """What opens one transaction after the other on a log in its first epoch."""
    return doors.one.writing
