"""What a device must not bring back: a re-offer heals what a restore lost and opens no other door (SPEC H1)."""

from collections.abc import Sequence

import httpx
import msgspec
import pytest
from msgspec import structs

from schemas.protocol import Base, EpochLink, Operation, ReOfferReply, Stamp
from schemas.registry import Kind
from schemas.vocabulary import Place
from server.platform.ambient import new_id
from server.records.work import Work
from tests.server.world import BANQIAO, CLERK, COMPANY, TAOYUAN, TECHNICIAN, SyncDevice, World, problem, proven
from tests.support.signing_device import body_of

HOME = {"unit": BANQIAO, "name": "陳美惠", "phone": "0912-345-678"}


def stamp(device: SyncDevice, **changed: object) -> Stamp:
    return structs.replace(Stamp(device.chain.epoch, 3, 2_000, 1_000, "applied", "technician"), **changed)


async def begin_epoch(world: World) -> None:
    """What a restore does: whatever is not in the log by now may have been lost."""

    async def begin(work: Work) -> None:
        head = await work.ledger.head()
        await work.ledger.begin_epoch(EpochLink(new_id(world.clock), head.epoch, head.position))

    await world.journal.write(COMPANY, begin)


async def offer(device: SyncDevice, stamps: Sequence[Stamp], **changed: object) -> httpx.Response:
    head, payloads = device.chain.re_offer(1, tuple(stamps))
    return await device.client.post("/sync/v1/offer", content=body_of(structs.replace(head, **changed), payloads))


@pytest.fixture
async def device(world: World) -> SyncDevice:
    return await world.enrolled(TECHNICIAN)


async def test_h1_what_was_lost_comes_back_as_it_was_stamped(world: World, device: SyncDevice) -> None:
    device.write(Kind.CUSTOMER, "customer-one", HOME)
    await begin_epoch(world)
    reply = msgspec.json.decode(proven(await offer(device, [stamp(device)])).content, type=ReOfferReply)
    assert (reply.acked_seq, reply.readmitted) == (1, 1)
    assert await world.document(Kind.CUSTOMER, "customer-one") == HOME


async def test_h1_an_actor_of_this_epoch_has_lost_nothing(world: World, device: SyncDevice) -> None:
    device.write(Kind.CUSTOMER, "customer-one", HOME)
    assert problem(await offer(device, [stamp(device)])) == (422, "sync.re_offer")
    assert await world.document(Kind.CUSTOMER, "customer-one") == {}


FORGED: dict[str, tuple[str, str, dict[str, object], str]] = {
    "a role": ("role_grant", "grant-x", {"user": TECHNICIAN.user, "unit": BANQIAO, "role": "admin"}, "operation.right"),
    "a closing": ("service_call", "call-one", {"unit": BANQIAO, "closed_at": 1}, "operation.right"),
    "another unit": ("customer", "customer-one", {"unit": TAOYUAN, "name": "a"}, "operation.scope"),
    "a signature": ("signature", "signature-one", {"unit": BANQIAO, "content": "{}"}, "operation.signature"),
    "an unknown kind": ("spaceship", "spaceship-one", {"unit": BANQIAO}, "operation.kind"),
    "an unknown field": ("customer", "customer-one", {"unit": BANQIAO, "colour": "red"}, "operation.field"),
    "a wrong value": ("customer", "customer-one", {"unit": BANQIAO, "name": 5}, "operation.value"),
}


@pytest.mark.parametrize("what", FORGED)
async def test_h1_a_stamp_gives_nobody_a_right_that_he_does_not_have(
    world: World, device: SyncDevice, what: str
) -> None:
    kind, doc, fields, code = FORGED[what]
    device.chain.write(kind, doc, fields)
    device.write(Kind.CUSTOMER, "customer-two", HOME)
    await begin_epoch(world)
    reply = proven(await offer(device, [stamp(device), stamp(device, position=4)])).json()
    assert reply["readmitted"] == 2
    assert await world.document(Kind.CUSTOMER, "customer-two") == HOME
    async with world.journal.reading(COMPANY) as ledger:
        assert [(each.dot.seq, each.problem) for each in await ledger.held()] == [(1, code)]


async def test_h1_bytes_that_cannot_be_read_are_safe_and_held(world: World, device: SyncDevice) -> None:
    device.chain.append(b"[1,\xff")
    await begin_epoch(world)
    proven(await offer(device, [stamp(device, verdict="held", problem="operation.text")]))
    async with world.journal.reading(COMPANY) as ledger:
        assert [each.payload for each in await ledger.held()] == [b"[1,\xff"]


async def test_f3_an_edit_of_a_document_that_another_unit_holds_is_held(world: World, device: SyncDevice) -> None:
    other = await world.enrolled(CLERK)
    other.write(Kind.CUSTOMER, "customer-one", HOME)
    await other.push()
    device.chain.write("customer", "customer-one", {"unit": TAOYUAN})
    await begin_epoch(world)
    proven(await offer(device, [stamp(device)]))
    assert await world.document(Kind.CUSTOMER, "customer-one") == HOME


