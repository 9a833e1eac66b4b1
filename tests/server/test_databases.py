"""The databases that the other tests stand on."""

import asyncio
import shutil
import signal
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path
from uuid import uuid4

import asyncpg
import pytest
from sqlalchemy import insert, make_url, text
from sqlalchemy.ext.asyncio import create_async_engine

from server.platform.database import Database
from server.platform.installation import COMPANY
from tests.support.databases import Databases, PostgresServer, template

START_AND_WAIT = """
import time
from server.platform.database import Database
from server.platform.installation import COMPANY
from tests.support.databases import postgres_server

with postgres_server() as server:
    print(server.create("proof"), flush=True)
    time.sleep(600)
"""


async def run(url: str, *statements: str) -> object:
    """Execute the statements and return the last one's first value, if it has one."""
    answer: object = None
    engine = create_async_engine(url)
    try:
        async with engine.begin() as connection:
            for statement in statements:
                result = await connection.execute(text(statement))
                answer = result.scalar() if result.returns_rows else None
    finally:
        await engine.dispose()
    return answer


async def test_an_empty_database_takes_tables_and_rows(empty_database_url: str) -> None:
    assert await run(empty_database_url, "CREATE TABLE t (a integer)", "INSERT INTO t VALUES (1) RETURNING a") == 1


def test_copies_of_a_template_do_not_see_one_another(databases: Databases) -> None:
    def prepare(url: str) -> None:
        asyncio.run(run(url, "CREATE TABLE t (a integer)"))

    with template(databases, f"template_{uuid4().hex}", prepare) as name:
        one, two = f"{name}_1", f"{name}_2"
        asyncio.run(run(databases.create(one, name), "INSERT INTO t VALUES (1)"))
        assert asyncio.run(run(databases.create(two, name), "SELECT count(*) FROM t")) == 0
        databases.drop(one)
        databases.drop(two)


def test_postgresql_ends_with_a_test_process_that_is_killed() -> None:
    owner = subprocess.Popen([sys.executable, "-c", START_AND_WAIT], stdout=subprocess.PIPE, text=True)
    assert owner.stdout is not None
    with owner.stdout as answers:
        folder = Path(str(make_url(answers.readline().strip()).query["host"]))
    assert (folder / "data" / "postmaster.pid").exists()
    owner.send_signal(signal.SIGKILL)
    owner.wait()
    deadline = time.monotonic() + 20
    while (folder / "data" / "postmaster.pid").exists():
        assert time.monotonic() < deadline, "PostgreSQL outlived its owner"
        time.sleep(0.05)
    shutil.rmtree(folder)


async def test_the_version_is_another_one_after_a_commit_of_whatever_process(founded_url: str) -> None:
    database, elsewhere = Database(founded_url), Database(founded_url)
    before = await database.version()
    assert before is not None
    async with elsewhere.writing() as connection:
        await connection.execute(insert(COMPANY), {"company": "company-two", "name": "桃園電器", "founded_at": 1})
    assert await database.version() != before
    await database.close()
    await elsewhere.close()


async def test_the_version_stays_while_nobody_commits(founded_url: str) -> None:
    """PostgreSQL tidies up by itself now and then, which counts as a commit: so it is asked more than once."""
    database = Database(founded_url)
    versions = [await database.version() for _ in range(20)]
    assert any(one == another for one, another in pairwise(versions))
    assert None not in versions
    await database.close()


async def test_the_version_of_a_connection_that_was_cut_is_none_and_never_comes_back(postgres: PostgresServer) -> None:
    """What it was is perhaps another database by then: equal counts of commits would prove nothing."""
    name = f"cut_{uuid4().hex}"
    url = await asyncio.to_thread(postgres.create, name)
    database = Database(url)
    before = await database.version()
    others = "datname = current_database() AND pid <> pg_backend_pid()"
    await run(url, f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}")  # noqa: S608 - our own words
    after = [await database.version() for _ in range(3)]
    assert None in after
    assert after[-1] is not None
    assert before not in after
    await database.close()
    await asyncio.to_thread(postgres.drop, name)


async def test_a_hundred_who_ask_for_the_version_at_once_share_a_question(
    postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    ask = asyncpg.Connection.fetchval

    async def counted(self: object, query: str) -> object:
        asked.append(query)
        return await ask(self, query)

    name = f"shared_{uuid4().hex}"
    database = Database(await asyncio.to_thread(postgres.create, name))
    await database.version()
    monkeypatch.setattr(asyncpg.Connection, "fetchval", counted)
    answers = await asyncio.gather(*(database.version() for _ in range(100)))
    assert None not in answers
    assert 1 <= len(asked) <= 2, "one that was on its way, perhaps, and one for all"
    await database.close()
    await asyncio.to_thread(postgres.drop, name)
