"""What an erasure leaves to be done behind its transaction: files, snapshots, the database's old bytes (ADR 44)."""

import asyncio
import logging
import sqlite3

from sqlalchemy.exc import SQLAlchemyError

from schemas.problems import Problem
from server.attachments.keeping import remove_erased
from server.attachments.storing import files_of
from server.attachments.uploads import drop_of
from server.exchange.snapshots import Snapshots
from server.platform.settings import Settings
from server.records.erased_files import left_over, note_clean, unclean
from server.records.journal import Journal
from server.records.tables import DOCUMENTS, OPERATION

_LOG = logging.getLogger(__name__)
_TABLES = (str(OPERATION.name), *(str(table.name) for table in DOCUMENTS.values()))


class Cleaner:
    """Does what erasures leave to be done; what cannot be done now is done after the next one, or at a start."""

    def __init__(self, journal: Journal, settings: Settings, snapshots: Snapshots) -> None:
        self.journal = journal
        self._settings = settings
        self._snapshots = snapshots

    async def clean(self) -> None:
        """Do what is left to be done of every erasure."""
        try:
            await self._remove_files()
            await self._write_anew()
        except (Problem, OSError, SQLAlchemyError, sqlite3.Error):
            _LOG.exception("an erasure is not cleaned up yet")

    async def _remove_files(self) -> None:
        async with self.journal.database.reading() as connection:
            files = await left_over(connection)
        for company, name in files:
            await asyncio.to_thread(drop_of, self._settings.uploads, company, {name})
            await remove_erased(self.journal, files_of(self._settings, company), company, name)

    async def _write_anew(self) -> None:
        async with self.journal.database.reading() as connection:
            companies = await unclean(connection)
        for company, _ in companies:
            await self._snapshots.forget(company)
        if companies and await self.journal.database.write_anew(_TABLES):
            async with self.journal.database.writing() as connection:
                for company, since in companies:
                    await note_clean(connection, company, since)
