"""How long devices are told what is gone, and what becomes of one that was away for longer (SPEC F5)."""

from datetime import timedelta

import msgspec
import pytest
from sqlalchemy import update

from schemas.protocol import Dot, PullEnd, PullHeader, PullLine, PullPut, PullResume
from schemas.registry import Kind
from server.exchange import pulling, snapshots
from server.platform.statements import Statement
from server.records import horizon, questions
from server.records.horizon import move_horizons
from server.records.journal import Journal
from server.records.ledger import FeedEntry
from server.records.recorder import Recorder
from server.records.tables import OPERATION
from server.records.work import Setting, Work
from sync.digest import combine, row_digest
from sync.lineage import Position
from tests.contracts.log_stores import logged
from tests.server.one_call import OneCall, at_work
from tests.server.world import BANQIAO, COMPANY, MANAGER, TECHNICIAN_TWO, SyncDevice, World, proven

DAYS = 400
DAY = 86_400_000
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


async def several_gone(unit: OneCall) -> list[str]:
    """Customers that were deleted, each in a commit of its own."""
    names = [f"customer-{number}" for number in range(10, 17)]
    for name in names:
        await unit.wrote(unit.clerk, Kind.CUSTOMER, name, CUSTOMER)
    await unit.technician.pull()
    for name in names:
        await unit.wrote(unit.clerk, Kind.CUSTOMER, name, {"deleted": True})
    return names


async def test_f5_the_horizon_moves_in_steps_of_a_bounded_size(unit: OneCall, monkeypatch: pytest.MonkeyPatch) -> None:
    names = await several_gone(unit)
    steps: list[tuple[int, int]] = []
    plain = Recorder.withdraw

    async def watched(self: Recorder, horizon: int) -> bool:
        steps.append(((await self.ledger.head()).horizon, horizon))
        return await plain(self, horizon)

    monkeypatch.setattr(Recorder, "withdraw", watched)
    monkeypatch.setattr(horizon, "STEP_OPERATIONS", 3)
    await days_pass(unit.world, DAYS + 1)
    assert len(steps) > len(names) // 3
    async with unit.world.journal.reading(COMPANY) as ledger:
        passed = [await ledger.received(after, until, 9) for after, until in steps]
        assert max(len({place for place, _ in operations}) for operations in passed) == 3
        assert (await ledger.end()).horizon == steps[-1][1]
    assert not set(names) & set(await unit.technician.pull())
    assert await is_in_step(unit.technician)


@pytest.mark.parametrize("done", range(4))
async def test_f5_a_horizon_that_was_broken_off_between_two_steps_goes_on_behind_the_last(
    unit: OneCall, monkeypatch: pytest.MonkeyPatch, done: int
) -> None:
    names = await several_gone(unit)
    plain, left = Recorder.withdraw, [done]

    async def breaks_off(self: Recorder, horizon: int) -> bool:
        told = await plain(self, horizon)
        left[0] -= 1
        if left[0] < 0:
            raise KeyError("a defect")
        return told

    monkeypatch.setattr(horizon, "STEP_OPERATIONS", 4)
    with monkeypatch.context() as broken:
        broken.setattr(Recorder, "withdraw", breaks_off)
        await days_pass(unit.world, DAYS + 1)
    for device in (unit.technician, unit.clerk):
        assert await is_in_step(device)
    await days_pass(unit.world, DAYS + 1)
    for device in (unit.technician, unit.clerk):
        assert not set(names) & set(await device.pull())
        assert await is_in_step(device)


async def written_at(unit: OneCall, ahead_ms: int) -> None:
    """Let the server write under a clock that goes wrong for a moment."""
    unit.world.clock.ahead_ms = ahead_ms
    await unit.world.decide(MANAGER, Setting(Kind.CUSTOMER, f"customer-{ahead_ms}", CUSTOMER))
    unit.world.clock.ahead_ms = 0


async def test_f5_a_horizon_is_not_held_up_nor_led_on_by_what_a_wrong_clock_dated(
    unit: OneCall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(horizon, "STEP_OPERATIONS", 4)
    await written_at(unit, 3_000 * DAY)
    names = await several_gone(unit)
    await days_pass(unit.world, DAYS + 1)
    assert not set(names) & set(await unit.technician.pull())
    fresh = await several_gone(unit)
    async with unit.world.journal.reading(COMPANY) as ledger:
        before = await ledger.end()
    await written_at(unit, -3_000 * DAY)
    await days_pass(unit.world, 0)
    async with unit.world.journal.reading(COMPANY) as ledger:
        assert (await ledger.end()).horizon == before.horizon
    assert set(fresh) <= set(await unit.technician.pull())


async def test_f5_whoever_listens_is_poked_once_when_something_left_and_not_when_nothing_did(
    unit: OneCall, monkeypatch: pytest.MonkeyPatch
) -> None:
    await several_gone(unit)
    poked: list[str] = []
    monkeypatch.setattr(unit.world.journal, "poke", poked.append)
    monkeypatch.setattr(horizon, "STEP_OPERATIONS", 4)
    await days_pass(unit.world, DAYS + 1)
    await days_pass(unit.world, DAYS + 1)
    assert poked == [COMPANY]


async def goes_on_for_long(work: Work) -> None:
    """Let the log be so long that neither database would look through it for a few rows."""
    every = range(1_000, 6_000)
    await work.ledger.append([logged(place, place, f"customer-{place}") for place in every])
    for place in range(1_000, 6_000, 50):
        await work.ledger.readmit(
            [Dot("actor-one", place + each) for each in range(50)], Position(place, "e-two"), "device-one"
        )
    entries = [FeedEntry("company", "customer", f"customer-{place}", place, gone=place % 20 == 0) for place in every]
    await work.ledger.store([], entries)


async def plan(journal: Journal, statement: Statement, **values: object) -> str:
    """How a database goes about a statement."""
    async with journal.database.writing() as connection:
        is_sqlite = connection.dialect.name == "sqlite"
        said = statement._built.compile(dialect=connection.dialect)
        given = tuple((said.params | values)[name] for name in said.positiontup or ())
        if not is_sqlite:
            await connection.exec_driver_sql("ANALYZE")
        rows = await connection.exec_driver_sql(f"EXPLAIN {'QUERY PLAN ' if is_sqlite else ''}{said}", given)
        return "\n".join(str(row[-1]) for row in rows)


@pytest.mark.parametrize(
    ("statement", "index"),
    [
        (questions.RECEIVED_NEXT, "ix_operation_position"),
        (questions.WRITTEN, "ix_operation_position"),
        (questions.CAME_BACK, "ix_readmission_position"),
        (questions.FORGET, "ix_feed_entry_gone"),
    ],
    ids=["received", "written", "came back", "forget"],
)
async def test_f5_moving_a_horizon_looks_at_no_more_of_the_log_than_it_passes(
    unit: OneCall, statement: Statement, index: str
) -> None:
    journal = unit.world.journal
    await journal.note(COMPANY, goes_on_for_long)
    until = 1_040 if statement is questions.FORGET else 3_040
    asked = await plan(journal, statement, company=COMPANY, after=3_000, until=until, most=5)
    assert index in asked
    assert "Seq Scan" not in asked
    assert "SCAN" not in asked


async def test_f5_one_company_s_trouble_keeps_nobody_else_s_horizon_and_is_tried_again(
    unit: OneCall, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def breaks(_self: Recorder, _horizon: int) -> bool:
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
