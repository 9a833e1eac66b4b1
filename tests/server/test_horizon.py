"""How long devices are told what is gone, and what becomes of one that was away for longer (SPEC F5)."""

from datetime import timedelta

import msgspec
import pytest
from sqlalchemy import update

from schemas.protocol import PullEnd, PullHeader, PullLine, PullPut, PullResume
from schemas.registry import Kind
from server.exchange import pulling, snapshots
from server.records.horizon import move_horizons
from server.records.recorder import Recorder
from server.records.tables import OPERATION
from server.records.work import Work
from sync.digest import combine, row_digest
from tests.server.one_call import OneCall, at_work
from tests.server.world import BANQIAO, COMPANY, TECHNICIAN_TWO, SyncDevice, World, proven

DAYS = 400
LINE = msgspec.json.Decoder(PullLine)
CUSTOMER = {"unit": BANQIAO, "name": "李先生", "phone": "0911-222-333"}


@pytest.fixture
async def unit(world: World) -> OneCall:
    """A unit whose technician has seen a customer whom the clerk then deleted."""
    unit = await at_work(world)
    await unit.wrote(unit.clerk, Kind.CUSTOMER, "customer-two", CUSTOMER)
    await unit.technician.pull()
    await unit.wrote(unit.clerk, Kind.CUSTOMER, "customer-two", {"deleted": True})
    return unit


async def days_pass(world: World, days: int) -> None:
    """Move the horizon as after so many days; the sessions of the test would not live so long."""
    world.clock.ahead_ms = timedelta(days=days) // timedelta(milliseconds=1)
    await move_horizons(world.journal, DAYS)
    world.clock.ahead_ms = 0


async def is_in_step(device: SyncDevice) -> bool:
    """Pull, and tell whether the device's rows add up to the server's digest."""
    rows = await device.pull()
    query = {"schema": "2", "cursor": device.cursor or "", "digest": "true"}
    answer = proven(await device.client.get("/sync/v1/pull", params=query))
    end = LINE.decode(answer.content.splitlines()[-1])
    assert isinstance(end, PullEnd)
    return end.digest == combine(row_digest(row.kind, row.id, row.position) for row in rows.values())


async def begins_anew(device: SyncDevice) -> bool:
    query = {"schema": "2", "cursor": device.cursor or ""}
    answer = proven(await device.client.get("/sync/v1/pull", params=query))
    header = LINE.decode(answer.content.splitlines()[0])
    assert isinstance(header, PullHeader)
    return header.replace


async def test_f5_a_deleted_document_is_told_as_deleted_for_so_long(unit: OneCall) -> None:
    await days_pass(unit.world, DAYS - 1)
    assert unit.technician.rows["customer-two"].fields["name"] == "李先生"
    assert (await unit.technician.pull())["customer-two"].fields["deleted"] is True
    assert await is_in_step(unit.technician)


async def test_f5_then_it_leaves_every_device_and_none_gets_it_anew(unit: OneCall) -> None:
    await unit.technician.pull()
    await days_pass(unit.world, DAYS + 1)
    assert not await begins_anew(unit.technician)
    assert "customer-two" not in await unit.technician.pull()
    assert await is_in_step(unit.technician)
    fresh = await unit.world.enrolled(TECHNICIAN_TWO)
    assert "customer-two" not in await fresh.pull()
    assert await is_in_step(fresh)


async def test_f5_a_device_from_before_the_horizon_begins_anew_and_keeps_nothing_that_is_gone(unit: OneCall) -> None:
    await unit.logged()
    await days_pass(unit.world, DAYS + 1)
    assert await begins_anew(unit.technician)
    shown = await unit.technician.pull()
    assert "customer-two" not in shown
    assert "call-one" in shown
    assert await is_in_step(unit.technician)


async def test_f5_work_on_it_that_was_written_without_having_seen_the_delete_shows_it_to_people(unit: OneCall) -> None:
    unit.technician.write(Kind.CUSTOMER, "customer-two", {"phone": "0922-333-444"})
    await days_pass(unit.world, DAYS + 1)
    await unit.technician.push(len(unit.technician.chain.sent))
    for device in (unit.technician, unit.clerk):
        row = (await device.pull())["customer-two"]
        assert row.fields["phone"] == "0922-333-444"
        assert "deleted" in row.rivals
        assert await is_in_step(device)


