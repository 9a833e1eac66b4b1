"""Until when somebody has to arrive at a call: counted by the unit's calendar, and moved with it while nobody has."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import httpx
import pytest

from schemas.calendars import MOST_DAYS
from schemas.registry import Kind
from schemas.scalars import MAX_INTEGER
from schemas.vocabulary import BreachReason, DayKind, Zone
from server.calendars.holidays_of_taiwan import days_of
from server.records.work import Setting
from tests.server.one_call import OneCall, at_work
from tests.server.week import WEEK
from tests.server.world import (
    ADMIN,
    BANQIAO,
    CLERK,
    DEPARTMENT,
    MANAGER,
    MANAGER_ELSEWHERE,
    TAOYUAN,
    TECHNICIAN,
    Person,
    SyncDevice,
    World,
    problem,
    proven,
)

NINE, DUE, AN_HOUR_LATER = "2026-07-06T09:00", "2026-07-06T16:00", "2026-07-06T17:00"
"""A Monday; six working hours; seven."""

CLOSED_MONDAY = {"dates": ["2026-07-06"], "kind": DayKind.CLOSURE, "name": "颱風"}
DUE_TUESDAY = "2026-07-07T16:00"
ENDED: dict[str, dict[str, Any]] = {
    "call-closed": {"closed_at": 1},
    "call-withdrawn": {"withdrawn_at": 1},
    "call-again": {"duplicate_of": "call-open"},
}


def instant(told: str) -> int:
    """The instant of a time on Taipei's walls."""
    return int(datetime.fromisoformat(f"{told}+08:00").timestamp()) * 1_000


def wall(at: object) -> str | None:
    """The time on Taipei's walls, to the minute; None for no instant."""
    return None if at is None else datetime.fromtimestamp(int(str(at)) / 1_000, TAIPEI).isoformat()[:16]


TAIPEI = datetime.fromisoformat("2026-07-06T00:00+08:00").tzinfo


@pytest.fixture
async def unit(world: World) -> OneCall:
    return await at_work(world)


async def logged(unit: OneCall, call: str = "call-one", received: str = NINE, **fields: Any) -> None:  # noqa: ANN401 - any field of a call
    await unit.wrote(unit.clerk, Kind.SERVICE_CALL, call, {"unit": BANQIAO, "received_at": instant(received)} | fields)


async def due(unit: OneCall, call: str = "call-one") -> str | None:
    return wall((await unit.call(call)).get("due_at"))


async def ask(who: SyncDevice, what: str, body: dict[str, Any], unit: str = BANQIAO) -> httpx.Response:
    method = "PUT" if what in {"hours", "districts"} else "POST"
    return await who.client.request(method, f"/api/units/{unit}/{what}", json=body)


async def told(unit: OneCall, what: str, body: dict[str, Any]) -> Any:  # noqa: ANN401 - whatever the command answers
    answer = proven(await ask(unit.manager, what, body))
    return answer.json() if answer.content else None


async def days(world: World, unit: str = BANQIAO) -> dict[str, dict[str, Any]]:
    """A unit's calendar as one of its people sees it, by date."""
    rows = await (await world.enrolled(MANAGER if unit == BANQIAO else MANAGER_ELSEWHERE)).pull()
    shown = [row.fields for row in rows.values() if row.kind == Kind.CALENDAR_DAY and not row.fields.get("deleted")]
    return {fields["date"]: fields for fields in shown}


async def history(unit: OneCall, call: str) -> list[dict[str, Any]]:
    """Everything that was ever said of a call's limit, oldest first."""
    path = f"/api/records/service_call/{call}/history"
    entries = proven(await unit.clerk.client.get(path)).json()
    return [entry for entry in entries if "due_at" in entry["fields"]]


@pytest.mark.parametrize(
    ("zone", "expected"), [(Zone.URBAN, DUE), (Zone.SUBURBAN, AN_HOUR_LATER), (None, DUE)], ids=str
)
async def test_f019_a_call_that_a_clerk_logs_says_until_when(unit: OneCall, zone: Zone | None, expected: str) -> None:
    await logged(unit, zone=zone)
    assert await due(unit) == expected


