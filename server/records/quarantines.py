"""The quarantine of a stopped device: opened and closed once for each time that it was stopped (SPEC Q1 to Q4)."""

from msgspec import Struct, structs
from sqlalchemy import BigInteger, Column, ColumnElement, String, Table, and_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from schemas.audit import Deed
from schemas.office import QuarantineCause
from schemas.problems import Code, Problem
from schemas.registry import Kind
from server.audit.log import Deeds, Doer
from server.platform.caller import Caller, Leaving
from server.platform.database import METADATA, insert_into
from server.records.work import Work

QUARANTINE = Table(
    "quarantine",
    METADATA,
    Column("company", String, primary_key=True),
    Column("device", String, primary_key=True),
    Column("since", BigInteger, primary_key=True, autoincrement=False),
    Column("cause", String, nullable=False),
    Column("opened_at", BigInteger, nullable=False),
    Column("closed_at", BigInteger),
    Column("announced", BigInteger, nullable=False),
    Column("arrived", BigInteger, nullable=False),
)
"""``since`` is when the device or its user's account was stopped: an account that is opened again and closed again has
another quarantine. ``announced`` is the most that the device said it had, ``arrived`` how many operations came."""

MAX_QUARANTINED = 50_000
"""Operations that one quarantine takes in: more than a technician writes in a year, and an end for a stranger."""


class Quarantine(Struct, frozen=True, kw_only=True):
    """How far a quarantine has come."""

    device: str
    since: int
    cause: QuarantineCause
    opened_at: int
    closed_at: int | None = None
    announced: int = 0
    arrived: int = 0

    def admit(self, count: int) -> None:
        """Raise ``Problem`` unless so many more operations may still come."""
        if count and (self.closed_at is not None or self.arrived + count > MAX_QUARANTINED):
            raise Problem(Code.DEVICE_QUARANTINE_OVER)


async def quarantine_of(connection: AsyncConnection, caller: Caller) -> Quarantine | None:
    """Return the quarantine of a device that is leaving, None before it began."""
    row = (await connection.execute(select(QUARANTINE).where(_is(caller)))).mappings().first()
    return None if row is None else Quarantine(**{name: row[name] for name in Quarantine.__struct_fields__})


async def announce(work: Work, caller: Caller, pending: int) -> Quarantine:
    """Open the quarantine if this is its device's first word, and remember how much the device says that it has."""
    known = await quarantine_of(work.connection, caller)
    if known is None:
        leaving = _leaving(caller)
        known = Quarantine(
            device=caller.device, since=leaving.since, cause=leaving.cause, opened_at=work.now, announced=pending
        )
        await _note(work, caller, Deed.QUARANTINE_OPENED)
    return await keep(work, structs.replace(known, announced=max(known.announced, known.arrived + pending)))


async def close(work: Work, caller: Caller, known: Quarantine) -> Quarantine:
    """Close a quarantine, for ever, if it is open."""
    if known.closed_at is not None:
        return known
    await _note(work, caller, Deed.QUARANTINE_CLOSED)
    return await keep(work, structs.replace(known, closed_at=work.now))


async def keep(work: Work, quarantine: Quarantine) -> Quarantine:
    """Write down how far a quarantine has come, and return it."""
    row = structs.asdict(quarantine) | {"company": work.company}
    statement = insert_into(work.connection.dialect, QUARANTINE).values(row)
    key = ("company", "device", "since")
    changed = {name: value for name, value in row.items() if name not in key}
    await work.connection.execute(statement.on_conflict_do_update(index_elements=key, set_=changed))
    return quarantine


def _leaving(caller: Caller) -> Leaving:
    if caller.leaving is None:
        raise RuntimeError("only a device that was stopped has a quarantine")
    return caller.leaving


def _is(caller: Caller) -> ColumnElement[bool]:
    own = and_(QUARANTINE.c.company == caller.company, QUARANTINE.c.device == caller.device)
    return and_(own, QUARANTINE.c.since == _leaving(caller).since)


async def _note(work: Work, caller: Caller, deed: Deed) -> None:
    about = (f"{Kind.DEVICE}:{caller.device}", f"{Kind.USER}:{caller.user}")
    await work.note(Doer(caller.user, caller.device, work.request_sha256), Deeds(deed, about))
