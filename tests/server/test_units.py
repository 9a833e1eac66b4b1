"""Units: who adds and changes them, what a new one begins with, and the limits that are set for each."""

from functools import partial
from typing import Any

import pytest

from schemas.audit import Deed
from schemas.protocol import Dot
from schemas.registry import Kind
from schemas.rules.arrival import COMPANY_ZONE
from schemas.units import SHIPPED_PHRASES
from schemas.vocabulary import PhraseList, UnitKind
from server.records.work import Work
from tests.server.one_call import RECEIVED_AT, OneCall, at_work
from tests.server.world import (
    ADMIN,
    BANQIAO,
    CLERK,
    COMPANY,
    DEPARTMENT,
    MANAGER,
    TAOYUAN,
    Person,
    SyncDevice,
    World,
    problem,
    proven,
)

HSINCHU: dict[str, Any] = {
    "kind": UnitKind.BRANCH,
    "code": "HSC",
    "name": " 新竹服務組 ",
    "time_zone": COMPANY_ZONE,
    "address": "新竹市東區光復路二段 101 號",
    "phone": "03-571-0000",
}
LIMITS = {"lag_minutes": 30, "copy_days": 14}


@pytest.fixture
async def unit(world: World) -> OneCall:
    return await at_work(world)


@pytest.fixture
async def admin(unit: OneCall) -> SyncDevice:
    return await unit.world.enrolled(ADMIN)


async def rows(device: SyncDevice, kind: Kind, unit: str) -> list[dict[str, Any]]:
    """A unit's documents of a kind as somebody sees them."""
    return [row.fields for row in (await device.pull()).values() if row.kind == kind and row.fields["unit"] == unit]


async def test_a_new_unit_begins_with_holidays_and_the_shipped_phrases(admin: SyncDevice, unit: OneCall) -> None:
    added = proven(await admin.client.post("/api/units", json=HSINCHU)).json()["unit"]
    assert await unit.world.document(Kind.UNIT, added) == {**HSINCHU, "name": "新竹服務組"}
    department = await unit.world.enrolled(DEPARTMENT)
    told = sorted(await rows(department, Kind.PRESET, added), key=lambda each: (each["list"], each["rank"]))
    faults = tuple(each["text"] for each in told if each["list"] == PhraseList.FAULT)
    actions = tuple(each["text"] for each in told if each["list"] == PhraseList.ACTION)
    assert (faults, actions) == (SHIPPED_PHRASES[PhraseList.FAULT], SHIPPED_PHRASES[PhraseList.ACTION])
    assert await rows(department, Kind.CALENDAR_DAY, added)


async def test_people_are_at_work_in_a_unit_that_was_added(admin: SyncDevice) -> None:
    added = proven(await admin.client.post("/api/units", json=HSINCHU)).json()["unit"]
    account = {"name": "何雅婷", "login": "ho", "unit": added, "roles": ["clerk"]}
    proven(await admin.client.post("/api/accounts", json=account))


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        ({"code": "BQ"}, (409, "unit.code_taken")),
        ({"time_zone": "Asia/Nowhere"}, (422, "unit.time_zone")),
        ({"code": "hsc"}, (400, "request.malformed")),
        ({"name": "  "}, (422, "name.unseen")),
        ({"name": "\u200b\u3164"}, (422, "name.unseen")),
        ({"phone": "abc"}, (422, "unit.phone")),
        ({"phone": "1999"}, (422, "unit.phone")),
        ({"phone": "\u0000"}, (400, "request.malformed")),
    ],
)
async def test_a_unit_that_cannot_be_is_refused_with_the_reason(
    admin: SyncDevice, unit: OneCall, wrong: dict[str, Any], expected: tuple[int, str]
) -> None:
    taken = (await unit.world.document(Kind.UNIT, TAOYUAN))["code"]
    body = HSINCHU | ({"code": taken} if wrong.get("code") == "BQ" else wrong)
    assert problem(await admin.client.post("/api/units", json=body)) == expected
    assert problem(await admin.client.post(f"/api/units/{BANQIAO}", json=body)) == expected


async def test_f012_a_code_stays_once_a_number_begins_with_it(admin: SyncDevice, unit: OneCall) -> None:
    change = f"/api/units/{BANQIAO}"
    proven(await admin.client.post(change, json={"code": "BQA"}))
    await unit.logged(received_at=RECEIVED_AT)
    assert problem(await admin.client.post(change, json={"code": "BQB"})) == (409, "unit.code_used")
    proven(await admin.client.post(change, json={"code": "BQA", "name": "板橋服務中心二館"}))
    shown = await unit.world.document(Kind.UNIT, BANQIAO)
    assert (shown["code"], shown["name"]) == ("BQA", "板橋服務中心二館")


