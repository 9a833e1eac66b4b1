"""A category that a customer signed: whoever had seen that he did changes it no more (F007, SPEC N5)."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from types import MappingProxyType
from typing import Any

import pytest

from schemas.registry import Kind
from schemas.rules.signed_content import SIGNED_FIELDS
from schemas.vocabulary import Category
from tests.server.leaver import revoked
from tests.server.one_call import OneCall, at_work, signature
from tests.server.world import SyncDevice, World, proven

HELD = [("held", "operation.signed")]
TO_PAID: Mapping[str, Any] = {"category": Category.PAID, "category_reason": "進水"}


@pytest.fixture
async def unit(world: World) -> OneCall:
    return await at_work(world)


async def said(device: SyncDevice, visit: str, fields: Mapping[str, Any]) -> Sequence[tuple[str, str | None]]:
    """A device writes by what it has pulled; the verdicts, none where it is applied."""
    device.write(Kind.SERVICE_VISIT, visit, dict(fields))
    reply = await device.push(len(device.chain.sent))
    return [(result[1], result[2]) for result in reply.results]


async def category(unit: OneCall, visit: str) -> object:
    """What is shown of a visit's category."""
    return (await unit.world.document(Kind.SERVICE_VISIT, visit)).get("category")


@pytest.mark.parametrize("who", ["technician", "clerk", "manager"])
async def test_n5_f007_whoever_saw_the_signature_changes_no_category_by_a_push(unit: OneCall, who: str) -> None:
    visit = await signed(unit)
    device = getattr(unit, who)
    await device.pull()
    assert await said(device, visit, TO_PAID) == HELD
    assert await category(unit, visit) == Category.WARRANTY


async def test_n5_f007_behind_the_signature_in_one_push_it_is_held_as_well(unit: OneCall) -> None:
    visit = await worked(unit)
    before = len(unit.technician.chain.sent)
    await sign(unit, visit)
    unit.technician.write(Kind.SERVICE_VISIT, visit, dict(TO_PAID))
    reply = await unit.technician.push(before + 1)
    assert [(result[1], result[2]) for result in reply.results] == HELD
    assert await category(unit, visit) == Category.WARRANTY


async def test_n5_who_had_not_seen_the_signature_is_a_rival_and_not_held(unit: OneCall) -> None:
    visit = await worked(unit)
    await unit.clerk.pull()
    await unit.signed(visit)
    assert HELD[0] not in await said(unit.clerk, visit, TO_PAID)
    assert await category(unit, visit) == Category.WARRANTY


@pytest.mark.parametrize("fields", [{"category": Category.WARRANTY}, {"action": "又換了一次"}])
async def test_n5_what_leaves_the_category_as_it_is_is_applied(unit: OneCall, fields: dict[str, Any]) -> None:
    visit = await signed(unit)
    assert await said(unit.technician, visit, fields) == []


async def test_n5_f007_until_it_is_signed_a_finished_visit_has_another_category_at_will(unit: OneCall) -> None:
    visit = await worked(unit)
    assert await said(unit.technician, visit, TO_PAID) == []
    assert await category(unit, visit) == Category.PAID


async def test_n5_o6_what_was_amended_meanwhile_changes_no_verdict(unit: OneCall) -> None:
    visit = await signed(unit)
    await unit.clerk.pull()
    await amended(unit, visit)
    assert HELD[0] not in await said(unit.clerk, visit, {"category": Category.WARRANTY})
    assert HELD[0] in await said(unit.clerk, visit, {"category": Category.PAID})


async def test_n5_a_signature_in_the_group_that_says_another_category_lets_none_through(unit: OneCall) -> None:
    visit = await signed(unit)
    await unit.technician.pull()
    before = len(unit.technician.chain.sent)
    await sign(unit, visit, written=TO_PAID)
    results = (await unit.technician.push(before + 1)).results
    assert ("held", "operation.signed") in [(result[1], result[2]) for result in results]
    assert await category(unit, visit) == Category.WARRANTY


async def test_n5_f007_nobody_releases_what_a_stopped_phone_says_of_it(unit: OneCall) -> None:
    visit = await signed(unit)
    unit.technician.write(Kind.SERVICE_VISIT, visit, dict(TO_PAID))
    leaver = await revoked(unit, unit.technician)
    await leaver.push(len(unit.technician.chain.sent))
    (held,) = (await unit.manager.client.get("/api/held")).json()
    assert (held["problem"], held["applicable"]) == ("operation.signed", ["category_reason"])
    release = f"/api/held/{held['actor']}/{held['seq']}/release"
    assert (await unit.manager.client.post(release, json={"reason": "手機找到了"})).status_code == 409
    assert await category(unit, visit) == Category.WARRANTY


