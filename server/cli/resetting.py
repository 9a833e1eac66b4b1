"""The operator's way back in, when nobody who administers knows his password any more."""

from collections.abc import Iterable

from sqlalchemy.ext.asyncio import AsyncConnection

import server.app  # noqa: F401 - declares every table
from schemas.accounts import AccountEntry
from schemas.vocabulary import Role
from server.accounts.passwords import normalised_login
from server.accounts.people import accounts, reset_account
from server.audit.log import Doer
from server.cli.backing_up import UnfitDatabaseError
from server.cli.preparing import is_there
from server.platform.ambient import Ambient
from server.platform.database import Database
from server.platform.installation import companies
from server.platform.migrations import newest_revision, revision_of
from server.platform.one_time_codes import new_code
from server.platform.settings import Settings
from server.records.sql_ledger import SqlLedger
from server.records.work import Work

OPERATOR = Doer(None, None)
"""Whoever can type on the server's console has no account there."""


class NoCompanyError(Exception):
    """No company was founded here."""


class WhichAdminError(Exception):
    """No admin has the login that was named, or none was named and there are several; ``logins`` are all admins'."""

    def __init__(self, login: str | None, logins: Iterable[str]) -> None:
        super().__init__(login)
        self.login = login
        self.logins = tuple(logins)


async def reset_admin(settings: Settings, ambient: Ambient, login: str | None) -> tuple[AccountEntry, str]:
    """Hand out a one-time code to the admin with this login, or to the only one; return his account and the code.

    His old password and his sessions end, as with any reset, and the audit log tells it. It works beside a running
    server: only rows are written that the server reads anew each time. Raises ``NoCompanyError``, ``WhichAdminError``,
    and ``UnfitDatabaseError`` for tables that are not this version's.
    """
    if not is_there(settings.url):
        raise NoCompanyError
    database, code = Database(settings.url), new_code(ambient)
    try:
        async with database.writing() as connection:
            company, admin = await _admin(connection, login)
            now = ambient.now()
            work = Work(company, now, SqlLedger(connection, company, now), {}, connection)
            await work.ledger.head()  # one writer at a time, beside however many servers
            await reset_account(work, OPERATOR, admin.user, code)
    finally:
        await database.close()
    return admin, code


async def _admin(connection: AsyncConnection, login: str | None) -> tuple[str, AccountEntry]:
    revision = await revision_of(connection)
    if revision not in (None, newest_revision()):
        raise UnfitDatabaseError("資料庫不是這一版的。先用這一版啟動一次，再重設。")
    founded = await companies(connection) if revision else ()
    if not founded:
        raise NoCompanyError
    admins = [
        (company, account)
        for company in founded
        for account in await accounts(connection, company)
        if Role.ADMIN in account.roles and not account.deactivated
    ]
    meant = [each for each in admins if login is None or each[1].login == normalised_login(login)]
    if len(meant) != 1:
        raise WhichAdminError(login, (account.login for _, account in admins))
    return meant[0]
