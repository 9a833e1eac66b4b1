"""Appending to the audit log."""

from collections.abc import Sequence
from hashlib import sha256

import msgspec
from msgspec import Struct
from sqlalchemy.ext.asyncio import AsyncConnection

from schemas.audit import AuditEntry, Deed
from server.audit.tables import AUDIT_ENTRY
from server.platform.bulk import Row, put
from server.platform.counters import take
from sync.canonical import canonical_bytes


class Doer(Struct, frozen=True):
    """Who does something, from which device, by which request, in whose place where only that lets him."""

    user: str | None
    device: str | None
    request_sha256: str | None = None
    acting_for: str | None = None


class Deeds(Struct, frozen=True):
    """What was done to which objects (``kind:id``), and why where a reason was asked for."""

    deed: Deed
    objects: tuple[str, ...]
    purpose: str | None = None


class Noted(Struct, frozen=True):
    """Who did what: an entry before it has its number."""

    doer: Doer
    done: Deeds


async def append(connection: AsyncConnection, company: str, at: int, noted: Sequence[Noted]) -> None:
    """Append entries in the caller's transaction, in their order; their seqs are gapless per company."""
    if not noted:
        return
    first = await take(connection, company, "audit", len(noted)) - len(noted) + 1
    rows = [_row(company, _entry(seq, at, each)) for seq, each in enumerate(noted, start=first)]
    await put(connection, AUDIT_ENTRY, rows)


def _entry(seq: int, at: int, noted: Noted) -> AuditEntry:
    return AuditEntry(
        seq=seq,
        at=at,
        user=noted.doer.user,
        device=noted.doer.device,
        deed=noted.done.deed,
        objects=noted.done.objects,
        purpose=noted.done.purpose,
        request_sha256=noted.doer.request_sha256,
        acting_for=noted.doer.acting_for,
    )


def _row(company: str, entry: AuditEntry) -> Row:
    leaf = canonical_bytes(msgspec.to_builtins(entry))
    digest = sha256(b"\x00" + leaf).hexdigest()
    return (company, entry.seq, entry.at, entry.user, entry.device, entry.deed, leaf, digest)
