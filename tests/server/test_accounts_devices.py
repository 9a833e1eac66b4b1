"""Devices: enrolling, speaking from one, revoking."""

from collections.abc import AsyncIterator

import httpx
import pytest

from schemas.audit import Deed
from schemas.problems import Code, Problem
from schemas.registry import Kind
from schemas.vocabulary import Place, Role
from server.accounts.devices import session_statement, thumbprint
from server.platform.ambient import RealAmbient
from server.platform.keys import base64url
from tests.server.world import (
    ADMIN,
    BANQIAO,
    CLERK,
    COMPANY,
    DEPARTMENT,
    MANAGER,
    TECHNICIAN,
    TECHNICIAN_ELSEWHERE,
    TECHNICIAN_TWO,
    Person,
    SyncDevice,
    World,
    problem,
    proven,
)
from tests.support.signing_device import SigningDevice, body_of


def fresh_key() -> SigningDevice:
    return SigningDevice(RealAmbient(), COMPANY, "somebody", BANQIAO, "epoch-none")


async def enrol(browser: httpx.AsyncClient, key: SigningDevice, place: Place, **more: str) -> httpx.Response:
    wish = {"name": "志明的手機", "place": place, "public_key": base64url(key.point)}
    return await browser.post("/api/devices", json=wish | more)


async def prove(browser: httpx.AsyncClient, device: str, key: SigningDevice) -> httpx.Response:
    challenge = proven(await browser.get("/api/session")).json()["challenge"]
    said = {"device": device, "signature": key.sign(session_statement(challenge, device))}
    return await browser.post("/api/session/device", json=said)


async def revoke(by: httpx.AsyncClient, device: SyncDevice) -> httpx.Response:
    return await by.post(f"/api/devices/{device.device}/revoke")


async def test_an_enrolled_device_is_a_document_of_its_users_unit(world: World) -> None:
    device = await world.enrolled(TECHNICIAN)
    assert await world.document(Kind.DEVICE, device.device) == {
        "user": TECHNICIAN.user,
        "unit": BANQIAO,
        "name": "Chrome",
        "place": "field",
        "key_thumbprint": thumbprint(device.chain.point),
        "enrolled_at": pytest.approx(world.clock.now(), abs=60_000),
    }
    assert Deed.DEVICE_ENROLLED in await world.deeds()


def test_the_thumbprint_is_that_of_rfc_7638() -> None:
    point = bytes.fromhex("04") + bytes(range(64))
    # printf '{"crv":"P-256","kty":"EC","x":"...","y":"..."}' | openssl dgst -sha256 -binary | basenc --base64url
    assert thumbprint(point) == "0r62zgBj277RicA3LnaBKQ5_9RCDIomrlbpWjO0QTG0"


async def test_enrolling_binds_the_session_to_the_device(world: World) -> None:
    device = await world.enrolled(TECHNICIAN)
    assert proven(await device.client.get("/api/session")).json()["device"] == device.device


async def test_a_repeated_enrolment_makes_no_second_device(world: World) -> None:
    browser, key = await world.signed_in(TECHNICIAN), fresh_key()
    first = proven(await enrol(browser, key, Place.FIELD)).json()
    assert proven(await enrol(browser, key, Place.FIELD)).json() == first
    assert (await world.deeds()).count(Deed.DEVICE_ENROLLED) == 1


async def test_two_people_at_one_browser_have_a_device_each(world: World) -> None:
    key = fresh_key()
    one = proven(await enrol(await world.signed_in(TECHNICIAN), key, Place.FIELD)).json()
    two = proven(await enrol(await world.signed_in(TECHNICIAN_TWO), key, Place.FIELD)).json()
    assert one != two


@pytest.mark.parametrize("broken", ["", "AAAA", "A", "A" * 87, base64url(bytes([4]) + bytes(64))])
async def test_a_key_that_is_no_point_is_refused(world: World, broken: str) -> None:
    refused = await enrol(await world.signed_in(TECHNICIAN), fresh_key(), Place.FIELD, public_key=broken)
    assert problem(refused) == (422, "device.key")