async def test_what_is_so_already_of_a_unit_is_not_said_again(admin: SyncDevice, unit: OneCall) -> None:
    proven(await admin.client.post(f"/api/units/{BANQIAO}", json={"phone": "02-2960-0000"}))
    before = await unit.world.entries()
    proven(await admin.client.post(f"/api/units/{BANQIAO}", json={"phone": "02-2960-0000"}))
    assert await unit.world.entries() == before


async def test_nobody_but_the_admin_adds_or_changes_a_unit(unit: OneCall) -> None:
    for path in ("/api/units", f"/api/units/{BANQIAO}"):
        assert problem(await unit.manager.client.post(path, json=HSINCHU)) == (403, "session.role_missing")
    admin = await unit.world.enrolled(ADMIN)
    assert problem(await admin.client.post("/api/units/unit-nowhere", json={})) == (404, "record.missing")


async def test_f011_the_limit_for_logging_at_once_is_the_units_and_reaches_everybody_in_it(unit: OneCall) -> None:
    proven(await unit.manager.client.put(f"/api/units/{BANQIAO}/limits", json=LIMITS))
    proven(await unit.manager.client.put(f"/api/units/{BANQIAO}/limits", json=LIMITS | {"lag_minutes": 5}))
    told = await rows(unit.technician, Kind.UNIT_SETTINGS, BANQIAO)
    assert told == [{"unit": BANQIAO, "lag_minutes": 5, "copy_days": 14}]


@pytest.mark.parametrize("wrong", [{"lag_minutes": -1}, {"lag_minutes": 1_441}, {"copy_days": 0}, {"copy_days": 366}])
async def test_f011_a_limit_that_nobody_means_is_malformed(unit: OneCall, wrong: dict[str, int]) -> None:
    answer = await unit.manager.client.put(f"/api/units/{BANQIAO}/limits", json=LIMITS | wrong)
    assert problem(answer) == (400, "request.malformed")


async def test_f016_another_units_limits_are_not_there_but_for_the_admin(unit: OneCall, admin: SyncDevice) -> None:
    path = f"/api/units/{TAOYUAN}/limits"
    assert problem(await unit.manager.client.put(path, json=LIMITS)) == (404, "record.missing")
    assert problem(await unit.clerk.client.put(path, json=LIMITS)) == (403, "session.role_missing")
    proven(await admin.client.put(path, json=LIMITS))


@pytest.mark.parametrize("person", [ADMIN, None], ids=["the admin", "the service manager"])
async def test_phrases_and_fee_items_are_written_by_whoever_sets_a_unit_up(
    unit: OneCall, person: Person | None
) -> None:
    writer = unit.manager if person is None else await unit.world.enrolled(person)
    phrase = {"unit": BANQIAO, "list": PhraseList.FAULT, "text": "有異味", "rank": 9}
    fee = {"unit": BANQIAO, "kind": "inspection", "name": "檢查費", "amount": 50_000, "rank": 0}
    await unit.wrote(writer, Kind.PRESET, "preset-one", phrase)
    await unit.wrote(writer, Kind.FEE_ITEM, "fee-one", fee)
    assert await rows(unit.technician, Kind.PRESET, BANQIAO) == [phrase]
    assert await rows(unit.technician, Kind.FEE_ITEM, BANQIAO) == [fee]


PHRASE = {"unit": BANQIAO, "list": PhraseList.FAULT, "text": "有異味", "rank": 9}
FEE = {"unit": BANQIAO, "kind": "inspection", "name": "檢查費", "amount": 50_000, "rank": 0}


@pytest.mark.parametrize(
    ("kind", "doc", "fields", "change"),
    [
        (Kind.PRESET, "preset-one", PHRASE, {"text": "有怪味"}),
        (Kind.FEE_ITEM, "fee-one", FEE, {"amount": 60_000}),
    ],
)
async def test_what_becomes_of_a_phrase_or_a_fee_item_stands_in_the_log(
    unit: OneCall, kind: Kind, doc: str, fields: dict[str, Any], change: dict[str, Any]
) -> None:
    before = len(await unit.world.entries())
    for written in (fields, change, {"deleted": True}, {"deleted": False}):
        await unit.wrote(unit.manager, kind, doc, written)
    told = (await unit.world.entries())[before:]
    assert [each.deed for each in told] == [f"{kind}.{what}" for what in ("added", "changed", "removed", "added")]
    for each in told:
        assert (each.user, each.device) == (MANAGER.user, unit.manager.device)
        assert (each.objects, each.purpose) == ((f"unit:{BANQIAO}", f"{kind}:{doc}"), None)
        assert each.request_sha256