@pytest.mark.parametrize(
    ("received", "expected"),
    [
        ("2026-07-06T12:30", "2026-07-07T10:00"),
        ("2026-07-06T20:00", "2026-07-07T16:00"),
        ("2026-07-11T10:00", "2026-07-13T16:00"),
    ],
    ids=["in the lunch break", "in the evening", "on Saturday"],
)
async def test_f022_a_call_outside_the_hours_counts_from_the_next_opening(
    unit: OneCall, received: str, expected: str
) -> None:
    await logged(unit, received=received)
    assert await due(unit) == expected


async def test_f019_an_appointment_stands_for_the_rule_as_long_as_it_stands(unit: OneCall) -> None:
    await logged(unit, appointment_at=instant("2026-07-08T19:30"))
    assert await due(unit) == "2026-07-08T19:30"
    await unit.wrote(unit.clerk, Kind.SERVICE_CALL, "call-one", {"appointment_at": None})
    assert await due(unit) == DUE


@pytest.mark.parametrize("again", [{}, {"district": "三峽區"}], ids=["as it was", "with other facts"])
async def test_f023_an_appointment_that_is_made_once_the_limit_is_over_takes_no_breach_away(
    unit: OneCall, again: dict[str, Any]
) -> None:
    await logged(unit)
    tomorrow = unit.world.clock.now() + 86_400_000
    await unit.wrote(unit.clerk, Kind.SERVICE_CALL, "call-one", {"appointment_at": tomorrow} | again)
    assert await due(unit) == DUE
    await told(unit, "days", CLOSED_MONDAY)
    assert await due(unit) == DUE_TUESDAY


async def test_f023_an_appointment_that_was_missed_and_is_moved_is_broken_by_itself(unit: OneCall) -> None:
    now = unit.world.clock.now()
    await logged(unit, received_at=now)
    missed, again = now + 86_400_000, now + 864_000_000
    await unit.wrote(unit.clerk, Kind.SERVICE_CALL, "call-one", {"appointment_at": missed})
    unit.world.clock.ahead_ms += 604_800_000
    await unit.wrote(unit.clerk, Kind.SERVICE_CALL, "call-one", {"appointment_at": again})
    due_at = (await unit.call())["due_at"]
    assert isinstance(due_at, int)
    assert missed <= due_at < again


async def test_f023_an_appointment_that_was_made_in_time_offline_counts_although_it_comes_late(unit: OneCall) -> None:
    now = unit.world.clock.now()
    await logged(unit, received_at=now)
    await unit.clerk.pull()
    unit.clerk.write(
        Kind.SERVICE_CALL, "call-one", {"appointment_at": now + 864_000_000}, at=now + 60_000 - 432_000_000
    )
    unit.world.clock.ahead_ms += 432_000_000
    await unit.clerk.push(len(unit.clerk.chain.sent))
    assert (await unit.call())["due_at"] == now + 864_000_000


async def test_f023_an_appointment_that_is_made_in_time_can_be_moved_as_long_as_it_is_to_come(unit: OneCall) -> None:
    now = unit.world.clock.now()
    await logged(unit, received_at=now)
    for appointment in (now + 86_400_000, now + 172_800_000):
        await unit.wrote(unit.clerk, Kind.SERVICE_CALL, "call-one", {"appointment_at": appointment})
        assert (await unit.call())["due_at"] == appointment


async def test_f019_a_call_of_which_nobody_knows_when_it_came_in_has_no_limit_until_somebody_does(
    unit: OneCall,
) -> None:
    await unit.wrote(unit.clerk, Kind.SERVICE_CALL, "call-one", {"unit": BANQIAO})
    assert await due(unit) is None
    await unit.wrote(unit.clerk, Kind.SERVICE_CALL, "call-one", {"received_at": instant(NINE)})
    assert await due(unit) == DUE


