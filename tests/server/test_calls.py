"""The call register over HTTP: dispatch, calling back, withdrawing, closing."""

import pytest

from schemas.kinds.customers import Asset
from schemas.registry import Kind
from schemas.vocabulary import UnsignedReason, VisitOutcome
from server.calls.vouchers import custody_of
from server.records.work import Setting, Work
from tests.server.one_call import OneCall, at_work
from tests.server.world import (
    BANQIAO,
    CLERK,
    CLERK_ELSEWHERE,
    COMPANY,
    MANAGER,
    TECHNICIAN,
    TECHNICIAN_ELSEWHERE,
    TECHNICIAN_TWO,
    Person,
    World,
    problem,
    proven,
)


@pytest.fixture
async def unit(world: World) -> OneCall:
    return await at_work(world)


async def test_f033_a_call_goes_from_the_phone_in_the_office_to_the_filed_voucher(unit: OneCall) -> None:
    await unit.logged()
    await unit.done()
    assert (await unit.close()).status_code == 204
    call, voucher = await unit.call(), await unit.voucher()
    assert (call["closed_by"], call["number"]) == (CLERK.user, "BAN-2026-000001")
    assert voucher["filed_at"] == call["closed_at"]
    assert voucher["filed_at"] >= voucher["checked_out_at"]


async def test_a_dispatch_names_who_goes_and_who_sent_him_and_checks_the_voucher_out(unit: OneCall) -> None:
    await unit.logged()
    dispatch = await unit.dispatched()
    made = await unit.world.document(Kind.DISPATCH, dispatch)
    assert (made["call"], made["technician"], made["dispatched_by"]) == ("call-one", TECHNICIAN.user, MANAGER.user)
    voucher = await unit.voucher()
    assert (voucher["checked_out_to"], voucher["checked_out_at"]) == (TECHNICIAN.user, made["dispatched_at"])
    assert (voucher["origin"], voucher["number"]) == ("at_call", "V-BAN-000001")


async def test_f013_f014_the_voucher_follows_a_call_to_the_product_that_it_is_about_after_all(unit: OneCall) -> None:
    """The one's is in the file again, the other's waits; and it is that one that goes out and is filed."""
    await unit.logged()
    await unit.wrote(unit.clerk, Kind.ASSET, "asset-two", {"unit": BANQIAO, "customer": "customer-one"})
    await unit.wrote(unit.clerk, Kind.SERVICE_CALL, "call-one", {"asset": "asset-two"})
    assert [await state_of(unit, asset) for asset in ("asset-one", "asset-two")] == ["in_file", "awaiting_dispatch"]
    await unit.dispatched()
    assert [await state_of(unit, asset) for asset in ("asset-one", "asset-two")] == ["in_file", "checked_out"]


async def state_of(unit: OneCall, asset: str) -> str:
    """Where a product's voucher is, as a command finds it."""

    async def look(work: Work) -> str:
        product = await work.documents.get(Asset, asset)
        return (await custody_of(work, asset, [product] if product else [])).state

    return await unit.world.journal.write(COMPANY, look)


async def test_a_dispatch_reaches_the_technicians_phone(unit: OneCall) -> None:
    await unit.logged()
    dispatch = await unit.dispatched()
    assert (await unit.technician.pull())[dispatch].fields["technician"] == TECHNICIAN.user


@pytest.mark.parametrize("person", [CLERK, TECHNICIAN_ELSEWHERE])
async def test_only_a_technician_of_the_unit_can_be_sent(unit: OneCall, person: Person) -> None:
    await unit.logged()
    assert problem(await unit.dispatch(to=person)) == (422, "dispatch.not_a_technician")


async def test_a_service_manager_can_go_himself(unit: OneCall) -> None:
    await unit.logged()
    proven(await unit.dispatch(to=MANAGER))


