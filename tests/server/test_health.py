"""Whether the server is well: every threshold, what is counted, who is told, and which backup a log remembers."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

import msgspec
import pytest
from msgspec import structs
from sqlalchemy import delete, func, select, update

from schemas.healing import Awaited, EpochChange, HealReport, Loss, MissingFile, Parting, Settled
from schemas.health import Health, YearWithoutHolidays
from schemas.registry import Kind
from schemas.vocabulary import Advice, DayKind, LossState, Wellness
from server.audit.tables import AUDIT_ENTRY
from server.calendars.holidays_of_taiwan import days_of
from server.cli.backing_up import back_up
from server.cli.restoring import restore
from server.founding.demo.cast import COMPANY as DEMO
from server.health import looking
from server.health.backups import NAME, Backup, newest_backup, note_backup
from server.health.judging import (
    CLOCKS_APART_MS,
    DAY_MS,
    GIB,
    HOUR_MS,
    WAITING_MS,
    WELLNESS,
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
)
from server.platform.ambient import RealAmbient
from server.platform.database import Database
from server.platform.settings import Settings
from server.records.journal import Journal
from server.records.ledger import Head
from server.records.sql_ledger import SqlLedger
from server.records.work import Setting, Work
from sync.lineage import Position
from tests.server.demo_company import ignore
from tests.server.leaver import revoked
from tests.server.one_call import OneCall, at_work
from tests.server.world import (
    ADMIN,
    AUDITOR,
    BANQIAO,
    CLERK,
    COMPANY,
    MANAGER,
    TAOYUAN,
    TECHNICIAN,
    TECHNICIAN_TWO,
    SyncDevice,
    World,
    problem,
    proven,
)

NOW = 1_800_000_000_000
MINUTE_MS = 60_000
AMBIENT = RealAmbient()
QUIET = HealReport(changes=(), losses=(), partings=())
BACKUP = Backup(at=NOW, bytes=5_000, verified=True, missing=0, places={})
LOSS = Loss(
    actor="actor-one",
    last_seq=3,
    device="device-one",
    user="user-one",
    operations=3,
    since=None,
    said_at=None,
    state=LossState.SILENT,
    successor=None,
    settled=None,
)
PARTING = Parting(
    actor="actor-two",
    device="device-one",
    user="user-one",
    at=NOW,
    here=1,
    there=1,
    both=False,
    documents_here=(),
    documents_there=(),
    settled=None,
)
CHANGE = EpochChange(
    epoch="epoch-two", at=NOW, cause="restore", device=None, fork=4, reached=None, back=0, returned=(), awaited=()
)
SETTLED = Settled("user-one", NOW, "已補登")


BOTH = ("板橋服務中心", "桃園分公司服務組")


def instant(told: str) -> int:
    """The instant of a time on Taipei's walls."""
    return int(datetime.fromisoformat(f"{told}+08:00").timestamp()) * 1_000


def missing(state: LossState) -> MissingFile:
    return MissingFile(
        kind="photo",
        doc="photo-one",
        visit=None,
        number=None,
        customer=None,
        device="device-one",
        user="user-one",
        captured_at=NOW,
        since=NOW,
        was_here=False,
        state=state,
    )


def test_everything_that_can_be_wrong_has_its_verdict_and_none_is_well() -> None:
    assert WELLNESS.keys() == set(Advice)
    assert Wellness.WELL not in WELLNESS.values()