async def test_f020_a_district_that_moves_takes_no_logged_call_with_it(unit: OneCall) -> None:
    await told(unit, "districts", {"name": "三峽區", "zone": Zone.URBAN})
    await logged(unit, district="三峽區", zone=Zone.URBAN)
    await told(unit, "districts", {"name": "三峽區", "zone": Zone.SUBURBAN})
    assert ((await unit.call())["zone"], await due(unit)) == (Zone.URBAN, DUE)
    changed = {"zone": Zone.SUBURBAN, "zone_reason": "在山上，不在街上"}
    await unit.wrote(unit.clerk, Kind.SERVICE_CALL, "call-one", changed)
    assert await due(unit) == AN_HOUR_LATER


async def test_f020_a_district_is_one_however_it_is_typed_and_can_be_taken_out(unit: OneCall) -> None:
    for name, zone in (("三峽區", Zone.URBAN), (" 三峽區 ", Zone.SUBURBAN)):
        await told(unit, "districts", {"name": name, "zone": zone})
    assert [(row["name"], row["zone"]) for row in await districts(unit)] == [("三峽區", Zone.SUBURBAN)]
    await told(unit, "districts", {"name": "三峽區", "zone": None})
    assert await districts(unit) == []


async def test_f020_a_district_of_a_county_is_a_row_of_its_own_however_it_is_written(unit: OneCall) -> None:
    for name in ("信義區", "基隆市信義區", "台北市信義區", "臺北市 信義區"):
        await told(unit, "districts", {"name": name, "zone": Zone.URBAN})
    assert {row["name"] for row in await districts(unit)} == {"信義區", "基隆市信義區", "台北市信義區"}
    await told(unit, "districts", {"name": "臺北市信義區", "zone": Zone.SUBURBAN})
    far = {row["name"] for row in await districts(unit) if row["zone"] == Zone.SUBURBAN}
    assert far == {"台北市信義區"}
    await told(unit, "districts", {"name": "臺北市信義區", "zone": None})
    assert {row["name"] for row in await districts(unit)} == {"信義區", "基隆市信義區"}


async def test_f020_a_row_from_before_is_the_one_that_is_meant(unit: OneCall) -> None:
    for doc, name in (("district-old", "台東市"), ("district-twin", "臺東市")):
        fields = {"unit": BANQIAO, "name": name, "zone": Zone.URBAN}
        await unit.world.decide(MANAGER, Setting(Kind.DISTRICT, doc, fields))
    for name in ("臺東市", "台東市"):
        await told(unit, "districts", {"name": name, "zone": None})
    assert await districts(unit) == []


async def districts(unit: OneCall) -> list[dict[str, Any]]:
    rows = [row for row in (await unit.technician.pull()).values() if row.kind == Kind.DISTRICT]
    return [row.fields for row in rows if not row.fields.get("deleted")]


async def test_what_is_so_already_is_not_said_again(unit: OneCall) -> None:
    entries, rows = await unit.world.entries(), len(await unit.manager.pull())
    await told(unit, "districts", {"name": "三峽區", "zone": None})
    assert await told(unit, "usual-days", {"dates": ["2026-07-06"]}) == {"days": 0, "calls": 0}
    assert (await unit.world.entries(), len(await unit.manager.pull())) == (entries, rows)


async def several(unit: OneCall) -> None:
    """Log calls that came in together: an open one, one that was reached, and each that is over."""
    for call in ("call-open", "call-reached", *ENDED):
        await logged(unit, call)
    visit = {"unit": BANQIAO, "call": "call-reached", "arrived_at": instant("2026-07-06T10:00")}
    over = [Setting(Kind.SERVICE_CALL, call, fields) for call, fields in ENDED.items()]
    await unit.world.decide(CLERK, Setting(Kind.SERVICE_VISIT, "visit-one", visit), *over)