async def test_who_is_deactivated_or_no_technician_any_more_cannot_be_sent(unit: OneCall) -> None:
    await unit.logged()
    grant = f"grant-{TECHNICIAN_TWO.user}-technician"
    await unit.world.decide(MANAGER, Setting(Kind.ROLE_GRANT, grant, {"ended_at": 1}))
    assert problem(await unit.dispatch(to=TECHNICIAN_TWO)) == (422, "dispatch.not_a_technician")
    await unit.world.decide(MANAGER, Setting(Kind.USER, TECHNICIAN.user, {"deactivated_at": 1}))
    assert problem(await unit.dispatch()) == (422, "dispatch.not_a_technician")


async def test_nobody_is_sent_twice_to_one_call(unit: OneCall) -> None:
    await unit.logged()
    await unit.dispatched()
    assert problem(await unit.dispatch()) == (409, "dispatch.twice")


async def test_whoever_must_come_again_is_sent_again(unit: OneCall) -> None:
    await unit.logged()
    await unit.worked(await unit.dispatched(), outcome=VisitOutcome.FOLLOW_UP)
    await unit.dispatched()
    assert (await unit.voucher())["checked_out_to"] == TECHNICIAN.user


async def test_a_call_without_customer_or_product_is_not_dispatched(unit: OneCall) -> None:
    await unit.logged("call-one", customer=None)
    await unit.logged("call-two")
    await unit.wrote(unit.clerk, Kind.SERVICE_CALL, "call-two", {"asset": None})
    await unit.logged("call-three", asset="asset-unknown")
    await unit.wrote(unit.clerk, Kind.ASSET, "asset-unknown", {"deleted": True})
    assert problem(await unit.dispatch("call-one")) == (422, "call.no_customer")
    assert problem(await unit.dispatch("call-two")) == (422, "call.no_asset")
    assert problem(await unit.dispatch("call-three")) == (422, "call.no_asset")


async def test_a_voucher_that_is_out_with_another_for_another_call_is_not_checked_out_again(unit: OneCall) -> None:
    await unit.logged("call-one")
    await unit.logged("call-two")
    await unit.dispatched("call-one")
    refused = await unit.dispatch("call-two", TECHNICIAN_TWO)
    assert problem(refused) == (409, "voucher.checked_out")
    assert refused.json()["facts"] == {"technician": TECHNICIAN.user}


async def test_f014_two_open_calls_on_one_product_share_the_check_out(unit: OneCall) -> None:
    await unit.logged("call-one")
    await unit.logged("call-two")
    visit = await unit.done("call-one")
    first = await unit.voucher()
    await unit.dispatched("call-two")
    assert await unit.voucher() == first
    proven(await unit.close("call-one"))
    assert "filed_at" not in await unit.voucher()
    assert visit in (await unit.technician.pull())


async def test_f014_whoever_did_a_call_keeps_the_voucher_until_it_is_closed(unit: OneCall) -> None:
    await unit.logged("call-one")
    await unit.logged("call-two")
    await unit.done("call-one")
    refused = await unit.dispatch("call-two", TECHNICIAN_TWO)
    assert problem(refused) == (409, "voucher.checked_out")
    proven(await unit.close("call-one"))
    await unit.dispatched("call-two", TECHNICIAN_TWO)
    assert (await unit.voucher())["checked_out_to"] == TECHNICIAN_TWO.user


async def test_two_technicians_share_the_check_out_on_one_call(unit: OneCall) -> None:
    await unit.logged()
    await unit.dispatched()
    await unit.dispatched(to=TECHNICIAN_TWO)
    assert (await unit.voucher())["checked_out_to"] == TECHNICIAN.user


async def test_a_technician_who_is_called_back_gives_the_voucher_back(unit: OneCall) -> None:
    await unit.logged()
    dispatch = await unit.dispatched()
    reply = await unit.manager.client.post(f"/api/dispatches/{dispatch}/cancel", json={"reason": "客戶改期"})
    assert reply.status_code == 204
    cancelled, voucher = await unit.world.document(Kind.DISPATCH, dispatch), await unit.voucher()
    assert (cancelled["cancelled_by"], cancelled["cancelled_reason"]) == (MANAGER.user, "客戶改期")
    assert "checked_out_to" not in voucher
    again = await unit.manager.client.post(f"/api/dispatches/{dispatch}/cancel", json={"reason": "客戶改期"})
    assert problem(again) == (409, "state.forbids")