@pytest.mark.parametrize(
    ("free", "total", "advice"),
    [
        (60 * GIB, 500 * GIB, ()),
        (50 * GIB, 500 * GIB, ()),
        (50 * GIB - 1, 500 * GIB, (Advice.DISK_LOW,)),
        (10 * GIB, 500 * GIB, (Advice.DISK_LOW,)),
        (10 * GIB - 1, 500 * GIB, (Advice.DISK_FULL,)),
        (5 * GIB, 20 * GIB, ()),
        (5 * GIB - 1, 20 * GIB, (Advice.DISK_LOW,)),
        (GIB, 20 * GIB, (Advice.DISK_LOW,)),
        (GIB - 1, 20 * GIB, (Advice.DISK_FULL,)),
        (0, 0, (Advice.DISK_FULL,)),
    ],
)
def test_the_disk_is_judged_by_its_share_and_by_what_is_left(free: int, total: int, advice: Sequence[Advice]) -> None:
    assert storage_facts(Kept("sqlite", 1, 1), Disk(free, total)).advice == advice


@pytest.mark.parametrize(
    ("backup", "advice", "wellness"),
    [
        (None, (Advice.BACKUP_NEVER,), Wellness.BAD),
        (structs.replace(BACKUP, at=NOW - 26 * HOUR_MS), (), Wellness.WELL),
        (structs.replace(BACKUP, at=NOW - 26 * HOUR_MS - 1), (Advice.BACKUP_OLD,), Wellness.LOOK),
        (structs.replace(BACKUP, at=NOW - 7 * DAY_MS), (Advice.BACKUP_OLD,), Wellness.LOOK),
        (structs.replace(BACKUP, at=NOW - 7 * DAY_MS - 1), (Advice.BACKUP_VERY_OLD,), Wellness.BAD),
        (structs.replace(BACKUP, verified=False), (Advice.BACKUP_UNREADABLE,), Wellness.BAD),
        (structs.replace(BACKUP, missing=2), (Advice.BACKUP_LACKS_FILES,), Wellness.LOOK),
    ],
)
def test_a_backup_is_judged_by_its_age_and_whether_it_can_be_read(
    backup: Backup | None, advice: Sequence[Advice], wellness: Wellness
) -> None:
    facts = backup_facts(backup, NOW)
    assert (facts.advice, facts.wellness) == (advice, wellness)


def test_devices_are_looked_at_when_one_is_silent_or_what_one_handed_in_waits() -> None:
    assert device_facts(4, 0, Held()).wellness is Wellness.WELL
    assert device_facts(4, 1, Held()).advice == (Advice.DEVICES_SILENT,)
    facts = device_facts(4, 0, Held(7, 2, NOW))
    assert (facts.advice, facts.stopped_waiting, facts.quarantined) == ((Advice.QUARANTINE_WAITING,), 2, 7)


@pytest.mark.parametrize(
    ("since", "advice"), [(None, ()), (NOW - WAITING_MS, ()), (NOW - WAITING_MS - 1, (Advice.HELD_WAITING,))]
)
def test_what_waits_is_looked_at_after_three_days(since: int | None, advice: Sequence[Advice]) -> None:
    assert waiting_facts(Held(0 if since is None else 1, 1, since), 5, QUIET, NOW).advice == advice


def test_adr34_files_that_may_still_come_are_well_and_those_that_nobody_has_are_not() -> None:
    coming = [missing(state) for state in (LossState.AWAITED, LossState.SILENT, LossState.REVOKED)]
    facts = waiting_facts(Held(), 0, structs.replace(QUIET, files=tuple(coming), more_files=True), NOW)
    assert (facts.wellness, facts.files_missing, facts.files_gone, facts.more_files) == (Wellness.WELL, 3, 0, True)
    lost = structs.replace(QUIET, files=(missing(LossState.GONE), missing(LossState.EMPTIED), *coming))
    facts = waiting_facts(Held(), 0, lost, NOW)
    assert (facts.advice, facts.files_missing, facts.files_gone) == ((Advice.FILES_GONE,), 5, 2)


