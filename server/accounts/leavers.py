"""Who may hand in his last work: a device that was revoked, or whose user's account was closed, by its own key."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any, TypeAlias

from litestar import Request
from msgspec import structs
from sqlalchemy import Row, and_, bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from schemas.problems import Code, Problem
from schemas.registry import Kind
from schemas.vocabulary import Place
from server.accounts.sessions import GRANT_COLUMNS, STANDS, Session, caller_from, roles_of
from server.accounts.tables import DEVICE_KEY
from server.platform.caller import Caller, Leaving
from server.platform.keys import from_base64url, verify_device_signature
from server.records.journal import Journal
from server.records.tables import DOCUMENTS, EPOCH, HEAD
from sync.canonical import canonical_bytes

_Row: TypeAlias = Row[Any, Any, Any, Any, Any, Any, Any, Any, Any, Any, Any, Any]

HEADER = "fieldproof-device"
"""Names the device and signs the request: ``company.device.signature``."""

_USER, _DEVICE = DOCUMENTS[Kind.USER], DOCUMENTS[Kind.DEVICE]
_WHO = (
    select(
        *GRANT_COLUMNS,
        _DEVICE.c.id,
        _DEVICE.c.user,
        _DEVICE.c.place,
        _DEVICE.c.revoked_at,
        _USER.c.unit,
        _USER.c.deactivated_at,
        DEVICE_KEY.c.point,
    )
    .select_from(DEVICE_KEY)
    .join(_DEVICE, and_(_DEVICE.c.company == DEVICE_KEY.c.company, _DEVICE.c.id == DEVICE_KEY.c.device))
    .join(_USER, and_(_USER.c.company == _DEVICE.c.company, _USER.c.id == _DEVICE.c.user))
    .outerjoin(DOCUMENTS[Kind.ROLE_GRANT], STANDS)
    .where(DEVICE_KEY.c.company == bindparam("company"), DEVICE_KEY.c.device == bindparam("device"))
)
"""A device once for each grant that its user has, whether or not either was stopped."""


async def leaver_of(journal: Journal, request: Request[Any, Any, Any]) -> Caller:
    """Return the stopped device that signed a request (see ``server.platform.access.Sessions``).

    Its roles and units are its user's, so that what he wrote is judged as ever; its audiences are none.
    """
    company, device, signature = _said(request.headers.get(HEADER, ""))
    async with journal.database.reading() as reading:
        rows = (await reading.execute(_WHO, {"company": company, "device": device})).all()
        if not rows:
            raise Problem(Code.DEVICE_UNKNOWN)
        # The body is read for a device that there is, and for no other.
        body = sha256(await request.body()).hexdigest()
        statement = request_statement(company, device, request.method, request.url.path, body)
        if not verify_device_signature(rows[0].point, signature, statement):
            raise Problem(Code.DEVICE_SIGNATURE)
        leaving = _leaving(rows[0])
        if leaving is None:
            raise Problem(Code.DEVICE_NOT_REVOKED, **await _put_back(reading, company))
        return await _caller(reading, company, rows, leaving, journal.ambient.now())


async def _put_back(reading: AsyncConnection, company: str) -> Mapping[str, object]:
    """Return the log's epoch and when it began, if it began because the log was put back to a backup.

    Sessions that are newer than the backup are lost then: a device that has not met this epoch yet tells its person why
    he signs in again. It is said to whoever has proved to be a device of the company, and to nobody else.
    """
    of_the_head = and_(EPOCH.c.company == HEAD.c.company, EPOCH.c.epoch == HEAD.c.epoch)
    query = select(EPOCH.c.epoch, EPOCH.c.begun_at).join(HEAD, of_the_head)
    begun = await reading.execute(query.where(EPOCH.c.company == company, EPOCH.c.parent.is_not(None)))
    row = begun.first()
    return {"epoch": row.epoch, "restored_at": row.begun_at} if row is not None else {}


def request_statement(company: str, device: str, method: str, path: str, body_sha256: str) -> bytes:
    """Return the bytes that a stopped device signs for each request (SPEC Q1)."""
    return canonical_bytes(("fieldproof-quarantine-1", company, device, method, path, body_sha256))


def _said(header: str) -> tuple[str, str, bytes]:
    parts = header.split(".")
    if len(parts) != 3:  # noqa: PLR2004 - company, device, signature
        raise Problem(Code.SESSION_MISSING)
    try:
        return parts[0], parts[1], from_base64url(parts[2])
    except ValueError:
        raise Problem(Code.DEVICE_SIGNATURE) from None


def _leaving(row: _Row) -> Leaving | None:
    if row.revoked_at is not None:
        return Leaving(row.revoked_at, "device")
    return Leaving(row.deactivated_at, "account") if row.deactivated_at is not None else None


async def device_caller(reading: AsyncConnection, company: str, device: str, now: int) -> Caller | None:
    """Return a device with its user's rights at an instant, ``leaving`` if it was stopped; None if there is none.

    Nobody has proved to be it: this is for whoever checks its signatures himself.
    """
    rows = (await reading.execute(_WHO, {"company": company, "device": device})).all()
    return await _caller(reading, company, rows, _leaving(rows[0]), now) if rows else None


async def _caller(
    reading: AsyncConnection, company: str, rows: Sequence[_Row], leaving: Leaving | None, now: int
) -> Caller:
    row, (roles, stints) = rows[0], roles_of(rows)
    session = Session(
        roles=roles,
        stints=stints,
        user=row.user,
        seen_at=0,
        opened_at=0,
        unit=row.unit,
        device=row.id,
        place=row.place or Place.OFFICE,
        revoked_at=row.revoked_at,
        point=row.point,
    )
    return structs.replace(await caller_from(reading, company, session, now), audiences=(), leaving=leaving)
