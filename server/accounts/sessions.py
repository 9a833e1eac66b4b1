"""Who speaks: from the session's cookie to the caller, read anew with each request so that a change holds at once."""

from typing import Any

from litestar.connection import ASGIConnection
from msgspec import Struct
from sqlalchemy import ColumnElement, and_, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from schemas.accounts import SessionReply
from schemas.problems import Code, Problem
from schemas.registry import Kind
from schemas.rights import SEES_EVERY_UNIT
from schemas.vocabulary import Place, Role
from server.accounts.tables import DEVICE_KEY, SESSION
from server.accounts.tickets import LIFETIME_MS, Ticket, ticket_of
from server.platform.ambient import Ambient
from server.platform.caller import Caller
from server.platform.installation import COMPANY
from server.platform.keys import base64url
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
    """A session that lives, with its user's unit and its device as their documents say."""

    user: str
    seen_at: int
    unit: str
    device: str | None
    place: str | None
    revoked_at: int | None
    point: bytes | None


class AccountSessions:
    """The sessions that were opened by signing in (see ``server.platform.access.Sessions``)."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    async def caller(self, connection: ASGIConnection[Any, Any, Any, Any]) -> Caller | None:
        """Return the person behind the session cookie, None if it is none, expired, or of a deactivated user.

        Raises ``Problem`` once the session's device was revoked.
        """
        ticket = ticket_of(connection)
        return await self.caller_of(ticket) if ticket is not None else None

    async def caller_of(self, ticket: Ticket) -> Caller | None:
        """Return the person behind a ticket (see ``caller``)."""
        now = self._journal.ambient.now()
        async with self._journal.database.reading() as reading:
            found = await _session(reading, ticket, now)
            if found is None:
                return None
            if found.revoked_at is not None:
                raise Problem(Code.DEVICE_REVOKED)
            caller = await _caller(reading, ticket.company, found)
        if found.seen_at < now - _NOTED_EVERY_MS:
            await self._journal.write(ticket.company, lambda work: _note_use(work, ticket))
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


async def _session(connection: AsyncConnection, ticket: Ticket, now: int) -> Session | None:
    query = (
        select(
            SESSION.c.user,
            SESSION.c.seen_at,
            _USER.c.unit,
            _DEVICE.c.id.label("device"),
            _DEVICE.c.place,
            _DEVICE.c.revoked_at,
            DEVICE_KEY.c.point,
        )
        .join(_USER, and_(_USER.c.company == SESSION.c.company, _USER.c.id == SESSION.c.user))
        .outerjoin(_DEVICE, and_(_DEVICE.c.company == SESSION.c.company, _DEVICE.c.id == SESSION.c.device))
        .outerjoin(DEVICE_KEY, and_(DEVICE_KEY.c.company == _DEVICE.c.company, DEVICE_KEY.c.device == _DEVICE.c.id))
        .where(_is(ticket), _alive(now), _USER.c.deactivated_at.is_(None), _USER.c.unit.is_not(None))
    )
    row = (await connection.execute(query)).first()
    return Session(*row) if row is not None else None


async def _caller(connection: AsyncConnection, company: str, found: Session) -> Caller:
    roles = await roles_of(connection, company, found.user, found.unit)
    units = await _units(connection, company, found.unit, roles)
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
    )


async def roles_of(connection: AsyncConnection, company: str, user: str, unit: str) -> frozenset[Role]:
    """Return the roles that a user holds now at his unit; a grant at another unit is no right at this one."""
    query = select(_GRANT.c.role).where(
        _GRANT.c.company == company, _GRANT.c.user == user, _GRANT.c.unit == unit, _GRANT.c.ended_at.is_(None)
    )
    return frozenset(Role(role) for role in (await connection.execute(query)).scalars())


async def _units(connection: AsyncConnection, company: str, own: str, roles: frozenset[Role]) -> frozenset[str]:
    if not SEES_EVERY_UNIT & roles:
        return frozenset({own})
    every = select(_UNIT.c.id).where(_UNIT.c.company == company)
    return frozenset((await connection.execute(every)).scalars()) | {own}
