"""A document's history over HTTP: nothing that was ever received is missing, and every value says what became of it."""

from typing import Any

import pytest

from schemas.registry import Kind
from tests.server.one_call import OneCall, at_work
from tests.server.week import WEEK
from tests.server.world import (
    BANQIAO,
    CLERK,
    CLERK_ELSEWHERE,
    MANAGER,
    TAOYUAN,
    TECHNICIAN,
    SyncDevice,
    World,
    problem,
    proven,
)

HOME = {"unit": BANQIAO, "name": "陳美惠", "phone": "0912-345-678"}


@pytest.fixture
async def unit(world: World) -> OneCall:
    return await at_work(world)


async def told(device: SyncDevice, kind: str, doc: str) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = proven(await device.client.get(f"/api/records/{kind}/{doc}/history")).json()
    return entries


async def test_m5_every_value_says_whether_it_is_shown_a_rival_or_superseded_by_whom(unit: OneCall) -> None:
    await unit.wrote(unit.clerk, Kind.CUSTOMER, "customer-one", HOME)
    for device in (unit.clerk, unit.technician):
        await device.pull()
    for device, phone in ((unit.clerk, "02-2960-1111"), (unit.technician, "02-2960-0000")):
        device.write(Kind.CUSTOMER, "customer-one", {"phone": phone})
        await device.push(len(device.chain.sent))
    first, clerks, technicians = await told(unit.clerk, "customer", "customer-one")
    assert first["fields"]["phone"] == {
        "value": HOME["phone"],
        "standing": "superseded",
        "by": [unit.clerk.chain.record.actor, 2],
    }
    assert first["fields"]["name"]["standing"] == "shown"
    assert clerks["fields"]["phone"]["standing"] == "rival"
    assert technicians["fields"]["phone"]["standing"] == "shown"


async def test_a_history_names_its_authors_their_place_role_and_times(unit: OneCall) -> None:
    await unit.logged()
    entries = await told(unit.clerk, "service_call", "call-one")
    assert [(each["author"], each["author_name"], each["role"], each["place"]) for each in entries] == [
        (CLERK.user, CLERK.name, "clerk", "office"),
        ("server", None, "server", "office"),
        ("server", None, "server", "office"),
    ]
    for each in entries:
        assert each["effective_at"] <= each["received_at"]
        assert each["verdict"] == "applied"


async def test_a_command_stands_in_the_name_of_whoever_gave_it(unit: OneCall) -> None:
    await unit.logged()
    dispatch = await unit.dispatched()
    [entry] = await told(unit.technician, "dispatch", dispatch)
    assert (entry["author"], entry["fields"]["technician"]["value"]) == (MANAGER.user, TECHNICIAN.user)


async def test_a_held_operation_stands_in_the_history_with_what_was_decided(unit: OneCall) -> None:
    await unit.wrote(unit.clerk, Kind.CUSTOMER, "customer-one", HOME)
    await unit.technician.pull()
    unit.technician.write(Kind.CUSTOMER, "customer-one", {"phone": "02-2960-0000", "colour": "red"})
    await unit.technician.push()
    waiting = (await told(unit.clerk, "customer", "customer-one"))[-1]
    assert (waiting["verdict"], waiting["problem"], "closed" in waiting) == ("held", "operation.field", False)
    assert waiting["fields"]["phone"] == {"value": "02-2960-0000", "standing": "held", "by": None}
    path = f"/api/held/{unit.technician.chain.record.actor}/1/apply"
    proven(await unit.manager.client.post(path, json={"reason": "資料是對的"}))
    _, closed, applied = await told(unit.clerk, "customer", "customer-one")
    assert (closed["closed"]["decision"], closed["closed"]["by"]) == ("applied", MANAGER.user)
    assert (applied["author"], applied["fields"]["phone"]["standing"]) == (MANAGER.user, "shown")


async def test_f3_another_units_history_is_not_there(unit: OneCall) -> None:
    await unit.wrote(unit.clerk, Kind.CUSTOMER, "customer-one", HOME)
    stranger = await unit.world.enrolled(CLERK_ELSEWHERE)
    for path in ("customer/customer-one", "customer/customer-none", "spaceship/spaceship-one"):
        answer = await stranger.client.get(f"/api/records/{path}/history")
        assert problem(answer) == (404, "record.missing")


async def test_people_and_units_have_a_history_that_everybody_reads(unit: OneCall) -> None:
    [entry] = await told(unit.technician, "unit", BANQIAO)
    assert entry["fields"]["code"]["value"] == "BAN"


@pytest.mark.parametrize("doc", ["x", "UPPER-CASE", "a%00bcd", "a" * 41, "%F0%9F%98%80abc"])
async def test_an_id_that_cannot_be_is_refused(unit: OneCall, doc: str) -> None:
    answer = await unit.clerk.client.get(f"/api/records/customer/{doc}/history")
    assert problem(answer) == (400, "request.malformed")


async def of_unit(device: SyncDevice, unit: str = BANQIAO, **query: str) -> list[dict[str, Any]]:
    answer = await device.client.get(f"/api/units/{unit}/history", params=query)
    told: list[dict[str, Any]] = proven(answer).json()
    return told


async def test_f021_whoever_is_in_a_unit_reads_who_changed_what_of_its_hours_days_and_districts(unit: OneCall) -> None:
    days = {"dates": ["2026-07-10"], "kind": "closure", "name": "颱風"}
    district = {"name": "三峽區", "zone": "suburban"}
    proven(await unit.manager.client.put(f"/api/units/{BANQIAO}/hours", json=WEEK))
    proven(await unit.manager.client.post(f"/api/units/{BANQIAO}/days", json=days))
    for zone in ("suburban", "urban", None):
        proven(await unit.manager.client.put(f"/api/units/{BANQIAO}/districts", json=district | {"zone": zone}))
    every = await of_unit(unit.clerk)
    assert {each["kind"] for each in every} >= {"business_hours", "calendar_day", "district"}
    [removed] = await of_unit(unit.technician, kind="district")
    assert (removed["kind"], removed["fields"]["name"], removed["fields"]["deleted"]) == ("district", "三峽區", True)
    assert {each["author_name"] for each in removed["entries"]} == {MANAGER.name}
    changes = [each["fields"] for each in removed["entries"]]
    assert [each["zone"]["value"] for each in changes if "zone" in each] == ["suburban", "urban"]
    assert changes[-1]["deleted"]["value"] is True


async def test_what_was_refused_of_a_phrase_stands_in_its_history_too(unit: OneCall) -> None:
    await unit.wrote(unit.manager, Kind.PRESET, "preset-one", {"unit": BANQIAO, "list": "fault", "text": "有異味"})
    unit.technician.write(Kind.PRESET, "preset-one", {"text": "臭"})
    await unit.technician.push()
    [phrase] = [each for each in await of_unit(unit.manager, kind="preset") if each["doc"] == "preset-one"]
    assert phrase["fields"]["text"] == "有異味"
    assert [each["verdict"] for each in phrase["entries"]] == ["applied", "held"]
    assert phrase["entries"] == await told(unit.manager, "preset", "preset-one")


async def test_f016_another_units_lists_tell_nothing_and_other_kinds_are_no_lists(unit: OneCall) -> None:
    assert problem(await unit.manager.client.get(f"/api/units/{TAOYUAN}/history")) == (404, "record.missing")
    wrong = await unit.manager.client.get(f"/api/units/{BANQIAO}/history", params={"kind": "customer"})
    assert problem(wrong) == (400, "request.malformed")
