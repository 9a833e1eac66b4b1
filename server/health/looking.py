"""Reading what tells whether a server is well: a few sums by indexes, and never more than the end of a long table."""

import shutil
from collections import defaultdict
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from sqlalchemy import ColumnElement, Integer, and_, case, func, literal_column, select, text, union_all
from sqlalchemy.ext.asyncio import AsyncConnection

from schemas.health import AuditFacts, ClockFacts, DeviceFacts, Health
from schemas.problems import Code
from schemas.registry import Kind
from schemas.vocabulary import DayKind, Wellness
from server.audit.tables import AUDIT_ENTRY
from server.exchange.healing import heal_report
from server.exchange.tables import DEVICE_CONTACT
from server.health.backups import newest_backup
from server.health.judging import (
    WAITING_MS,
    Disk,
    Held,
    Kept,
    UnitDays,
    audit_facts,
    backup_facts,
    clock_facts,
    device_facts,
    holiday_facts,
    restore_facts,
    server_facts,
    storage_facts,
    waiting_facts,
    worst,
)
from server.platform.ambient import Ambient
from server.platform.counters import COUNTER
from server.platform.settings import Settings
from server.records.held_decisions import HELD_DECISION
from server.records.kept_files import BLOB
from server.records.sql_ledger import SqlLedger
from server.records.tables import ACTOR, DOCUMENTS, OPERATION

CHECKED_ENTRIES = 1_000
"""Entries of the audit log that are held against their hashes: a few weeks of a small company, in some milliseconds."""

_DEVICE, _USER = DOCUMENTS[Kind.DEVICE], DOCUMENTS[Kind.USER]
_UNIT, _DAY = DOCUMENTS[Kind.UNIT], DOCUMENTS[Kind.CALENDAR_DAY]


async def health_of(
    connection: AsyncConnection, company: str, settings: Settings, ambient: Ambient, started_at: int | None
) -> Health:
    """Return how a company's server stands, read in one snapshot; ``started_at`` is None where none runs here."""
    now = ambient.now()
    report = await heal_report(connection, company, now)
    held = await _held(connection, company)
    log = await SqlLedger(connection, company, now).end()
    server = server_facts(started_at)
    storage = storage_facts(await _kept(connection, company), disk_of(settings.data))
    backup = backup_facts(newest_backup(settings.data, company, log), now)
    devices = await _devices(connection, company, held[True], now)
    waiting = waiting_facts(held[False], await _rivals(connection, company), report, now)
    restore, audit = restore_facts(report), await _audit(connection, company)
    holidays = holiday_facts(await _units(connection, company), now)
    clock = await _clock(connection, ambient)
    facts = (server, storage, backup, devices, waiting, restore, audit, holidays)
    told: list[Wellness] = [each.wellness for each in facts]
    if clock is not None:
        told.append(clock.wellness)
    return Health(
        at=now,
        wellness=worst(told),
        server=server,
        storage=storage,
        backup=backup,
        devices=devices,
        waiting=waiting,
        restore=restore,
        audit=audit,
        holidays=holidays,
        clock=clock,
    )


def disk_of(folder: Path) -> Disk:
    """Return the room on the disk of a folder, or of where it would be made."""
    there = next(each for each in (folder.absolute(), *folder.absolute().parents) if each.exists())
    usage = shutil.disk_usage(there)
    return Disk(usage.free, usage.total)


async def _kept(connection: AsyncConnection, company: str) -> Kept:
    files = await connection.scalar(select(func.sum(BLOB.c.size)).where(BLOB.c.company == company))
    if connection.dialect.name == "sqlite":
        pages = "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
        return Kept("sqlite", int(await connection.scalar(text(pages)) or 0), int(files or 0))
    database = await connection.scalar(select(func.pg_database_size(func.current_database())))
    return Kept("postgresql", int(database or 0), int(files or 0))


async def _held(connection: AsyncConnection, company: str) -> Mapping[bool, Held]:
    """Return what nobody has decided about, by whether it came through the quarantine's door; a group is one entry."""
    is_late = func.max(case((OPERATION.c.problem == Code.OPERATION_QUARANTINE.value, 1), else_=0))
    decided = and_(
        HELD_DECISION.c.company == OPERATION.c.company,
        HELD_DECISION.c.actor == OPERATION.c.actor,
        HELD_DECISION.c.seq == OPERATION.c.seq,
    )
    entries = (
        select(ACTOR.c.device, is_late.label("late"), func.min(OPERATION.c.received_at).label("since"))
        .select_from(OPERATION)
        .join(ACTOR, and_(ACTOR.c.company == OPERATION.c.company, ACTOR.c.actor == OPERATION.c.actor))
        .outerjoin(HELD_DECISION, decided)
        .where(OPERATION.c.company == company, OPERATION.c.verdict == "held", HELD_DECISION.c.actor.is_(None))
        .group_by(OPERATION.c.actor, OPERATION.c.epoch, OPERATION.c.position, ACTOR.c.device)
        .subquery()
    )
    counted = (func.count().label("entries"), func.count(entries.c.device.distinct()).label("devices"))
    query = select(entries.c.late, *counted, func.min(entries.c.since).label("since")).group_by(entries.c.late)
    rows = await connection.execute(query)
    return {False: Held(), True: Held()} | {bool(row.late): Held(row.entries, row.devices, row.since) for row in rows}