@pytest.mark.parametrize(
    ("what", "body", "expected"),
    [
        ("hours", WEEK | {"monday": "13:00-18:00"}, "2026-07-07T10:00"),
        ("days", CLOSED_MONDAY, DUE_TUESDAY),
        ("days", CLOSED_MONDAY | {"hours": "09:00-12:00"}, "2026-07-07T12:00"),
        (
            "days",
            {"dates": ["2026-07-06"], "kind": DayKind.SPECIAL, "name": "", "hours": "09:00-20:00"},
            "2026-07-06T15:00",
        ),
    ],
    ids=["the week", "a closed day", "a closed afternoon", "a day without lunch"],
)
async def test_f021_a_changed_calendar_moves_the_open_calls_that_nobody_has_reached(
    unit: OneCall, what: str, body: dict[str, Any], expected: str
) -> None:
    await several(unit)
    answer = await told(unit, what, body)
    assert answer == (None if what == "hours" else {"days": 1, "calls": 1})
    assert await due(unit, "call-open") == expected
    assert {await due(unit, call) for call in ("call-reached", *ENDED)} == {DUE}


async def test_f021_a_make_up_day_without_hours_has_those_of_a_working_day(unit: OneCall) -> None:
    await told(unit, "hours", WEEK | {"monday": "08:00-12:00"})
    await logged(unit, received="2026-07-11T08:00")
    body = {"dates": ["2026-07-11"], "kind": DayKind.MAKE_UP, "name": "補行上班日"}
    assert await told(unit, "days", body) == {"days": 1, "calls": 1}
    assert (await days(unit.world))["2026-07-11"]["hours"] == "08:00-12:00"
    assert await due(unit) == "2026-07-13T10:00"


async def test_f021_a_day_that_is_like_any_other_again_moves_them_back(unit: OneCall) -> None:
    await told(unit, "days", CLOSED_MONDAY)
    await several(unit)
    assert {await due(unit, call) for call in ("call-open", "call-reached", *ENDED)} == {DUE_TUESDAY}
    assert await told(unit, "usual-days", {"dates": ["2026-07-06", "2026-07-07"]}) == {"days": 1, "calls": 1}
    assert await due(unit, "call-open") == DUE
    assert {await due(unit, call) for call in ("call-reached", *ENDED)} == {DUE_TUESDAY}
    await told(unit, "days", CLOSED_MONDAY)
    assert await due(unit, "call-open") == DUE_TUESDAY


async def test_f021_a_unit_that_sets_its_clocks_anew_moves_the_calls_that_nobody_has_reached(unit: OneCall) -> None:
    await logged(unit)
    await logged(unit, "call-reached")
    visit = {"unit": BANQIAO, "call": "call-reached", "arrived_at": instant("2026-07-06T10:00")}
    await unit.wrote(unit.technician, Kind.SERVICE_VISIT, "visit-one", visit)
    admin = await unit.world.enrolled(ADMIN)
    proven(await admin.client.post(f"/api/units/{BANQIAO}", json={"time_zone": "Asia/Bangkok"}))
    # Nine o'clock on Taipei's walls is eight on Bangkok's: an hour before the unit opens there.
    assert (await due(unit, "call-reached"), await due(unit)) == (DUE, AN_HOUR_LATER)


async def test_f021_what_was_said_before_stays_in_the_history(unit: OneCall) -> None:
    await logged(unit)
    await told(unit, "days", CLOSED_MONDAY)
    before, after = await history(unit, "call-one")
    assert (before["fields"]["due_at"]["value"], before["fields"]["due_at"]["standing"]) == (instant(DUE), "superseded")
    assert after["fields"]["due_at"] == {"value": instant(DUE_TUESDAY), "standing": "shown", "by": None}
    assert {entry["author"] for entry in (before, after)} == {"server"}


async def test_f021_a_day_that_no_open_call_reaches_moves_none(unit: OneCall) -> None:
    await logged(unit)
    assert await told(unit, "days", CLOSED_MONDAY | {"dates": ["2026-07-08", "2026-07-09"]}) == {"days": 2, "calls": 0}
    assert len(await history(unit, "call-one")) == 1


