"""What an erasure leaves to be done behind its transaction: files, snapshots, the database's old bytes (ADR 44)."""

import asyncio
import logging
import sqlite3
from contextlib import suppress
from datetime import timedelta

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
_EVERY = timedelta(hours=1)
_TABLES = (str(OPERATION.name), *(str(table.name) for table in DOCUMENTS.values()))


class Cleaner:
    """Does what erasures leave to be done: behind the command, at a start, and within the hour.

    What cannot be done now, or what a device or somebody's decision made to be done, is done by the hour.
    """

    def __init__(self, journal: Journal, settings: Settings, snapshots: Snapshots) -> None:
        self.journal = journal
        self._settings = settings
        self._snapshots = snapshots
        self._stopped = asyncio.Event()
        self._keeping: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Do what is left to be done, now and every hour."""
        self._keeping = asyncio.create_task(self._keep_clean())

    async def stop(self) -> None:
        """End, once what has begun is done."""
        self._stopped.set()
        if self._keeping is not None:
            await self._keeping

    async def _keep_clean(self) -> None:
        while not self._stopped.is_set():
            await self.clean()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopped.wait(), _EVERY.total_seconds())

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
