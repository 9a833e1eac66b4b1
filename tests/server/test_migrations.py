"""The tables: migrated from every revision, and the documents rebuilt from the log when their shape changed."""

from collections.abc import AsyncIterator

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import delete, select, text, update

from schemas.merge_rules import MERGE_RULES
from schemas.registry import Kind
from server.cli.preparing import percent, prepare
from server.platform import migrations
from server.platform.database import METADATA, Database
from server.platform.installation import INSTALLATION
from server.records import rebuild
from server.records.tables import PROJECTION
from tests.server.contents import contents, document_tables
from tests.server.demo_company import ignore

REVISIONS = [script.revision for script in ScriptDirectory(migrations.FOLDER).walk_revisions()][::-1]


@pytest.fixture
async def empty(empty_database_url: str) -> AsyncIterator[Database]:
    database = Database(empty_database_url)
    yield database
    await database.close()


@pytest.fixture
async def demo_database(demo_url: str) -> AsyncIterator[Database]:
    database = Database(demo_url)
    yield database
    await database.close()


async def differences(database: Database) -> list[object]:
    """What the tables lack or have beyond what the code declares."""
    async with database.writing() as connection:
        return await connection.run_sync(
            lambda plain: list(compare_metadata(MigrationContext.configure(plain, opts=COMPARED), METADATA))
        )


COMPARED = {"compare_type": True, "compare_server_default": True}


async def test_an_empty_database_gets_the_tables_that_the_code_declares(empty: Database) -> None:
    await prepare(empty, ignore)
    assert await differences(empty) == []


@pytest.mark.parametrize("revision", REVISIONS)
async def test_tables_of_every_revision_are_brought_up_to_date_with_what_they_hold(
    empty: Database, revision: str
) -> None:
    async with empty.writing() as connection:
        await migrations.migrate(connection, revision)
        await connection.execute(
            text("INSERT INTO installation (one, receipt_seed, mark_key) VALUES (1, 'seed', 'key')")
        )
    await prepare(empty, ignore)
    assert await differences(empty) == []
    async with empty.reading() as connection:
        assert (await connection.execute(select(INSTALLATION.c.one))).scalars().all() == [1]
        assert await migrations.revision_of(connection) == migrations.newest_revision()


async def test_a_second_preparation_changes_nothing(demo_database: Database) -> None:
    before = await contents(demo_database)
    await prepare(demo_database, ignore)
    assert await contents(demo_database) == before


async def test_tables_of_a_newer_version_are_refused_and_left_alone(empty: Database) -> None:
    await prepare(empty, ignore)
    async with empty.writing() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = 'from the future'"))
    with pytest.raises(CommandError):
        await prepare(empty, ignore)


async def test_rebuilt_documents_are_the_documents_that_were_there(demo_database: Database) -> None:
    before = await contents(demo_database)
    async with demo_database.writing() as connection:
        for table in document_tables():
            await connection.execute(delete(table))
        await connection.execute(delete(PROJECTION))
    steps: list[tuple[int, int]] = []
    await prepare(demo_database, lambda done, total: steps.append((done, total)))
    assert await contents(demo_database) == before
    assert steps[-1][0] == steps[-1][1] == len([row for row in before["operation"] if row["verdict"] == "applied"])


async def test_documents_are_rebuilt_when_their_columns_changed(demo_database: Database) -> None:
    before = await contents(demo_database)
    async with demo_database.writing() as connection:
        await connection.execute(text("ALTER TABLE customer DROP COLUMN mobile"))
        await connection.execute(update(PROJECTION).values(fingerprint="of the table without it"))
    await prepare(demo_database, ignore)
    assert await contents(demo_database) == before


async def test_a_rebuild_that_is_cut_short_is_done_again(demo_database: Database) -> None:
    before = await contents(demo_database)
    async with demo_database.writing() as connection:
        await connection.execute(delete(PROJECTION))

    def cut(_done: int, _total: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        await prepare(demo_database, cut)
    assert await contents(demo_database, PROJECTION) == {k: v for k, v in before.items() if k != "projection"}
    await prepare(demo_database, ignore)
    assert await contents(demo_database) == before


def test_another_merge_rule_asks_for_a_rebuild(monkeypatch: pytest.MonkeyPatch) -> None:
    before = rebuild.fingerprint()
    changed = dict(MERGE_RULES)
    changed[Kind.CUSTOMER] = {**changed[Kind.CUSTOMER], "name": changed[Kind.SIGNATURE]["content"]}
    monkeypatch.setattr(rebuild, "MERGE_RULES", changed)
    assert rebuild.fingerprint() != before


def test_progress_is_told_at_every_tenth() -> None:
    said: list[str] = []
    progress = percent(said.append)
    for done in range(0, 1_001, 25):
        progress(done, 1_000)
    assert said == [f"整理資料 {tenth}%" for tenth in range(10, 101, 10)]