async def test_f021_each_unit_has_its_own_calendar(unit: OneCall) -> None:
    await logged(unit)
    elsewhere = await unit.world.enrolled(MANAGER_ELSEWHERE)
    proven(await ask(elsewhere, "days", CLOSED_MONDAY, TAOYUAN))
    assert await due(unit) == DUE
    assert (list(await days(unit.world)), list(await days(unit.world, TAOYUAN))) == ([], ["2026-07-06"])


async def test_f021_a_withdrawn_call_that_is_reinstated_is_counted_anew(unit: OneCall) -> None:
    await unit.logged(received_at=instant(NINE))
    proven(await unit.clerk.client.post("/api/calls/call-one/withdraw", json={"reason": "客戶自行處理"}))
    await told(unit, "days", CLOSED_MONDAY)
    assert await due(unit) == DUE
    proven(await unit.clerk.client.post("/api/calls/call-one/reinstate", json={"reason": "客戶又要修"}))
    assert await due(unit) == DUE_TUESDAY


async def test_f021_a_duplicate_that_is_reinstated_is_counted_anew(unit: OneCall) -> None:
    await unit.logged(received_at=instant(NINE))
    await unit.logged("call-two", received_at=instant(NINE))
    proven(await unit.clerk.client.post("/api/calls/call-one/duplicate", json={"of": "call-two"}))
    await told(unit, "days", CLOSED_MONDAY)
    assert await due(unit) == DUE
    proven(await unit.clerk.client.post("/api/calls/call-one/reinstate", json={"reason": "是兩件事"}))
    assert await due(unit) == DUE_TUESDAY


async def test_f021_the_holidays_of_a_year_are_loaded_once_and_overwrite_nothing(unit: OneCall) -> None:
    ours = {"dates": ["2026-10-09"], "kind": DayKind.SPECIAL, "name": "國慶補假照常服務", "hours": "09:00-12:00"}
    await told(unit, "days", ours)
    known = days_of(2026)
    assert await told(unit, "holidays", {"year": 2026}) == {"days": len(known) - 1, "calls": 0}
    there = await days(unit.world)
    assert there.keys() == known.keys()
    assert (there["2026-10-09"]["name"], there["2026-10-09"]["hours"]) == ("國慶補假照常服務", "09:00-12:00")
    assert (there["2026-02-17"]["name"], there["2026-02-17"]["kind"]) == ("春節", DayKind.HOLIDAY)
    assert await told(unit, "holidays", {"year": 2026}) == {"days": 0, "calls": 0}
    assert await days(unit.world) == there


async def test_f021_a_holiday_that_was_taken_out_comes_back_with_its_year(unit: OneCall) -> None:
    await told(unit, "holidays", {"year": 2026})
    await logged(unit, received="2026-10-09T09:00")
    assert await due(unit) == "2026-10-12T16:00"
    assert await told(unit, "usual-days", {"dates": ["2026-10-09"]}) == {"days": 1, "calls": 1}
    assert await due(unit) == "2026-10-09T16:00"
    assert await told(unit, "holidays", {"year": 2026}) == {"days": 1, "calls": 1}
    assert await due(unit) == "2026-10-12T16:00"


async def test_f021_a_make_up_day_of_the_year_has_hours_and_a_holiday_has_none(unit: OneCall) -> None:
    await told(unit, "holidays", {"year": 2025})
    there = await days(unit.world)
    assert (there["2025-02-08"]["kind"], there["2025-02-08"]["hours"]) == (DayKind.MAKE_UP, WEEK["monday"])
    assert (there["2025-01-27"]["kind"], there["2025-01-27"]["hours"]) == (DayKind.HOLIDAY, "")


