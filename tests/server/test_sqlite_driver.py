"""SQLite's one writer: what never waits runs where it is called, what waits lets everybody else go on."""

import asyncio
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection

from server.platform.database import Database
from server.platform.kept_connections import driver_of
from server.platform.statements import run_for_each


async def _threads(connection: AsyncConnection, rows: int) -> set[int]:
    """Write rows that say on which thread each was written; the threads."""
    await _this_thread(connection)
    await connection.exec_driver_sql("INSERT INTO noted VALUES (this_thread(?))", [(row,) for row in range(rows)])
    return set((await connection.execute(text("SELECT number FROM noted"))).scalars())


async def _this_thread(connection: AsyncConnection) -> None:
    """Let statements say on which thread they run."""
    driver = (await connection.get_raw_connection()).driver_connection
    assert driver is not None
    await driver.create_function("this_thread", 1, lambda _row: threading.get_ident())


async def test_a_statement_of_a_few_rows_changes_no_thread(database: Database) -> None:
    async with database.writing() as connection:
        assert await _threads(connection, 2) == {threading.get_ident()}


async def test_many_rows_are_written_in_a_thread_of_their_own(database: Database) -> None:
    async with database.writing() as connection:
        assert threading.get_ident() not in await _threads(connection, 200)


@pytest.mark.parametrize(("rows", "statements"), [(1, 1), (7, 7), (8, 1), (128, 1), (169, 4), (0, 0)])
async def test_many_rows_are_few_statements_and_all_of_them_arrive(
    database: Database, rows: int, statements: int
) -> None:
    """169 are 128, 32, 8 and 1: few lengths, so that SQLite reads few texts."""
    asked: list[str] = []
    async with database.writing() as connection:
        driver = driver_of(connection)
        await driver.set_trace_callback(lambda text: asked.append(text) if text.startswith("INSERT") else None)
        await run_for_each(connection, "INSERT INTO noted (number) VALUES (?)", [(number,) for number in range(rows)])
        await driver.set_trace_callback(None)
    async with database.reading() as connection:
        found = (await connection.execute(text("SELECT number FROM noted ORDER BY rowid"))).scalars().all()
    assert (list(found), len(asked)) == (list(range(rows)), statements)


async def test_only_a_glance_reads_where_it_is_called(database: Database) -> None:
    async with database.glancing() as glance, database.reading() as reading:
        threads: list[object] = []
        for connection in (glance, reading):
            await _this_thread(connection)
            threads.append((await connection.execute(text("SELECT this_thread(1)"))).scalar_one())
    assert [thread == threading.get_ident() for thread in threads] == [True, False]


@contextmanager
def _writing_elsewhere(path: Path) -> Iterator[None]:
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


async def test_whoever_waits_to_write_lets_the_others_go_on(database: Database, path: Path) -> None:
    began = asyncio.Event()

    async def write() -> None:
        async with database.writing():
            began.set()

    with _writing_elsewhere(path):
        writer = asyncio.create_task(write())
        for _ in range(5):
            await asyncio.sleep(0.01)
        assert not began.is_set()
    await writer
    assert began.is_set()


async def test_a_statement_after_the_end_is_an_error_of_the_database(database: Database) -> None:
    async def close_and_ask() -> None:
        async with database.writing() as connection:
            raw = await connection.get_raw_connection()
            assert raw.driver_connection is not None
            await raw.driver_connection.close()
            await connection.execute(text("SELECT 1"))

    with pytest.raises(OperationalError):
        await close_and_ask()
