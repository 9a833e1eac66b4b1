"""Appending to the audit log."""

from hashlib import sha256

import msgspec
from msgspec import Struct
from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from schemas.audit import AuditEntry, Deed
from server.audit.tables import AUDIT_ENTRY
from server.platform.counters import take
from sync.canonical import canonical_bytes


class Doer(Struct, frozen=True):
    """Who does something, from which device, by which request."""

    user: str | None
    device: str | None
    request_sha256: str | None = None


class Deeds(Struct, frozen=True):
    """What was done to which objects (``kind:id``), and why where a reason was asked for."""

    deed: Deed
    objects: tuple[str, ...]
    purpose: str | None = None


async def append(connection: AsyncConnection, company: str, at: int, doer: Doer, done: Deeds) -> AuditEntry:
    """Append one entry in the caller's transaction and return it; its seq is gapless per company."""
    seq = await take(connection, company, "audit")
    entry = AuditEntry(
        seq=seq,
        at=at,
        user=doer.user,
        device=doer.device,
        deed=done.deed,
        objects=done.objects,
        purpose=done.purpose,
        request_sha256=doer.request_sha256,
    )
    leaf = canonical_bytes(msgspec.to_builtins(entry))
    row = {
        "company": company,
        "seq": seq,
        "at": at,
        "user": doer.user,
        "device": doer.device,
        "deed": done.deed.value,
        "leaf": leaf,
        "leaf_sha256": sha256(b"\x00" + leaf).hexdigest(),
    }
    await connection.execute(insert(AUDIT_ENTRY), row)
    return entry