@pytest.mark.parametrize(
    ("person", "place", "allowed"),
    [
        (TECHNICIAN, Place.FIELD, True),
        (TECHNICIAN, Place.OFFICE, False),
        (MANAGER, Place.FIELD, True),
        (MANAGER, Place.OFFICE, True),
        (CLERK, Place.FIELD, False),
        (CLERK, Place.OFFICE, True),
        (ADMIN, Place.OFFICE, True),
        (DEPARTMENT, Place.FIELD, False),
    ],
)
async def test_a_place_is_enrolled_by_the_roles_that_work_there(
    world: World, person: Person, place: Place, *, allowed: bool
) -> None:
    answer = await enrol(await world.signed_in(person), fresh_key(), place)
    if allowed:
        proven(answer)
    else:
        assert problem(answer) == (403, "session.role_missing")


async def test_a_new_session_speaks_from_the_device_once_it_has_signed_the_challenge(world: World) -> None:
    device = await world.enrolled(TECHNICIAN)
    browser = await world.signed_in(TECHNICIAN)
    assert problem(await browser.get("/sync/v1/pull")) == (403, "device.unknown")
    proven(await prove(browser, device.device, device.chain))
    proven(await browser.get("/sync/v1/pull"))


async def test_a_challenge_is_signed_by_the_device_and_for_this_session(world: World) -> None:
    device, browser = await world.enrolled(TECHNICIAN), await world.signed_in(TECHNICIAN)
    assert problem(await prove(browser, device.device, fresh_key())) == (403, "device.signature")
    elsewhere = proven(await device.client.get("/api/session")).json()["challenge"]
    replayed = {
        "device": device.device,
        "signature": device.chain.sign(session_statement(elsewhere, device.device)),
    }
    assert problem(await browser.post("/api/session/device", json=replayed)) == (403, "device.signature")
    assert problem(await browser.post("/api/session/device", json=replayed | {"signature": "A"})) == (
        403,
        "device.signature",
    )


async def test_nobody_speaks_from_somebody_elses_device(world: World) -> None:
    device, browser = await world.enrolled(TECHNICIAN), await world.signed_in(TECHNICIAN_TWO)
    assert problem(await prove(browser, device.device, device.chain)) == (403, "device.unknown")
    assert problem(await prove(browser, "device-nowhere", device.chain)) == (403, "device.unknown")


async def test_another_devices_cookie_cannot_write_this_devices_chain(world: World) -> None:
    device, thief = await world.enrolled(TECHNICIAN), await world.enrolled(TECHNICIAN)
    device.client = thief.client
    device.write(Kind.CUSTOMER, "customer-one", {"unit": BANQIAO, "name": "陳美惠"})
    for push in (device.push, device.hello):
        with pytest.raises(Problem, match=Code.DEVICE_WRONG):
            await push()


async def test_a_revoked_device_is_told_so_by_its_next_request(world: World) -> None:
    device, manager = await world.enrolled(TECHNICIAN), await world.enrolled(MANAGER)
    device.write(Kind.CUSTOMER, "customer-one", {"unit": BANQIAO, "name": "陳美惠"})
    proven(await revoke(manager.client, device))
    for ask in (device.hello, device.push, device.pull):
        with pytest.raises(Problem, match=Code.DEVICE_REVOKED):
            await ask()
    assert problem(await device.client.get("/api/session")) == (403, "device.revoked")
    assert await world.document(Kind.CUSTOMER, "customer-one") == {}
    assert (await world.deeds())[-1] == Deed.DEVICE_REVOKED


