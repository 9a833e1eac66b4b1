"""What is well, what is to be looked at and what is bad: every threshold, and nothing that reads."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from msgspec import Struct

from schemas.healing import HealReport
from schemas.health import (
    AuditFacts,
    BackupFacts,
    ClockFacts,
    DatabaseKind,
    DeviceFacts,
    HolidayFacts,
    RestoreFacts,
    ServerFacts,
    StorageFacts,
    WaitingFacts,
    YearWithoutHolidays,
)
from schemas.rules.arrival import COMPANY_ZONE
from schemas.rules.holidays import missing_years
from schemas.rules.service_hours import date_at
from schemas.vocabulary import Advice, LossState, Wellness
from server import VERSION
from server.health.backups import Backup

HOUR_MS, DAY_MS = 3_600_000, 86_400_000
BACKUP_LOOK_MS, BACKUP_BAD_MS = 26 * HOUR_MS, 7 * DAY_MS
"""A daily backup may begin two hours later than yesterday's."""

WAITING_MS = 3 * DAY_MS
"""For how long a device may be silent with work unsent, or an entry wait for a decision: a weekend and its Friday."""

CLOCKS_APART_MS = 60_000
GIB = 1 << 30
LOOK_GIB, LOOK_SHARE, BAD_GIB, BAD_SHARE = 5, 0.10, 1, 0.02
_GONE = frozenset({LossState.GONE, LossState.EMPTIED})
"""States of a file that nobody has."""

WELLNESS: Mapping[Advice, Wellness] = MappingProxyType(
    {
        Advice.NOT_RUNNING: Wellness.BAD,
        Advice.DISK_LOW: Wellness.LOOK,
        Advice.DISK_FULL: Wellness.BAD,
        Advice.BACKUP_NEVER: Wellness.BAD,
        Advice.BACKUP_UNREADABLE: Wellness.BAD,
        Advice.BACKUP_VERY_OLD: Wellness.BAD,
        Advice.BACKUP_OLD: Wellness.LOOK,
        Advice.BACKUP_LACKS_FILES: Wellness.LOOK,
        Advice.DEVICES_SILENT: Wellness.LOOK,
        Advice.QUARANTINE_WAITING: Wellness.LOOK,
        Advice.HELD_WAITING: Wellness.LOOK,
        Advice.FILES_GONE: Wellness.LOOK,
        Advice.DEVICES_AWAITED: Wellness.LOOK,
        Advice.REPORT_OPEN: Wellness.LOOK,
        Advice.AUDIT_BROKEN: Wellness.BAD,
        Advice.CLOCK_OFF: Wellness.LOOK,
        Advice.HOLIDAYS_MISSING: Wellness.LOOK,
        Advice.HOLIDAYS_DUE: Wellness.LOOK,
    }
)
"""How bad it is that something is not well."""

_ORDER = tuple(Wellness)


class Disk(Struct, frozen=True):
    """Bytes that are free on a disk, and all that it has."""

    free: int
    total: int


class Kept(Struct, frozen=True):
    """What is kept: in which database, its bytes, and those of the files."""

    database: DatabaseKind
    database_bytes: int
    files_bytes: int


class Held(Struct, frozen=True):
    """Entries that nobody has decided about: how many, of how many devices, and since when the oldest is here."""

    entries: int = 0
    devices: int = 0
    since: int | None = None


class UnitDays(Struct, frozen=True):
    """A unit: its name, its clock if it names one, and holidays of its calendar, at least one of each year."""

    name: str
    time_zone: str | None
    holidays: tuple[str, ...]


def worst(found: Iterable[Wellness]) -> Wellness:
    """Return the worst of some; nothing at all is well."""
    return max(found, key=_ORDER.index, default=Wellness.WELL)


def server_facts(started_at: int | None) -> ServerFacts:
    """Tell of the program itself; ``started_at`` is None where none runs."""
    wellness, advice = _judged({Advice.NOT_RUNNING: started_at is None})
    return ServerFacts(wellness=wellness, advice=advice, version=VERSION, started_at=started_at)


def storage_facts(kept: Kept, disk: Disk) -> StorageFacts:
    """Tell how much is kept; the disk is judged by its share and by what is left of it, whichever is worse."""
    bad = disk.free < max(BAD_SHARE * disk.total, BAD_GIB * GIB)
    low = disk.free < max(LOOK_SHARE * disk.total, LOOK_GIB * GIB)
    wellness, advice = _judged({Advice.DISK_FULL: bad, Advice.DISK_LOW: low and not bad})
    return StorageFacts(
        wellness=wellness,
        advice=advice,
        database=kept.database,
        database_bytes=kept.database_bytes,
        files_bytes=kept.files_bytes,
        disk_free=disk.free,
        disk_total=disk.total,
    )


