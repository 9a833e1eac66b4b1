"""A stopped device hands in its last work once: held, shown, released or rejected by a person; it is given nothing."""

from hashlib import sha256
from typing import Any

import msgspec
import pytest
from msgspec import structs
from sqlalchemy import delete

from schemas.audit import Deed
from schemas.protocol import EpochLink
from schemas.registry import Kind
from schemas.rules.signed_content import SIGNED_FIELDS
from server.accounts.leavers import HEADER
from server.records import quarantines
from server.records.tables import ACTOR, DOCUMENTS, OPERATION
from server.records.work import Work
from tests.server.leaver import DOOR, Leaver, revoked, write_signed_visit
from tests.server.one_call import OneCall, at_work
from tests.server.world import (
    ADMIN,
    BANQIAO,
    CLERK_ELSEWHERE,
    COMPANY,
    MANAGER,
    TECHNICIAN,
    TECHNICIAN_TWO,
    SyncDevice,
    World,
    problem,
    proven,
)
from tests.support.signing_device import SigningDevice, body_of

HOME = {"unit": BANQIAO, "name": "陳美惠", "phone": "0912-345-678"}
WHY = "已向本人確認"
STROKES = b"s1.AAECAwQFBgcICQ"


@pytest.fixture
async def unit(world: World) -> OneCall:
    return await at_work(world)


@pytest.fixture
async def stopped(unit: OneCall) -> Leaver:
    """The technician's phone, revoked while it had two edits of one customer to send."""
    unit.technician.write(Kind.CUSTOMER, "customer-one", HOME)
    unit.technician.write(Kind.CUSTOMER, "customer-one", {"mobile": "0933-000-111"})
    return await revoked(unit, unit.technician)


async def handed_in(leaver: Leaver) -> None:
    """Everything that the device has goes through the quarantine's door, and it is told to wipe itself."""
    count = len(leaver.device.chain.sent)
    await leaver.hello(count)
    await leaver.push(pending=count)
    assert (await leaver.hello(0)).deeds == ("wipe",)


async def waiting(device: SyncDevice) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = proven(await device.client.get("/api/held")).json()
    return items


async def told(device: SyncDevice) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = proven(await device.client.get("/api/quarantines")).json()
    return listed


def path_of(item: dict[str, Any], deed: str) -> str:
    return f"/api/held/{item['actor']}/{item['seq']}/{deed}"


async def decide(unit: OneCall, path: str) -> dict[str, Any]:
    answer: dict[str, Any] = proven(await unit.manager.client.post(path, json={"reason": WHY})).json()
    return answer


async def test_q2_what_a_revoked_device_hands_in_is_held_and_changes_nothing(unit: OneCall, stopped: Leaver) -> None:
    await stopped.hello(2)
    reply = await stopped.push(pending=2)
    assert [result[1:] for result in reply.results] == [("held", "operation.quarantine")] * 2
    assert reply.acked_seq == 2
    assert await unit.world.document(Kind.CUSTOMER, "customer-one") == {}
    assert [(item["problem"], item["author_name"]) for item in await waiting(unit.clerk)] == [
        ("operation.quarantine", TECHNICIAN.name)
    ] * 2


async def test_q4_a_device_is_told_to_wipe_itself_only_once_everything_is_there(stopped: Leaver) -> None:
    assert (await stopped.hello(2)).deeds == ()
    assert (await stopped.hello(0)).deeds == ()  # says that it has nothing, but its chain is longer than what came
    await stopped.push(last=1, pending=2)
    assert (await stopped.hello(1)).deeds == ()
    await stopped.push(first=2, pending=1)
    assert (await stopped.hello(0)).deeds == ("wipe",)


async def test_q4_whoever_asks_again_after_a_crash_is_told_again(unit: OneCall, stopped: Leaver) -> None:
    await handed_in(stopped)
    for _ in range(2):
        assert (await stopped.hello(0)).deeds == ("wipe",)
    deeds = [each for each in await unit.world.deeds() if each.startswith("quarantine")]
    assert deeds == [Deed.QUARANTINE_OPENED, Deed.QUARANTINE_CLOSED]