async def test_an_upload_that_was_under_way_when_its_device_was_revoked_is_not_taken_in(world: World) -> None:
    device, manager = await world.enrolled(TECHNICIAN), await world.enrolled(MANAGER)
    device.write(Kind.CUSTOMER, "customer-one", {"unit": BANQIAO, "name": "陳美惠"})
    whole = body_of(*device.chain.push())

    async def slow_body() -> AsyncIterator[bytes]:
        yield whole[:10]
        proven(await revoke(manager.client, device))
        yield whole[10:]

    answer = await device.client.post("/sync/v1/push", content=slow_body())
    assert problem(answer) == (403, "device.revoked")
    assert await world.document(Kind.CUSTOMER, "customer-one") == {}


async def test_a_revoked_key_does_not_come_back(world: World) -> None:
    device = await world.enrolled(TECHNICIAN)
    proven(await revoke(device.client, device))
    browser = await world.signed_in(TECHNICIAN)
    assert problem(await prove(browser, device.device, device.chain)) == (403, "device.revoked")
    assert problem(await enrol(browser, device.chain, Place.FIELD)) == (403, "device.revoked")
    somebody_else = await world.signed_in(TECHNICIAN_TWO)
    assert problem(await enrol(somebody_else, device.chain, Place.FIELD)) == (403, "device.revoked")
    proven(await enrol(browser, fresh_key(), Place.FIELD))


async def test_revoking_one_device_leaves_the_persons_others_alone(world: World) -> None:
    lost, other = await world.enrolled(TECHNICIAN), await world.enrolled(TECHNICIAN)
    proven(await revoke(other.client, lost))
    proven(await other.client.get("/api/session"))


async def test_whoever_lost_a_phone_revokes_it_from_any_browser(world: World) -> None:
    lost, browser = await world.enrolled(TECHNICIAN), await world.signed_in(TECHNICIAN)
    proven(await revoke(browser, lost))


async def test_revoking_twice_changes_nothing(world: World) -> None:
    device, manager = await world.enrolled(TECHNICIAN), await world.enrolled(MANAGER)
    proven(await revoke(manager.client, device))
    revoked = await world.document(Kind.DEVICE, device.device)
    proven(await revoke(manager.client, device))
    assert await world.document(Kind.DEVICE, device.device) == revoked
    assert (await world.deeds()).count(Deed.DEVICE_REVOKED) == 1


async def test_a_device_is_revoked_by_its_user_its_manager_and_the_admin_only(world: World) -> None:
    device, far = await world.enrolled(TECHNICIAN), await world.enrolled(TECHNICIAN_ELSEWHERE)
    colleague, manager = await world.enrolled(TECHNICIAN_TWO), await world.enrolled(MANAGER)
    assert problem(await revoke(colleague.client, device)) == (403, "session.role_missing")
    assert problem(await revoke(manager.client, far)) == (404, "record.missing")
    assert problem(await manager.client.post("/api/devices/device-nowhere/revoke")) == (404, "record.missing")
    assert problem(await revoke(await world.signed_in(MANAGER), device)) == (403, "device.unknown")
    proven(await revoke((await world.enrolled(ADMIN)).client, far))


async def test_a_device_keeps_its_place_when_its_users_roles_change(world: World) -> None:
    device, admin = await world.enrolled(TECHNICIAN), await world.enrolled(ADMIN)
    roles = {"roles": [Role.CLERK]}
    proven(await admin.client.post(f"/api/accounts/{TECHNICIAN.user}", json=roles))
    await device.hello()


async def test_h1_a_key_whose_enrolment_was_lost_gets_its_id_again_unless_somebody_has_it(world: World) -> None:
    browser = await world.signed_in(TECHNICIAN)
    taken = await world.enrolled(MANAGER)
    wish = {"name": "Pixel", "place": "field", "public_key": base64url(fresh_key().point)}
    first = proven(await browser.post("/api/devices", json=wish | {"device": "device-of-old"})).json()["device"]
    again = proven(await browser.post("/api/devices", json=wish | {"device": "device-other"})).json()["device"]
    assert (first, again) == ("device-of-old", "device-of-old")
    for name in (taken.device, "device-of-old", "server"):
        other = wish | {"public_key": base64url(fresh_key().point), "device": name}
        assert proven(await browser.post("/api/devices", json=other)).json()["device"] != name