def test_a_restore_is_all_clear_once_its_report_is_closed_and_every_device_is_back() -> None:
    assert restore_facts(QUIET).wellness is Wellness.WELL
    assert restore_facts(structs.replace(QUIET, changes=(CHANGE,))).advice == ()
    awaited = structs.replace(CHANGE, awaited=(Awaited("device-one", "user-one", None),))
    assert restore_facts(structs.replace(QUIET, changes=(awaited, CHANGE))).advice == (Advice.DEVICES_AWAITED,)
    older = structs.replace(QUIET, changes=(structs.replace(CHANGE, at=NOW + 1), awaited))
    assert (restore_facts(older).advice, restore_facts(older).at) == ((), NOW + 1)
    still_open = structs.replace(QUIET, losses=(LOSS,), partings=(PARTING,))
    assert restore_facts(still_open).advice == (Advice.REPORT_OPEN,)
    closed = structs.replace(
        QUIET, losses=(structs.replace(LOSS, settled=SETTLED),), partings=(structs.replace(PARTING, settled=SETTLED),)
    )
    assert restore_facts(closed).advice == ()


def test_clocks_may_differ_by_a_minute_and_an_audit_log_by_nothing() -> None:
    assert clock_facts(CLOCKS_APART_MS).wellness is Wellness.WELL
    assert clock_facts(-CLOCKS_APART_MS - 1).advice == (Advice.CLOCK_OFF,)
    assert audit_facts(5, 5, 0).wellness is Wellness.WELL
    assert audit_facts(5, 5, 1).wellness is Wellness.BAD
    assert server_facts(None).wellness is Wellness.BAD
    assert server_facts(NOW).wellness is Wellness.WELL


def test_f021_a_year_begins_and_november_comes_by_each_units_own_clock() -> None:
    here, there = (UnitDays(zone or "here", zone, ("2026-01-01",)) for zone in (None, "America/New_York"))
    lacking = holiday_facts([here, there], instant("2026-11-01T00:00"))
    assert lacking.missing == (YearWithoutHolidays(year=2027, units=("here",)),)
    assert lacking.advice == (Advice.HOLIDAYS_DUE,)
    eve = holiday_facts([here, there], instant("2027-01-01T00:00"))
    assert eve.missing == (YearWithoutHolidays(year=2027, units=("here", "America/New_York")),)
    assert eve.advice == (Advice.HOLIDAYS_MISSING, Advice.HOLIDAYS_DUE)
    assert holiday_facts([], NOW).wellness is Wellness.WELL


@pytest.fixture
async def unit(world: World) -> OneCall:
    return await at_work(world)


