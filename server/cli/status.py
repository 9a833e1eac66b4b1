"""Whether the server is well, for whoever runs it, read beside it while it is served; also when it is not."""

from msgspec import Struct
from sqlalchemy import select

import server.app  # noqa: F401 - declares every table
from schemas.health import Health
from server.cli.alone import held_since
from server.cli.backing_up import UnfitDatabaseError
from server.cli.preparing import is_there
from server.cli.resetting import NoCompanyError
from server.health.looking import health_of
from server.platform.ambient import Ambient
from server.platform.database import Database
from server.platform.installation import COMPANY
from server.platform.migrations import newest_revision, revision_of
from server.platform.settings import Settings


class Status(Struct, frozen=True):
    """How one company's server stands."""

    name: str
    health: Health


async def statuses(settings: Settings, ambient: Ambient) -> list[Status]:
    """Return what the page of the admin tells, of every company; that the server runs is told by its folder's lock.

    Raises ``NoCompanyError``, and ``UnfitDatabaseError`` for tables that are not this version's.
    """
    if not is_there(settings.url):
        raise NoCompanyError
    database, started_at = Database(settings.url), held_since(settings.data)
    try:
        async with database.reading() as connection:
            revision = await revision_of(connection)
            if revision not in (None, newest_revision()):
                raise UnfitDatabaseError("資料庫不是這一版的。先用這一版啟動一次，再看狀態。")
            founded = (await connection.execute(select(COMPANY).order_by(COMPANY.c.company))).all() if revision else []
            if not founded:
                raise NoCompanyError
            return [
                Status(row.name, await health_of(connection, row.company, settings, ambient, started_at))
                for row in founded
            ]
    finally:
        await database.close()
