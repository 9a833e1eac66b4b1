"""Backup and restore: everything comes back, on either database, and the logs know that they are older copies."""

import asyncio
import io
import shutil
import tarfile
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Table, func, select, text

from schemas.audit import Deed
from schemas.protocol import SCHEMA, PullHeader
from schemas.registry import Kind
from schemas.vocabulary import Place, Role
from server.app import REACTIONS
from server.audit.tables import AUDIT_ENTRY
from server.cli.alone import InUseError, alone
from server.cli.archive import ArchiveError, verified
from server.cli.backing_up import UnfitDatabaseError, back_up
from server.cli.commands import main
from server.cli.restoring import NotEmptyError, restore
from server.exchange.pulling import Wish, pull
from server.founding.demo.cast import COMPANY
from server.platform.ambient import RealAmbient
from server.platform.caller import Caller
from server.platform.counters import COUNTER
from server.platform.database import Database
from server.platform.installation import INSTALLATION
from server.platform.settings import Settings
from server.records.journal import Journal
from server.records.tables import ACTOR, EPOCH, HEAD, INCARNATION, OPERATION
from server.records.work import Setting, Work
from tests.server.contents import contents
from tests.server.demo_company import Demo, ignore, prepared
from tests.support.databases import Databases, PostgresServer, SqliteFiles

AMBIENT = RealAmbient()
SOME = 3
"""Pairs that are written before a backup begins."""

RESTORED = (EPOCH, HEAD, INCARNATION, AUDIT_ENTRY, COUNTER)
"""Tables to which a restore adds that it was one."""


CLERK = Caller(
    company=COMPANY,
    user="user-lin",
    device="device-user-lin",
    place=Place.OFFICE,
    unit="unit-ban",
    roles=frozenset({Role.CLERK}),
    units=frozenset({"unit-ban"}),
    audiences=("company", "unit:unit-ban"),
    device_key=b"",
)


@pytest.fixture
def installation(demo_url: str, demo: Demo, tmp_path: Path) -> Settings:
    """The demonstration with its files, not running."""
    shutil.copytree(demo.blobs, tmp_path / "here" / "blobs")
    return Settings(database_url=demo_url, data=tmp_path / "here")


@pytest.fixture
def elsewhere(empty_database_url: str, tmp_path: Path) -> Settings:
    """Another machine where nothing is installed yet."""
    return Settings(database_url=empty_database_url, data=tmp_path / "there")


@pytest.fixture
def other_database_url(databases: Databases, sqlite_files: SqliteFiles, postgres: PostgresServer) -> Iterator[str]:
    """The URL of an empty database of the engine that this test does not use otherwise."""
    other: Databases = postgres if databases is sqlite_files else sqlite_files
    name = f"other_{uuid4().hex}"
    yield other.create(name)
    other.drop(name)


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Database]:
    database = Database(settings.url)
    try:
        yield database
    finally:
        await database.close()


@asynccontextmanager
async def running(settings: Settings) -> AsyncIterator[Journal]:
    async with opened(settings) as database:
        journal = Journal(database, AMBIENT, REACTIONS)
        await journal.start()
        try:
            yield journal
        finally:
            await journal.stop()


async def held_by(settings: Settings, *without: Table) -> Mapping[str, Any]:
    async with opened(settings) as database:
        return await contents(database, *without)


def files_of(settings: Settings) -> dict[str, bytes]:
    return {
        path.relative_to(settings.blobs).as_posix(): path.read_bytes()
        for path in settings.blobs.rglob("*")
        if path.is_file()
    }


async def restored(settings: Settings, file: Path, *, replace: bool = False) -> None:
    await restore(settings, AMBIENT, file, ignore, replace=replace)


async def epochs(settings: Settings) -> list[tuple[str, str | None, int]]:
    async with opened(settings) as database, database.reading() as connection:
        rows = await connection.execute(select(EPOCH).order_by(EPOCH.c.fork, EPOCH.c.begun_at))
        return [(row.epoch, row.parent, row.fork) for row in rows]


