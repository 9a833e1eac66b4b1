"""What a customer signed: nobody writes it anew, moves it, or adds to it from another unit (SPEC N1 to N4; F032)."""

from hashlib import sha256

import pytest

from schemas.registry import Kind
from tests.server.one_call import WORK, OneCall, at_work, signature
from tests.server.world import (
    MANAGER_ELSEWHERE,
    TAOYUAN,
    TECHNICIAN,
    TECHNICIAN_ELSEWHERE,
    SyncDevice,
    World,
    problem,
    proven,
)


@pytest.fixture
async def unit(world: World) -> OneCall:
    return await at_work(world)


async def verdicts(device: SyncDevice) -> list[str | None]:
    """Send the last operation; why it is held, if it is."""
    return [result[2] for result in (await device.push(len(device.chain.sent))).results if result[1] == "held"]


async def test_n4_the_device_that_wrote_a_signature_cannot_write_it_anew(unit: OneCall) -> None:
    await unit.logged()
    visit, name = await unit.done_and_signed()
    before = await unit.world.document(Kind.SIGNATURE, name)
    _, other = signature(unit.technician, visit, WORK | {"fee_total": 1}, signer_name="somebody else")
    for fields in (other, {"signer_name": "somebody else"}, {"content": "{}"}):
        await unit.technician.pull()
        unit.technician.write(Kind.SIGNATURE, name, fields)
        assert await verdicts(unit.technician) == ["operation.signature"]
    assert await unit.world.document(Kind.SIGNATURE, name) == before


async def test_n4_a_signature_lacks_nothing(unit: OneCall) -> None:
    await unit.logged()
    visit = await unit.dispatched()
    for lacking in ("strokes_sha256", "image_sha256", "signer_name", "signed_at", "role", "template"):
        name, fields = signature(unit.technician, visit, WORK, **{lacking: None})
        unit.technician.write(Kind.SIGNATURE, name, fields)
        assert await verdicts(unit.technician) == ["operation.signature"], lacking


async def test_n1_a_content_of_another_shape_is_held(unit: OneCall) -> None:
    await unit.logged()
    visit = await unit.dispatched()
    for content in ("[]", '"visit-1"', '{"template":"visit-1"}', '{"template":"visit-1","visit":{"fault":"x"}}'):
        digest = {"content": content, "content_sha256": sha256(content.encode()).hexdigest()}
        name, fields = signature(unit.technician, visit, WORK, **digest)
        unit.technician.write(Kind.SIGNATURE, name, fields)
        assert await verdicts(unit.technician) == ["operation.signature"], content


@pytest.mark.parametrize("field", ["call", "asset", "technician"])
async def test_n1_a_signed_entry_that_is_moved_counts_as_changed(unit: OneCall, field: str) -> None:
    await unit.logged()
    await unit.logged("call-two", "asset-two")
    visit = await unit.done()
    elsewhere = {"call": "call-two", "asset": "asset-two", "technician": "technician-two"}
    await unit.wrote(unit.technician, Kind.SERVICE_VISIT, visit, {field: elsewhere[field]})
    moved_to = "call-two" if field == "call" else "call-one"
    assert problem(await unit.close(moved_to)) == (409, "visit.changed_after_signing")


async def test_an_entry_is_deleted_by_nobodys_operation(unit: OneCall) -> None:
    await unit.logged()
    visit = await unit.done()
    for device in (unit.technician, unit.clerk, unit.manager):
        await device.pull()
        device.write(Kind.SERVICE_VISIT, visit, {"deleted": True})
        assert await verdicts(device) == ["operation.right"]
    proven(await unit.close())


async def test_f016_what_another_unit_writes_about_a_visit_or_a_call_is_no_part_of_it(unit: OneCall) -> None:
    await unit.logged()
    visit = await unit.dispatched()
    await unit.worked(visit)
    stranger = await unit.world.enrolled(TECHNICIAN_ELSEWHERE)
    name, fields = signature(stranger, visit, WORK, unit=TAOYUAN)
    stranger.write(Kind.SIGNATURE, name, fields)
    done = WORK | {"unit": TAOYUAN, "call": "call-one", "asset": "asset-one", "finished_at": 1, "en_route_at": 1}
    stranger.write(Kind.SERVICE_VISIT, "visit-elsewhere", done | {"unsigned_reason": "absent"})
    assert (await stranger.push()).results == ()
    assert problem(await unit.close()) == (409, "visit.unsigned")


async def test_f016_closing_a_call_about_another_units_product_does_not_move_its_voucher(unit: OneCall) -> None:
    await unit.logged()
    await unit.dispatched()
    before = await unit.voucher()
    stranger = await unit.world.enrolled(MANAGER_ELSEWHERE)
    call = {"unit": TAOYUAN, "customer": "customer-one", "asset": "asset-one", "received_at": 1}
    visit = {
        "unit": TAOYUAN,
        "call": "call-elsewhere",
        "finished_at": 1,
        "outcome": "fixed",
        "category": "paid",
        "unsigned_reason": "absent",
    }
    stranger.write(Kind.SERVICE_CALL, "call-elsewhere", call)
    stranger.write(Kind.SERVICE_VISIT, "visit-elsewhere", visit)
    assert (await stranger.push()).results == ()
    word = {"note": "已電話確認", "content_sha256": await unit.seen("visit-elsewhere")}
    proven(await stranger.client.post("/api/visits/visit-elsewhere/confirm", json=word))
    proven(await stranger.client.post("/api/calls/call-elsewhere/close"))
    assert await unit.voucher() == before
    assert before["checked_out_to"] == TECHNICIAN.user


async def test_only_the_command_withdraws_a_call(unit: OneCall) -> None:
    await unit.logged()
    await unit.technician.pull()
    unit.technician.write(Kind.SERVICE_CALL, "call-one", {"withdrawn_at": 1})
    assert await verdicts(unit.technician) == ["operation.right"]
    assert "withdrawn_at" not in await unit.call()
