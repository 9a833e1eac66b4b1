"""Connections of a SQLite file that stay open: whoever uses one finds it as if it had been opened for him."""

import asyncio
import sqlite3
import threading
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection

from schemas.problems import Code, Problem
from server.platform import sqlite_driver
from server.platform.database import Database
from server.platform.kept_connections import driver_of


async def noted(database: Database) -> list[int]:
    async with database.glancing() as connection:
        return list((await connection.execute(text("SELECT number FROM noted ORDER BY number"))).scalars())


async def note(connection: AsyncConnection, number: int, *, by_driver: bool) -> None:
    if by_driver:
        await driver_of(connection).execute("INSERT INTO noted VALUES (?)", (number,))
    else:
        await connection.execute(text("INSERT INTO noted VALUES (:number)"), {"number": number})


async def test_what_is_asked_of_the_driver_and_through_sqlalchemy_is_one_transaction(database: Database) -> None:
    async def note_both_and_fail() -> None:
        async with database.writing() as connection:
            await note(connection, 1, by_driver=True)
            await note(connection, 2, by_driver=False)
            raise LookupError

    with pytest.raises(LookupError):
        await note_both_and_fail()
    assert await noted(database) == []
    async with database.writing() as connection:
        await note(connection, 3, by_driver=True)
        await note(connection, 4, by_driver=False)
    assert await noted(database) == [3, 4]


@pytest.mark.parametrize("by_driver", [True, False])
async def test_a_transaction_ends_with_its_block_whoever_was_asked(database: Database, *, by_driver: bool) -> None:
    for number in range(3):
        async with database.writing() as connection:
            await note(connection, number, by_driver=by_driver)
        assert not driver_of(connection).in_transaction
        assert await noted(database) == list(range(number + 1))


async def test_a_savepoint_that_fails_leaves_the_rest(database: Database) -> None:
    async def fail_within(connection: AsyncConnection) -> None:
        async with connection.begin_nested():
            await note(connection, 2, by_driver=True)
            raise LookupError

    async with database.writing() as connection:
        await note(connection, 1, by_driver=True)
        with pytest.raises(LookupError):
            await fail_within(connection)
        await note(connection, 3, by_driver=True)
    assert await noted(database) == [1, 3]


async def test_two_who_write_at_once_come_one_after_the_other(database: Database) -> None:
    order: list[str] = []

    async def write(number: int) -> None:
        async with database.writing() as connection:
            order.append(f"begun {number}")
            await note(connection, number, by_driver=True)
            await asyncio.sleep(0.01)
            order.append(f"done {number}")

    await asyncio.gather(write(1), write(2))
    assert order == ["begun 1", "done 1", "begun 2", "done 2"]
    assert await noted(database) == [1, 2]


async def test_a_snapshot_stays_what_it_was_while_others_write(database: Database) -> None:
    for opened in (database.glancing, database.reading):
        async with database.writing() as connection:
            await connection.execute(text("DELETE FROM noted"))
        async with opened() as snapshot:
            before = (await snapshot.execute(text("SELECT count(*) FROM noted"))).scalar_one()
            async with database.writing() as connection:
                await note(connection, 1, by_driver=True)
            assert (await snapshot.execute(text("SELECT count(*) FROM noted"))).scalar_one() == before == 0


@pytest.mark.parametrize("times", [1, 2])
async def test_whoever_is_cancelled_undoes_his_own_and_leaves_a_way_in(database: Database, times: int) -> None:
    begun = asyncio.Event()

    async def write_for_ever() -> None:
        async with database.writing() as connection:
            await note(connection, 1, by_driver=True)
            begun.set()
            await asyncio.sleep(3_600)

    writing = asyncio.create_task(write_for_ever())
    await begun.wait()
    for _ in range(times):
        writing.cancel()
        await asyncio.sleep(0)
    with pytest.raises(asyncio.CancelledError):
        await writing
    async with database.writing() as connection:
        await note(connection, 2, by_driver=True)
    assert await noted(database) == [2]


async def test_a_commit_that_fails_is_told_and_the_next_one_has_a_connection_again(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(_driver: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    async def note_in_vain() -> None:
        async with database.writing() as connection:
            await note(connection, 1, by_driver=True)
            monkeypatch.setattr(type(driver_of(connection)), "commit", full)

    with pytest.raises(OperationalError, match="disk is full"):
        await note_in_vain()
    monkeypatch.undo()
    async with database.writing() as connection:
        await note(connection, 2, by_driver=True)
    assert await noted(database) == [2]


async def test_a_file_that_is_not_there_is_a_problem_each_time(tmp_path: Path) -> None:
    before = set(threading.enumerate())
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'no' / 'such' / 'folder'}")
    for _ in range(6):  # more often than there are connections
        with pytest.raises(Problem, match=Code.SERVER_BUSY):
            async with database.glancing():
                pass
    await database.close()
    for thread in set(threading.enumerate()) - before:  # the driver lets go of a thread that could not connect
        await asyncio.to_thread(thread.join, 10)


async def test_whoever_waits_for_the_lock_too_long_is_told_so(
    database: Database, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_driver, "_PATIENT", "PRAGMA busy_timeout=50")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(Problem, match=Code.SERVER_BUSY):
        async with database.writing():
            pass
    other.execute("ROLLBACK")
    other.close()
    async with database.writing() as connection:
        await note(connection, 1, by_driver=True)
    assert await noted(database) == [1]
