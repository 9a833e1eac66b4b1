"""The databases that the other tests stand on."""

import asyncio
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from uuid import uuid4

from sqlalchemy import insert, make_url, text
from sqlalchemy.ext.asyncio import create_async_engine

from server.platform.database import Database
from server.platform.installation import COMPANY
from tests.support.databases import Databases, template

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
    before = database.version()
    assert database.version() == before
    async with elsewhere.writing() as connection:
        await connection.execute(insert(COMPANY), {"company": "company-two", "name": "桃園電器", "founded_at": 1})
    after = database.version()
    assert (before == after) is (not database.is_sqlite)
    assert (before is None) is (not database.is_sqlite)
    await database.close()
    await elsewhere.close()