async def test_q4_a_device_with_nothing_to_send_is_wiped_at_once(unit: OneCall) -> None:
    leaver = await revoked(unit, unit.technician)
    assert (await leaver.hello(0)).deeds == ("wipe",)
    assert [(each["announced"], each["arrived"]) for each in await told(unit.manager)] == [(0, 0)]


async def test_q3_after_its_quarantine_a_device_brings_nothing_new(unit: OneCall, stopped: Leaver) -> None:
    await handed_in(stopped)
    stopped.device.chain.write("customer", "customer-two", HOME)
    answer = await stopped.ask("/push", body_of(*stopped.device.chain.push(first=3)))
    assert problem(answer) == (403, "device.quarantine_over")
    assert len(await waiting(unit.manager)) == 2


async def test_q3_the_answer_that_was_lost_is_given_again_after_the_end(unit: OneCall, stopped: Leaver) -> None:
    await stopped.hello(2)
    first = await stopped.push(pending=2)
    await stopped.hello(0)
    again = await stopped.push(pending=2)
    assert (again.stamps, again.acked_seq) == (first.stamps, 2)
    [quarantine] = await told(unit.manager)
    assert (quarantine["announced"], quarantine["arrived"]) == (2, 2)


async def test_q3_a_large_outbox_comes_in_several_requests_and_is_one_quarantine(unit: OneCall) -> None:
    count = 4_500
    for number in range(count):
        unit.technician.chain.write("customer", f"customer-{number}", {"unit": BANQIAO, "name": "陳"})
    leaver = await revoked(unit, unit.technician)
    await leaver.hello(count)
    for first in range(1, count + 1, 2_000):
        last = min(first + 1_999, count)
        await leaver.push(first, last, pending=count - first + 1)
    assert (await leaver.hello(0)).deeds == ("wipe",)
    [quarantine] = await told(unit.manager)
    assert (quarantine["announced"], quarantine["arrived"], quarantine["waiting"]) == (count, count, count)
    assert await decide(unit, f"/api/quarantines/{leaver.device.device}/release") == {"entries": count}
    assert await unit.world.document(Kind.CUSTOMER, f"customer-{count - 1}") != {}


async def test_q3_a_quarantine_has_an_end_for_a_stranger(
    stopped: Leaver, monkeypatch: pytest.MonkeyPatch, unit: OneCall
) -> None:
    monkeypatch.setattr(quarantines, "MAX_QUARANTINED", 1)
    await stopped.hello(2)
    answer = await stopped.ask("/push", body_of(*stopped.device.chain.push()))
    assert problem(answer) == (403, "device.quarantine_over")
    assert await waiting(unit.manager) == []


async def test_q3_a_device_that_comes_back_years_later_is_heard(unit: OneCall, stopped: Leaver) -> None:
    unit.world.clock.ahead_ms = 2 * 365 * 86_400_000
    await handed_in(stopped)
    [quarantine] = await told(await unit.world.enrolled(MANAGER))
    assert quarantine["opened_at"] - quarantine["since"] > 700 * 86_400_000


async def test_q1_a_closed_account_hands_in_its_work_too(unit: OneCall) -> None:
    unit.technician.write(Kind.CUSTOMER, "customer-one", HOME)
    admin = await unit.world.enrolled(ADMIN)
    proven(await admin.client.post(f"/api/accounts/{TECHNICIAN.user}", json={"deactivated": True}))
    leaver = Leaver(unit.technician, await unit.world.client())
    await handed_in(leaver)
    [quarantine] = await told(unit.manager)
    assert (quarantine["cause"], quarantine["waiting"]) == ("account", 1)


async def test_q3_an_account_that_is_closed_again_has_another_quarantine(unit: OneCall) -> None:
    admin = await unit.world.enrolled(ADMIN)
    path = f"/api/accounts/{TECHNICIAN.user}"
    leaver = Leaver(unit.technician, await unit.world.client())
    for number in range(2):
        proven(await admin.client.post(path, json={"deactivated": True}))
        leaver.device.chain.write("customer", f"customer-{number}", HOME)
        await handed_in(leaver)
        proven(await admin.client.post(path, json={"deactivated": False}))
        unit.world.clock.ahead_ms += 1_000
    assert [each["waiting"] for each in await told(unit.manager)] == [0, 2]


