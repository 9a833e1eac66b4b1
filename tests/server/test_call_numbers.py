"""Official numbers and what else happens by itself when a document changes (F012)."""

import asyncio

import msgspec
import pytest
from msgspec import structs
from sqlalchemy import select

from schemas.audit import AuditEntry
from schemas.problems import Problem
from schemas.protocol import MAX_HELLO_NUMBERS, EpochLink
from schemas.registry import Kind
from schemas.rules.service_hours import year_at
from schemas.vocabulary import VoucherOrigin
from server.audit.tables import AUDIT_ENTRY
from server.records.work import Setting, Work
from tests.server.one_call import RECEIVED_AT, OneCall, at_work
from tests.server.world import (
    BANQIAO,
    CLERK,
    CLERK_ELSEWHERE,
    COMPANY,
    MANAGER,
    TAOYUAN,
    TECHNICIAN,
    SyncDevice,
    World,
    problem,
    proven,
)

YEAR_MS = 366 * 86_400_000
NEW_YEAR_2027_IN_TAIPEI = 1_798_732_800_000


async def number_of(world: World, call: str) -> object:
    return (await world.document(Kind.SERVICE_CALL, call)).get("number")


async def log(device: SyncDevice, call: str, *, unit: str = BANQIAO, received_at: int | None = RECEIVED_AT) -> None:
    device.write(Kind.SERVICE_CALL, call, {"unit": unit, "symptom": "不冷", "received_at": received_at})
    await device.push(len(device.chain.sent))


async def test_f012_calls_are_numbered_without_gaps_in_each_unit_and_year(world: World) -> None:
    here, there = await world.enrolled(CLERK), await world.enrolled(CLERK_ELSEWHERE)
    await log(here, "call-one")
    await log(there, "call-two", unit=TAOYUAN)
    await log(here, "call-three", received_at=RECEIVED_AT - YEAR_MS)
    await log(here, "call-four")
    numbers = [await number_of(world, call) for call in ("call-one", "call-two", "call-three", "call-four")]
    assert numbers == ["BAN-2026-000001", "TYN-2026-000001", "BAN-2025-000001", "BAN-2026-000002"]


async def test_f012_calls_of_one_push_are_numbered_in_the_order_in_which_they_were_written(world: World) -> None:
    device = await world.enrolled(CLERK)
    calls = ["call-z", "call-a", "call-m"]
    for call in calls:
        device.write(Kind.SERVICE_CALL, call, {"unit": BANQIAO, "received_at": RECEIVED_AT})
    await device.push()
    assert [await number_of(world, call) for call in calls] == [f"BAN-2026-{count:06d}" for count in (1, 2, 3)]


async def test_f012_calls_of_many_devices_at_once_leave_no_gap_and_no_double(world: World) -> None:
    devices = [await world.enrolled(CLERK) for _ in range(4)]
    for place, device in enumerate(devices):
        for number in range(5):
            fields = {"unit": BANQIAO, "received_at": RECEIVED_AT + number}
            device.write(Kind.SERVICE_CALL, f"call-{place}-{number}", fields)
    await asyncio.gather(*(device.push() for device in devices))
    numbers = {await number_of(world, f"call-{place}-{number}") for place in range(4) for number in range(5)}
    assert numbers == {f"BAN-2026-{count:06d}" for count in range(1, 21)}


async def test_f012_a_call_that_two_devices_brought_in_has_one_number(world: World) -> None:
    first, second = await world.enrolled(CLERK), await world.enrolled(TECHNICIAN)
    await log(first, "call-one")
    await log(second, "call-one")
    await log(second, "call-two")
    assert [await number_of(world, call) for call in ("call-one", "call-two")] == [
        "BAN-2026-000001",
        "BAN-2026-000002",
    ]


async def test_a_call_gets_its_number_as_soon_as_its_time_is_known(world: World) -> None:
    device = await world.enrolled(CLERK)
    await log(device, "call-one", received_at=None)
    assert await number_of(world, "call-one") is None
    await device.pull()
    device.write(Kind.SERVICE_CALL, "call-one", {"received_at": RECEIVED_AT})
    await device.push(2)
    assert await number_of(world, "call-one") == "BAN-2026-000001"


async def test_f012_no_push_takes_a_call_off_the_register(world: World) -> None:
    for person in (CLERK, MANAGER, TECHNICIAN):
        device = await world.enrolled(person)
        await log(device, f"call-{person.user}")
        number = await number_of(world, f"call-{person.user}")
        await device.pull()
        device.write(Kind.SERVICE_CALL, f"call-{person.user}", {"deleted": True})
        reply = await device.push(len(device.chain.sent))
        assert [result[1:] for result in reply.results] == [("held", "operation.right")]
        assert await number_of(world, f"call-{person.user}") == number


async def test_a_push_that_is_refused_takes_no_number(world: World) -> None:
    device = await world.enrolled(CLERK)
    device.write(Kind.SERVICE_CALL, "call-one", {"unit": BANQIAO, "received_at": RECEIVED_AT}, following=1)
    with pytest.raises(Problem, match=r"sync\.group_cut"):
        await device.push()
    other = await world.enrolled(CLERK)
    await log(other, "call-two")
    assert await number_of(world, "call-two") == "BAN-2026-000001"


@pytest.mark.parametrize(("zone", "year"), [("Asia/Taipei", 2027), ("UTC", 2026), ("America/New_York", 2026)])
def test_the_year_is_the_one_on_the_units_own_calendar(zone: str, year: int) -> None:
    assert year_at(zone, NEW_YEAR_2027_IN_TAIPEI) == year


