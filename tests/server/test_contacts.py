"""Who was last in touch when, and what his device said that it still had to send."""

from typing import Any

import httpx
import msgspec
import pytest
from msgspec import structs

from schemas.office import DeviceContact
from schemas.registry import Kind
from schemas.vocabulary import Place
from server.records.work import Setting
from tests.server.world import (
    ADMIN,
    BANQIAO,
    CLERK,
    CLERK_ELSEWHERE,
    COMPANY,
    DEPARTMENT,
    MANAGER,
    TAOYUAN,
    TECHNICIAN,
    TECHNICIAN_ELSEWHERE,
    Person,
    SyncDevice,
    World,
    problem,
    proven,
)
from tests.support.signing_device import body_of

MINUTE = 60_000


async def hello(device: SyncDevice, **said: Any) -> httpx.Response:  # noqa: ANN401 - any field of a hello
    told = structs.replace(device.chain.hello(), **said)
    return await device.client.post("/sync/v1/hello", content=msgspec.json.encode(told))


async def push(device: SyncDevice, pending: int, **said: Any) -> httpx.Response:  # noqa: ANN401 - any field of a push
    """Send one new operation, with the device's word for how many it has yet to send, this one included."""
    doc = f"customer-{len(device.chain.sent)}"
    device.write(Kind.CUSTOMER, doc, {"unit": BANQIAO, "name": "陳美惠"})
    head, payloads = device.chain.push(len(device.chain.sent))
    told = structs.replace(head, pending=pending, **said)
    return await device.client.post("/sync/v1/push", content=body_of(told, payloads))


async def told(reader: SyncDevice) -> dict[str, DeviceContact]:
    answer = proven(await reader.client.get("/api/contacts"))
    return {each.device: each for each in msgspec.json.decode(answer.content, type=list[DeviceContact])}


async def test_p7_a_hello_tells_what_waits_on_the_device_and_since_when_by_the_servers_clock(world: World) -> None:
    office, phone = await world.enrolled(MANAGER), await world.enrolled(TECHNICIAN)
    now = world.clock.now() - 5 * MINUTE  # the phone's clock is behind
    proven(await hello(phone, pending=3, now=now, oldest_pending_at=now - 90 * MINUTE, app="0.1.0"))
    contact = (await told(office))[phone.device]
    assert (contact.pending, contact.app) == (3, "0.1.0")
    assert contact.at == pytest.approx(world.clock.now(), abs=MINUTE)
    assert contact.oldest_pending_at == contact.at - 90 * MINUTE


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ({"pending": 0, "oldest_pending_at": 5}, None),
        ({"pending": 1}, None),
        ({"pending": 1, "now": 0, "oldest_pending_at": 9}, "at"),
        ({"pending": 1, "oldest_pending_at": 0, "now": 2**53 - 1}, 0),
    ],
    ids=["nothing waits", "not said", "later than now", "before all time"],
)
async def test_an_age_that_cannot_be_is_none(world: World, said: dict[str, int], kept: object) -> None:
    office, phone = await world.enrolled(MANAGER), await world.enrolled(TECHNICIAN)
    proven(await hello(phone, **said))
    contact = (await told(office))[phone.device]
    assert contact.oldest_pending_at == (contact.at if kept == "at" else kept)


async def test_p7_a_push_leaves_what_it_did_not_bring_and_keeps_the_apps_version(world: World) -> None:
    office, phone = await world.enrolled(MANAGER), await world.enrolled(TECHNICIAN)
    now = world.clock.now()
    proven(await hello(phone, pending=3, oldest_pending_at=now, app="0.1.0"))
    world.clock.ahead_ms = 10 * MINUTE
    proven(await push(phone, pending=3))
    contact = (await told(office))[phone.device]
    assert (contact.pending, contact.oldest_pending_at, contact.app) == (2, None, "0.1.0")
    assert contact.at >= now + 10 * MINUTE
    proven(await push(phone, pending=1))
    assert (await told(office))[phone.device].pending == 0