async def test_h1_an_edit_comes_back_before_the_document_does(world: World, device: SyncDevice) -> None:
    creator = await world.enrolled(CLERK)
    creator.write(Kind.CUSTOMER, "customer-one", HOME)
    device.chain.append(
        msgspec.json.encode(
            Operation(1, "customer", "customer-one", Base(3, world.epoch), 1, 0, {"mobile": "0933-000-111"})
        )
    )
    await begin_epoch(world)
    proven(await offer(device, [stamp(device, position=4)]))
    proven(await offer(creator, [stamp(creator)]))
    assert await world.document(Kind.CUSTOMER, "customer-one") == HOME | {"mobile": "0933-000-111"}


async def test_f012_a_call_keeps_its_number_when_what_was_written_of_it_comes_back(
    world: World, device: SyncDevice
) -> None:
    clerk = await world.enrolled(CLERK)
    clerk.write(Kind.SERVICE_CALL, "call-one", {"unit": BANQIAO, "received_at": 1_771_000_000_000})
    await clerk.push()
    device.chain.write("service_call", "call-one", {"symptom": "不冷"}, base=await _end(world))
    await begin_epoch(world)
    proven(await offer(device, [stamp(device, position=9)]))
    shown = await world.document(Kind.SERVICE_CALL, "call-one")
    assert (shown["number"], shown["symptom"]) == ("BAN-2026-000001", "不冷")
    device.chain.begin((await device.hello()).epoch)
    await device.hello()
    device.write(Kind.SERVICE_CALL, "call-two", {"unit": BANQIAO, "received_at": 1_771_000_000_000})
    await device.push()
    assert (await world.document(Kind.SERVICE_CALL, "call-two"))["number"] == "BAN-2026-000002"


async def _end(world: World) -> int:
    async with world.journal.reading(COMPANY) as ledger:
        return (await ledger.end()).position


@pytest.mark.parametrize(
    "changed",
    [
        {"epoch": "another-epoch"},
        {"effective_at": 2_001},
        {"role": "a\u0000"},
        {"problem": "a\u0000"},
    ],
)
async def test_h1_a_stamp_that_was_never_given_is_refused(
    world: World, device: SyncDevice, changed: dict[str, object]
) -> None:
    device.write(Kind.CUSTOMER, "customer-one", HOME)
    await begin_epoch(world)
    assert problem(await offer(device, [stamp(device, **changed)])) == (422, "sync.re_offer")


async def test_h1_another_devices_chain_is_not_brought_back(world: World, device: SyncDevice) -> None:
    device.write(Kind.CUSTOMER, "customer-one", HOME)
    await begin_epoch(world)
    thief = await world.enrolled(CLERK)
    head, payloads = device.chain.re_offer(1, (stamp(device),))
    answer = await thief.client.post("/sync/v1/offer", content=body_of(head, payloads))
    assert problem(answer) == (403, "device.wrong")


async def test_a1_nobody_names_another_devices_actor_as_his_past(world: World, device: SyncDevice) -> None:
    other = await world.enrolled(CLERK)
    said = structs.replace(
        device.chain.hello(),
        actor=structs.replace(device.chain.record, actor="a-new-actor", parent=other.chain.record.actor, parent_seq=9),
    )
    answer = await device.client.post("/sync/v1/hello", content=msgspec.json.encode(said))
    assert problem(answer) == (403, "device.wrong")
    device.write(Kind.CUSTOMER, "customer-one", HOME)
    await begin_epoch(world)
    record = structs.replace(device.chain.record, actor="lost-actor", parent=other.chain.record.actor, parent_seq=9)
    assert problem(await offer(device, [stamp(device)], actor=record)) == (403, "device.wrong")


async def test_a1_the_servers_own_names_are_nobody_elses(world: World, device: SyncDevice) -> None:
    record = structs.replace(device.chain.record, actor=f"server-{new_id(world.clock)}")
    said = structs.replace(device.chain.hello(), actor=record)
    answer = await device.client.post("/sync/v1/hello", content=msgspec.json.encode(said))
    assert problem(answer) == (409, "sync.actor")


async def test_a1_an_actor_keeps_its_place(world: World, device: SyncDevice) -> None:
    device.write(Kind.CUSTOMER, "customer-one", HOME)
    await begin_epoch(world)
    record = structs.replace(device.chain.record, place=Place.OFFICE)
    assert problem(await offer(device, [stamp(device)], actor=record)) == (403, "device.wrong")


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b"\xff", b'{"actor":{"x":' + b"[" * 100_000])
async def test_h1_a_re_offer_that_cannot_be_read_is_malformed(device: SyncDevice, body: bytes) -> None:
    assert problem(await device.client.post("/sync/v1/offer", content=body)) == (400, "request.malformed")


async def test_h1_stamps_without_operations_are_refused(world: World, device: SyncDevice) -> None:
    device.write(Kind.CUSTOMER, "customer-one", HOME)
    head, payloads = device.chain.re_offer(1, (stamp(device),))
    await begin_epoch(world)
    for stamps, sent in (((), payloads), (head.stamps * 2, payloads), (head.stamps, []), ((), [])):
        body = body_of(structs.replace(head, stamps=stamps), sent)
        answer = await device.client.post("/sync/v1/offer", content=body)
        assert problem(answer) == (422, "sync.re_offer")