async def test_q1_a_device_that_is_not_stopped_is_sent_back_to_the_usual_door(unit: OneCall) -> None:
    leaver = Leaver(unit.technician, await unit.world.client())
    answer = await leaver.ask("/hello", msgspec.json.encode(leaver.device.chain.hello()))
    assert problem(answer) == (409, "device.not_revoked")


async def test_a_device_that_lost_its_session_to_a_restore_is_told_which_epoch_began_when(unit: OneCall) -> None:
    leaver = Leaver(unit.technician, await unit.world.client())
    said = msgspec.json.encode(leaver.device.chain.hello())
    assert (await leaver.ask("/hello", said)).json()["facts"] == {}
    begun = unit.world.clock.now()
    await unit.world.journal.write(COMPANY, _put_back)
    facts = (await leaver.ask("/hello", said)).json()["facts"]
    assert (facts["epoch"], facts["restored_at"] >= begun) == ("epoch-after", True)
    forged = await leaver.browser.post(
        f"{DOOR}/hello", content=said, headers={HEADER: f"{COMPANY}.{leaver.device.device}.AAAA"}
    )
    assert forged.json()["facts"] == {}


async def _put_back(work: Work) -> None:
    head = await work.ledger.head()
    await work.ledger.begin_epoch(EpochLink("epoch-after", head.epoch, head.position))


async def test_q1_no_key_no_door(unit: OneCall, stopped: Leaver) -> None:
    said = msgspec.json.encode(stopped.device.chain.hello())
    nobody = await stopped.browser.post(f"{DOOR}/hello", content=said)
    assert problem(nobody) == (401, "session.missing")
    device = stopped.device.device
    for forged in (f"{COMPANY}.{device}.AAAA", f"{COMPANY}.{device}.*", f"{COMPANY}.{device}.{'A' * 86}"):
        answer = await stopped.browser.post(f"{DOOR}/hello", content=said, headers={HEADER: forged})
        assert problem(answer) == (403, "device.signature")
    unknown = f"{COMPANY}.device-nowhere.{'A' * 86}"
    answer = await stopped.browser.post(f"{DOOR}/hello", content=said, headers={HEADER: unknown})
    assert problem(answer) == (403, "device.unknown")
    assert await told(unit.manager) == []


async def test_q1_a_signed_request_is_good_for_its_body_and_its_address_only(stopped: Leaver) -> None:
    said = msgspec.json.encode(structs.replace(stopped.device.chain.hello(), pending=2))
    signed = (await stopped.ask("/hello", said)).request.headers[HEADER]
    other = msgspec.json.encode(stopped.device.chain.hello())
    for path, body in (("/hello", other), ("/push", said)):
        answer = await stopped.browser.post(f"{DOOR}{path}", content=body, headers={HEADER: signed})
        assert problem(answer) == (403, "device.signature")


async def test_q1_a_replayed_request_changes_nothing(unit: OneCall, stopped: Leaver) -> None:
    await stopped.hello(2)
    body = body_of(*stopped.device.chain.push())
    answer = await stopped.ask("/push", body)
    again = await stopped.browser.post(f"{DOOR}/push", content=body, headers={HEADER: answer.request.headers[HEADER]})
    assert proven(again).json()["acked_seq"] == 2
    assert len(await waiting(unit.manager)) == 2


async def test_q1_a_stopped_device_is_given_nothing(unit: OneCall, stopped: Leaver) -> None:
    await unit.logged()
    for path in ("/pull", "/live"):
        assert (await stopped.ask(path, b"", "GET")).status_code == 404
    for path in ("/sync/v1/pull", "/api/contacts", "/api/session"):
        answer = await stopped.device.client.get(path)
        assert problem(answer) == (403, "device.revoked")
    told_by_hello = (await stopped.ask("/hello", msgspec.json.encode(stopped.device.chain.hello()))).text
    assert all(word not in told_by_hello for word in ("陳美惠", "customer-one", "call-one"))


async def test_q2_another_devices_chain_does_not_go_through_ones_own_door(unit: OneCall, stopped: Leaver) -> None:
    other = await unit.world.enrolled(TECHNICIAN_TWO)
    other.write(Kind.CUSTOMER, "customer-two", HOME)
    answer = await stopped.ask("/push", body_of(*other.chain.push()))
    assert problem(answer) == (403, "device.wrong")