async def test_p7_a_push_tells_since_when_the_rest_waits_by_the_servers_clock(world: World) -> None:
    office, phone = await world.enrolled(MANAGER), await world.enrolled(TECHNICIAN)
    now = world.clock.now() - 5 * MINUTE  # the phone's clock is behind
    proven(await push(phone, pending=3, now=now, oldest_left_at=now - 90 * MINUTE))
    contact = (await told(office))[phone.device]
    assert (contact.pending, contact.oldest_pending_at) == (2, contact.at - 90 * MINUTE)
    proven(await push(phone, pending=1, now=now, oldest_left_at=now))
    assert (await told(office))[phone.device].oldest_pending_at is None


async def test_l5_a_hello_wakes_nobody_unless_an_epoch_may_have_begun(world: World) -> None:
    phone = await world.enrolled(TECHNICIAN)
    heard = world.journal.pokes.listen(COMPANY)
    proven(await hello(phone))
    assert not heard.is_set()
    phone.chain.begin("epoch-of-old")
    proven(await hello(phone))
    assert heard.is_set()


async def test_a_push_that_is_refused_was_no_contact(world: World) -> None:
    office, phone = await world.enrolled(MANAGER), await world.enrolled(TECHNICIAN)
    before = (await told(office))[phone.device]
    world.clock.ahead_ms = 10 * MINUTE
    head, payloads = phone.chain.push(1)
    problem(await phone.client.post("/sync/v1/push", content=body_of(head, payloads)))
    assert (await told(office))[phone.device] == before


async def test_a_device_that_said_what_waits_on_it_and_was_revoked_is_still_told_of(world: World) -> None:
    office, phone = await world.enrolled(MANAGER), await world.enrolled(TECHNICIAN)
    proven(await hello(phone, pending=3))
    before = (await told(office))[phone.device]
    proven(await office.client.post(f"/api/devices/{phone.device}/revoke"))
    world.clock.ahead_ms = 10 * MINUTE
    assert problem(await hello(phone, pending=0)) == (403, "device.revoked")
    assert (await told(office))[phone.device] == before


@pytest.mark.parametrize(
    ("reader", "sees"),
    [(CLERK, {BANQIAO}), (CLERK_ELSEWHERE, {TAOYUAN}), (DEPARTMENT, {BANQIAO, TAOYUAN}), (ADMIN, {BANQIAO, TAOYUAN})],
)
async def test_f3_contacts_are_told_to_the_office_of_the_devices_unit(
    world: World, reader: Person, sees: set[str]
) -> None:
    phones = {one.unit: (await world.enrolled(one)).device for one in (TECHNICIAN, TECHNICIAN_ELSEWHERE)}
    shown = await told(await world.enrolled(reader))
    assert {unit for unit, device in phones.items() if device in shown} == sees


async def test_a_contact_follows_its_device_to_another_unit(world: World) -> None:
    here, there = await world.enrolled(CLERK), await world.enrolled(CLERK_ELSEWHERE)
    phone = await world.enrolled(TECHNICIAN)
    await world.decide(ADMIN, Setting(Kind.DEVICE, phone.device, {"unit": TAOYUAN}))
    assert phone.device not in await told(here)
    assert phone.device in await told(there)


async def test_technicians_are_not_told_when_others_were_in_touch(world: World) -> None:
    phone = await world.enrolled(TECHNICIAN)
    assert problem(await phone.client.get("/api/contacts")) == (403, "session.role_missing")


async def test_each_device_of_one_person_has_a_contact_of_its_own(world: World) -> None:
    phone, desk = await world.enrolled(MANAGER, Place.FIELD), await world.enrolled(MANAGER, Place.OFFICE)
    proven(await hello(phone, pending=2))
    shown = await told(desk)
    assert (shown[phone.device].pending, shown[desk.device].pending) == (2, 0)
