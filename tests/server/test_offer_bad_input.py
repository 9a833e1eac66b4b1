"""What a device must not bring back: a re-offer heals what a restore lost and opens no other door (SPEC H1)."""

from collections.abc import Sequence

import httpx
import msgspec
import pytest
from msgspec import structs

from schemas.protocol import MAX_PUSH_OPERATIONS, Base, EpochLink, Operation, PushReply, Receipt, Stamp
from schemas.registry import Kind
from schemas.vocabulary import Place
from server.platform.ambient import new_id
from server.platform.keys import base64url
from server.records.ledger import Logged
from server.records.work import Work
from sync.chain import receipt_statement, stamp_link, stamps_digest
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


def receipt_of(world: World, device: SyncDevice, *stamps: Stamp) -> Receipt:
    """What the server signed when it gave a chain's first operations these stamps."""
    end = len(stamps)
    links = stamps_digest(map(stamp_link, stamps))
    head, epoch = device.chain.heads[end], device.chain.epoch
    unsigned = Receipt(COMPANY, device.chain.record.actor, 1, end, head, links, epoch, 9, 2_000, "")
    signature = world.journal.endpoint.keys.sign_receipt(receipt_statement(unsigned))
    return structs.replace(unsigned, signature=base64url(signature))


async def offer(device: SyncDevice, stamps: Sequence[Stamp], *receipts: Receipt, **changed: object) -> httpx.Response:
    head, payloads = device.chain.re_offer(1, tuple(stamps), *receipts)
    return await device.client.post("/sync/v1/offer", content=body_of(structs.replace(head, **changed), payloads))


@pytest.fixture
async def device(world: World) -> SyncDevice:
    return await world.enrolled(TECHNICIAN)


async def test_h1_what_was_lost_comes_back_as_it_was_stamped(world: World, device: SyncDevice) -> None:
    device.write(Kind.CUSTOMER, "customer-one", HOME)
    given, receipt = stamp(device), receipt_of(world, device, stamp(device))
    await begin_epoch(world)
    reply = taken(await offer(device, [given], receipt))
    assert (reply.acked_seq, reply.stamps) == (1, (given,))
    assert stamp_of((await logged(world, device))[0]) == given
    assert await world.document(Kind.CUSTOMER, "customer-one") == HOME


async def test_h1_a_re_offer_whose_numbers_run_out_is_refused_as_a_gap(world: World, device: SyncDevice) -> None:
    device.write(Kind.CUSTOMER, "customer-one", HOME)
    device.write(Kind.CUSTOMER, "customer-two", HOME)
    await begin_epoch(world)
    given = stamp(device)
    assert problem(await offer(device, [given, given], first=2**53 - 1)) == (409, "sync.gap")


UNPROVEN: dict[str, dict[str, object]] = {
    "it would be shown for ever": {"received_at": 2**52, "effective_at": 2**52},
    "it would be older than it is": {"effective_at": 0},
    "another wrote it": {"role": "admin"},
    "nobody could have seen it": {"position": 10**9},
    "everybody had seen it": {"position": 1},
    "it belongs to another time": {"epoch": "another-epoch"},
    "it was held": {"verdict": "held", "problem": "operation.right"},
    "it is no text": {"role": "a\u0000"},
}


@pytest.mark.parametrize("why", UNPROVEN)
async def test_h1_a_stamp_that_the_receipt_does_not_prove_is_not_believed(
    world: World, device: SyncDevice, why: str
) -> None:
    before = world.clock.now()
    device.write(Kind.CUSTOMER, "customer-one", HOME)
    honest = receipt_of(world, device, stamp(device))
    claimed = stamp(device, **UNPROVEN[why])
    resealed = structs.replace(honest, stamps=stamps_digest([stamp_link(claimed)]))
    await begin_epoch(world)
    reply = taken(await offer(device, [claimed], honest, resealed))
    assert_stamped_anew(world, reply.stamps[0], (await logged(world, device))[0], before)
    assert await world.document(Kind.CUSTOMER, "customer-one") == HOME


def assert_stamped_anew(world: World, told: Stamp, each: Logged, before: int) -> None:
    assert stamp_of(each) == told
    assert each.epoch != world.epoch
    assert each.readmitted == ()
    assert before <= each.effective_at <= each.received_at <= world.clock.now()
    assert (each.verdict, each.role, each.problem) == ("applied", "technician", None)


