"""A document's history over HTTP: nothing that was ever received is missing, and every value says what became of it."""

from typing import Any

import pytest

from schemas.registry import Kind
from tests.server.one_call import OneCall, at_work
from tests.server.world import BANQIAO, CLERK, CLERK_ELSEWHERE, MANAGER, TECHNICIAN, SyncDevice, World, problem, proven

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
