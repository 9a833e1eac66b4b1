"""Signing in and out, and changing one's password."""

from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any

from litestar.connection import ASGIConnection
from msgspec import Struct
from sqlalchemy import and_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from schemas.accounts import PasswordChange, SignIn
from schemas.audit import Deed
from schemas.problems import Code, Problem
from schemas.registry import Kind
from server.accounts.passwords import Passwords, check_strength, normalised_login
from server.accounts.sessions import end_session, end_sessions, open_session
from server.accounts.tables import ACCOUNT
from server.accounts.tickets import Ticket, new_ticket
from server.accounts.tries import Try, begin_try, forgive, subject_of
from server.audit.log import Deeds, Doer
from server.platform.ambient import new_id
from server.platform.caller import Caller
from server.platform.installation import companies
from server.records.journal import Journal
from server.records.tables import DOCUMENTS
from server.records.work import Work

PASSWORD = "password"  # noqa: S105 - what a try is at
_IPV6_SITE = 64
_USER = DOCUMENTS[Kind.USER]


class Account(Struct, frozen=True):
    """How a user who is not deactivated signs in; ``password`` is a PHC string, None until one was set."""

    user: str
    login: str
    password: str | None


async def account_of(connection: AsyncConnection, company: str, login: str) -> Account | None:
    """Return the account with this login, None if there is none or its user is deactivated."""
    same_user = and_(_USER.c.company == ACCOUNT.c.company, _USER.c.id == ACCOUNT.c.user)
    query = (
        select(ACCOUNT.c.user, ACCOUNT.c.login, ACCOUNT.c.password)
        .join(_USER, same_user)
        .where(ACCOUNT.c.company == company, ACCOUNT.c.login == login, _USER.c.deactivated_at.is_(None))
    )
    row = (await connection.execute(query)).first()
    return Account(row.user, row.login, row.password) if row is not None else None


async def company_of(journal: Journal, named: str | None) -> str:
    """Return the company that somebody wants to enter: the one he names, or the only one that there is.

    Raises ``Problem`` as for a wrong password.
    """
    async with journal.database.reading() as connection:
        founded = await companies(connection)
    if named is None and len(founded) == 1:
        return founded[0]
    if named in founded:
        return named
    raise Problem(Code.SESSION_WRONG_PASSWORD)


async def sign_in(journal: Journal, passwords: Passwords, said: SignIn, address: str, former: Ticket | None) -> Ticket:
    """Open a session in place of the browser's former one and return its ticket.

    Raises ``Problem``: too many tries of late; or a wrong password, with the same words and after the same work
    whether the login is unknown, deactivated, without a password, or the password is another.
    """
    company = await company_of(journal, said.company)
    login = normalised_login(said.login)
    tried = Try(new_id(journal.ambient), subject_of(PASSWORD, login), address)
    await journal.write(company, lambda work: begin_try(work, tried))
    async with journal.database.reading() as connection:
        account = await account_of(connection, company, login)
    matches = await passwords.match(said.password, account.password if account else None)
    ticket = new_ticket(company, journal.ambient)

    async def settle(work: Work) -> bool:
        if account is None or not matches or await account_of(work.connection, company, login) != account:
            await note(work, Doer(None, None), Deed.SIGN_IN_REFUSED, account.user if account else None)
            return False
        await forgive(work, tried.subject)
        if former is not None and former.company == company:
            await end_session(work, former)
        await open_session(work, ticket, account.user, journal.ambient)
        await note(work, Doer(account.user, None), Deed.SIGNED_IN, account.user)
        return True

    if not await journal.write(company, settle):
        raise Problem(Code.SESSION_WRONG_PASSWORD)
    return ticket


async def sign_out(work: Work, doer: Doer, ticket: Ticket) -> None:
    """End the session that somebody speaks in."""
    await end_session(work, ticket)
    await note(work, doer, Deed.SIGNED_OUT, doer.user)


async def change_password(
    journal: Journal, passwords: Passwords, caller: Caller, ticket: Ticket, said: PasswordChange
) -> None:
    """Set a new password in place of the old one and end the user's other sessions.

    Raises ``Problem`` for a weak new password, a wrong old one, and too many tries of late.
    """
    async with journal.database.reading() as connection:
        account = await _own_account(connection, caller)
    check_strength(said.new, account.login)
    tried = Try(new_id(journal.ambient), subject_of(PASSWORD, account.login), f"user {caller.user}")
    await journal.write(caller.company, lambda work: begin_try(work, tried))
    matches = await passwords.match(said.old, account.password)
    hashed = await passwords.hashed(said.new) if matches else None

    doer = Doer(caller.user, caller.device or None)

    async def settle(work: Work) -> bool:
        if hashed is None or await _own_account(work.connection, caller) != account:
            await note(work, doer, Deed.PASSWORD_REFUSED, caller.user)
            return False
        await forgive(work, tried.subject)
        await set_password(work, caller.user, hashed)
        await end_sessions(work, caller.user, spared=ticket)
        await note(work, doer, Deed.PASSWORD_CHANGED, caller.user)
        return True

    if not await journal.write(caller.company, settle):
        raise Problem(Code.SESSION_WRONG_PASSWORD)


async def set_password(work: Work, user: str, hashed: str | None) -> None:
    """Store the PHC string of a user's password; None lets nobody in until one is set."""
    own = and_(ACCOUNT.c.company == work.company, ACCOUNT.c.user == user)
    await work.connection.execute(update(ACCOUNT).where(own).values(password=hashed))


async def note(work: Work, doer: Doer, deed: Deed, user: str | None) -> None:
    """Leave an audit entry of what was done, or tried, with a user's account; None for an account that there is not.

    Where the request holds a password or a code, its hash is left out: whoever reads the log could try them against it.
    """
    await work.note(doer, Deeds(deed, (f"{Kind.USER}:{user}",) if user else ()))


async def _own_account(connection: AsyncConnection, caller: Caller) -> Account:
    query = select(ACCOUNT.c.user, ACCOUNT.c.login, ACCOUNT.c.password).where(
        ACCOUNT.c.company == caller.company, ACCOUNT.c.user == caller.user
    )
    row = (await connection.execute(query)).one()
    return Account(row.user, row.login, row.password)


def address_of(connection: ASGIConnection[Any, Any, Any, Any]) -> str:
    """Return where a request comes from, as tries are counted: an IPv6 site is one place, whatever address it takes."""
    host = connection.client.host if connection.client else ""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if not isinstance(address, IPv6Address):
        return str(address)
    return str(address.ipv4_mapped or ip_network((address, _IPV6_SITE), strict=False))