def backup_facts(backup: Backup | None, now: int) -> BackupFacts:
    """Tell of the newest backup, None for none."""
    if backup is None:
        wellness, advice = _judged({Advice.BACKUP_NEVER: True})
        return BackupFacts(wellness=wellness, advice=advice, at=None, bytes=0, verified=False, missing=0)
    age = now - backup.at
    wellness, advice = _judged(
        {
            Advice.BACKUP_UNREADABLE: not backup.verified,
            Advice.BACKUP_VERY_OLD: age > BACKUP_BAD_MS,
            Advice.BACKUP_OLD: BACKUP_LOOK_MS < age <= BACKUP_BAD_MS,
            Advice.BACKUP_LACKS_FILES: backup.missing > 0,
        }
    )
    return BackupFacts(
        wellness=wellness,
        advice=advice,
        at=backup.at,
        bytes=backup.bytes,
        verified=backup.verified,
        missing=backup.missing,
    )


def device_facts(active: int, silent: int, handed_in: Held) -> DeviceFacts:
    """Tell of the devices; ``handed_in`` is what waits of those that were stopped."""
    wellness, advice = _judged({Advice.DEVICES_SILENT: silent > 0, Advice.QUARANTINE_WAITING: handed_in.entries > 0})
    return DeviceFacts(
        wellness=wellness,
        advice=advice,
        active=active,
        silent=silent,
        stopped_waiting=handed_in.devices,
        quarantined=handed_in.entries,
    )


def waiting_facts(held: Held, rivals: int, report: HealReport, now: int) -> WaitingFacts:
    """Tell what waits for people; what has waited for days only is to be looked at."""
    gone = sum(each.state in _GONE for each in report.files)
    is_long = held.since is not None and now - held.since > WAITING_MS
    wellness, advice = _judged({Advice.HELD_WAITING: is_long, Advice.FILES_GONE: gone > 0})
    return WaitingFacts(
        wellness=wellness,
        advice=advice,
        held=held.entries,
        held_since=held.since,
        rivals=rivals,
        files_missing=len(report.files),
        files_gone=gone,
        more_files=report.more_files,
    )


def restore_facts(report: HealReport) -> RestoreFacts:
    """Tell whether the report of losses and returns is all clear: nothing open in it, and every device back."""
    newest = report.changes[0] if report.changes else None
    losses = sum(each.settled is None for each in report.losses)
    partings = sum(each.settled is None for each in report.partings)
    awaited = len(newest.awaited) if newest else 0
    wellness, advice = _judged({Advice.DEVICES_AWAITED: awaited > 0, Advice.REPORT_OPEN: losses + partings > 0})
    return RestoreFacts(
        wellness=wellness,
        advice=advice,
        at=newest.at if newest else None,
        losses=losses,
        partings=partings,
        awaited=awaited,
    )


def audit_facts(entries: int, checked: int, broken: int) -> AuditFacts:
    """Tell of the audit log's newest entries."""
    wellness, advice = _judged({Advice.AUDIT_BROKEN: broken > 0})
    return AuditFacts(wellness=wellness, advice=advice, entries=entries, checked=checked, broken=broken)


def holiday_facts(units: Sequence[UnitDays], now: int) -> HolidayFacts:
    """Tell which units lack the holidays of a year that has to be known by now, by each one's own clock (F021)."""
    today = [date_at(each.time_zone or COMPANY_ZONE, now) for each in units]
    lacks = [
        (each.name, year, year == day.year)
        for each, day in zip(units, today, strict=True)
        for year in missing_years(day, each.holidays)
    ]
    begun = {has_begun for _, _, has_begun in lacks}
    wellness, advice = _judged({Advice.HOLIDAYS_MISSING: True in begun, Advice.HOLIDAYS_DUE: False in begun})
    missing = tuple(
        YearWithoutHolidays(year=year, units=tuple(name for name, lacked, _ in lacks if lacked == year))
        for year in sorted({year for _, year, _ in lacks})
    )
    return HolidayFacts(wellness=wellness, advice=advice, units=len(units), missing=missing)


def clock_facts(ahead_ms: int) -> ClockFacts:
    """Tell by how much the database's clock is ahead."""
    wellness, advice = _judged({Advice.CLOCK_OFF: abs(ahead_ms) > CLOCKS_APART_MS})
    return ClockFacts(wellness=wellness, advice=advice, ahead_ms=ahead_ms)


def _judged(found: Mapping[Advice, bool]) -> tuple[Wellness, tuple[Advice, ...]]:
    advice = tuple(each for each, is_so in found.items() if is_so)
    return worst(WELLNESS[each] for each in advice), advice