@pytest.mark.parametrize(
    ("what", "body", "facts", "code"),
    [
        ("holidays", {"year": 2101}, {"year": 2101}, "calendar.year"),
        ("days", CLOSED_MONDAY | {"dates": ["2026-07-06", "2026-02-30"]}, {"date": "2026-02-30"}, "calendar.date"),
        ("days", CLOSED_MONDAY | {"dates": ["0001-01-01"]}, {"first": 2000, "last": 2100}, "calendar.too_far"),
        (
            "days",
            CLOSED_MONDAY | {"dates": ["2026-07-06", "9999-12-31"]},
            {"first": 2000, "last": 2100},
            "calendar.too_far",
        ),
        ("days", CLOSED_MONDAY | {"hours": "12:00-09:00"}, {}, "calendar.hours"),
        ("days", CLOSED_MONDAY | {"hours": "22:00-24:30"}, {}, "calendar.hours"),
        ("hours", WEEK | {"sunday": "09:00-13:00 12:00-18:00"}, {}, "calendar.hours"),
        ("districts", {"name": "  ", "zone": Zone.URBAN}, {}, "calendar.district"),
    ],
)
async def test_what_cannot_be_in_a_calendar_is_refused_with_what_is_wrong(
    unit: OneCall, what: str, body: dict[str, Any], facts: dict[str, Any], code: str
) -> None:
    await logged(unit)
    before = await unit.world.entries()
    answer = await ask(unit.manager, what, body)
    assert problem(answer) == (422, code)
    assert answer.json()["facts"] == facts
    assert (await unit.world.entries(), await days(unit.world), await due(unit)) == (before, {}, DUE)


@pytest.mark.parametrize(
    ("what", "body"),
    [
        ("days", CLOSED_MONDAY | {"hours": "09:00-12:0013:00-18:00"}),
        ("days", CLOSED_MONDAY | {"hours": "09:00-12:00 "}),
        ("days", CLOSED_MONDAY | {"hours": "9:00-12:00"}),
        ("days", CLOSED_MONDAY | {"hours": " ".join(["09:00-10:00"] * 5)}),
        ("days", CLOSED_MONDAY | {"dates": []}),
        ("days", CLOSED_MONDAY | {"dates": ["2026-7-6"]}),
        ("days", CLOSED_MONDAY | {"dates": [f"2026-{1 + n // 28:02}-{1 + n % 28:02}" for n in range(MOST_DAYS + 1)]}),
        ("days", CLOSED_MONDAY | {"name": "\u0958" * 150}),
        ("days", CLOSED_MONDAY | {"name": "\u0000"}),
        ("districts", {"name": "\u0958" * 150, "zone": Zone.URBAN}),
        ("hours", {"monday": ""}),
        ("holidays", {"year": 10_000}),
    ],
)
async def test_what_no_command_on_a_calendar_says_is_malformed(unit: OneCall, what: str, body: dict[str, Any]) -> None:
    assert problem(await ask(unit.manager, what, body)) == (400, "request.malformed")


COMMANDS: Sequence[tuple[str, dict[str, Any]]] = (
    ("hours", WEEK),
    ("days", CLOSED_MONDAY),
    ("usual-days", {"dates": ["2026-07-06"]}),
    ("holidays", {"year": 2026}),
    ("districts", {"name": "三峽區", "zone": Zone.URBAN}),
)


@pytest.mark.parametrize("person", [TECHNICIAN, CLERK])
async def test_a_technician_and_a_clerk_set_no_calendar(unit: OneCall, person: Person) -> None:
    device = unit.technician if person is TECHNICIAN else unit.clerk
    for what, body in COMMANDS:
        assert problem(await ask(device, what, body)) == (403, "session.role_missing")


async def test_f016_another_units_calendar_is_not_there_but_for_the_department(unit: OneCall) -> None:
    department, admin = await unit.world.enrolled(DEPARTMENT), await unit.world.enrolled(ADMIN)
    for what, body in COMMANDS:
        for where in (TAOYUAN, "unit-nowhere"):
            assert problem(await ask(unit.manager, what, body, where)) == (404, "record.missing")
        assert problem(await ask(department, what, body, "unit-nowhere")) == (404, "record.missing")
        for sees_all in (department, admin):
            proven(await ask(sees_all, what, body, TAOYUAN))


