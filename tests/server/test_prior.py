"""Databases of older versions: brought up to date, and nothing that was shown is shown otherwise."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from schemas.registry import Kind
from server.platform.migrations import newest_revision, revision_of
from tests.prior import office, phone
from tests.server.world import World, running

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