async def test_several_changes_that_one_push_brings_are_told_apart_and_what_was_written_at_once_is_one(
    unit: OneCall,
) -> None:
    before = len(await unit.world.entries())
    unit.manager.write(Kind.PRESET, "preset-one", PHRASE, following=1)
    unit.manager.write(Kind.PRESET, "preset-two", PHRASE | {"text": "太吵"})
    unit.manager.write(Kind.PRESET, "preset-one", {"rank": 10}, following=1)
    unit.manager.write(Kind.PRESET, "preset-two", {"rank": 9})
    unit.manager.write(Kind.PRESET, "preset-one", {"deleted": True})
    assert (await unit.manager.push()).results == ()
    one, two = "preset:preset-one", "preset:preset-two"
    assert [(each.deed, each.objects[1:]) for each in (await unit.world.entries())[before:]] == [
        (Deed.PHRASES_ADDED, (one, two)),
        (Deed.PHRASES_CHANGED, (one, two)),
        (Deed.PHRASES_REMOVED, (one,)),
    ]


async def test_what_is_refused_or_brought_again_is_no_change_of_the_phrases(unit: OneCall) -> None:
    await unit.wrote(unit.manager, Kind.PRESET, "preset-one", PHRASE)
    before = await unit.world.entries()
    await unit.manager.push()
    unit.technician.write(Kind.PRESET, "preset-one", {"deleted": True})
    assert [result[1] for result in (await unit.technician.push()).results] == ["held"]
    assert await unit.world.entries() == before


async def test_whoever_acts_for_the_manager_changes_phrases_in_his_place(unit: OneCall) -> None:
    now = unit.world.clock.now()
    order = {"user": CLERK.user, "acting_for": MANAGER.user, "starts_at": now, "until_at": now + 3_600_000}
    proven(await unit.manager.client.post(f"/api/units/{BANQIAO}/acting", json=order))
    await unit.wrote(unit.clerk, Kind.PRESET, "preset-one", PHRASE)
    entry = (await unit.world.entries())[-1]
    assert (entry.user, entry.acting_for, entry.deed) == (CLERK.user, MANAGER.user, Deed.PHRASES_ADDED)


async def test_a_unit_that_begins_with_phrases_is_one_deed(admin: SyncDevice, unit: OneCall) -> None:
    before = len(await unit.world.entries())
    proven(await admin.client.post("/api/units", json=HSINCHU))
    assert [each.deed for each in (await unit.world.entries())[before:]] == [Deed.UNIT_ADDED]


async def test_h1_a_change_of_a_phrase_that_comes_back_after_a_restore_is_noted_again(unit: OneCall) -> None:
    await unit.wrote(unit.manager, Kind.PRESET, "preset-one", PHRASE)
    before = len(await unit.world.entries())
    key = (Kind.PRESET, "preset-one")

    async def folded(work: Work, fresh: set[Dot]) -> None:
        await work.react((await work.recorder.refold({key}, fresh)).values())

    dot = Dot(unit.manager.chain.record.actor, 1)
    for fresh in (set[Dot](), {dot}):
        await unit.world.journal.write(COMPANY, partial(folded, fresh=fresh))
    [entry] = (await unit.world.entries())[before:]
    assert (entry.user, entry.device, entry.request_sha256) == (MANAGER.user, unit.manager.device, None)
    assert entry.objects == (f"unit:{BANQIAO}", "preset:preset-one")


async def test_what_a_manager_applies_of_a_held_phrase_is_noted_as_that_decision(unit: OneCall) -> None:
    unit.technician.write(Kind.PRESET, "preset-one", PHRASE)
    await unit.technician.push()
    before = len(await unit.world.entries())
    actor = unit.technician.chain.record.actor
    proven(await unit.manager.client.post(f"/api/held/{actor}/1/apply", json={"reason": "可以用"}))
    assert [each.deed for each in (await unit.world.entries())[before:]] == [Deed.HELD_APPLIED]