async def test_every_table_and_every_file_comes_back(
    installation: Settings, elsewhere: Settings, tmp_path: Path
) -> None:
    manifest = await back_up(installation, AMBIENT, tmp_path / "backup.tgz")
    await restored(elsewhere, tmp_path / "backup.tgz")
    assert await held_by(elsewhere, *RESTORED) == await held_by(installation, *RESTORED)
    assert files_of(elsewhere) == files_of(installation)
    assert len(files_of(elsewhere)) == manifest.tables["blob"].rows == 102
    assert manifest.missing == ()


async def test_e3_a_restore_begins_an_epoch_in_the_log_and_says_so_in_the_audit_log(
    installation: Settings, elsewhere: Settings, tmp_path: Path
) -> None:
    await back_up(installation, AMBIENT, tmp_path / "backup.tgz")
    await restored(elsewhere, tmp_path / "backup.tgz")
    (first, _, _), (second, parent, fork) = await epochs(elsewhere)
    async with opened(elsewhere) as database, database.reading() as connection:
        head = (await connection.execute(select(HEAD))).one()
        deed = (await connection.execute(select(AUDIT_ENTRY).order_by(AUDIT_ENTRY.c.seq.desc()).limit(1))).one()
    assert (parent, fork) == (first, head.position)
    assert head.epoch == second
    assert deed.deed == Deed.EPOCH_BEGUN
    assert second.encode() in deed.leaf


async def test_l3_a_cursor_of_before_the_restore_begins_again_at_nought(
    installation: Settings, elsewhere: Settings, tmp_path: Path
) -> None:
    await back_up(installation, AMBIENT, tmp_path / "backup.tgz")
    cursor = (await page(installation, None))[-1].cursor
    assert (await page(installation, cursor))[0].replace is False
    await restored(elsewhere, tmp_path / "backup.tgz")
    header = (await page(elsewhere, cursor))[0]
    assert isinstance(header, PullHeader)
    assert header.replace is True


async def page(settings: Settings, cursor: str | None) -> list[Any]:
    """What the clerk's browser pulls behind a cursor from a server that starts for it."""
    async with running(settings) as journal, journal.reading(COMPANY) as ledger:
        wish = Wish(cursor, 2_000, digest=False, schema=SCHEMA)
        return [line async for line in pull(ledger, journal.endpoint, CLERK, wish, AMBIENT.now())]


async def test_what_is_written_during_a_backup_is_in_it_whole_or_not_at_all(
    installation: Settings, elsewhere: Settings, tmp_path: Path
) -> None:
    async with running(installation) as journal:
        some, written = asyncio.Event(), [0]
        writing = asyncio.create_task(write_on(journal, written, some))
        await some.wait()
        before = written[0]
        await back_up(installation, AMBIENT, tmp_path / "backup.tgz")
        after = written[0]
        writing.cancel()
        with pytest.raises(asyncio.CancelledError):
            await writing
    await restored(elsewhere, tmp_path / "backup.tgz")
    here, there = await held_by(installation), await held_by(elsewhere)
    assert SOME <= before <= await whole_pairs(elsewhere) <= after + 1
    assert before < after, "nobody wrote during the backup"
    kept = {row["id"] for row in there["customer"]}
    assert [row for row in here["customer"] if row["id"] in kept] == there["customer"]


async def write_on(journal: Journal, written: list[int], some: asyncio.Event) -> None:
    """Found customers and products, two documents in each commit, until somebody stops it; count what is durable."""
    while True:
        await journal.write(COMPANY, lambda work: write_pair(work, written[0] + 1))
        written[0] += 1
        if written[0] == SOME:
            some.set()


async def write_pair(work: Work, number: int) -> None:
    customer = Setting(Kind.CUSTOMER, f"fresh-{number:05}", {"unit": "unit-ban", "name": f"新客戶 {number}"})
    asset = Setting(Kind.ASSET, f"fresh-{number:05}", {"unit": "unit-ban", "customer": customer.id})
    await work.decide("user-chen", [customer, asset])