async def _rivals(connection: AsyncConnection, company: str) -> int:
    """Count the documents with values that a person has to choose from, by each kind's index."""
    counts = [
        select(func.count().label("many")).where(table.c.company == company, table.c.rivals > 0)
        for table in DOCUMENTS.values()
    ]
    each = union_all(*counts).subquery()
    return int(await connection.scalar(select(func.sum(each.c.many))) or 0)


async def _devices(connection: AsyncConnection, company: str, handed_in: Held, now: int) -> DeviceFacts:
    same_user = and_(_USER.c.company == _DEVICE.c.company, _USER.c.id == _DEVICE.c.user)
    same_device = and_(DEVICE_CONTACT.c.company == _DEVICE.c.company, DEVICE_CONTACT.c.device == _DEVICE.c.id)
    is_silent = and_(DEVICE_CONTACT.c.pending > 0, DEVICE_CONTACT.c.at < now - WAITING_MS)
    query = (
        select(func.count().label("active"), func.sum(case((is_silent, 1), else_=0), type_=Integer).label("silent"))
        .select_from(_DEVICE)
        .join(_USER, same_user)
        .outerjoin(DEVICE_CONTACT, same_device)
        .where(_DEVICE.c.company == company, ~_DEVICE.c.gone, _DEVICE.c.revoked_at.is_(None))
        .where(_USER.c.deactivated_at.is_(None))
    )
    row = (await connection.execute(query)).one()
    return device_facts(row.active, row.silent or 0, handed_in)


async def _audit(connection: AsyncConnection, company: str) -> AuditFacts:
    """Hold the newest entries against their hashes; their numbers have no gaps, and end where the counter stands."""
    counter = select(COUNTER.c.value).where(COUNTER.c.company == company, COUNTER.c.name == "audit")
    entries = int(await connection.scalar(counter) or 0)
    first = max(entries - CHECKED_ENTRIES, 0) + 1
    query = select(AUDIT_ENTRY.c.leaf, AUDIT_ENTRY.c.leaf_sha256).where(
        AUDIT_ENTRY.c.company == company, AUDIT_ENTRY.c.seq >= first, AUDIT_ENTRY.c.seq <= entries
    )
    rows = (await connection.execute(query)).all()
    whole = sum(sha256(b"\x00" + row.leaf).hexdigest() == row.leaf_sha256 for row in rows)
    checked = entries - first + 1
    return audit_facts(entries, checked, checked - whole)


async def _units(connection: AsyncConnection, company: str) -> list[UnitDays]:
    """Return the units that there are, by name, each with one holiday of every year that its calendar has."""
    year = func.substr(_DAY.c.date, 1, 4)
    days = (
        select(_DAY.c.unit, func.min(_DAY.c.date).label("first"))
        .where(_DAY.c.company == company, ~_DAY.c.gone, _DAY.c.kind == DayKind.HOLIDAY.value, _DAY.c.date.is_not(None))
        .group_by(_DAY.c.unit, year)
    )
    holidays: dict[str, list[str]] = defaultdict(list)
    for row in await connection.execute(days):
        holidays[row.unit].append(row.first)
    units = select(_UNIT.c.id, _UNIT.c.name, _UNIT.c.time_zone).where(_UNIT.c.company == company, ~_UNIT.c.gone)
    rows = await connection.execute(units.order_by(_UNIT.c.name, _UNIT.c.id))
    return [UnitDays(row.name or row.id, row.time_zone, tuple(holidays[row.id])) for row in rows]


async def _clock(connection: AsyncConnection, ambient: Ambient) -> ClockFacts | None:
    """Compare the clocks; a file is read by this machine's own."""
    if connection.dialect.name == "sqlite":
        return None
    before = ambient.now()
    milliseconds: ColumnElement[int] = literal_column("floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint")
    theirs = int(await connection.scalar(select(milliseconds)) or 0)
    return clock_facts(theirs - (before + ambient.now()) // 2)
