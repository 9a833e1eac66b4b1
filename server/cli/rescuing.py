"""Taking in a rescue file at the server's console."""

import asyncio
from pathlib import Path

from schemas.problems import Problem
from schemas.rescue import MAX_RESCUE_BYTES, RescueFound
from schemas.sentences import SENTENCES, Language
from server.app import REACTIONS
from server.attachments.storing import files_of
from server.cli.backing_up import UnfitDatabaseError
from server.cli.resetting import OPERATOR, NoCompanyError
from server.platform.ambient import Ambient, new_id
from server.platform.database import Database
from server.platform.installation import companies, own_keys
from server.platform.migrations import newest_revision, revision_of
from server.platform.settings import Settings
from server.records.sql_ledger import SqlLedger
from server.records.work import Work
from server.rescue.opening import company_of, opened
from server.rescue.taking_in import rescued


class RescueRefusedError(Exception):
    """The file was not taken in; the text is the plain sentence that says why."""


async def import_rescue(settings: Settings, ambient: Ambient, file: Path) -> RescueFound:
    """Take in what of a rescue file is not here yet and return what it held; it works beside a running server.

    Raises ``RescueRefusedError``, ``NoCompanyError``, ``UnfitDatabaseError`` and ``OSError`` for a file that cannot be
    read.
    """
    content = (await asyncio.to_thread(file.read_bytes))[: MAX_RESCUE_BYTES + 1]
    database = Database(settings.url)
    try:
        async with database.writing() as connection:
            if await revision_of(connection) != newest_revision():
                raise UnfitDatabaseError("資料庫不是這一版的。先啟動一次服務，讓它更新。")
            if not (founded := await companies(connection)):
                raise NoCompanyError
            keys, now = await own_keys(connection, ambient), ambient.now()
            company = company_of(content, founded)
            work = Work(company, now, SqlLedger(connection, company, now), REACTIONS, connection)
            files = files_of(settings, company)
            return await rescued(work, None, OPERATOR, opened(keys, company, content), files, new_id(ambient))
    except Problem as problem:
        raise RescueRefusedError(SENTENCES[problem.code].in_language(Language.ZH_HANT)) from None
    finally:
        await database.close()