async def test_f5_a_delete_that_somebody_contests_does_not_leave(unit: OneCall) -> None:
    unit.technician.write(Kind.CUSTOMER, "customer-two", {"phone": "0922-333-444"})
    await unit.technician.push(len(unit.technician.chain.sent))
    await days_pass(unit.world, DAYS + 1)
    assert "customer-two" in await unit.clerk.pull()
    assert await is_in_step(unit.clerk)


async def test_f5_what_left_is_forgotten_by_the_feed_itself_after_as_long_again(unit: OneCall) -> None:
    await days_pass(unit.world, DAYS + 1)
    async with unit.world.journal.reading(COMPANY) as ledger:
        assert [each.id for each in await ledger.feed((f"unit:{BANQIAO}",), 0, 99) if each.gone] == ["customer-two"]
    await unit.logged()
    await days_pass(unit.world, DAYS + 1)
    async with unit.world.journal.reading(COMPANY) as ledger:
        assert [each.id for each in await ledger.feed((f"unit:{BANQIAO}",), 0, 99) if each.gone] == []
    assert await is_in_step(unit.clerk)


async def test_f5_moving_the_horizon_twice_changes_nothing_more(unit: OneCall) -> None:
    await days_pass(unit.world, DAYS + 1)
    await unit.logged()
    await days_pass(unit.world, DAYS + 1)
    await unit.clerk.pull()
    before = unit.clerk.cursor
    await days_pass(unit.world, DAYS + 1)
    await unit.clerk.pull()
    assert unit.clerk.cursor == before


@pytest.mark.parametrize("by", ["end", "resume"])
async def test_f5_a_pull_from_nought_comes_to_its_end_in_pages_that_end_before_the_horizon(
    unit: OneCall, by: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pulling, "_RESUME_EVERY", 1)
    await unit.logged()
    await days_pass(unit.world, DAYS + 1)
    await unit.logged("call-two", "asset-two")
    device, cursor, shown = unit.clerk, "", set[str]()
    more, pages = True, 0
    while more:
        pages += 1
        assert pages < 100
        query = {"schema": "2", "limit": "1"} | ({"cursor": cursor} if cursor else {})
        answer = proven(await device.client.get("/sync/v1/pull", params=query))
        said = [LINE.decode(line) for line in answer.content.splitlines()]
        assert isinstance(said[0], PullHeader)
        assert said[0].replace == (cursor == "")
        shown |= {line.id for line in said if isinstance(line, PullPut)}
        end = said[-1]
        assert isinstance(end, PullEnd)
        resumes = [line.cursor for line in said if isinstance(line, PullResume)]
        more, cursor = end.more, resumes[0] if by == "resume" and resumes and end.more else end.cursor
    assert {"call-one", "call-two"} <= shown
    device.cursor = cursor
    assert not await begins_anew(device)


async def test_f5_the_horizon_never_lies_behind_the_end_of_the_log(unit: OneCall) -> None:
    async def come_back(work: Work) -> None:
        await work.connection.execute(update(OPERATION).values(position=OPERATION.c.position + 1_000))

    await unit.world.journal.write(COMPANY, come_back)
    await days_pass(unit.world, DAYS + 1)
    async with unit.world.journal.reading(COMPANY) as ledger:
        end = await ledger.end()
    assert end.horizon < end.position
    assert await is_in_step(unit.clerk)


async def test_f5_one_company_s_trouble_keeps_nobody_else_s_horizon_and_is_tried_again(
    unit: OneCall, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def breaks(_self: Recorder, _horizon: int) -> None:
        raise KeyError("a defect")

    with monkeypatch.context() as broken:
        broken.setattr(Recorder, "withdraw", breaks)
        await days_pass(unit.world, DAYS + 1)
    assert "customer-two" in await unit.clerk.pull()
    await days_pass(unit.world, DAYS + 1)
    assert "customer-two" not in await unit.clerk.pull()


async def test_f5_a_snapshot_from_before_the_horizon_is_made_anew(
    unit: OneCall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshots, "LEAST_ROWS", 1)
    monkeypatch.setattr(snapshots, "STALE_COMMITS", 10**9)
    await unit.logged()
    await (await unit.world.enrolled(TECHNICIAN_TWO)).pull()
    await unit.wrote(unit.clerk, Kind.CUSTOMER, "customer-one", {"deleted": True})
    await days_pass(unit.world, DAYS + 1)
    fresh = await unit.world.enrolled(TECHNICIAN_TWO)
    assert "customer-one" not in await fresh.pull()
    assert await is_in_step(fresh)