async def whole_pairs(settings: Settings) -> int:
    """The number of pairs in a log that is gapless, ends where its head says, and holds no half of a pair."""
    async with opened(settings) as database, database.reading() as connection:
        head = (await connection.execute(select(HEAD.c.position))).scalar_one()
        positions = (await connection.execute(select(OPERATION.c.position).distinct())).scalars().all()
        chains = select(ACTOR.c.acked_seq, func.max(OPERATION.c.seq)).join(
            OPERATION, (OPERATION.c.company == ACTOR.c.company) & (OPERATION.c.actor == ACTOR.c.actor)
        )
        ends = (await connection.execute(chains.group_by(ACTOR.c.actor, ACTOR.c.acked_seq))).all()
        fresh = select(OPERATION.c.kind, OPERATION.c.doc, OPERATION.c.position).where(OPERATION.c.doc.like("fresh-%"))
        pairs = {(row.kind, row.doc, row.position) for row in await connection.execute(fresh)}
    assert sorted(positions) == list(range(1, head + 1))
    assert all(acked == last for acked, last in ends)
    customers, assets = ({each[1:] for each in pairs if each[0] == kind} for kind in ("customer", "asset"))
    assert customers == assets
    return len(customers)


async def test_a_backup_of_one_database_is_restored_into_the_other(
    installation: Settings, other_database_url: str, tmp_path: Path
) -> None:
    elsewhere = Settings(database_url=other_database_url, data=tmp_path / "there")
    await back_up(installation, AMBIENT, tmp_path / "backup.tgz")
    await restored(elsewhere, tmp_path / "backup.tgz")
    assert await held_by(elsewhere, *RESTORED) == await held_by(installation, *RESTORED)


async def test_where_a_company_is_a_restore_needs_to_be_told_to_replace_it(
    installation: Settings, tmp_path: Path
) -> None:
    await back_up(installation, AMBIENT, tmp_path / "backup.tgz")
    async with running(installation) as journal:
        await journal.write(COMPANY, lambda work: write_pair(work, 1))
    before = await held_by(installation)
    with pytest.raises(NotEmptyError):
        await restored(installation, tmp_path / "backup.tgz")
    assert await held_by(installation) == before
    await restored(installation, tmp_path / "backup.tgz", replace=True)
    after = await held_by(installation)
    assert len(after["customer"]) == len(before["customer"]) - 1
    assert await whole_pairs(installation) == 0


async def test_a_server_that_was_started_but_never_founded_counts_as_empty(
    installation: Settings, elsewhere: Settings, tmp_path: Path
) -> None:
    await prepared(elsewhere.url)
    async with running(elsewhere):
        pass
    await back_up(installation, AMBIENT, tmp_path / "backup.tgz")
    await restored(elsewhere, tmp_path / "backup.tgz")
    async with opened(elsewhere) as database, database.reading() as connection:
        assert len((await connection.execute(select(INSTALLATION))).all()) == 1


async def test_a_database_of_something_else_is_left_alone(
    installation: Settings, elsewhere: Settings, tmp_path: Path
) -> None:
    await back_up(installation, AMBIENT, tmp_path / "backup.tgz")
    async with opened(elsewhere) as database, database.writing() as connection:
        await connection.execute(text("CREATE TABLE ledger_of_somebody (amount integer)"))
    with pytest.raises(UnfitDatabaseError, match="ledger_of_somebody"):
        await restored(elsewhere, tmp_path / "backup.tgz", replace=True)


async def test_nothing_is_restored_under_a_running_server(installation: Settings, tmp_path: Path) -> None:
    await back_up(installation, AMBIENT, tmp_path / "backup.tgz")
    with alone(installation.data), pytest.raises(InUseError):
        await restored(installation, tmp_path / "backup.tgz", replace=True)


@pytest.mark.parametrize("damage", ["cut", "flipped", "no_manifest", "no_backup", "another_file"])
async def test_a_damaged_backup_is_refused_before_anything_is_touched(
    installation: Settings, tmp_path: Path, damage: str
) -> None:
    whole, broken = tmp_path / "backup.tgz", tmp_path / "broken.tgz"
    await back_up(installation, AMBIENT, whole)
    DAMAGES[damage](whole, broken)
    before = await held_by(installation)
    with pytest.raises(ArchiveError):
        await restored(installation, broken, replace=True)
    assert await held_by(installation) == before


def cut(whole: Path, broken: Path) -> None:
    broken.write_bytes(whole.read_bytes()[:-2_000])


