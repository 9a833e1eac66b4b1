"""What a renamed chain covers of its parent's: what its own device wrote there, and nothing of a copy (SPEC A3, W2)."""

import pytest

from schemas.protocol import EpochLink, PullPut, Stamp
from schemas.registry import Kind
from server.platform.ambient import new_id
from server.records.work import Work
from sync.chain import extend
from tests.server.world import BANQIAO, COMPANY, TECHNICIAN, SyncDevice, World, proven
from tests.support.signing_device import body_of

HOME = {"unit": BANQIAO, "name": "陳美惠", "phone": "0912-345-678"}


@pytest.fixture
async def phone(world: World) -> SyncDevice:
    """A technician's phone whose chain has two operations that no pull has brought it yet."""
    phone = await world.enrolled(TECHNICIAN)
    phone.write(Kind.CUSTOMER, "customer-one", HOME)
    phone.write(Kind.CUSTOMER, "customer-one", {"phone": "0922-000-000"})
    return phone


async def begun(world: World) -> str:
    """Begin an epoch, as a restore does, and return its name."""
    epoch = new_id(world.clock)

    async def begin(work: Work) -> None:
        head = await work.ledger.head()
        await work.ledger.begin_epoch(EpochLink(epoch, head.epoch, head.position))

    await world.journal.write(COMPANY, begin)
    return epoch


async def edited_as(epoch: str, phone: SyncDevice, parent_seq: int, parent_head: str | None) -> None:
    """Go on as a new actor with an edit that was written offline, by somebody who had pulled nothing."""
    phone.chain.begin(epoch, phone.chain.record.actor, parent_seq, parent_head)
    await phone.hello()
    phone.write(Kind.CUSTOMER, "customer-one", HOME | {"phone": "0933-111-111"})
    await phone.push()


async def row(phone: SyncDevice) -> PullPut:
    return (await phone.pull())["customer-one"]


async def test_w2_a_renamed_chain_covers_what_its_device_wrote_before(world: World, phone: SyncDevice) -> None:
    await phone.push()
    await edited_as(world.epoch, phone, 2, phone.chain.heads[2])
    assert ((await row(phone)).fields["phone"], (await row(phone)).rivals) == ("0933-111-111", {})


async def test_w2_what_a_copy_of_the_device_wrote_under_the_same_numbers_is_a_rival(
    world: World, phone: SyncDevice
) -> None:
    await phone.push()
    of_the_copy = extend(phone.chain.heads[1], "ab" * 32)
    await edited_as(world.epoch, phone, 2, of_the_copy)
    assert {each.value for each in (await row(phone)).rivals["phone"]} == {"0922-000-000", "0933-111-111"}


async def test_a3_an_app_that_names_no_head_is_believed(world: World, phone: SyncDevice) -> None:
    await phone.push()
    await edited_as(world.epoch, phone, 2, None)
    assert (await row(phone)).rivals == {}


async def test_a3_a_past_that_comes_after_its_future_is_not_covered_by_it(world: World, phone: SyncDevice) -> None:
    chain = phone.chain
    old = (chain.record, chain.epoch, chain.sent, chain.heads)
    await edited_as(await begun(world), phone, 2, chain.heads[2])
    chain.record, chain.epoch, chain.sent, chain.heads = old
    stamps = (Stamp(chain.epoch, 3, 2_000, 1_000, "applied", "technician"),) * 2
    proven(await phone.client.post("/sync/v1/offer", content=body_of(*chain.re_offer(1, stamps))))
    rivals = (await row(phone)).rivals["phone"]
    assert {each.value for each in rivals} == {"0922-000-000", "0933-111-111"}
