"""Rescue files in the office: opened by it alone, taken in once, whichever of file and phone comes first."""

import asyncio
from hashlib import sha256
from pathlib import Path
from typing import Any

import httpx
import pytest

from schemas.audit import Deed
from schemas.registry import Kind
from server.cli.rescuing import RescueRefusedError, import_rescue
from server.platform.ambient import RealAmbient
from server.platform.keys import ServerKeys
from server.platform.settings import Settings
from tests.server.demo_company import prepared
from tests.server.leaver import revoked
from tests.server.one_call import OneCall, at_work
from tests.server.world import (
    BANQIAO,
    CLERK_ELSEWHERE,
    TECHNICIAN_TWO,
    SyncDevice,
    World,
    found,
    problem,
    proven,
    running,
)
from tests.support.rescue_file import batch_of, rescue_file

HOME = {"unit": BANQIAO, "name": "陳美惠", "phone": "0912-345-678"}
STROKES = b"s1.AAECAwQFBgcICQ"


@pytest.fixture
async def unit(world: World) -> OneCall:
    return await at_work(world)


@pytest.fixture
def keys(world: World) -> ServerKeys:
    return world.journal.endpoint.keys


@pytest.fixture
def phone(unit: OneCall) -> SyncDevice:
    """The technician's phone with two edits of one customer that it could not send."""
    unit.technician.chain.write("customer", "customer-one", HOME)
    unit.technician.chain.write("customer", "customer-one", {"mobile": "0933-000-111"})
    return unit.technician


async def asked(device: SyncDevice, what: str, file: bytes) -> httpx.Response:
    return await device.client.post(f"/api/rescue/{what}", content=file)


async def taken(unit: OneCall, file: bytes) -> dict[str, Any]:
    told: dict[str, Any] = proven(await asked(unit.manager, "take", file)).json()
    return told


async def mobile(unit: OneCall) -> object:
    return (await unit.world.document(Kind.CUSTOMER, "customer-one")).get("mobile")


async def test_x3_a_look_tells_whose_it_is_and_writes_nothing(
    unit: OneCall, phone: SyncDevice, keys: ServerKeys
) -> None:
    file = rescue_file(keys, phone.chain)
    told = proven(await asked(unit.clerk, "look", file)).json()
    assert (told["state"], told["user_name"], told["entries"], told["fresh"]) == ("new", "陳志明", 2, 2)
    assert await mobile(unit) is None


async def test_x3_the_file_first_and_then_the_phone_nothing_is_twice(
    unit: OneCall, phone: SyncDevice, keys: ServerKeys
) -> None:
    await taken(unit, rescue_file(keys, phone.chain))
    assert await mobile(unit) == "0933-000-111"
    reply = await phone.push()
    assert (reply.acked_seq, reply.results) == (2, ())
    history = proven(await unit.manager.client.get("/api/records/customer/customer-one/history")).json()
    assert [entry["seq"] for entry in history] == [1, 2]


async def test_x3_the_phone_first_and_then_the_file_it_is_already_here(
    unit: OneCall, phone: SyncDevice, keys: ServerKeys
) -> None:
    await phone.push()
    before = await unit.world.entries()
    told = await taken(unit, rescue_file(keys, phone.chain))
    assert (told["state"], told["fresh"]) == ("here", 0)
    assert await unit.world.entries() == before


async def test_x3_a_part_that_came_by_the_phone_is_passed_over(
    unit: OneCall, phone: SyncDevice, keys: ServerKeys
) -> None:
    file = rescue_file(keys, phone.chain)
    head, payloads = phone.chain.push(1, 1)
    assert head.count == len(payloads) == 1
    phone.chain.sent, kept = phone.chain.sent[:1], list(phone.chain.sent)
    await phone.push()
    phone.chain.sent = kept
    assert ((told := await taken(unit, file))["state"], told["fresh"]) == ("partly", 1)
    assert (await taken(unit, file))["state"] == "here"


async def test_x3_a_chain_that_was_renamed_since_is_followed(
    unit: OneCall, phone: SyncDevice, keys: ServerKeys
) -> None:
    file = rescue_file(keys, phone.chain)
    moved, parent = list(phone.chain.sent), phone.chain.record.actor
    phone.chain.begin(unit.world.epoch, parent, 0)
    await phone.hello()
    phone.chain.append(moved[0])
    await phone.push()
    told = await taken(unit, file)
    assert (told["state"], told["fresh"]) == ("partly", 1)
    phone.chain.append(moved[1])
    assert (await phone.push()).acked_seq == 2
    row = (await unit.manager.pull())["customer-one"]
    assert (row.fields["mobile"], row.rivals) == ("0933-000-111", {})


async def test_x4_a_stopped_devices_file_is_held_as_in_its_quarantine(
    unit: OneCall, phone: SyncDevice, keys: ServerKeys
) -> None:
    await revoked(unit, phone)
    assert (await taken(unit, rescue_file(keys, phone.chain)))["held"] == 2
    assert await mobile(unit) is None
    [quarantine] = proven(await unit.manager.client.get("/api/quarantines")).json()
    assert (quarantine["arrived"], quarantine["waiting"]) == (2, 2)


