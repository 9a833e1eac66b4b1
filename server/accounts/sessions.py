"""Who speaks: from the session's cookie to the caller, read anew after each commit so that a change holds at once."""

from collections.abc import Iterable
from typing import Any

from litestar.connection import ASGIConnection
from msgspec import Struct
from sqlalchemy import Column, ColumnElement, and_, bindparam, delete, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from schemas.accounts import Acting, SessionReply
from schemas.problems import Code, Problem
from schemas.registry import Kind
from schemas.rights import SEES_EVERY_UNIT
from schemas.vocabulary import Place, Role
from server.accounts.tables import DEVICE_KEY, SESSION
from server.accounts.tickets import LIFETIME_MS, Ticket, ticket_of
from server.platform.ambient import Ambient
from server.platform.caller import Caller, Stint
from server.platform.installation import COMPANY
from server.platform.keys import base64url
from server.platform.remembered import Remembered
from server.platform.statements import Found, Question
from server.records.audiences import audiences_for
from server.records.journal import Journal
from server.records.tables import DOCUMENTS
from server.records.work import Work

IDLE_MS = 30 * 86_400_000
"""How long a session lives without being used."""

_NOTED_EVERY_MS = 3_600_000
"""How exactly the last use of a session is known: not every request writes."""

_CHALLENGE_BYTES = 32
_USER, _DEVICE, _GRANT, _UNIT = (DOCUMENTS[kind] for kind in (Kind.USER, Kind.DEVICE, Kind.ROLE_GRANT, Kind.UNIT))


class Session(Struct, frozen=True):
    """A session that lives, with its user's roles, his unit and his device as their documents say.

    ``roles`` are those that he holds for good, ``stints`` those that he holds, held or will hold for a time.
    """

    roles: frozenset[Role]
    stints: tuple[Stint, ...]
    user: str
    seen_at: int
    unit: str
    device: str | None
    place: str | None
    revoked_at: int | None
    point: bytes | None
    opened_at: int


class AccountSessions:
    """The sessions that were opened by signing in (see ``server.platform.access.Sessions``)."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._callers: Remembered[Ticket, Caller] = Remembered(journal.database)

    async def caller(self, connection: ASGIConnection[Any, Any, Any, Any]) -> Caller | None:
        """Return the person behind the session cookie, None if it is none, expired, or of a deactivated user.

        Raises ``Problem`` once the session's device was revoked.
        """
        ticket = ticket_of(connection)
        return await self.caller_of(ticket) if ticket is not None else None

    async def caller_of(self, ticket: Ticket) -> Caller | None:
        """Return the person behind a ticket (see ``caller``)."""
        now, version = self._journal.ambient.now(), await self._callers.version()
        known = await self._callers.get(ticket)
        if known is not None and now < known.stands_until:
            return known
        async with self._journal.database.glancing() as reading:
            found = await _session(reading, ticket, now)
            if found is None:
                return None
            if found.revoked_at is not None:
                raise Problem(Code.DEVICE_REVOKED)
            caller = await caller_from(reading, ticket.company, found, now)
        if found.seen_at < now - _NOTED_EVERY_MS:
            await self._journal.note(ticket.company, lambda work: _note_use(work, ticket))
        else:
            self._callers.keep(ticket, caller, version)
        return caller

    async def reply(self, ticket: Ticket, caller: Caller) -> SessionReply:
        """Return what the caller's browser is told about its session."""
        query = (
            select(SESSION.c.challenge, _USER.c.name, COMPANY.c.name.label("company_name"))
            .join(_USER, and_(_USER.c.company == SESSION.c.company, _USER.c.id == SESSION.c.user))
            .join(COMPANY, COMPANY.c.company == SESSION.c.company)
            .where(_is(ticket))
        )
        async with self._journal.database.reading() as reading:
            found = (await reading.execute(query)).first()
        if found is None:
            raise Problem(Code.SESSION_MISSING)
        return SessionReply(
            user=caller.user,
            name=found.name,
            company=caller.company,
            company_name=found.company_name,
            unit=caller.unit,
            roles=tuple(role for role in Role if role in caller.roles),
            challenge=found.challenge,
            device=caller.device or None,
            acting=tuple(
                Acting(each.role, each.starts_at, each.ends_at, each.acting_for)
                for each in caller.stints
                if each.ends_at > self._journal.ambient.now()
            ),
        )


async def open_session(work: Work, ticket: Ticket, user: str, ambient: Ambient) -> None:
    """Open a session without a device, and clear away those that have expired."""
    await work.connection.execute(delete(SESSION).where(SESSION.c.company == work.company, ~_alive(work.now)))
    row = {
        "company": work.company,
        "token_sha256": ticket.token_sha256,
        "user": user,
        "device": None,
        "challenge": base64url(ambient.random_bytes(_CHALLENGE_BYTES)),
        "opened_at": work.now,
        "seen_at": work.now,
    }
    await work.connection.execute(insert(SESSION), row)


async def challenge_of(work: Work, ticket: Ticket) -> str:
    """Return what a device signs to speak in this session; raises ``Problem`` if it has ended."""
    found = (await work.connection.execute(select(SESSION.c.challenge).where(_is(ticket)))).scalar_one_or_none()
    if found is None:
        raise Problem(Code.SESSION_MISSING)
    return str(found)


async def bind(work: Work, ticket: Ticket, device: str) -> None:
    """Let a session speak from a device that has proved itself."""
    await work.connection.execute(update(SESSION).where(_is(ticket)).values(device=device))


