"""The report of losses and returns for whoever runs the server, read beside it while it is served."""

from collections.abc import Mapping

from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

import server.app  # noqa: F401 - declares every table
from schemas.healing import HealReport
from schemas.registry import Kind
from server.cli.backing_up import UnfitDatabaseError
from server.exchange.healing import heal_report
from server.platform.ambient import Ambient
from server.platform.database import Database
from server.platform.installation import companies
from server.platform.migrations import newest_revision, revision_of
from server.platform.settings import Settings
from server.records.tables import DOCUMENTS


class CompanyReport(Struct, frozen=True):
    """One company's report, with the names of the devices and people that it tells of."""

    company: str
    at: int
    report: HealReport
    devices: Mapping[str, str]
    users: Mapping[str, str]


async def heal_reports(settings: Settings, ambient: Ambient) -> list[CompanyReport]:
    """Return the report of every company; raises ``UnfitDatabaseError`` for tables that are not this version's."""
    database, now = Database(settings.url), ambient.now()
    try:
        async with database.reading() as connection:
            if await revision_of(connection) != newest_revision():
                raise UnfitDatabaseError("資料庫不是這一版的。先用這一版啟動一次，再看報告。")
            return [await _of(connection, company, now) for company in await companies(connection)]
    finally:
        await database.close()


async def _of(connection: AsyncConnection, company: str, now: int) -> CompanyReport:
    report = await heal_report(connection, company, now)
    return CompanyReport(
        company,
        now,
        report,
        await _names(connection, company, Kind.DEVICE),
        await _names(connection, company, Kind.USER),
    )


async def _names(connection: AsyncConnection, company: str, kind: Kind) -> dict[str, str]:
    table = DOCUMENTS[kind]
    rows = await connection.execute(select(table.c.id, table.c.name).where(table.c.company == company))
    return {row.id: row.name for row in rows if row.name}
