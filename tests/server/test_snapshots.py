"""A first sync by parts shows what pulling row by row shows, and never more than its person may see (SPEC L7)."""

import asyncio
import errno
import os
import time
from collections.abc import Callable, Sequence
from functools import partial
from operator import itemgetter
from pathlib import Path

import httpx
import msgspec
import pytest

from schemas.problems import Code
from schemas.protocol import EpochLink, PullColumns, PullLine, PullParts, PullPut, PullWhole
from schemas.registry import Kind
from server.exchange import snapshots
from server.exchange.snapshot_building import parts_of
from server.exchange.snapshot_files import KEPT_MS, UNASKED_MS, Snapshot, SnapshotFiles, Subject
from server.platform.ambient import new_id
from server.records.work import Setting, Work
from sync.columns import rows_of
from tests.server.one_call import OneCall, at_work
from tests.server.world import (
    BANQIAO,
    CLERK,
    CLERK_ELSEWHERE,
    COMPANY,
    DEPARTMENT,
    MANAGER,
    TAOYUAN,
    TECHNICIAN_TWO,
    SyncDevice,
    World,
    problem,
    proven,
    running,
)

LINE = msgspec.json.Decoder(PullLine)


@pytest.fixture
async def unit(world: World, monkeypatch: pytest.MonkeyPatch) -> OneCall:
    """A unit at work; from now on first syncs are fetched, however little there is and however old it is."""
    unit = await at_work(world)
    for device in (unit.clerk, unit.manager, unit.technician):
        await device.pull()
    monkeypatch.setattr(snapshots, "LEAST_ROWS", 1)
    monkeypatch.setattr(snapshots, "STALE_COMMITS", 10**9)
    return unit


async def parts(device: SyncDevice, **query: str) -> PullParts | None:
    """Ask for a first sync; return what it says lies ready."""
    answer = proven(await device.client.get("/sync/v1/pull", params={"schema": "2", "parts": "true", **query}))
    said = (LINE.decode(line) for line in answer.content.splitlines())
    return next((line for line in said if isinstance(line, PullParts)), None)


async def another(device: SyncDevice, known: Sequence[PullParts]) -> PullParts:
    """Ask until something of the unit lies ready that was not before: it is made beside what is given out."""
    before = {each.addresses[1] for each in known}
    for _ in range(100):
        found = await parts(device)
        if found is not None and found.addresses[1] not in before:
            return found
        await asyncio.sleep(0.05)
    raise AssertionError("nothing new lies ready")


def in_part(answer: httpx.Response) -> list[PullPut]:
    said = [LINE.decode(line) for line in proven(answer).content.splitlines()]
    return [row for line in said if isinstance(line, PullColumns) for row in rows_of(line)]


async def row_by_row(device: SyncDevice) -> dict[str, PullPut]:
    answer = proven(await device.client.get("/sync/v1/pull", params={"schema": "2", "limit": "2000"}))
    said = (LINE.decode(line) for line in answer.content.splitlines())
    return {line.id: line for line in said if isinstance(line, PullPut)}


async def test_l7_a_first_sync_by_parts_shows_what_pulling_row_by_row_shows(unit: OneCall) -> None:
    await unit.logged()
    await unit.done()
    fresh = await unit.world.enrolled(TECHNICIAN_TWO)
    assert await parts(fresh) is not None
    assert await fresh.pull() == await row_by_row(fresh)


async def test_l7_what_lies_ready_is_brought_up_to_date_whatever_happened_since(
    unit: OneCall,
) -> None:
    await unit.world.decide(MANAGER, Setting(Kind.CUSTOMER, "customer-two", {"unit": BANQIAO, "name": "李先生"}))
    await unit.logged()
    first = await parts(unit.technician)
    moved = Setting(Kind.CUSTOMER, "customer-two", {"unit": TAOYUAN})
    await unit.world.decide(MANAGER, moved, Setting(Kind.ASSET, "asset-one", {"product": "冷氣"}))
    await unit.logged("call-two", "asset-two")
    fresh = await unit.world.enrolled(TECHNICIAN_TWO)
    assert await parts(fresh) == first
    shown = await fresh.pull()
    assert "customer-two" not in shown
    assert shown == await row_by_row(fresh)