async def test_the_voucher_is_handed_on_to_whoever_is_still_sent(unit: OneCall) -> None:
    await unit.logged()
    first = await unit.dispatched()
    await unit.dispatched(to=TECHNICIAN_TWO)
    proven(await unit.manager.client.post(f"/api/dispatches/{first}/cancel", json={"reason": "請假"}))
    assert (await unit.voucher())["checked_out_to"] == TECHNICIAN_TWO.user


async def test_whoever_is_called_back_on_the_way_leaves_the_call_to_somebody_else(unit: OneCall) -> None:
    await unit.logged()
    dispatch = await unit.dispatched()
    await unit.worked(dispatch, arrived_at=None, finished_at=None)
    proven(await unit.manager.client.post(f"/api/dispatches/{dispatch}/cancel", json={"reason": "路上塞車"}))
    proven(await unit.dispatch(to=TECHNICIAN_TWO))


async def test_nobody_who_has_arrived_is_called_back(unit: OneCall) -> None:
    await unit.logged()
    dispatch = await unit.dispatched()
    await unit.worked(dispatch, finished_at=None)
    reply = await unit.manager.client.post(f"/api/dispatches/{dispatch}/cancel", json={"reason": "客戶改期"})
    assert problem(reply) == (409, "state.forbids")


async def test_a_withdrawn_call_keeps_its_number_and_its_reason_and_frees_the_voucher(unit: OneCall) -> None:
    await unit.logged()
    await unit.dispatched()
    proven(await unit.clerk.client.post("/api/calls/call-one/withdraw", json={"reason": " 客戶自行修好 "}))
    call = await unit.call()
    assert (call["number"], call["withdrawn_reason"]) == ("BAN-2026-000001", "客戶自行修好")
    assert "checked_out_to" not in await unit.voucher()
    assert problem(await unit.dispatch()) == (409, "state.forbids")


async def test_a_withdrawal_needs_a_reason(unit: OneCall) -> None:
    await unit.logged()
    for body in ({}, {"reason": ""}, {"reason": " \u3000"}):
        answer = await unit.clerk.client.post("/api/calls/call-one/withdraw", json=body)
        assert problem(answer) == (422, "reason.missing")
    assert "withdrawn_at" not in await unit.call()


async def test_work_on_a_call_that_was_withdrawn_meanwhile_is_closed_once_the_call_is_put_back(unit: OneCall) -> None:
    await unit.logged()
    visit = await unit.dispatched()
    proven(await unit.clerk.client.post("/api/calls/call-one/withdraw", json={"reason": "客戶說不修了"}))
    assert (await unit.call())["withdrawn_by"] == CLERK.user
    await unit.worked(visit)
    await unit.signed(visit)
    assert problem(await unit.close()) == (409, "state.forbids")
    proven(await unit.clerk.client.post("/api/calls/call-one/reinstate", json={"reason": "技術員已經修好"}))
    assert {"withdrawn_at", "withdrawn_by", "withdrawn_reason"}.isdisjoint(await unit.call())
    proven(await unit.close())
    assert "filed_at" in await unit.voucher()


async def test_whoever_was_still_expected_gets_the_voucher_again_when_a_call_is_put_back(unit: OneCall) -> None:
    await unit.logged()
    await unit.dispatched()
    proven(await unit.clerk.client.post("/api/calls/call-one/withdraw", json={"reason": "登錯"}))
    proven(await unit.manager.client.post("/api/calls/call-one/reinstate", json={"reason": "沒有登錯"}))
    assert (await unit.voucher())["checked_out_to"] == TECHNICIAN.user
    again = await unit.manager.client.post("/api/calls/call-one/reinstate", json={"reason": "再一次"})
    assert problem(again) == (409, "state.forbids")


