"""Reading the audit log, the newest entry first."""

from hashlib import sha256

import msgspec
from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from schemas.audit import AuditEntry, AuditPage, Deed
from server.audit.tables import AUDIT_ENTRY

PAGE = 100
"""Entries that are given out at once, unless somebody wants more."""

MOST = 1_000
"""Entries that are given out at once to whoever wants all."""

_COLUMNS = AUDIT_ENTRY.c


class AuditWish(Struct, frozen=True, kw_only=True):
    """Which entries somebody wants: those behind the last one, of a person, of a deed, before an instant; how many."""

    before: int | None = None
    user: str | None = None
    deed: Deed | None = None
    until: int | None = None
    most: int = PAGE


async def read_audit(connection: AsyncConnection, company: str, wish: AuditWish) -> AuditPage:
    """Return a page of entries; each one's bytes are held against the hash that was kept when it was written."""
    wanted = [
        _COLUMNS.company == company,
        *([_COLUMNS.seq < wish.before] if wish.before is not None else []),
        *([_COLUMNS.user == wish.user] if wish.user is not None else []),
        *([_COLUMNS.deed == wish.deed.value] if wish.deed is not None else []),
        *([_COLUMNS.at < wish.until] if wish.until is not None else []),
    ]
    query = select(_COLUMNS.seq, _COLUMNS.leaf, _COLUMNS.leaf_sha256).where(*wanted).order_by(_COLUMNS.seq.desc())
    rows = (await connection.execute(query.limit(wish.most + 1))).all()
    shown = rows[: wish.most]
    broken = tuple(row.seq for row in shown if sha256(b"\x00" + row.leaf).hexdigest() != row.leaf_sha256)
    entries = tuple(msgspec.json.decode(row.leaf, type=AuditEntry) for row in shown if row.seq not in broken)
    return AuditPage(entries, len(rows) > wish.most, broken)
