"""A backup of one installation, consistent while it is served and written to."""

import io
import tempfile
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from msgspec import structs
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

import server.app  # noqa: F401 - declares every table
from server.attachments.storing import files_of
from server.cli.archive import FORMAT, ArchiveWriter, Manifest, TableRows, verified, writing
from server.cli.rows import write_rows
from server.health.backups import Backup, note_backup
from server.platform.ambient import Ambient
from server.platform.database import METADATA, Database
from server.platform.installation import companies
from server.platform.migrations import newest_revision, revision_of
from server.platform.settings import Settings
from server.records.kept_files import BLOB
from server.records.sql_ledger import SqlLedger
from server.records.tables import DOCUMENTS, PROJECTION
from sync.lineage import Position

FOLLOWING = frozenset({PROJECTION, *DOCUMENTS.values()})
"""Tables that follow from the log: they are not kept, a restore builds them anew."""


class UnfitDatabaseError(Exception):
    """The database is not one that this command can work on."""


async def back_up(settings: Settings, ambient: Ambient, file: Path) -> Manifest:
    """Write everything that the installation keeps into one file, read it back, and return its manifest.

    The tables are read in one snapshot. Files are copied after it: they are named by their content and never change,
    so whatever the snapshot names is there, unless it was lost; then the manifest says so under ``missing``. That the
    backup was made is written down beside the database (``server.health.backups``), nothing in it. Raises
    ``UnfitDatabaseError`` if the tables are not this version's, ``FileExistsError`` if the file is there already,
    ``NotADirectoryError`` if its folder is not, ``ArchiveError`` if the disk does not give back what was written.
    """
    database = Database(settings.url)
    now = ambient.now()
    try:
        with writing(file, now) as archive:
            async with database.reading() as connection:
                revision = await _revision(connection)
                places = await _places(connection, now)
                tables = await _add_tables(connection, archive, file.parent)
                named = (await connection.execute(select(BLOB.c.company, BLOB.c.sha256))).all()
            lost = [each for each in named if not await _add_file(settings, archive, each.company, each.sha256)]
            manifest = Manifest(
                format=FORMAT,
                revision=revision,
                created_at=now,
                tables=tables,
                members=dict(archive.members),
                missing=tuple(f"{each.company}/{each.sha256}" for each in lost),
            )
            archive.add_manifest(manifest)
    finally:
        await database.close()
    _note(settings, file, manifest, places)
    return manifest


def _note(settings: Settings, file: Path, manifest: Manifest, places: Mapping[str, Position]) -> None:
    """Read the file back and write the backup down, also one that cannot be read: then the server tells of it."""
    made = Backup(
        at=manifest.created_at,
        bytes=file.stat().st_size,
        verified=False,
        missing=len(manifest.missing),
        places=places,
    )
    try:
        verified(file)
        made = structs.replace(made, verified=True)
    finally:
        note_backup(settings.data, made)


async def _places(connection: AsyncConnection, now: int) -> dict[str, Position]:
    """Return how far the snapshot goes in each company's log."""
    ends = {company: await SqlLedger(connection, company, now).end() for company in await companies(connection)}
    return {company: Position(end.position, end.branch) for company, end in ends.items()}


async def _revision(connection: AsyncConnection) -> str:
    revision = await revision_of(connection)
    if revision != newest_revision():
        raise UnfitDatabaseError("資料庫不是這一版的。先用這一版啟動一次，再備份。")
    return revision


async def _add_tables(connection: AsyncConnection, archive: ArchiveWriter, folder: Path) -> dict[str, TableRows]:
    tables: dict[str, TableRows] = {}
    for source in METADATA.sorted_tables:
        if source not in FOLLOWING:
            with tempfile.TemporaryFile(dir=folder) as lines:
                tables[source.name] = await write_rows(connection, source, lines)
                archive.add(f"tables/{source.name}.jsonl", lines)
    return tables


async def _add_file(settings: Settings, archive: ArchiveWriter, company: str, name: str) -> bool:
    """Add a file if it is there and is what its name says."""
    content = await files_of(settings, company).get(name)
    if content is None or sha256(content).hexdigest() != name:
        return False
    archive.add(f"blobs/{company}/{name}", io.BytesIO(content))
    return True