async def test_a_call_is_not_put_back_while_somebody_is_out_with_its_voucher_for_another(unit: OneCall) -> None:
    await unit.logged("call-one")
    await unit.dispatched("call-one")
    proven(await unit.clerk.client.post("/api/calls/call-one/withdraw", json={"reason": "登錯"}))
    await unit.logged("call-two")
    await unit.dispatched("call-two", TECHNICIAN_TWO)
    refused = await unit.clerk.client.post("/api/calls/call-one/reinstate", json={"reason": "沒有登錯"})
    assert problem(refused) == (409, "voucher.checked_out")
    assert "withdrawn_at" in await unit.call()


async def test_whoever_was_sent_instead_is_called_back_when_the_first_one_did_the_work_unknowing(
    unit: OneCall,
) -> None:
    await unit.logged()
    visit = await unit.dispatched()
    proven(await unit.manager.client.post(f"/api/dispatches/{visit}/cancel", json={"reason": "改派"}))
    instead = await unit.dispatched(to=TECHNICIAN_TWO)
    await unit.worked(visit)
    await unit.signed(visit)
    proven(await unit.manager.client.post(f"/api/dispatches/{instead}/cancel", json={"reason": "已經修好"}))
    assert (await unit.world.document(Kind.DISPATCH, instead))["cancelled_reason"] == "已經修好"
    proven(await unit.close())


async def test_work_that_has_begun_is_not_withdrawn(unit: OneCall) -> None:
    await unit.logged()
    await unit.worked(await unit.dispatched(), finished_at=None)
    answer = await unit.clerk.client.post("/api/calls/call-one/withdraw", json={"reason": "客戶自行修好"})
    assert problem(answer) == (409, "state.forbids")


async def test_f033_a_call_whose_work_is_not_finished_is_not_closed(unit: OneCall) -> None:
    await unit.logged()
    assert problem(await unit.close()) == (409, "visit.not_finished")
    await unit.worked(await unit.dispatched(), finished_at=None)
    assert problem(await unit.close()) == (409, "visit.not_finished")


async def test_a_call_that_nobody_signed_is_not_closed(unit: OneCall) -> None:
    await unit.logged()
    await unit.worked(await unit.dispatched())
    assert problem(await unit.close()) == (409, "visit.unsigned")
    assert "closed_at" not in await unit.call()


async def test_f031_a_call_of_an_absent_customer_is_closed_once_the_manager_has_confirmed_it(unit: OneCall) -> None:
    await unit.logged()
    visit = await unit.dispatched()
    await unit.worked(visit, unsigned_reason=UnsignedReason.ABSENT)
    assert problem(await unit.close()) == (409, "visit.unconfirmed")
    proven(await unit.confirm(visit))
    shown = await unit.world.document(Kind.SERVICE_VISIT, visit)
    assert (shown["confirmed_by"], shown["confirmed_note"]) == (MANAGER.user, "已電話確認")
    proven(await unit.close())


async def test_f031_without_a_photo_the_manager_says_how_he_made_sure(unit: OneCall) -> None:
    await unit.logged()
    visit = await unit.dispatched()
    await unit.worked(visit, unsigned_reason=UnsignedReason.REFUSED)
    assert problem(await unit.confirm(visit, " ")) == (422, "visit.no_photo")
    photo = {"unit": BANQIAO, "visit": visit, "image_sha256": "f" * 64}
    await unit.wrote(unit.technician, Kind.PHOTO, "photo-one", photo)
    proven(await unit.confirm(visit, ""))
    assert problem(await unit.confirm(visit)) == (409, "state.forbids")


@pytest.mark.parametrize("changed", [{"fee_total": 90_000}, {"unsigned_note": "客戶說不用簽"}, {"outcome": "no_fault"}])
async def test_f031_the_managers_word_ends_when_what_he_confirmed_changes(
    unit: OneCall, changed: dict[str, object]
) -> None:
    await unit.logged()
    visit = await unit.dispatched()
    await unit.worked(visit, unsigned_reason=UnsignedReason.ABSENT)
    proven(await unit.confirm(visit))
    await unit.wrote(unit.technician, Kind.SERVICE_VISIT, visit, changed)
    assert problem(await unit.close()) == (409, "visit.unconfirmed")
    proven(await unit.confirm(visit, "再通過一次電話"))
    proven(await unit.close())