async def test_a_day_that_two_people_set_is_one_day_as_it_was_set_last(unit: OneCall) -> None:
    await told(unit, "days", CLOSED_MONDAY)
    department = await unit.world.enrolled(DEPARTMENT)
    proven(await ask(department, "days", CLOSED_MONDAY | {"dates": ["2026-07-06"] * 2, "name": "停電"}))
    rows = [row for row in (await unit.manager.pull()).values() if row.kind == Kind.CALENDAR_DAY]
    assert [row.fields["name"] for row in rows] == ["停電"]


async def test_f019_a_call_that_a_technician_brings_in_later_counts_from_when_it_came(unit: OneCall) -> None:
    unit.technician.write(Kind.SERVICE_CALL, "call-one", {"unit": BANQIAO, "received_at": instant(NINE)})
    await told(unit, "days", CLOSED_MONDAY)
    await unit.technician.push()
    assert await due(unit) == DUE_TUESDAY


@pytest.mark.parametrize("received_at", [MAX_INTEGER, 0])
async def test_a_technicians_clock_that_says_anything_breaks_nothing(unit: OneCall, received_at: int) -> None:
    unit.technician.write(Kind.SERVICE_CALL, "call-one", {"unit": BANQIAO, "received_at": received_at})
    assert (await unit.technician.push()).results == ()
    await unit.wrote(unit.clerk, Kind.SERVICE_CALL, "call-two", {"unit": BANQIAO, "appointment_at": received_at})
    assert await due(unit) == (None if received_at else "1970-01-01T16:00")
    assert (await unit.call("call-two"))["due_at"] == received_at
    await told(unit, "days", CLOSED_MONDAY)
    await unit.world.decide(CLERK, Setting(Kind.SERVICE_CALL, "call-one", {"received_at": instant(NINE)}))
    assert await due(unit) == DUE_TUESDAY


async def test_f023_a_call_that_comes_with_its_visit_is_counted_all_the_same(unit: OneCall) -> None:
    visit = {"unit": BANQIAO, "call": "call-one", "arrived_at": instant("2026-07-06T16:01")}
    unit.technician.write(Kind.SERVICE_VISIT, "visit-one", visit)
    unit.technician.write(Kind.SERVICE_CALL, "call-one", {"unit": BANQIAO, "received_at": instant(NINE)})
    await unit.technician.push()
    assert await due(unit) == DUE
    await unit.wrote(unit.clerk, Kind.SERVICE_CALL, "call-one", {"zone": Zone.SUBURBAN})
    await told(unit, "days", CLOSED_MONDAY)
    assert await due(unit) == DUE


async def test_f023_a_call_that_was_reached_late_is_closed_with_a_reason(unit: OneCall) -> None:
    await unit.logged(received_at=instant(NINE))
    visit = await unit.dispatched()
    came = instant("2026-07-06T16:00") + 1
    await unit.worked(visit, arrived_at=came, finished_at=came + 1)
    await unit.signed(visit)
    assert problem(await unit.close()) == (409, "call.breach_reason")
    said = {"breach_reason": BreachReason.TRAFFIC, "breach_note": "國道追撞"}
    await unit.wrote(unit.clerk, Kind.SERVICE_CALL, "call-one", said)
    proven(await unit.close())


async def test_f023_whoever_arrives_at_the_last_instant_is_in_time(unit: OneCall) -> None:
    await unit.logged(received_at=instant(NINE))
    visit = await unit.dispatched()
    await unit.worked(visit, arrived_at=instant(DUE), finished_at=instant(DUE) + 1)
    await unit.signed(visit)
    proven(await unit.close())


async def test_the_calendar_and_the_districts_reach_the_technicians_phone(unit: OneCall) -> None:
    for what, body in COMMANDS:
        await told(unit, what, body)
    kinds = {row.kind for row in (await unit.technician.pull()).values()}
    assert kinds >= {Kind.BUSINESS_HOURS, Kind.CALENDAR_DAY, Kind.DISTRICT}
