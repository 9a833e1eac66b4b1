"""Databases of older versions: brought up to date, and nothing that was shown is shown otherwise."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import select

from schemas.registry import Kind
from server.platform.migrations import newest_revision, revision_of
from server.records.tables import FEED_ENTRY
from sync.digest import combine, digest_text, row_digest
from tests.prior import office, phone
from tests.server.world import COMPANY, World, running

pytestmark = pytest.mark.parametrize("version", office.VERSIONS)


@pytest.fixture
async def thawed(version: str, empty_database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    """The running application over an older version's database."""
    await office.thaw(version, empty_database_url, tmp_path)
    async with running(empty_database_url, tmp_path) as world:
        yield world


async def test_an_older_database_is_served_by_this_version(thawed: World) -> None:
    async with thawed.journal.database.reading() as connection:
        assert await revision_of(connection) == newest_revision()


async def test_what_an_older_version_showed_is_still_shown(thawed: World, version: str) -> None:
    rows = phone.rows_of(version, "fieldproof-rows", "rows")
    assert len(rows) > 20
    changed = [
        (row["kind"], row["id"], field)
        for row in rows
        for field, value in row["fields"].items()
        if (await thawed.document(Kind(row["kind"]), row["id"])).get(field) != value
    ]
    assert changed == []


async def test_f4_what_an_older_version_fed_is_in_the_digest(thawed: World) -> None:
    async with thawed.journal.reading(COMPANY) as ledger:
        present = select(FEED_ENTRY.c.audience, FEED_ENTRY.c.kind, FEED_ENTRY.c.id, FEED_ENTRY.c.position)
        entries = (await ledger.connection.execute(present.where(~FEED_ENTRY.c.gone))).all()
        digest = await ledger.digest_of(sorted({entry.audience for entry in entries}))
    assert entries != []
    assert digest_text(digest) == combine(row_digest(entry.kind, entry.id, entry.position) for entry in entries)
