"""Rows of a device that do not add up are compared range by range (SPEC F6)."""

import msgspec
import pytest

from schemas.audit import Deed
from schemas.office import DeviceContact, RowRepairs
from schemas.problems import Code
from schemas.protocol import PullEnd, PullLine, PullPut, PullRange
from schemas.registry import Kind
from server.exchange import repairing
from server.records.work import Setting
from sync.digest import combine, row_digest
from tests.server.one_call import OneCall, at_work
from tests.server.world import (
    BANQIAO,
    CLERK,
    CLERK_ELSEWHERE,
    MANAGER,
    TAOYUAN,
    TECHNICIAN_TWO,
    SyncDevice,
    World,
    problem,
    proven,
)

RANGE = msgspec.json.Decoder(PullRange)
PUT = msgspec.json.Decoder(PullPut)
LINE = msgspec.json.Decoder(PullLine)
MINUTE = 60_000


@pytest.fixture
async def unit(world: World, monkeypatch: pytest.MonkeyPatch) -> OneCall:
    """A unit with a call behind it, whose ranges are short."""
    monkeypatch.setattr(repairing, "RANGE_ROWS", 3)
    unit = await at_work(world)
    await unit.logged()
    await unit.done()
    await unit.technician.pull()
    return unit


async def ranges(device: SyncDevice) -> list[PullRange]:
    query = {"schema": "2", "cursor": device.cursor or ""}
    answer = proven(await device.client.get("/sync/v1/ranges", params=query))
    return [RANGE.decode(line) for line in answer.content.splitlines()]


async def rows(device: SyncDevice, after: int, until: int) -> list[PullPut]:
    query = {"schema": "2", "cursor": device.cursor or "", "after": str(after), "until": str(until)}
    answer = proven(await device.client.get("/sync/v1/rows", params=query))
    return [PUT.decode(line) for line in answer.content.splitlines()]


async def shown(device: SyncDevice) -> list[PullPut]:
    """Return every row, also those that share their id with one of another kind; the device's cursor is behind them."""
    answer = proven(await device.client.get("/sync/v1/pull", params={"schema": "2"}))
    said = [LINE.decode(line) for line in answer.content.splitlines()]
    device.cursor = next(line.cursor for line in said if isinstance(line, PullEnd))
    return [line for line in said if isinstance(line, PullPut)]


def digest(found: list[PullPut]) -> str:
    return combine(row_digest(row.kind, row.id, row.position) for row in found)


async def test_f6_the_ranges_are_what_a_device_in_step_shows(unit: OneCall) -> None:
    every, after = await shown(unit.technician), 0
    told = await ranges(unit.technician)
    assert len(told) > 2
    for each in told:
        own = [row for row in every if after < row.position <= each.until]
        assert (len(own), digest(own)) == (each.rows, each.digest)
        after = each.until
    assert sum(each.rows for each in told) == len(every)


async def test_f6_the_rows_of_a_range_are_those_that_a_pull_told(unit: OneCall) -> None:
    every, after = await shown(unit.technician), 0
    for each in await ranges(unit.technician):
        found = await rows(unit.technician, after, each.until)
        assert found == [row for row in every if after < row.position <= each.until]
        after = each.until


async def test_f6_what_was_written_since_is_in_no_range(unit: OneCall) -> None:
    every = await shown(unit.technician)
    await unit.world.decide(CLERK, Setting(Kind.CUSTOMER, "customer-one", {"name": "改名"}))
    told = await ranges(unit.technician)
    assert sum(each.rows for each in told) == len(every) - 1
    everything = await rows(unit.technician, 0, 10**9)
    assert "customer-one" not in {row.id for row in everything}


async def test_f3_no_range_tells_of_another_unit(unit: OneCall) -> None:
    await unit.world.decide(MANAGER, Setting(Kind.CUSTOMER, "customer-taoyuan", {"unit": TAOYUAN, "name": "李先生"}))
    stranger = await unit.world.enrolled(CLERK_ELSEWHERE)
    await stranger.pull()
    found = await rows(stranger, 0, 10**9)
    assert {row.fields["unit"] for row in found if row.kind == Kind.CUSTOMER} == {TAOYUAN}
    assert BANQIAO not in {row.fields.get("unit") for row in found if row.kind == Kind.SERVICE_CALL}


async def test_f6_a_cursor_that_is_not_the_server_s_is_refused(unit: OneCall) -> None:
    unit.technician.cursor = "rubbish"
    for path, more in (("ranges", {}), ("rows", {"after": "0", "until": "9"})):
        query = {"schema": "2", "cursor": "rubbish"} | more
        answer = await unit.technician.client.get(f"/sync/v1/{path}", params=query)
        assert problem(answer) == (400, Code.SYNC_CURSOR)


async def test_f6_nobody_asks_for_everything_at_once(unit: OneCall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(repairing, "MOST_ROWS", 3)
    query = {"schema": "2", "cursor": unit.technician.cursor or "", "after": "0", "until": "1000000"}
    answer = await unit.technician.client.get("/sync/v1/rows", params=query)
    assert problem(answer)[1] == Code.SYNC_TOO_MANY


async def test_f6_what_was_mended_stands_in_the_audit_log(unit: OneCall) -> None:
    phone = await unit.world.enrolled(TECHNICIAN_TWO)
    proven(await phone.client.post("/sync/v1/repaired", json={"ranges": 2, "rows": 3}))
    entry = (await unit.world.entries())[-1]
    assert (entry.deed, entry.user, entry.device) == (Deed.ROWS_REPAIRED, TECHNICIAN_TWO.user, phone.device)
    assert entry.purpose == "2 ranges, 3 rows"


async def told(unit: OneCall) -> dict[str, RowRepairs | None]:
    """What the office is told of each device's repairs."""
    answer = proven(await unit.manager.client.get("/api/contacts"))
    listed = msgspec.json.decode(answer.content, type=list[DeviceContact])
    return {each.device: each.repairs for each in listed}


async def test_f6_the_office_is_told_what_a_device_last_mended_and_how_often(unit: OneCall) -> None:
    phone, other = unit.technician, await unit.world.enrolled(TECHNICIAN_TWO)
    assert set((await told(unit)).values()) == {None}
    for rows in (3, 1):
        unit.world.clock.ahead_ms += MINUTE
        proven(await phone.client.post("/sync/v1/repaired", json={"ranges": 1, "rows": rows}))
    repairs = await told(unit)
    mended = repairs[phone.device]
    assert mended is not None
    assert (mended.rows, mended.times) == (1, 2)
    assert mended.at == pytest.approx(unit.world.clock.now(), abs=MINUTE / 2)
    assert repairs[other.device] is None


async def test_f6_whoever_mended_no_row_is_not_told_of(unit: OneCall) -> None:
    proven(await unit.technician.client.post("/sync/v1/repaired", json={"ranges": 0, "rows": 0}))
    assert (await told(unit))[unit.technician.device] is None


async def test_f6_a_hello_says_nothing_of_repairs_and_forgets_none(unit: OneCall) -> None:
    proven(await unit.technician.client.post("/sync/v1/repaired", json={"ranges": 1, "rows": 3}))
    await unit.technician.hello()
    repairs = (await told(unit))[unit.technician.device]
    assert repairs is not None
    assert (repairs.rows, repairs.times) == (3, 1)
