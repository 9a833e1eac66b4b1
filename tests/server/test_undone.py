"""Visits that could not be completed, who signs for a customer, and attempts to reach him (1-4; F030 to F033)."""

from hashlib import sha256
from typing import Any

import pytest

from schemas.registry import Kind
from schemas.rules.signed_content import FIELDS_OF
from schemas.vocabulary import SignerRole, UndoneNext, UndoneReason, UnsignedReason, VisitOutcome
from sync.canonical import canonical_text
from tests.server.one_call import WORK, OneCall, at_work, signature
from tests.server.world import BANQIAO, TECHNICIAN, SyncDevice, World, problem, proven

NO_PARTS = {
    "outcome": VisitOutcome.FOLLOW_UP,
    "undone_reason": UndoneReason.NO_PARTS,
    "undone_note": "缺馬達",
    "undone_next": UndoneNext.SEND_AGAIN,
}
GIVEN_UP = {
    "outcome": VisitOutcome.NOT_REPAIRED,
    "undone_reason": UndoneReason.PRICE_DECLINED,
    "undone_next": UndoneNext.GIVE_UP,
}


@pytest.fixture
async def unit(world: World) -> OneCall:
    unit = await at_work(world)
    await unit.logged()
    return unit


async def verdicts(device: SyncDevice) -> list[str | None]:
    """Send the last operation; why it is held, if it is."""
    return [result[2] for result in (await device.push(len(device.chain.sent))).results if result[1] == "held"]


async def test_f030_what_could_not_be_completed_is_sent_again_also_to_whoever_was_there(unit: OneCall) -> None:
    visit = await unit.dispatched()
    await unit.worked(visit, **NO_PARTS)
    await unit.signed(visit)
    assert problem(await unit.close()) == (409, "visit.not_finished")
    second = await unit.dispatched()
    assert second != visit
    await unit.worked(second)
    await unit.signed(second)
    proven(await unit.close())


async def test_f033_what_nobody_repairs_is_closed_only_when_it_is_signed(unit: OneCall) -> None:
    visit = await unit.dispatched()
    await unit.worked(visit, **GIVEN_UP)
    assert problem(await unit.close()) == (409, "visit.unsigned")
    assert problem(await unit.dispatch()) == (409, "state.forbids")
    await unit.signed(visit)
    proven(await unit.close())


async def test_f031_what_nobody_repairs_and_nobody_signs_waits_for_the_managers_word(unit: OneCall) -> None:
    visit = await unit.dispatched()
    await unit.worked(visit, **GIVEN_UP, unsigned_reason=UnsignedReason.REFUSED, unsigned_note="不簽")
    assert problem(await unit.close()) == (409, "visit.unconfirmed")
    proven(await unit.confirm(visit))
    proven(await unit.close())


async def test_f030_a_call_that_waits_to_be_sent_again_can_be_withdrawn(unit: OneCall) -> None:
    visit = await unit.dispatched()
    await unit.worked(visit, **NO_PARTS)
    proven(await unit.clerk.client.post("/api/calls/call-one/withdraw", json={"reason": "客戶說不用了"}))


@pytest.mark.parametrize("role", [SignerRole.FAMILY, SignerRole.COLLEAGUE, SignerRole.GUARD, SignerRole.OTHER_PERSON])
async def test_f031_whoever_signs_for_the_customer_is_named(unit: OneCall, role: SignerRole) -> None:
    visit = await unit.dispatched()
    await unit.worked(visit)
    name, fields = signature(unit.technician, visit, WORK, role=role, signer_name=" ")
    unit.technician.write(Kind.SIGNATURE, name, fields)
    assert await verdicts(unit.technician) == ["operation.signature"]
    name, fields = signature(unit.technician, visit, WORK, role=role, signer_name="周先生")
    unit.technician.write(Kind.SIGNATURE, name, fields)
    assert await verdicts(unit.technician) == []


@pytest.mark.parametrize("other", [{"role": SignerRole.GUARD}, {"signer_name": "周先生"}])
async def test_f031_a_content_that_names_another_signer_is_held(unit: OneCall, other: dict[str, Any]) -> None:
    visit = await unit.dispatched()
    _, said = signature(unit.technician, visit, WORK)
    content = {"content": said["content"], "content_sha256": said["content_sha256"]}
    name, fields = signature(unit.technician, visit, WORK, **content, **other)
    unit.technician.write(Kind.SIGNATURE, name, fields)
    assert await verdicts(unit.technician) == ["operation.signature"]


async def test_f032_what_is_signed_by_the_first_template_is_valid_and_stands(unit: OneCall) -> None:
    visit = await unit.dispatched()
    await unit.worked(visit)
    await unit.technician.pull()
    shown = unit.technician.rows[visit].fields
    bound = {field: shown.get(field) for field in FIELDS_OF["visit-1"]}
    content = canonical_text({"template": "visit-1", "unit": "板橋服務中心", "visit": bound})
    digest = {"content": content, "content_sha256": sha256(content.encode()).hexdigest(), "template": "visit-1"}
    name, fields = signature(unit.technician, visit, WORK, **digest)
    unit.technician.write(Kind.SIGNATURE, name, fields)
    assert await verdicts(unit.technician) == []
    await unit.wrote(unit.technician, Kind.SERVICE_VISIT, visit, {"undone_note": "不在第一版裡"})
    proven(await unit.close())


async def test_f032_what_is_to_follow_is_signed_and_changing_it_asks_for_another_signature(unit: OneCall) -> None:
    visit = await unit.dispatched()
    await unit.worked(visit, **GIVEN_UP)
    await unit.signed(visit)
    await unit.wrote(unit.technician, Kind.SERVICE_VISIT, visit, {"undone_note": "改過"})
    assert problem(await unit.close()) == (409, "visit.changed_after_signing")
    await unit.signed(visit)
    proven(await unit.close())


async def test_f030_attempts_to_reach_a_customer_are_written_in_the_field_and_at_the_desk(unit: OneCall) -> None:
    attempt = {
        "unit": BANQIAO,
        "call": "call-one",
        "user": TECHNICIAN.user,
        "at": 1,
        "channel": "phone",
        "result": "no_answer",
    }
    for device, name in ((unit.technician, "attempt-one"), (unit.clerk, "attempt-two")):
        await unit.wrote(device, Kind.CONTACT_ATTEMPT, name, attempt | {"agreed_for": 2})
        assert (await unit.world.document(Kind.CONTACT_ATTEMPT, name))["result"] == "no_answer"
    call = await unit.call()
    assert "appointment_at" not in call
    unit.technician.write(Kind.CONTACT_ATTEMPT, "attempt-three", attempt | {"result": "gone"})
    assert await verdicts(unit.technician) == ["operation.value"]