async def test_x2_files_come_along_if_an_operation_names_them(
    unit: OneCall, phone: SyncDevice, keys: ServerKeys, tmp_path: Path
) -> None:
    phone.chain.write("signature", "a" * 40, {"strokes_sha256": sha256(STROKES).hexdigest()})
    told = await taken(unit, rescue_file(keys, phone.chain, blobs=(STROKES, b"s1.AAAA")))
    assert (told["blobs"], told["refused"]) == (1, 0)
    kept = [path.name for path in (tmp_path / "blobs").rglob("*") if path.is_file()]
    assert kept == [sha256(STROKES).hexdigest()]


async def test_x2_a_file_whose_record_came_before_comes_along_too(
    unit: OneCall, phone: SyncDevice, keys: ServerKeys
) -> None:
    phone.chain.write("signature", "a" * 40, {"strokes_sha256": sha256(STROKES).hexdigest()})
    await phone.push()
    file = rescue_file(keys, phone.chain, batch_of(phone.chain, 1, 1), blobs=(STROKES, b"s1.AAAA"))
    told = await taken(unit, file)
    assert (told["state"], told["fresh"], told["blobs"], told["fresh_blobs"]) == ("partly", 0, 1, 1)


async def test_x1_every_cut_and_every_changed_byte_is_noticed(
    unit: OneCall, phone: SyncDevice, keys: ServerKeys
) -> None:
    file = rescue_file(keys, phone.chain)
    end = file.index(b"\n")
    broken = [file[:-1], file[: end + 1], file[: end + 60], file[:-3] + b"abc", file + b"x"]
    for each in broken:
        assert problem(await asked(unit.manager, "take", each)) == (422, "rescue.damaged")
    assert await mobile(unit) is None


async def test_x1_a_forged_header_opens_nothing(unit: OneCall, phone: SyncDevice, keys: ServerKeys) -> None:
    file = rescue_file(keys, phone.chain)
    line, _, rest = file.partition(b"\n")
    assert problem(
        await asked(unit.manager, "take", line.replace(b'"version":1', b'"version":1,"a":2') + b"\n" + rest)
    ) == (
        422,
        "rescue.damaged",
    )
    for header, told in (
        ({"company": "company-two"}, (404, "rescue.foreign")),
        ({"key": "AAAA"}, (404, "rescue.foreign")),
        ({"version": 2}, (422, "rescue.version")),
        ({"format": "something"}, (422, "rescue.unknown")),
        ({"format": "fieldproof-outbox-1"}, (422, "rescue.unsealed")),
    ):
        assert problem(await asked(unit.manager, "look", rescue_file(keys, phone.chain, **header))) == told
    for nothing in (b"", b"\n", b"{", b"\xff\xfe", b"[" * 1_500, b"PK\x03\x04"):
        assert problem(await asked(unit.manager, "look", nothing)) == (422, "rescue.unknown")


async def test_x2_whoever_seals_must_have_signed(unit: OneCall, phone: SyncDevice, keys: ServerKeys) -> None:
    other = await unit.world.enrolled(TECHNICIAN_TWO)
    batch, payloads = batch_of(phone.chain)
    changed = [payloads[0], payloads[1].replace(b"0933", b"0944")]
    assert problem(await asked(unit.manager, "take", rescue_file(keys, phone.chain, (batch, changed))))[1] == (
        "device.signature"
    )
    stolen = rescue_file(keys, other.chain, batch_of(phone.chain))
    assert problem(await asked(unit.manager, "take", stolen))[1] == "device.wrong"
    assert await mobile(unit) is None


async def test_x3_a_file_whose_beginning_is_missing_says_so(unit: OneCall, phone: SyncDevice, keys: ServerKeys) -> None:
    late = rescue_file(keys, phone.chain, batch_of(phone.chain, first=2))
    assert problem(await asked(unit.manager, "take", late)) == (409, "rescue.gap")


async def test_f3_another_units_desk_does_not_take_it(unit: OneCall, phone: SyncDevice, keys: ServerKeys) -> None:
    stranger = await unit.world.enrolled(CLERK_ELSEWHERE)
    assert problem(await asked(stranger, "look", rescue_file(keys, phone.chain))) == (404, "rescue.foreign")


async def test_x3_an_import_leaves_its_entry(unit: OneCall, phone: SyncDevice, keys: ServerKeys) -> None:
    await taken(unit, rescue_file(keys, phone.chain))
    entry = next(each for each in await unit.world.entries() if each.deed is Deed.RESCUE_IMPORTED)
    assert entry.objects[0] == f"device:{phone.device}"
    assert entry.user == "manager-one"


async def test_x3_the_operator_takes_it_in_at_the_console_beside_a_running_server(
    empty_database_url: str, tmp_path: Path
) -> None:
    await prepared(empty_database_url)
    await found(empty_database_url)
    settings, file = Settings(database_url=empty_database_url, data=tmp_path), tmp_path / "unsent.fprescue"
    async with running(empty_database_url, tmp_path) as world:
        unit = await at_work(world)
        unit.technician.chain.write("customer", "customer-one", HOME)
        content = rescue_file(world.journal.endpoint.keys, unit.technician.chain)
        await asyncio.to_thread(file.write_bytes, content)
        assert (await import_rescue(settings, RealAmbient(), file)).state == "new"
        assert (await import_rescue(settings, RealAmbient(), file)).state == "here"
        assert await world.document(Kind.CUSTOMER, "customer-one") == HOME
        await asyncio.to_thread(file.write_bytes, content[:-1])
        with pytest.raises(RescueRefusedError, match="不完整"):
            await import_rescue(settings, RealAmbient(), file)