async def test_q2_what_would_be_held_anyway_keeps_its_own_reason(unit: OneCall) -> None:
    chain: SigningDevice = unit.technician.chain
    chain.write("customer", "customer-one", HOME | {"colour": "red"})
    chain.write("signature", "a" * 40, {"unit": BANQIAO, "signer_name": "陳美惠"})
    chain.append(b"{")
    leaver = await revoked(unit, unit.technician)
    await leaver.hello(3)
    reply = await leaver.push(pending=3)
    assert [result[2] for result in reply.results] == ["operation.field", "operation.signature", "operation.malformed"]
    [first, *_] = await waiting(unit.manager)
    answer = await unit.manager.client.post(path_of(first, "release"), json={"reason": WHY})
    assert problem(answer) == (409, "held.not_quarantined")


async def test_q5_a_released_entry_is_its_authors_work_as_if_it_had_never_been_held(unit: OneCall) -> None:
    await unit.logged()
    visit = await unit.dispatched()
    await unit.worked(visit)
    await unit.technician.pull()
    work = {field: unit.technician.rows[visit].fields.get(field) for field in SIGNED_FIELDS} | {"fault": "漏冷媒"}
    name, last = write_signed_visit(unit.technician, visit, work)
    leaver = await revoked(unit, unit.technician)
    await leaver.hello(2)
    await leaver.push(first=last - 1, pending=2)
    [visit_item, signature_item] = await waiting(unit.manager)
    assert visit_item["group"] == signature_item["group"] == last

    assert await decide(unit, path_of(visit_item, "release")) == {"entries": 1}
    assert (await unit.world.document(Kind.SERVICE_VISIT, visit))["fault"] == "漏冷媒"
    signed = await unit.world.document(Kind.SIGNATURE, name)
    assert (signed["signer_name"], signed["device"]) == ("陳美惠", leaver.device.device)
    assert await waiting(unit.manager) == []
    history = proven(await unit.manager.client.get(f"/api/records/service_visit/{visit}/history")).json()
    held, released = history[-2:]
    assert (held["closed"]["decision"], held["author"]) == ("released", TECHNICIAN.user)
    assert (released["author"], released["place"], released["verdict"]) == (TECHNICIAN.user, "field", "applied")
    entry = next(each for each in await unit.world.entries() if each.deed is Deed.HELD_RELEASED)
    actor = leaver.device.chain.record.actor
    assert entry.objects[:2] == (f"operation:{actor}/{last - 1}", f"operation:{actor}/{last}")
    assert entry.purpose == WHY


async def test_q5_a_later_entry_takes_the_earlier_ones_of_its_document_with_it(unit: OneCall, stopped: Leaver) -> None:
    stopped.device.chain.write("customer", "customer-two", HOME)
    stopped.device.chain.write("customer", "customer-one", {"mobile": "0955-555-555"})
    await stopped.hello(4)
    await stopped.push(pending=4)
    last = (await waiting(unit.manager))[-1]
    assert await decide(unit, path_of(last, "release")) == {"entries": 3}
    assert await unit.world.document(Kind.CUSTOMER, "customer-one") == HOME | {"mobile": "0955-555-555"}
    assert [item["doc"] for item in await waiting(unit.manager)] == ["customer-two"]
    assert (await unit.manager.pull())["customer-one"].rivals == {}


async def test_q5_what_the_office_wrote_meanwhile_stands_beside_it(unit: OneCall) -> None:
    await unit.wrote(unit.technician, Kind.CUSTOMER, "customer-one", HOME)
    await unit.technician.pull()
    unit.technician.write(Kind.CUSTOMER, "customer-one", {"mobile": "0933-000-111"})
    await unit.wrote(unit.clerk, Kind.CUSTOMER, "customer-one", {"mobile": "0977-777-777"})
    leaver = await revoked(unit, unit.technician)
    await leaver.hello(1)
    await leaver.push(first=2, pending=1)
    await decide(unit, f"/api/quarantines/{leaver.device.device}/release")
    row = (await unit.manager.pull())["customer-one"]
    assert {write.value for write in row.rivals["mobile"]} == {"0933-000-111", "0977-777-777"}