def test_a_clock_that_says_anything_still_names_a_year() -> None:
    assert year_at("Asia/Taipei", 2**53 - 1) == 9999


async def test_a_voucher_is_numbered_in_its_unit_for_life(world: World) -> None:
    device = await world.enrolled(CLERK)
    for asset in ("asset-one", "asset-two"):
        device.write(Kind.SERVICE_VOUCHER, asset, {"unit": BANQIAO, "origin": VoucherOrigin.AT_SALE, "opened_at": 1})
    await device.push()
    await world.decide(MANAGER, Setting(Kind.SERVICE_VOUCHER, "asset-two", {"unit": TAOYUAN}))
    numbers = [(await world.document(Kind.SERVICE_VOUCHER, asset))["number"] for asset in ("asset-one", "asset-two")]
    assert numbers == ["V-BAN-000001", "V-BAN-000002"]


async def audit_of(world: World, deed: str) -> list[AuditEntry]:
    async with world.journal.database.reading() as connection:
        query = select(AUDIT_ENTRY.c.leaf).where(AUDIT_ENTRY.c.deed == deed).order_by(AUDIT_ENTRY.c.seq)
        return [msgspec.json.decode(leaf, type=AuditEntry) for leaf in (await connection.execute(query)).scalars()]


@pytest.fixture
async def unit(world: World) -> OneCall:
    return await at_work(world)


async def test_a_signature_leaves_one_audit_entry_of_who_had_it_signed(unit: OneCall) -> None:
    await unit.logged()
    visit, signature = await unit.done_and_signed()
    last = len(unit.technician.chain.sent)
    await unit.technician.push(last - 1)
    entries = await audit_of(unit.world, "visit.signed")
    assert [(entry.user, entry.device, entry.objects) for entry in entries] == [
        (TECHNICIAN.user, unit.technician.device, (f"signature:{signature}", f"service_visit:{visit}"))
    ]


async def test_every_command_leaves_who_did_what_from_where_by_which_request(unit: OneCall) -> None:
    await unit.logged("call-one")
    await unit.logged("call-two")
    back = await unit.dispatched("call-two")
    proven(await unit.manager.client.post(f"/api/dispatches/{back}/cancel", json={"reason": "客戶改期"}))
    proven(await unit.clerk.client.post("/api/calls/call-two/withdraw", json={"reason": "客戶自行修好"}))
    visit = await unit.done("call-one")
    proven(await unit.close("call-one"))
    expected = {
        "call.dispatched": (f"dispatch:{visit}", "service_call:call-one", f"user:{TECHNICIAN.user}"),
        "call.dispatch_cancelled": (f"dispatch:{back}", "service_call:call-two"),
        "call.withdrawn": ("service_call:call-two",),
        "call.closed_and_filed": ("service_call:call-one", f"service_visit:{visit}"),
    }
    for deed, objects in expected.items():
        entry = (await audit_of(unit.world, deed))[-1]
        assert entry.objects == objects
        doer = unit.clerk if deed in ("call.withdrawn", "call.closed_and_filed") else unit.manager
        assert (entry.user, entry.device) == (doer.chain.user, doer.device)
        assert entry.request_sha256 is not None
    assert (await audit_of(unit.world, "call.withdrawn"))[0].purpose == "客戶自行修好"


async def test_a_refused_command_leaves_nothing(unit: OneCall) -> None:
    await unit.logged()
    await unit.close()
    assert await audit_of(unit.world, "call.closed_and_filed") == []


NUMBERS = ("BAN-2026-000041", "BAN-2026-000012", "TYN-2026-999999", "V-BAN-000007", "nonsense", "-000001", "")


async def told_of_numbers(device: SyncDevice, *numbers: str) -> None:
    said = structs.replace(device.chain.hello(), numbers=numbers)
    proven(await device.client.post("/sync/v1/hello", content=msgspec.json.encode(said)))


async def test_h6_after_a_restore_no_number_that_a_device_saw_is_given_out_again(world: World) -> None:
    device = await world.enrolled(CLERK)
    await log(device, "call-one")
    await told_of_numbers(device, *NUMBERS)
    await log(device, "call-two")
    assert await number_of(world, "call-two") == "BAN-2026-000002", "nothing was restored"
    await world.journal.write(COMPANY, lambda work: begin_epoch(work, world))
    device.chain.begin("epoch-after", device.chain.record.actor, 2)
    await told_of_numbers(device, *NUMBERS)
    await log(device, "call-three")
    await log(device, "call-four")
    numbers = [await number_of(world, call) for call in ("call-three", "call-four")]
    assert numbers == ["BAN-2026-000042", "BAN-2026-000043"]


async def test_h6_no_device_makes_a_series_jump_out_of_reach(world: World) -> None:
    device = await world.enrolled(CLERK_ELSEWHERE)
    await world.journal.write(COMPANY, lambda work: begin_epoch(work, world))
    device.chain.begin("epoch-after")
    await told_of_numbers(device, *NUMBERS)
    await log(device, "call-one", unit=TAOYUAN)
    assert await number_of(world, "call-one") == "TYN-2026-000001"


async def begin_epoch(work: Work, world: World) -> None:
    head = await work.ledger.head()
    await work.ledger.begin_epoch(EpochLink("epoch-after", world.epoch, head.position))


async def test_h6_a_hello_tells_no_more_numbers_than_there_is_room_for(world: World) -> None:
    device = await world.enrolled(CLERK)
    said = structs.replace(device.chain.hello(), numbers=("BAN-2026-000001",) * (MAX_HELLO_NUMBERS + 1))
    answer = await device.client.post("/sync/v1/hello", content=msgspec.json.encode(said))
    assert problem(answer) == (413, "request.too_large")