async def test_n5_the_customer_may_sign_another_one(unit: OneCall) -> None:
    visit = await signed(unit)
    await unit.technician.pull()
    before = len(unit.technician.chain.sent)
    await sign(unit, visit, **TO_PAID)
    assert (await unit.technician.push(before + 1)).results == ()
    assert await category(unit, visit) == Category.PAID


async def test_n5_f007_what_the_manager_amended_the_customer_signs_and_nobody_else_says(unit: OneCall) -> None:
    visit = await signed(unit)
    await amended(unit, visit)
    await unit.technician.pull()
    assert await said(unit.technician, visit, {"category": Category.PAID}) == HELD
    before = len(unit.technician.chain.sent)
    await sign(unit, visit)
    assert (await unit.technician.push(before + 1)).results == ()
    assert await said(unit.technician, visit, {"category": Category.PAID}) == []


async def test_n5_f007_nobody_applies_a_held_category_but_the_rest(unit: OneCall) -> None:
    visit = await signed(unit)
    assert await said(unit.technician, visit, {**TO_PAID, "action": "換了零件"}) == HELD
    (held,) = (await unit.manager.client.get("/api/held")).json()
    assert sorted(held["applicable"]) == ["action", "category_reason"]


@pytest.mark.parametrize("visit", [None, 7, [], ["visit-one"]], ids=str)
async def test_n5_a_signature_of_nothing_that_can_be_read_signs_nothing(unit: OneCall, visit: object) -> None:
    unit.technician.write(Kind.SIGNATURE, "signature-one", {"visit": visit})
    assert [result[1] for result in (await unit.technician.push()).results] == ["held"]


DEEP = ('{"x":' + "[" * 30_000, '{"x":' * 6_000, '{"visit":{"category":' + "[" * 900 + "]" * 900 + "}}", "[" * 30_000)


@pytest.mark.parametrize("content", DEEP, ids=range(len(DEEP)))
async def test_n1_n5_a_content_that_nests_deeper_than_anybody_reads_is_held_with_its_group(
    unit: OneCall, content: str
) -> None:
    visit = await worked(unit)
    before = len(unit.technician.chain.sent)
    said = {"content": content, "content_sha256": sha256(content.encode()).hexdigest()}
    name, fields = signature(unit.technician, visit, unit.technician.rows[visit].fields, **said)
    unit.technician.write(Kind.SERVICE_VISIT, visit, dict(TO_PAID), following=1)
    unit.technician.write(Kind.SIGNATURE, name, fields)
    results = (await unit.technician.push(before + 1)).results
    assert [result[1] for result in results] == ["held", "held"]
    assert ("held", "operation.signature") in [(result[1], result[2]) for result in results]


async def worked(unit: OneCall) -> str:
    """A visit under warranty that is finished and not signed."""
    await unit.logged()
    visit = await unit.dispatched()
    await unit.worked(visit, category=Category.WARRANTY)
    await unit.technician.pull()
    return visit


async def signed(unit: OneCall) -> str:
    """A visit under warranty that its customer signed, as its technician's phone shows it."""
    visit = await worked(unit)
    await unit.signed(visit)
    await unit.technician.pull()
    return visit


async def amended(unit: OneCall, visit: str) -> None:
    """The manager makes a paid job of it, with a reason."""
    body = {"reason": "客戶自己弄壞的", "fields": {"category": Category.PAID}}
    proven(await unit.manager.client.post(f"/api/visits/{visit}/amend", json=body))


async def sign(unit: OneCall, visit: str, written: Mapping[str, Any] = MappingProxyType({}), **changed: Any) -> None:  # noqa: ANN401 - any field of a visit
    """The customer signs on the phone, which sends nothing yet; what is ``written`` beside stands in no signature."""
    shown = unit.technician.rows[visit].fields | changed
    name, fields = signature(unit.technician, visit, shown)
    again = {field: shown.get(field) for field in SIGNED_FIELDS} | changed | {**written}
    unit.technician.write(Kind.SERVICE_VISIT, visit, again, following=1)
    unit.technician.write(Kind.SIGNATURE, name, fields)