async def test_q5_all_entries_are_rejected_together_and_stay_in_the_log(unit: OneCall, stopped: Leaver) -> None:
    await handed_in(stopped)
    path = f"/api/quarantines/{stopped.device.device}/reject"
    assert await decide(unit, path) == {"entries": 2}
    assert problem(await unit.manager.client.post(path, json={"reason": WHY})) == (409, "held.not_open")
    assert await waiting(unit.manager) == []
    assert (await told(unit.manager))[0]["waiting"] == 0
    assert await unit.world.document(Kind.CUSTOMER, "customer-one") == {}


async def test_q5_what_was_decided_once_is_not_decided_again(unit: OneCall, stopped: Leaver) -> None:
    await handed_in(stopped)
    [first, second] = await waiting(unit.manager)
    proven(await unit.manager.client.post(path_of(first, "reject"), json={"reason": WHY}))
    refused = await unit.manager.client.post(path_of(first, "release"), json={"reason": WHY})
    assert problem(refused) == (409, "held.not_open")
    orphan = await unit.manager.client.post(path_of(second, "release"), json={"reason": WHY})
    assert problem(orphan) == (409, "held.nothing_to_apply")  # nobody would see a document without a unit
    proven(await unit.manager.client.post(path_of(second, "reject"), json={"reason": WHY}))
    release = f"/api/quarantines/{stopped.device.device}/release"
    assert problem(await unit.manager.client.post(release, json={"reason": WHY})) == (409, "held.not_open")


async def test_the_admin_is_told_how_much_came_and_waits_but_not_what(unit: OneCall, stopped: Leaver) -> None:
    admin = await unit.world.enrolled(ADMIN)
    assert await told(admin) == []
    await stopped.hello(2)
    await stopped.push(last=1, pending=2)
    assert [(each["announced"], each["arrived"], each["waiting"]) for each in await told(admin)] == [(2, 1, 1)]
    assert problem(await admin.client.get("/api/held")) == (403, "session.role_missing")


async def test_f3_another_unit_is_not_told_of_it(unit: OneCall, stopped: Leaver) -> None:
    await handed_in(stopped)
    stranger = await unit.world.enrolled(CLERK_ELSEWHERE)
    assert await told(stranger) == []
    assert await waiting(stranger) == []


async def test_q1_a_file_comes_through_the_door_if_an_operation_of_the_device_names_it(stopped: Leaver) -> None:
    assert problem(await stopped.blob(STROKES)) == (403, "device.quarantine_over")
    stopped.device.chain.write("signature", "a" * 40, {"strokes_sha256": sha256(STROKES).hexdigest()})
    await stopped.hello(3)
    assert problem(await stopped.blob(STROKES)) == (404, "blob.missing")
    await stopped.push(pending=3)
    proven(await stopped.blob(STROKES))
    assert problem(await stopped.blob(b"s1.AAAA")) == (404, "blob.missing")
    await stopped.hello(0)
    assert problem(await stopped.blob(STROKES)) == (403, "device.quarantine_over")


async def test_h1_what_a_restore_lost_comes_back_through_the_door_as_it_stood(unit: OneCall) -> None:
    unit.technician.write(Kind.CUSTOMER, "customer-one", HOME)
    kept = await unit.technician.push()
    actor = unit.technician.chain.record.actor
    async with unit.world.journal.reading(COMPANY) as ledger:
        head = await ledger.end()
    await unit.world.journal.write(COMPANY, lambda work: lose_and_begin_anew(work, actor, head.position))
    leaver = await revoked(unit, unit.technician)
    await leaver.hello(0)
    offered, payloads = leaver.device.chain.re_offer(1, kept.stamps, kept.receipt)
    reply = msgspec.json.decode(proven(await leaver.ask("/offer", body_of(offered, payloads))).content)
    assert reply["results"] == []
    assert await unit.world.document(Kind.CUSTOMER, "customer-one") == HOME


async def lose_and_begin_anew(work: Any, actor: str, position: int) -> None:  # noqa: ANN401 - a unit of work
    """Make the log what an older copy would be: without the chain's operations, in an epoch of its own."""
    for table in (OPERATION, ACTOR):
        await work.connection.execute(delete(table).where(table.c.actor == actor))
    customers = DOCUMENTS[Kind.CUSTOMER]
    await work.connection.execute(delete(customers))
    head = await work.ledger.head()
    await work.ledger.begin_epoch(EpochLink("epoch-after", head.epoch, position))
