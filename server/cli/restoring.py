"""Putting a backup in place of what an installation holds, all of it or nothing."""

from hashlib import sha256
from pathlib import Path

import msgspec
from sqlalchemy import inspect, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from schemas.audit import Deed
from schemas.protocol import EpochLink
from schemas.scalars import Id
from server.attachments.storing import FileStore, files_of
from server.audit.log import Deeds, Doer, Noted, append
from server.cli.alone import alone
from server.cli.archive import ArchiveError, Manifest, members, verified
from server.cli.backing_up import UnfitDatabaseError
from server.cli.rows import read_rows
from server.exchange.announcing import keep_reach
from server.platform.ambient import Ambient, new_id
from server.platform.database import METADATA, Database
from server.platform.installation import COMPANY, companies
from server.platform.migrations import HISTORY_TABLE, knows, migrate
from server.platform.settings import Settings
from server.records.rebuild import Progress, ensure_documents
from server.records.sql_ledger import SqlLedger
from server.records.tables import HEAD

_NOBODY = Doer(None, None)


class NotEmptyError(Exception):
    """The database holds a company, and nobody said that it may be replaced."""


async def restore(settings: Settings, ambient: Ambient, file: Path, progress: Progress, *, replace: bool) -> Manifest:
    """Verify a backup, put it in place of what is there, and begin an epoch in every company's log (SPEC E3).

    Tables are replaced in one transaction; files come before its end, and files of what was there stay, as they do no
    harm. A backup of the other database, or of an older version, does as well. Raises ``ArchiveError``,
    ``NotEmptyError``, ``UnfitDatabaseError`` for a database with tables of something else, and ``InUseError`` while
    the installation is served.
    """
    manifest = verified(file)
    if not knows(manifest.revision):
        raise ArchiveError("備份是較新的版本做的，這一版不能還原。")
    with alone(settings.data):
        database = Database(settings.url)
        try:
            async with database.writing() as connection:
                replaced = await _heads(connection)
                await _clear(connection, replace=replace)
                await migrate(connection, manifest.revision)
                await _put_back(connection, settings, file, manifest)
                await migrate(connection)
                await ensure_documents(connection, progress)
                await _begin_epochs(connection, ambient)
                for company, epoch, position in replaced:
                    await keep_reach(connection, company, epoch, position)
        finally:
            await database.close()
    return manifest


async def _heads(connection: AsyncConnection) -> list[tuple[str, str, int]]:
    """Return company, epoch and position of every log that is about to be replaced: its end is lost with it."""
    if not await connection.run_sync(lambda plain: inspect(plain).has_table(HEAD.name)):
        return []
    return [(row.company, row.epoch, row.position) for row in await connection.execute(select(HEAD))]


async def _clear(connection: AsyncConnection, *, replace: bool) -> None:
    present = set(await connection.run_sync(lambda plain: inspect(plain).get_table_names()))
    ours = {*METADATA.tables, HISTORY_TABLE}
    if not present <= ours:
        raise UnfitDatabaseError(f"資料庫裡有別的資料表：{'、'.join(sorted(present - ours))}")
    if COMPANY.name in present and not replace and (await connection.execute(select(COMPANY))).first() is not None:
        raise NotEmptyError
    await connection.run_sync(METADATA.drop_all)
    await connection.execute(text(f"DROP TABLE IF EXISTS {HISTORY_TABLE}"))


async def _put_back(connection: AsyncConnection, settings: Settings, file: Path, manifest: Manifest) -> None:
    for member, content in members(file):
        match member.split("/"):
            case ["tables", lines]:
                name = lines.removesuffix(".jsonl")
                await read_rows(connection, name, manifest.tables[name], content)
            case ["blobs", company, name]:
                await _put_file(files_of(settings, msgspec.convert(company, Id)), name, content.read())
            case _:
                pass  # the manifest was read when the backup was verified


async def _put_file(files: FileStore, name: str, content: bytes) -> None:
    if sha256(content).hexdigest() != name:
        raise ArchiveError(f"{name} 的內容和名稱不符。")
    await files.put(name, content, unique=name)


async def _begin_epochs(connection: AsyncConnection, ambient: Ambient) -> None:
    now = ambient.now()
    for company in await companies(connection):
        ledger = SqlLedger(connection, company, now)
        head = await ledger.head()
        epoch = new_id(ambient)
        await ledger.begin_epoch(EpochLink(epoch, head.epoch, head.position))
        begun = Deeds(Deed.EPOCH_BEGUN, (f"epoch:{epoch}",), "restore")
        await append(connection, company, now, [Noted(_NOBODY, begun)])