async def test_f031_a_manager_confirms_nothing_that_he_has_not_seen(unit: OneCall) -> None:
    await unit.logged()
    visit = await unit.dispatched()
    await unit.worked(visit, unsigned_reason=UnsignedReason.ABSENT)
    body = {"note": "已電話確認", "content_sha256": await unit.seen(visit)}
    await unit.wrote(unit.technician, Kind.SERVICE_VISIT, visit, {"fee_total": 90_000})
    refused = await unit.manager.client.post(f"/api/visits/{visit}/confirm", json=body)
    assert problem(refused) == (409, "visit.changed")
    assert "confirmed_at" not in await unit.world.document(Kind.SERVICE_VISIT, visit)


async def test_f031_only_the_manager_confirms_and_only_what_ended_unsigned_for_a_reason(unit: OneCall) -> None:
    await unit.logged()
    visit = await unit.dispatched()
    await unit.worked(visit)
    assert problem(await unit.confirm(visit)) == (409, "state.forbids")
    for device in (unit.clerk, unit.technician):
        answer = await device.client.post(f"/api/visits/{visit}/confirm", json={"content_sha256": "0" * 64})
        assert problem(answer) == (403, "session.role_missing")
    await unit.signed(visit)
    assert problem(await unit.confirm(visit)) == (409, "state.forbids")
    proven(await unit.close())


async def test_a_call_that_was_changed_after_signing_is_not_closed_until_it_is_signed_again(unit: OneCall) -> None:
    await unit.logged()
    visit = await unit.done()
    await unit.wrote(unit.clerk, Kind.SERVICE_VISIT, visit, {"fee_total": 90_000})
    assert problem(await unit.close()) == (409, "visit.changed_after_signing")
    await unit.signed(visit)
    proven(await unit.close())


async def test_a_value_that_was_written_without_knowing_of_the_signature_keeps_the_call_open(unit: OneCall) -> None:
    await unit.logged()
    visit = await unit.dispatched()
    await unit.worked(visit)
    await unit.clerk.pull()
    await unit.signed(visit)
    unit.clerk.write(Kind.SERVICE_VISIT, visit, {"fee_total": 90_000})
    assert (await unit.clerk.push(len(unit.clerk.chain.sent))).results == ((0, "rivals", None),)
    assert problem(await unit.close()) == (409, "visit.changed_after_signing")


async def test_a_closed_call_is_not_closed_again(unit: OneCall) -> None:
    await unit.logged()
    await unit.done()
    proven(await unit.close())
    assert problem(await unit.close()) == (409, "state.forbids")


async def test_a_call_of_another_unit_is_not_there(unit: OneCall) -> None:
    await unit.logged()
    stranger = await unit.world.enrolled(CLERK_ELSEWHERE)
    for body in ({"reason": "別的單位"}, {"reason": ""}):
        known = await stranger.client.post("/api/calls/call-one/withdraw", json=body)
        unknown = await stranger.client.post("/api/calls/call-none/withdraw", json=body)
        assert problem(known) == problem(unknown)
    assert problem(await stranger.client.post("/api/calls/call-one/close")) == (404, "record.missing")


async def test_a_clerk_does_not_dispatch(unit: OneCall) -> None:
    await unit.logged()
    order = {"technician": TECHNICIAN.user, "planned_at": 1}
    answer = await unit.clerk.client.post("/api/calls/call-one/dispatch", json=order)
    assert problem(answer) == (403, "session.role_missing")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b'{"technician":"technician-one"}',
        b'{"technician":"technician-one","planned_at":-1}',
        b'{"technician":"technician-one","planned_at":1,"colour":"red"}',
        b'{"technician":"technician-one\\u0000","planned_at":1}',
    ],
)
async def test_an_order_that_cannot_be_read_changes_nothing(unit: OneCall, body: bytes) -> None:
    await unit.logged()
    headers = {"content-type": "application/json"}
    answer = await unit.manager.client.post("/api/calls/call-one/dispatch", content=body, headers=headers)
    assert problem(answer) == (400, "request.malformed")
    assert await unit.voucher() == {}