async def end_session(work: Work, ticket: Ticket) -> None:
    """End one session."""
    await work.connection.execute(delete(SESSION).where(_is(ticket)))


async def end_sessions(work: Work, user: str, spared: Ticket | None = None) -> None:
    """End every session of a user but the spared one."""
    ended = and_(SESSION.c.company == work.company, SESSION.c.user == user)
    if spared is not None:
        ended = and_(ended, SESSION.c.token_sha256 != spared.token_sha256)
    await work.connection.execute(delete(SESSION).where(ended))


async def _note_use(work: Work, ticket: Ticket) -> None:
    await work.connection.execute(update(SESSION).where(_is(ticket)).values(seen_at=work.now))


def _is(ticket: Ticket) -> ColumnElement[bool]:
    return and_(SESSION.c.company == ticket.company, SESSION.c.token_sha256 == ticket.token_sha256)


def _alive(now: int) -> ColumnElement[bool]:
    return and_(SESSION.c.seen_at > now - IDLE_MS, SESSION.c.opened_at > now - LIFETIME_MS)


_EVERY_UNIT = Question(select(_UNIT.c.id).where(_UNIT.c.company == bindparam("company")))
GRANT_COLUMNS: tuple[Column[Any], ...] = (
    _GRANT.c.role,
    _GRANT.c.starts_at,
    _GRANT.c.until_at,
    _GRANT.c.acting_for,
    _GRANT.c.ended_at,
)
"""What :func:`roles_of` reads of a grant."""

STANDS = and_(
    _GRANT.c.company == _USER.c.company,
    _GRANT.c.user == _USER.c.id,
    _GRANT.c.unit == _USER.c.unit,
    or_(_GRANT.c.ended_at.is_(None), _GRANT.c.until_at.is_not(None)),
)
"""Which grants a user's roles are read from: at his own unit; those for a time also when they are over."""

_WHO = Question(
    select(
        *GRANT_COLUMNS,
        SESSION.c.user,
        SESSION.c.seen_at,
        _USER.c.unit,
        _DEVICE.c.id,
        _DEVICE.c.place,
        _DEVICE.c.revoked_at,
        DEVICE_KEY.c.point,
        SESSION.c.opened_at,
    )
    .select_from(SESSION)
    .join(_USER, and_(_USER.c.company == SESSION.c.company, _USER.c.id == SESSION.c.user))
    .outerjoin(_DEVICE, and_(_DEVICE.c.company == SESSION.c.company, _DEVICE.c.id == SESSION.c.device))
    .outerjoin(DEVICE_KEY, and_(DEVICE_KEY.c.company == _DEVICE.c.company, DEVICE_KEY.c.device == _DEVICE.c.id))
    .outerjoin(_GRANT, STANDS)
    .where(
        SESSION.c.company == bindparam("company"),
        SESSION.c.token_sha256 == bindparam("token_sha256"),
        SESSION.c.seen_at > bindparam("now") - IDLE_MS,
        SESSION.c.opened_at > bindparam("now") - LIFETIME_MS,
        _USER.c.deactivated_at.is_(None),
        _USER.c.unit.is_not(None),
    )
)
"""A living session once for each grant of its user. Asked with every request, so it is one question, built once; a
grant at another unit than the user's own is no right at this one."""


async def _session(connection: AsyncConnection, ticket: Ticket, now: int) -> Session | None:
    asked = {"company": ticket.company, "token_sha256": ticket.token_sha256, "now": now}
    rows = await _WHO.ask(connection, **asked)
    if not rows:
        return None
    return Session(*roles_of(rows), *rows[0][len(GRANT_COLUMNS) :])


def roles_of(rows: Iterable[Found]) -> tuple[frozenset[Role], tuple[Stint, ...]]:
    """Return what somebody's grants let him be for good, and what for a time and in whose place (ADR 41)."""
    granted = [row for row in rows if row.role is not None]
    lasting = frozenset(Role(row.role) for row in granted if row.until_at is None)
    stints = tuple(
        Stint(Role(row.role), row.starts_at or 0, min(row.until_at, row.ended_at or row.until_at), row.acting_for or "")
        for row in granted
        if row.until_at is not None and row.role not in lasting
    )
    return lasting, stints


async def caller_from(connection: AsyncConnection, company: str, found: Session, now: int) -> Caller:
    """Return the caller whom a session speaks for at an instant, with what he may see."""
    units = await _units(connection, company, found)
    standing = tuple(stint for stint in found.stints if stint.holds(now))
    roles = found.roles | {stint.role for stint in standing}
    turns = [at for stint in found.stints for at in (stint.starts_at, stint.ends_at) if at > now]
    return Caller(
        company=company,
        user=found.user,
        device=found.device or "",
        place=Place(found.place) if found.place else Place.OFFICE,
        unit=found.unit,
        roles=roles,
        units=units,
        audiences=audiences_for(roles, found.unit, units),
        device_key=found.point or b"",
        stands_until=min(found.seen_at + _NOTED_EVERY_MS, found.opened_at + LIFETIME_MS, *turns),
        stints=found.stints,
        standing=standing,
    )


async def _units(connection: AsyncConnection, company: str, found: Session) -> frozenset[str]:
    if not SEES_EVERY_UNIT & found.roles:
        return frozenset({found.unit})
    return frozenset(unit.id for unit in await _EVERY_UNIT.ask(connection, company=company)) | {found.unit}