def flipped(whole: Path, broken: Path) -> None:
    content = bytearray(whole.read_bytes())
    content[len(content) // 2] ^= 1
    broken.write_bytes(content)


def no_manifest(whole: Path, broken: Path) -> None:
    repacked(whole, broken, lambda name, content: None if name == "manifest.json" else content)


def another_file(whole: Path, broken: Path) -> None:
    repacked(whole, broken, lambda name, content: content + b" " if name.startswith("blobs/") else content)


def no_backup(_whole: Path, broken: Path) -> None:
    broken.write_text("a letter")


DAMAGES = {
    "cut": cut,
    "flipped": flipped,
    "no_manifest": no_manifest,
    "no_backup": no_backup,
    "another_file": another_file,
}


def repacked(whole: Path, broken: Path, changed: Any) -> None:  # noqa: ANN401 - (name, content) -> content or None
    with tarfile.open(whole) as source, tarfile.open(broken, "w:gz") as target:
        for member in source:
            file = source.extractfile(member)
            assert file is not None
            content = changed(member.name, file.read())
            if content is not None:
                member.size = len(content)
                target.addfile(member, io.BytesIO(content))


async def test_a_file_that_was_lost_is_named_and_everything_else_is_kept(
    installation: Settings, elsewhere: Settings, tmp_path: Path
) -> None:
    gone, damaged = [path for path in sorted(installation.blobs.rglob("*")) if path.is_file()][:2]
    gone.unlink()
    damaged.write_bytes(b"something else")
    manifest = await back_up(installation, AMBIENT, tmp_path / "backup.tgz")
    assert sorted(manifest.missing) == sorted(f"{COMPANY}/{path.name}" for path in (gone, damaged))
    await restored(elsewhere, tmp_path / "backup.tgz")
    assert len(files_of(elsewhere)) == 100


async def test_tables_of_an_older_version_are_not_backed_up_by_this_one(installation: Settings, tmp_path: Path) -> None:
    async with opened(installation) as database, database.writing() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    with pytest.raises(UnfitDatabaseError):
        await back_up(installation, AMBIENT, tmp_path / "backup.tgz")
    assert not (tmp_path / "backup.tgz").exists()


async def test_a_backup_never_replaces_another_file(installation: Settings, tmp_path: Path) -> None:
    (tmp_path / "backup.tgz").write_text("an older backup")
    with pytest.raises(FileExistsError):
        await back_up(installation, AMBIENT, tmp_path / "backup.tgz")
    assert (tmp_path / "backup.tgz").read_text() == "an older backup"


async def test_a_backup_is_for_its_owner_only(installation: Settings, tmp_path: Path) -> None:
    await back_up(installation, AMBIENT, tmp_path / "backup.tgz")
    assert (tmp_path / "backup.tgz").stat().st_mode & 0o077 == 0
    assert verified(tmp_path / "backup.tgz").tables["company"].rows == 1


@pytest.mark.parametrize("place", ["not/there/backup.tgz", "file.txt/backup.tgz"])
def test_the_console_says_in_one_line_that_there_is_no_such_folder_for_a_backup(
    installation: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    place: str,
) -> None:
    (tmp_path / "file.txt").write_text("no folder")
    monkeypatch.setenv("DATA", str(installation.data))
    monkeypatch.setenv("DATABASE_URL", installation.database_url)
    before = sorted(tmp_path.rglob("*"))
    assert main(["backup", str(tmp_path / place)]) == 1
    said = capsys.readouterr()
    assert said.err == f"沒有 {(tmp_path / place).parent} 這個資料夾。先建立它，再備份。\n"
    assert said.out == ""
    assert sorted(tmp_path.rglob("*")) == before


def test_the_console_backs_up_and_restores_and_tells_what_stands_in_the_way(
    installation: Settings,
    elsewhere: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    file = str(tmp_path / "backup.tgz")
    monkeypatch.setenv("DATA", str(installation.data))
    monkeypatch.setenv("DATABASE_URL", installation.database_url)
    assert main(["backup", file]) == 0
    assert main(["backup", file]) == 1
    assert main(["restore", file]) == 1
    assert "--replace" in capsys.readouterr().err
    monkeypatch.setenv("DATA", str(elsewhere.data))
    monkeypatch.setenv("DATABASE_URL", elsewhere.database_url)
    assert main(["restore", file]) == 0
    assert files_of(elsewhere) == files_of(installation)