async def test_l7_a_snapshot_that_has_grown_old_is_given_out_once_more_while_the_next_is_made(
    unit: OneCall, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = await parts(unit.technician)
    assert old is not None
    await unit.logged()
    monkeypatch.setattr(snapshots, "STALE_COMMITS", 0)
    monkeypatch.setattr(snapshots, "STALE_SHARE", 0)
    assert await parts(unit.technician) == old
    said = await another(unit.technician, [old])
    rows = [row.id for address in said.addresses for row in in_part(await unit.technician.client.get(address))]
    assert "call-one" in rows


async def test_l7_a_snapshot_stays_for_an_hour_after_the_next_one_is_there(
    unit: OneCall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshots, "STALE_COMMITS", 0)
    monkeypatch.setattr(snapshots, "STALE_SHARE", 0)
    said: list[PullParts] = []
    for call, minutes in (("call-one", 0), ("call-two", 30), ("call-three", 100), ("call-four", 101)):
        unit.world.clock.ahead_ms = minutes * 60_000
        await unit.logged(call, call.replace("call", "asset"))
        said.append(await another(unit.technician, said))
    answers = [await unit.technician.client.get(each.addresses[1]) for each in said]
    assert [answer.status_code for answer in answers] == [404, 200, 200, 200]


async def test_l7_a_snapshot_that_a_wrong_clock_dated_ahead_gives_way_to_a_newer_one(
    unit: OneCall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshots, "STALE_COMMITS", 0)
    monkeypatch.setattr(snapshots, "STALE_SHARE", 0)
    unit.world.clock.ahead_ms = 10 * 86_400_000
    old = await parts(unit.technician)
    assert old is not None
    unit.world.clock.ahead_ms = 0
    await unit.logged()
    newer = await another(unit.technician, [old])
    assert await parts(unit.technician) == newer


async def test_l7_whoever_sees_every_unit_fetches_what_lies_ready_of_each(unit: OneCall) -> None:
    await unit.logged()
    await unit.world.decide(MANAGER, Setting(Kind.CUSTOMER, "customer-taoyuan", {"unit": TAOYUAN, "name": "李先生"}))
    department = await unit.world.enrolled(DEPARTMENT)
    shown = await department.pull()
    assert {"customer-one", "customer-taoyuan"} <= shown.keys()
    assert shown == await row_by_row(department)


async def test_l7_the_first_parts_are_whole_for_the_open_calls_and_hold_no_closed_one(unit: OneCall) -> None:
    await unit.logged()
    await unit.done()
    await unit.close()
    await unit.logged("call-two", "asset-two")
    visit = await unit.dispatched("call-two")
    said = await parts(unit.technician)
    assert said is not None
    answers = [await unit.technician.client.get(address) for address in said.addresses[: said.today]]
    today = {row.id: row for answer in answers for row in in_part(answer)}
    assert {"call-two", "asset-two", "customer-one", visit, CLERK.user, BANQIAO} <= today.keys()
    assert not {"call-one", "asset-one"} & today.keys()
    rest = [
        row.id for address in said.addresses[said.today :] for row in in_part(await unit.technician.client.get(address))
    ]
    assert not today.keys() & set(rest)


async def test_f3_a_part_of_another_unit_is_not_there_for_anybody_else(unit: OneCall) -> None:
    await unit.logged()
    said = await parts(unit.technician)
    stranger = await unit.world.enrolled(CLERK_ELSEWHERE)
    assert said is not None
    company, unit_s = said.addresses[: said.today]
    assert proven(await stranger.client.get(company)).content
    assert problem(await stranger.client.get(unit_s)) == (404, Code.SYNC_PART)


async def test_l7_nobody_fetches_a_part_without_a_session(unit: OneCall) -> None:
    said = await parts(unit.technician)
    assert said is not None
    nobody = await unit.world.client()
    assert problem(await nobody.get(said.addresses[0])) == (401, Code.SESSION_MISSING)


async def test_l7_a_part_that_was_damaged_is_gone_and_the_next_first_sync_finds_another(
    unit: OneCall, tmp_path: Path
) -> None:
    await unit.logged()
    said = await parts(unit.technician)
    assert said is not None
    for part in (tmp_path / "snapshots").glob("*/0"):
        part.write_bytes(part.read_bytes()[:-1])
    assert problem(await unit.technician.client.get(said.addresses[0])) == (404, Code.SYNC_PART)
    assert problem(await unit.technician.client.get(said.addresses[1])) == (404, Code.SYNC_PART)
    fresh = await unit.world.enrolled(TECHNICIAN_TWO)
    assert await fresh.pull() == await row_by_row(fresh)


async def test_l7_a_snapshot_with_a_part_missing_is_let_go_of(unit: OneCall, tmp_path: Path) -> None:
    said = await parts(unit.technician)
    assert said is not None
    for part in (tmp_path / "snapshots").glob("*/0"):
        part.unlink()
    for address in said.addresses[: said.today]:
        assert problem(await unit.technician.client.get(address)) == (404, Code.SYNC_PART)
    assert [path for path in (tmp_path / "snapshots").iterdir() if not path.name.startswith(".")] == []


async def test_l7_where_no_snapshot_can_be_written_rows_are_pulled(unit: OneCall, tmp_path: Path) -> None:
    (tmp_path / "snapshots").write_text("no folder")
    assert await parts(unit.technician) is None
    fresh = await unit.world.enrolled(TECHNICIAN_TWO)
    assert await fresh.pull() == await row_by_row(fresh)


async def test_l7_where_the_disk_is_full_rows_are_pulled_and_nothing_is_left_behind(
    unit: OneCall, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Path, content: bytes) -> int:
        with self.open("wb") as file:
            file.write(content[:10])
        raise OSError(errno.ENOSPC, "no space left")

    monkeypatch.setattr(Path, "write_bytes", full)
    assert await parts(unit.technician) is None
    fresh = await unit.world.enrolled(TECHNICIAN_TWO)
    assert await fresh.pull() == await row_by_row(fresh)
    assert list((tmp_path / "snapshots").iterdir()) == []


def test_l7_what_was_killed_while_it_was_written_is_never_looked_into(tmp_path: Path) -> None:
    files = SnapshotFiles(tmp_path)
    snapshot = Snapshot(Subject("acme", "company", 2, "rules"), "one", "epoch", 7, 0, today=1, parts=("",))
    files.begin("coming")
    files.put("coming", 0, b"part")
    assert files.newest(snapshot.subject) is None
    (tmp_path / ".coming" / "about.json").write_bytes(msgspec.json.encode(snapshot))
    assert files.newest(snapshot.subject) is None


@pytest.mark.parametrize("left", [b"", b"\0" * 200, b'{"subject"', b'"\xff'])
async def test_l7_what_a_power_cut_left_of_a_description_is_no_snapshot(
    unit: OneCall, tmp_path: Path, left: bytes
) -> None:
    before = await parts(unit.technician)
    assert before is not None
    for about in (tmp_path / "snapshots").glob("*/about.json"):
        about.write_bytes(left)
    for address in before.addresses:
        assert problem(await unit.technician.client.get(address)) == (404, Code.SYNC_PART)
    fresh = await unit.world.enrolled(TECHNICIAN_TWO)
    assert await fresh.pull() == await row_by_row(fresh)


async def test_l7_a_part_says_at_its_end_how_many_documents_it_holds(unit: OneCall) -> None:
    await unit.logged()
    said = await parts(unit.technician)
    assert said is not None
    for address in said.addresses:
        answer = proven(await unit.technician.client.get(address))
        end = LINE.decode(answer.content.splitlines()[-1])
        assert end == PullWhole(len(in_part(answer)))


async def test_l7_today_s_work_comes_in_parts_of_a_bounded_size(unit: OneCall, monkeypatch: pytest.MonkeyPatch) -> None:
    await unit.logged()
    await unit.logged("call-two", "asset-two")
    whole = await parts(unit.technician)
    assert whole is not None
    monkeypatch.setattr(snapshots, "parts_of", partial(parts_of, rows=2))
    made = unit.world.parts.snapshots
    monkeypatch.setattr(made, "_rules", "others")
    small = await parts(unit.technician)
    assert small is not None

    async def rows(addresses: Sequence[str]) -> list[list[PullPut]]:
        return [in_part(await unit.technician.client.get(address)) for address in addresses]

    todays = await rows(small.addresses[: small.today])
    assert small.today > whole.today
    assert max(map(len, todays)) == 2
    by_place = itemgetter(0, 1)
    assert sorted(((row.position, row.id) for part in todays for row in part), key=by_place) == sorted(
        ((row.position, row.id) for part in await rows(whole.addresses[: whole.today]) for row in part), key=by_place
    )
    fresh = await unit.world.enrolled(TECHNICIAN_TWO)
    assert await fresh.pull() == await row_by_row(fresh)


async def test_l7_what_lies_ready_is_read_and_written_beside_the_event_loop(
    unit: OneCall, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def watched(name: str) -> Callable[..., object]:
        plain = getattr(SnapshotFiles, name)

        def beside(*given: object) -> object:
            with pytest.raises(RuntimeError):
                asyncio.get_running_loop()
            asked.append(name)
            return plain(*given)

        return beside

    touching = ("named", "newest", "part", "begin", "put", "finish", "give_up", "asked", "sweep", "of")
    for name in touching:
        monkeypatch.setattr(SnapshotFiles, name, watched(name))
    fresh = await unit.world.enrolled(TECHNICIAN_TWO)
    assert await fresh.pull() == await row_by_row(fresh)
    assert set(touching) - set(asked) == {"give_up", "sweep"}


async def test_l7_what_no_first_sync_asks_for_is_let_go_of_after_a_week(unit: OneCall, tmp_path: Path) -> None:
    files, day = SnapshotFiles(tmp_path / "snapshots"), 86_400_000
    begun = unit.world.clock.now()
    said = await parts(unit.technician)
    assert said is not None
    unit.world.clock.ahead_ms = 6 * day
    company, unit_s = (address.split("/")[-2] for address in said.addresses[: said.today])
    assert await parts(await unit.world.enrolled(CLERK_ELSEWHERE)) is not None
    unit.world.clock.ahead_ms = 0
    files.sweep(begun + UNASKED_MS - 1)
    assert files.named(unit_s) is not None
    files.sweep(begun + 8 * day)
    assert (files.named(company) is not None, files.named(unit_s)) == (True, None)
    (tmp_path / "snapshots" / company / "about.json").write_text("cut")
    files.sweep(begun + 16 * day)
    assert [each.name for each in (tmp_path / "snapshots").iterdir()] == []


async def test_l7_a_server_clears_away_when_it_starts_and_goes_on_where_it_cannot(
    unit: OneCall, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    swept: list[int] = []

    def breaks(_self: SnapshotFiles, now: int) -> None:
        swept.append(now)
        raise PermissionError

    monkeypatch.setattr(SnapshotFiles, "sweep", breaks)
    async with running(unit.world.journal.database.url, tmp_path) as again:
        assert await parts(await again.enrolled(TECHNICIAN_TWO)) is not None
    assert len(swept) == 1


def test_l7_a_start_leaves_alone_what_another_process_is_making(tmp_path: Path) -> None:
    files = SnapshotFiles(tmp_path)
    for coming in ("at-work", "left-behind"):
        files.begin(coming)
    now = time.time()
    long_ago = now - 2 * KEPT_MS / 1_000
    os.utime(tmp_path / ".left-behind", (long_ago, long_ago))
    files.sweep(int(now * 1_000))
    assert [path.name for path in tmp_path.iterdir()] == [".at-work"]


async def test_l7_other_merge_rules_make_another_snapshot(unit: OneCall, monkeypatch: pytest.MonkeyPatch) -> None:
    before = await parts(unit.technician)
    made = unit.world.parts.snapshots
    monkeypatch.setattr(made, "_rules", "others")
    after = await parts(unit.technician)
    assert before is not None
    assert after is not None
    assert not set(before.addresses) & set(after.addresses)


async def test_l7_no_such_part(unit: OneCall) -> None:
    said = await parts(unit.technician)
    assert said is not None
    beyond = said.addresses[0].rpartition("/")[0] + "/99"
    for address in (beyond, f"/sync/v1/parts/{'0' * 32}/0"):
        assert problem(await unit.technician.client.get(address)) == (404, Code.SYNC_PART)


async def test_l7_many_who_come_at_once_wait_for_one_making(unit: OneCall, tmp_path: Path) -> None:
    await unit.logged()
    phones = [await unit.world.enrolled(TECHNICIAN_TWO) for _ in range(5)]
    told = await asyncio.gather(*(parts(phone) for phone in phones))
    assert len(set(told)) == 1
    assert len(list((tmp_path / "snapshots").iterdir())) == len(["the company's", "the unit's"])


async def test_e3_what_lies_ready_of_a_log_that_was_put_back_is_not_given_out(unit: OneCall) -> None:
    await unit.logged()
    lost = await parts(unit.technician)

    async def begin(work: Work) -> None:
        head = await work.ledger.head()
        epoch = new_id(unit.world.clock)
        await work.ledger.begin_epoch(EpochLink(epoch, head.epoch, head.position))

    await unit.world.journal.write(COMPANY, begin)
    found = await parts(unit.technician)
    assert lost is not None
    assert found is not None
    assert not set(lost.addresses) & set(found.addresses)


async def test_l6_an_older_client_fetches_parts_without_what_it_cannot_read(unit: OneCall) -> None:
    await unit.logged()
    photo = {"unit": BANQIAO, "visit": "visit-one", "image_sha256": "f" * 64}
    await unit.wrote(unit.technician, Kind.PHOTO, "photo-one", photo)
    said = await parts(unit.technician, schema="1")
    assert said is not None
    rows = [row for address in said.addresses for row in in_part(await unit.technician.client.get(address))]
    assert "call-one" in {row.id for row in rows}
    assert "photo" not in {row.kind for row in rows}


async def test_l7_a_few_rows_are_pulled(world: World) -> None:
    unit = await at_work(world)
    assert await parts(unit.technician) is None


@pytest.mark.parametrize("coding", ["zstd", "br", "gzip", "identity"])
async def test_l7_a_part_comes_in_a_coding_that_the_device_reads(unit: OneCall, coding: str) -> None:
    await unit.logged()
    said = await parts(unit.technician)
    assert said is not None
    plain = [in_part(await unit.technician.client.get(address)) for address in said.addresses]
    asked = {"accept-encoding": coding}
    assert [in_part(await unit.technician.client.get(each, headers=asked)) for each in said.addresses] == plain