@pytest.mark.parametrize("what", ["company", "actor", "head", "first", "seq", "signature", "position"])
async def test_p6_a_receipt_proves_one_stretch_of_one_chain_and_nothing_else(
    world: World, device: SyncDevice, what: str
) -> None:
    device.write(Kind.CUSTOMER, "customer-one", HOME)
    device.write(Kind.CUSTOMER, "customer-two", HOME)
    stamps = (stamp(device), stamp(device, position=4))
    other = {"company": "another", "actor": "another", "head": "0" * 64, "first": 0, "seq": 1, "position": 8}
    changed: dict[str, object] = {what: {**other, "signature": "A" * 85}[what]}
    receipt = structs.replace(receipt_of(world, device, *stamps), **changed)
    await begin_epoch(world)
    proven(await offer(device, stamps, receipt))
    assert {each.epoch for each in await logged(world, device)} == {(await device.hello()).epoch}


async def test_h1_each_stretch_is_proven_by_its_own_receipt(world: World, device: SyncDevice) -> None:
    for name in ("customer-one", "customer-two", "customer-three"):
        device.write(Kind.CUSTOMER, name, HOME)
    stamps = [stamp(device, position=position) for position in (3, 4, 5)]
    receipt = receipt_of(world, device, *stamps[:2])
    await begin_epoch(world)
    back = taken(await offer(device, stamps, receipt)).stamps
    assert back[:2] == tuple(stamps[:2])
    assert back[2].epoch != device.chain.epoch
    assert taken(await offer(device, stamps, receipt)).stamps == back
    assert [stamp_of(each) for each in await logged(world, device)] == list(back)


async def logged(world: World, device: SyncDevice) -> Sequence[Logged]:
    async with world.journal.reading(COMPANY) as ledger:
        return await ledger.logged(device.chain.record.actor, 1, len(device.chain.sent))


def taken(answer: httpx.Response) -> PushReply:
    return msgspec.json.decode(proven(answer).content, type=PushReply)


def stamp_of(each: Logged) -> Stamp:
    return Stamp(each.epoch, each.position, each.received_at, each.effective_at, each.verdict, each.role, each.problem)


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
    reply = taken(await offer(device, [stamp(device), stamp(device, position=4)]))
    assert reply.results[0] == (0, "held", code)
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
    edited, created = stamp(device, position=4), stamp(creator)
    proofs = receipt_of(world, device, edited), receipt_of(world, creator, created)
    await begin_epoch(world)
    proven(await offer(device, [edited], proofs[0]))
    proven(await offer(creator, [created], proofs[1]))
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


async def test_t1_who_may_no_longer_write_brings_back_what_was_accepted(world: World, device: SyncDevice) -> None:
    device.chain.write("service_call", "call-one", {"unit": BANQIAO, "closed_at": 1})
    given = stamp(device, role="service_department")
    receipt = receipt_of(world, device, given)
    await begin_epoch(world)
    proven(await offer(device, [given], receipt))
    assert (await world.document(Kind.SERVICE_CALL, "call-one"))["closed_at"] == 1


async def test_o4_what_this_version_cannot_read_is_held_whatever_its_stamp_says(
    world: World, device: SyncDevice
) -> None:
    device.chain.write("spaceship", "spaceship-one", {"unit": BANQIAO})
    receipt = receipt_of(world, device, stamp(device))
    await begin_epoch(world)
    assert taken(await offer(device, [stamp(device)], receipt)).results == ((0, "held", "operation.kind"),)


async def test_h1_a_re_offer_of_another_chain_behind_the_known_one_is_a_fork(world: World, device: SyncDevice) -> None:
    device.write(Kind.CUSTOMER, "customer-one", HOME)
    await device.push()
    await begin_epoch(world)
    device.chain.sent, device.chain.heads = [], device.chain.heads[:1]
    device.write(Kind.CUSTOMER, "customer-one", {"unit": BANQIAO, "name": "another"})
    assert problem(await offer(device, [stamp(device)])) == (409, "sync.fork")


async def test_p2_a_re_offer_of_more_than_the_limit_is_too_many(world: World, device: SyncDevice) -> None:
    for _ in range(MAX_PUSH_OPERATIONS + 1):
        device.chain.append(b"[]")
    await begin_epoch(world)
    answer = await offer(device, [stamp(device)] * (MAX_PUSH_OPERATIONS + 1))
    assert problem(answer) == (413, "sync.too_many")


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
