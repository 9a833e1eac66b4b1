"""One-time codes: the admin hands one out, and with it a user sets his password."""

from sqlalchemy import ColumnElement, delete, insert

from schemas.accounts import PasswordReset
from schemas.audit import Deed
from schemas.problems import Code, Problem
from server.accounts.passwords import Passwords, check_strength, normalised_login
from server.accounts.sessions import end_sessions
from server.accounts.sign_in import PASSWORD, account_of, company_of, note, set_password
from server.accounts.tables import RESET_CODE
from server.accounts.tries import Try, begin_try, forgive, subject_of
from server.audit.log import Doer
from server.platform.ambient import new_id
from server.platform.one_time_codes import code_sha256
from server.records.journal import Journal
from server.records.work import Work

VALID_MS = 24 * 3_600_000

_CODE = "code"


async def hand_out(work: Work, user: str, code: str) -> None:
    """Remember the hash of a user's code in place of any earlier one."""
    await work.connection.execute(delete(RESET_CODE).where(*_of(work, user)))
    row = {
        "company": work.company,
        "user": user,
        "code_sha256": code_sha256(code),
        "expires_at": work.now + VALID_MS,
    }
    await work.connection.execute(insert(RESET_CODE), row)


async def redeem(journal: Journal, passwords: Passwords, said: PasswordReset, address: str) -> None:
    """Set a user's password on the word of his code, which is used up by it; his sessions end.

    Raises ``Problem`` for a weak password, which costs nothing, a code that is wrong, used or too old, and too many
    tries of late.
    """
    login = normalised_login(said.login)
    check_strength(said.new, login)
    company = await company_of(journal, said.company)
    tried = Try(new_id(journal.ambient), subject_of(_CODE, login), address)
    await journal.write(company, lambda work: begin_try(work, tried))
    hashed = await passwords.hashed(said.new)

    async def settle(work: Work) -> bool:
        account = await account_of(work.connection, company, login)
        if account is None or not await _use_up(work, account.user, said.code):
            await note(work, Doer(None, None), Deed.RESET_REFUSED, account.user if account else None)
            return False
        await set_password(work, account.user, hashed)
        await end_sessions(work, account.user)
        await forgive(work, tried.subject, subject_of(PASSWORD, login))
        await note(work, Doer(account.user, None), Deed.PASSWORD_CHANGED, account.user)
        return True

    if not await journal.write(company, settle):
        raise Problem(Code.ACCOUNT_RESET_CODE)


async def _use_up(work: Work, user: str, code: str) -> bool:
    right = (RESET_CODE.c.code_sha256 == code_sha256(code), RESET_CODE.c.expires_at > work.now)
    used = delete(RESET_CODE).where(*_of(work, user), *right).returning(RESET_CODE.c.user)
    return (await work.connection.execute(used)).first() is not None


def _of(work: Work, user: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return RESET_CODE.c.company == work.company, RESET_CODE.c.user == user