@pytest.fixture(autouse=True)
def roomy(monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk with room, whatever the machine that tests has."""
    usage = SimpleNamespace(free=60 * GIB, total=500 * GIB)
    monkeypatch.setattr(looking, "shutil", SimpleNamespace(disk_usage=lambda _: usage))


async def health(reader: SyncDevice) -> Health:
    return msgspec.json.decode(proven(await reader.client.get("/api/health")).content, type=Health)


async def test_the_admin_and_the_auditor_are_told_and_nobody_else(world: World) -> None:
    for person in (ADMIN, AUDITOR):
        told = await health(await world.enrolled(person))
        assert told.server.started_at is not None
        assert told.server.started_at <= told.at
    for person in (MANAGER, CLERK, TECHNICIAN):
        device = await world.enrolled(person)
        assert problem(await device.client.get("/api/health")) == (403, "session.role_missing")


async def test_a_company_that_was_just_founded_lacks_a_backup_and_nothing_else(world: World) -> None:
    told = await health(await world.enrolled(ADMIN))
    assert (told.wellness, told.backup.advice) == (Wellness.BAD, (Advice.BACKUP_NEVER,))
    others = (told.server, told.storage, told.devices, told.waiting, told.restore, told.audit)
    assert [each.advice for each in others] == [()] * 6
    assert told.storage.database_bytes > 10_000
    assert told.storage.files_bytes == 0
    assert (told.clock is None) == (told.storage.database == "sqlite")
    assert told.audit.entries == told.audit.checked > 0


async def test_f021_units_without_holidays_are_told_until_somebody_loads_them(world: World) -> None:
    world.clock.ahead_ms = instant("2026-10-31T23:59") - world.clock.now()
    admin = await world.enrolled(ADMIN)
    told = (await health(admin)).holidays
    assert (told.units, told.wellness, told.advice) == (2, Wellness.LOOK, (Advice.HOLIDAYS_MISSING,))
    assert told.missing == (YearWithoutHolidays(year=2026, units=BOTH),)
    for unit in (BANQIAO, TAOYUAN):
        proven(await admin.client.post(f"/api/units/{unit}/holidays", json={"year": 2026}))
    told = (await health(admin)).holidays
    assert (told.wellness, told.missing) == (Wellness.WELL, ())
    world.clock.ahead_ms += 2 * MINUTE_MS
    typhoon = {"dates": ["2027-08-12"], "kind": DayKind.CLOSURE, "name": "颱風停班"}
    proven(await admin.client.post(f"/api/units/{BANQIAO}/days", json=typhoon))
    told = (await health(admin)).holidays
    assert (told.advice, told.missing) == ((Advice.HOLIDAYS_DUE,), (YearWithoutHolidays(year=2027, units=BOTH),))
    proven(await admin.client.post(f"/api/units/{BANQIAO}/holidays", json={"year": 2027}))
    assert (await health(admin)).holidays.missing == (YearWithoutHolidays(year=2027, units=BOTH[1:]),)
    await world.decide(ADMIN, Setting(Kind.UNIT, TAOYUAN, {"deleted": True}))
    told = (await health(admin)).holidays
    assert (told.units, told.wellness) == (1, Wellness.WELL)


async def test_f021_a_holiday_that_was_taken_out_is_none(world: World) -> None:
    world.clock.ahead_ms = instant("2026-05-02T09:00") - world.clock.now()
    admin = await world.enrolled(ADMIN)
    for unit in (BANQIAO, TAOYUAN):
        proven(await admin.client.post(f"/api/units/{unit}/holidays", json={"year": 2026}))
    proven(await admin.client.post(f"/api/units/{TAOYUAN}/usual-days", json={"dates": [*days_of(2026)]}))
    assert (await health(admin)).holidays.missing == (YearWithoutHolidays(year=2026, units=BOTH[1:]),)


async def test_the_clock_of_a_database_on_another_machine_is_compared(world: World) -> None:
    admin = await world.enrolled(ADMIN)
    world.clock.ahead_ms = -2 * MINUTE_MS
    told = await health(admin)
    if told.storage.database == "postgresql":
        assert told.clock is not None
        assert told.clock.ahead_ms == pytest.approx(2 * MINUTE_MS, abs=5_000)
        assert told.clock.advice == (Advice.CLOCK_OFF,)
    else:
        assert told.clock is None


async def test_a_device_that_is_silent_for_three_days_with_work_unsent_is_counted(world: World) -> None:
    admin, phone, other = [await world.enrolled(each) for each in (ADMIN, TECHNICIAN, TECHNICIAN_TWO)]
    said = structs.replace(phone.chain.hello(), pending=2, oldest_pending_at=world.clock.now())
    proven(await phone.client.post("/sync/v1/hello", content=msgspec.json.encode(said)))
    world.clock.ahead_ms = WAITING_MS - MINUTE_MS
    assert (await health(admin)).devices.silent == 0
    world.clock.ahead_ms = WAITING_MS + MINUTE_MS
    told = (await health(admin)).devices
    assert (told.active, told.silent, told.advice) == (3, 1, (Advice.DEVICES_SILENT,))
    await world.decide(ADMIN, Setting(Kind.USER, TECHNICIAN.user, {"deactivated_at": world.clock.now()}))
    proven(await admin.client.post(f"/api/devices/{other.device}/revoke"))
    told = (await health(admin)).devices
    assert (told.active, told.silent) == (1, 0)


async def test_q2_what_a_stopped_device_handed_in_is_told_apart_from_what_else_is_held(unit: OneCall) -> None:
    admin = await unit.world.enrolled(ADMIN)
    unit.technician.write(Kind.CUSTOMER, "customer-new", {"unit": BANQIAO, "name": "陳美惠"})
    leaver = await revoked(unit, unit.technician)
    await leaver.hello(1)
    await leaver.push(pending=1)
    told = await health(admin)
    assert (told.devices.stopped_waiting, told.devices.quarantined, told.waiting.held) == (1, 1, 0)
    assert told.devices.advice == (Advice.QUARANTINE_WAITING,)
    path = f"/api/quarantines/{leaver.device.device}/reject"
    proven(await unit.manager.client.post(path, json={"reason": "不是他寫的"}))
    assert (await health(admin)).devices.wellness is Wellness.WELL


async def test_a_held_entry_is_counted_until_somebody_has_decided(unit: OneCall) -> None:
    admin = await unit.world.enrolled(ADMIN)
    unit.technician.chain.write(Kind.CUSTOMER, "customer-one", {"colour": "red"})
    seq = len(unit.technician.chain.sent)
    await unit.technician.push(seq)
    told = (await health(admin)).waiting
    assert (told.held, told.advice) == (1, ())
    assert told.held_since is not None
    unit.world.clock.ahead_ms = WAITING_MS + MINUTE_MS
    assert (await health(admin)).waiting.advice == (Advice.HELD_WAITING,)
    path = f"/api/held/{unit.technician.chain.record.actor}/{seq}/reject"
    proven(await unit.manager.client.post(path, json={"reason": "沒有這個欄位"}))
    assert (await health(admin)).waiting.held == 0


async def test_an_audit_entry_that_was_changed_or_taken_away_is_bad(world: World) -> None:
    admin = await world.enrolled(ADMIN)
    await world.enrolled(CLERK)
    before = (await health(admin)).audit
    async with world.journal.database.writing() as connection:
        newest = await connection.scalar(select(func.max(AUDIT_ENTRY.c.seq)))
        await connection.execute(delete(AUDIT_ENTRY).where(AUDIT_ENTRY.c.seq == newest))
    told = (await health(admin)).audit
    assert (told.entries, told.broken, told.wellness) == (before.entries, 1, Wellness.BAD)
    async with world.journal.database.writing() as connection:
        await connection.execute(update(AUDIT_ENTRY).where(AUDIT_ENTRY.c.seq == 1).values(leaf=b"{}"))
    assert (await health(admin)).audit.broken == 2


async def test_of_a_long_audit_log_only_the_end_is_read(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    admin = await world.enrolled(ADMIN)
    await world.enrolled(CLERK)
    monkeypatch.setattr(looking, "CHECKED_ENTRIES", 1)
    told = (await health(admin)).audit
    assert (told.checked, told.entries) == (1, 2)
    async with world.journal.database.writing() as connection:
        await connection.execute(update(AUDIT_ENTRY).where(AUDIT_ENTRY.c.seq == 1).values(leaf=b"{}"))
    assert (await health(admin)).audit.broken == 0


def head(position: int, branch: str = "branch-one") -> Head:
    return Head("epoch-one", position, (), branch)


def made(at: int, position: int) -> Backup:
    return structs.replace(BACKUP, at=at, places={COMPANY: Position(position, "epoch-one")})


def test_the_newest_backup_that_a_log_has_come_by_is_told(tmp_path: Path) -> None:
    assert newest_backup(tmp_path, COMPANY, head(9)) is None
    monday, tuesday = made(NOW, 5), made(NOW + DAY_MS, 8)
    for each in (monday, tuesday):
        note_backup(tmp_path / "new", each)
    assert newest_backup(tmp_path / "new", COMPANY, head(9)) == tuesday
    assert newest_backup(tmp_path / "new", COMPANY, head(7)) == monday
    assert newest_backup(tmp_path / "new", COMPANY, head(4)) is None
    assert newest_backup(tmp_path / "new", "company-two", head(9)) is None
    assert (tmp_path / "new" / NAME).stat().st_mode & 0o077 == 0
    assert [each.name for each in (tmp_path / "new").iterdir()] == [NAME]


def test_a_record_of_backups_that_nobody_can_read_tells_of_none_and_is_written_anew(tmp_path: Path) -> None:
    (tmp_path / NAME).write_text("[{")
    assert newest_backup(tmp_path, COMPANY, head(9)) is None
    note_backup(tmp_path, made(NOW, 5))
    assert newest_backup(tmp_path, COMPANY, head(9)) == made(NOW, 5)


@pytest.fixture
def installation(demo_url: str, tmp_path: Path) -> Settings:
    return Settings(database_url=demo_url, data=tmp_path / "here")


async def remembered(settings: Settings) -> Backup | None:
    database = Database(settings.url)
    async with database.reading() as connection:
        end = await SqlLedger(connection, DEMO, 0).end()
    await database.close()
    return newest_backup(settings.data, DEMO, end)


async def wrote_on(settings: Settings, name: str) -> None:
    """Start a server, let it commit once, and stop it."""
    database = Database(settings.url)
    journal = Journal(database, AMBIENT, {})
    await journal.start()

    async def write(work: Work) -> None:
        await work.decide(
            "user-admin", [Setting(Kind.CUSTOMER, f"customer-{name}", {"unit": "unit-ban", "name": name})]
        )

    await journal.write(DEMO, write)
    await journal.stop()
    await database.close()


async def test_a_backup_is_remembered_with_its_size_once_it_was_read_back(
    installation: Settings, tmp_path: Path
) -> None:
    manifest = await back_up(installation, AMBIENT, tmp_path / "monday.tgz")
    told = await remembered(installation)
    assert told is not None
    assert (told.at, told.bytes) == (manifest.created_at, (tmp_path / "monday.tgz").stat().st_size)
    assert (told.verified, told.missing) == (True, len(manifest.missing))


async def test_a_restored_database_claims_no_backup_of_what_it_lost(installation: Settings, tmp_path: Path) -> None:
    await wrote_on(installation, "monday")
    await back_up(installation, AMBIENT, tmp_path / "monday.tgz")
    monday = await remembered(installation)
    await wrote_on(installation, "tuesday")
    await back_up(installation, AMBIENT, tmp_path / "tuesday.tgz")
    assert await remembered(installation) != monday
    await restore(installation, AMBIENT, tmp_path / "monday.tgz", ignore, replace=True)
    assert await remembered(installation) == monday
    await wrote_on(installation, "wednesday")
    await wrote_on(installation, "thursday")
    assert await remembered(installation) == monday
    await back_up(installation, AMBIENT, tmp_path / "thursday.tgz")
    thursday = await remembered(installation)
    assert thursday is not None
    assert monday is not None
    assert thursday.at > monday.at


def put(file: Path, over: Path) -> None:
    """Put a SQLite file that nobody has open in place of another one."""
    over.write_bytes(file.read_bytes())
    for left in ("-wal", "-shm"):
        over.with_name(over.name + left).unlink(missing_ok=True)


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
async def test_a_copy_that_was_put_back_by_hand_claims_no_backup_of_what_it_lost(
    installation: Settings, tmp_path: Path
) -> None:
    file, copy = Path(installation.url.removeprefix("sqlite+aiosqlite:///")), tmp_path / "copy.db"
    await wrote_on(installation, "monday")
    await back_up(installation, AMBIENT, tmp_path / "monday.tgz")
    monday = await remembered(installation)
    put(file, copy)
    await wrote_on(installation, "tuesday")
    await back_up(installation, AMBIENT, tmp_path / "tuesday.tgz")
    put(copy, file)
    assert await remembered(installation) == monday
    for name in ("wednesday", "thursday"):
        await wrote_on(installation, name)
    assert await remembered(installation) == monday
