"""How often somebody may try a password or a code: per account and per address, in tables that outlive a restart."""

from hashlib import sha256

from msgspec import Struct
from sqlalchemy import ColumnElement, delete, insert, select

from schemas.problems import Code, Problem
from server.accounts.tables import SIGN_IN_ATTEMPT
from server.records.work import Work

WINDOW_MS = 15 * 60_000
PER_SUBJECT = 10
PER_ADDRESS = 50
"""Tries that may fail within the window, for one account's password or code and from one address."""

_COLUMNS = SIGN_IN_ATTEMPT.c


class Try(Struct, frozen=True):
    """One try: what it is at (a hash), and where it comes from."""

    id: str
    subject: str
    address: str


def subject_of(what: str, login: str) -> str:
    """Return what a try is at: one account's password or code, whether there is such an account or not."""
    return sha256(f"{what}\n{login}".encode()).hexdigest()


async def begin_try(work: Work, tried: Try) -> None:
    """Count a try before it is looked at, so that many at once cannot slip through.

    Raises ``Problem`` with the seconds to wait when too many failed of late.
    """
    await _check(work, _COLUMNS.subject == tried.subject, PER_SUBJECT)
    await _check(work, _COLUMNS.address == tried.address, PER_ADDRESS)
    own = _COLUMNS.company == work.company
    await work.connection.execute(delete(SIGN_IN_ATTEMPT).where(own, _COLUMNS.at <= work.now - WINDOW_MS))
    row = {"company": work.company, "id": tried.id, "subject": tried.subject, "address": tried.address, "at": work.now}
    await work.connection.execute(insert(SIGN_IN_ATTEMPT), row)


async def forgive(work: Work, *subjects: str) -> None:
    """Forget what failed at these subjects: somebody has shown that he may."""
    own = _COLUMNS.company == work.company
    await work.connection.execute(delete(SIGN_IN_ATTEMPT).where(own, _COLUMNS.subject.in_(subjects)))


async def _check(work: Work, of_whom: ColumnElement[bool], most: int) -> None:
    recent = (
        select(_COLUMNS.at)
        .where(_COLUMNS.company == work.company, of_whom, _COLUMNS.at > work.now - WINDOW_MS)
        .order_by(_COLUMNS.at.desc())
        .limit(most)
    )
    times = (await work.connection.execute(recent)).scalars().all()
    if len(times) == most:
        raise Problem(Code.SESSION_TOO_MANY_TRIES, retry_after_s=-(-(times[-1] + WINDOW_MS - work.now) // 1_000))
