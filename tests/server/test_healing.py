"""What the office is told of losses: what came back after a restore, what never arrived, which phones are copies."""

import asyncio
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any
from uuid import uuid4

import msgspec
import pytest
from msgspec import structs
from sqlalchemy import update

from schemas.audit import Deed
from schemas.healing import HealReport, Loss, Touched
from schemas.protocol import EpochLink, HelloReply
from schemas.registry import Kind
from schemas.vocabulary import LossState
from server.audit.log import Deeds, Doer
from server.records.tables import HEAD
from server.records.work import Work
from tests.server.world import (
    ADMIN,
    BANQIAO,
    CLERK,
    COMPANY,
    MANAGER,
    MANAGER_ELSEWHERE,
    TECHNICIAN,
    TECHNICIAN_TWO,
    SyncDevice,
    World,
    problem,
    proven,
    running,
)
from tests.support.databases import Databases
from tests.support.signing_device import body_of

MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000


async def report(reader: SyncDevice) -> HealReport:
    answer = proven(await reader.client.get("/api/healing"))
    return msgspec.json.decode(answer.content, type=HealReport)


async def losses(reader: SyncDevice) -> list[Loss]:
    return list((await report(reader)).losses)


async def hello(device: SyncDevice, **said: Any) -> HelloReply:  # noqa: ANN401 - any field of a hello
    told = structs.replace(device.chain.hello(), **said)
    answer = await device.client.post("/sync/v1/hello", content=msgspec.json.encode(told))
    return msgspec.json.decode(proven(answer).content, type=HelloReply)


def wrote(device: SyncDevice, *names: str) -> None:
    for name in names:
        device.write(Kind.CUSTOMER, f"customer-{name}", {"unit": BANQIAO, "name": name})


async def test_p8_what_a_device_announced_and_is_not_heard_of_since_is_told_with_its_age(world: World) -> None:
    office, phone = await world.enrolled(MANAGER), await world.enrolled(TECHNICIAN)
    wrote(phone, "a", "b", "c")
    now = world.clock.now()
    await hello(phone, pending=3, oldest_pending_at=now - HOUR)
    assert await losses(office) == []
    world.clock.ahead_ms = DAY + MINUTE
    (loss,) = await losses(office)
    assert (loss.device, loss.user, loss.operations, loss.state) == (phone.device, TECHNICIAN.user, 3, LossState.SILENT)
    assert loss.since == pytest.approx(now - HOUR, abs=MINUTE)
    assert loss.said_at == pytest.approx(now, abs=MINUTE)
    await phone.push()
    assert await losses(office) == []


async def test_p8_a_device_whose_chain_went_back_has_lost_what_it_had_announced(world: World) -> None:
    office, phone = await world.enrolled(MANAGER), await world.enrolled(TECHNICIAN)
    wrote(phone, "a")
    await phone.push()
    wrote(phone, "b", "c")
    await hello(phone, pending=2, oldest_pending_at=world.clock.now())
    del phone.chain.sent[1:], phone.chain.heads[2:]
    await hello(phone, pending=0)
    (loss,) = await losses(office)
    assert (loss.operations, loss.state, loss.last_seq) == (2, LossState.GONE, 3)
    assert loss.since is not None


async def test_p8_what_moved_to_the_next_chain_and_arrived_there_is_no_loss(world: World) -> None:
    office, phone = await world.enrolled(MANAGER), await world.enrolled(TECHNICIAN)
    wrote(phone, "a", "b", "c")
    await hello(phone, pending=3)
    first = phone.chain.record.actor
    phone.chain.begin(world.epoch, first, 0)
    wrote(phone, "a", "b", "c")
    await hello(phone, pending=3)
    await phone.push()
    world.clock.ahead_ms = 2 * DAY
    await hello(phone)
    assert await losses(office) == []


@pytest.mark.parametrize("named", [True, False], ids=["named", "not named"])
async def test_p8_what_a_browser_enrolled_anew_takes_over_is_no_loss_once_it_says_so(
    world: World, *, named: bool
) -> None:
    office, old = await world.enrolled(MANAGER), await world.enrolled(TECHNICIAN)
    wrote(old, "a", "b")
    await hello(old, pending=2)
    new = await world.enrolled(TECHNICIAN)
    new.chain.begin(world.epoch)
    wrote(new, "a", "b")
    await hello(new, pending=2, **({"took_over": old.chain.record.actor} if named else {}))
    await new.push()
    world.clock.ahead_ms = 2 * DAY
    told = [(loss.device, loss.operations, loss.state, loss.successor) for loss in await losses(office)]
    assert told == ([] if named else [(old.device, 2, LossState.SILENT, new.device)])


async def test_p8_what_a_stopped_device_had_is_told_at_once(world: World) -> None:
    office, phone = await world.enrolled(MANAGER), await world.enrolled(TECHNICIAN)
    wrote(phone, "a")
    await hello(phone, pending=1)
    proven(await office.client.post(f"/api/devices/{phone.device}/revoke"))
    assert [(loss.operations, loss.state) for loss in await losses(office)] == [(1, LossState.REVOKED)]


async def test_p8_what_a_browser_had_that_was_cleared_is_told_at_once(world: World) -> None:
    office, phone = await world.enrolled(MANAGER), await world.enrolled(TECHNICIAN)
    wrote(phone, "a")
    await hello(phone, pending=1)
    proven(await phone.client.post("/api/emptied"))
    assert [(loss.operations, loss.state) for loss in await losses(office)] == [(1, LossState.EMPTIED)]


async def test_p8_a_loss_is_written_off_by_a_person_with_a_reason_and_what_comes_later_is_one_of_its_own(
    world: World,
) -> None:
    office, phone = await world.enrolled(MANAGER), await world.enrolled(TECHNICIAN)
    wrote(phone, "a", "b")
    await hello(phone, pending=2)
    actor = phone.chain.record.actor
    settle = f"/api/losses/{actor}/settle"
    assert problem(await office.client.post(settle, json={"reason": "手機壞了"})) == (409, "notice.not_open")
    world.clock.ahead_ms = 2 * DAY
    assert problem(await office.client.post(settle, json={"reason": " "})) == (422, "reason.missing")
    proven(await office.client.post(settle, json={"reason": "手機壞了"}))
    (loss,) = await losses(office)
    assert loss.settled is not None
    assert (loss.settled.by, loss.settled.reason, loss.operations) == (MANAGER.user, "手機壞了", 2)
    assert problem(await office.client.post(settle, json={"reason": "再一次"})) == (409, "notice.not_open")
    entry = (await world.entries())[-1]
    assert (entry.deed, entry.objects[0], entry.purpose) == (Deed.LOSS_SETTLED, f"actor:{actor}", "手機壞了")
    wrote(phone, "c")
    await hello(phone, pending=3)
    world.clock.ahead_ms = 4 * DAY
    assert [(each.operations, each.settled) for each in await losses(office)] == [(1, None)]
    await phone.push()
    assert await losses(office) == []


async def test_f3_losses_are_told_to_those_who_answer_for_the_devices_unit(world: World) -> None:
    here, there, admin = [await world.enrolled(each) for each in (MANAGER, MANAGER_ELSEWHERE, ADMIN)]
    phone = await world.enrolled(TECHNICIAN)
    wrote(phone, "a")
    await hello(phone, pending=1)
    world.clock.ahead_ms = 2 * DAY
    assert [len(await losses(each)) for each in (here, admin, there)] == [1, 1, 0]
    settle = f"/api/losses/{phone.chain.record.actor}/settle"
    assert problem(await there.client.post(settle, json={"reason": "不關我的事"})) == (404, "record.missing")
    for person in (CLERK, TECHNICIAN_TWO):
        stranger = await world.enrolled(person)
        assert problem(await stranger.client.get("/api/healing")) == (403, "session.role_missing")


async def test_h5_a_device_that_goes_on_beside_an_older_branch_is_told_with_what_either_wrote(world: World) -> None:
    office, phone = await world.enrolled(MANAGER), await world.enrolled(TECHNICIAN)
    wrote(phone, "a", "b", "c")
    await phone.push()
    older = phone.chain.record.actor
    phone.chain.begin(world.epoch, older, 1)
    wrote(phone, "d")
    await hello(phone, pending=1)
    await phone.push()
    (parting,) = (await report(office)).partings
    assert (parting.device, parting.user, parting.actor) == (phone.device, TECHNICIAN.user, phone.chain.record.actor)
    assert (parting.here, parting.there, parting.both) == (2, 1, False)
    assert parting.documents_here == (Touched("customer", "customer-c"), Touched("customer", "customer-b"))
    assert parting.documents_there == (Touched("customer", "customer-d"),)
    assert {"customer-b", "customer-c", "customer-d"} <= (await office.pull()).keys()
    settle = f"/api/partings/{parting.actor}/settle"
    proven(await office.client.post(settle, json={"reason": "換了手機"}))
    (parting,) = (await report(office)).partings
    assert parting.settled is not None
    assert problem(await office.client.post(settle, json={"reason": "換了手機"})) == (409, "notice.not_open")
    assert (await world.entries())[-1].deed == Deed.PARTING_SETTLED


async def test_h5_an_older_branch_that_grows_on_shows_that_two_phones_are_in_use(world: World) -> None:
    office, phone = await world.enrolled(MANAGER), await world.enrolled(TECHNICIAN)
    wrote(phone, "a", "b")
    await phone.push()
    record, sent, heads = phone.chain.record, list(phone.chain.sent), list(phone.chain.heads)
    phone.chain.begin(world.epoch, record.actor, 1)
    await hello(phone)
    phone.chain.record, phone.chain.sent, phone.chain.heads = record, sent, heads
    wrote(phone, "c")
    await phone.push(3)
    (parting,) = (await report(office)).partings
    assert (parting.here, parting.there, parting.both) == (1, 0, True)


async def at(world: World, device: SyncDevice) -> SyncDevice:
    """The same browser as it meets another start of the server, over whatever database that has."""
    browser = await world.client()
    browser.cookies.update(device.client.cookies)
    return SyncDevice(browser, device.chain, device.cursor, device.rows)


async def again(phone: SyncDevice) -> HelloReply:
    """Say hello as the chain that the phone has, with its mark, and go on with a new one in another epoch."""
    marks = (phone.cursor,) if phone.cursor else ()
    chain, sent = phone.chain.record, len(phone.chain.sent)
    reply = await hello(phone, marks=marks)
    if reply.epoch != chain.epoch:
        phone.chain.begin(reply.epoch, chain.actor, sent)
        await hello(phone)
    return reply


async def started(work: Work, times: int) -> None:
    """Let the log have been begun so often, each time behind the last one."""
    head = await work.ledger.head()
    names = [head.branch, *(f"start-{number}" for number in range(times))]
    links = (EpochLink(name, parent, head.position) for parent, name in pairwise(names))
    branches = msgspec.json.encode((*head.branches, *links)).decode()
    await work.connection.execute(update(HEAD).values(branches=branches))


@pytest.mark.parametrize("starts", [0, 20_000], ids="{} starts".format)
async def test_h4_a_raw_copy_put_back_is_reported_with_who_brought_what_and_who_is_awaited(
    databases: Databases, founded: str, tmp_path: Path, starts: int
) -> None:
    name, backup = f"here_{uuid4().hex}", f"copy_{uuid4().hex}"
    url = await asyncio.to_thread(databases.create, name, founded)
    async with running(url, tmp_path) as world:
        office, phone, silent = [await world.enrolled(each) for each in (MANAGER, TECHNICIAN, TECHNICIAN_TWO)]
    restored = await asyncio.to_thread(databases.create, backup, name)
    async with running(url, tmp_path) as world:
        office, phone = await at(world, office), await at(world, phone)
        await hello(office)
        wrote(phone, "a", "b")
        proved = await phone.push()
        wrote(phone, "c")
        unproven = await phone.push(3)
        await phone.pull()
    async with running(restored, tmp_path) as world:
        office, phone = await at(world, office), await at(world, phone)
        lost = phone.chain.record
        first = phone.chain.re_offer(1, proved.stamps, proved.receipt)
        second = phone.chain.re_offer(3, unproven.stamps)
        await again(phone)
        await again(office)
        (change,) = (told := await report(office)).changes
        assert [(loss.actor, loss.operations, loss.state) for loss in told.losses] == [
            (lost.actor, 3, LossState.AWAITED)
        ]
        assert (change.cause, change.device, change.back, change.returned) == ("hello", phone.device, 0, ())
        assert change.reached == unproven.receipt.position
        assert [each.device for each in change.awaited] == [silent.device]
        await world.journal.write(COMPANY, partial(started, times=starts))
        for offer in (first, second):
            proven(await phone.client.post("/sync/v1/offer", content=body_of(*offer)))
        (change,) = (told := await report(office)).changes
        assert (told.losses, change.back) == ((), 2)
        (back,) = change.returned
        assert (back.device, back.user, back.operations, back.documents, back.unproven) == (
            (phone.device, TECHNICIAN.user, 3, 3, 1)
        )
        assert (back.first_at, back.last_at >= unproven.stamps[0].received_at) == (proved.stamps[0].received_at, True)
        await again(await at(world, silent))
        assert (await report(office)).changes[0].awaited == ()
    for each in (name, backup):
        await asyncio.to_thread(databases.drop, each)


async def put_back(work: Work) -> None:
    """What the restore command does to a log that it has put in place."""
    head = await work.ledger.head()
    await work.ledger.begin_epoch(EpochLink("epoch-of-restore", head.epoch, head.position))
    await work.note(Doer(None, None), Deeds(Deed.EPOCH_BEGUN, ("epoch:epoch-of-restore",), "restore"))


async def moved_on(work: Work) -> None:
    """An earlier restore, of which the backup does not know."""
    head = await work.ledger.head()
    await work.ledger.begin_epoch(EpochLink("epoch-that-was-lost", head.epoch, head.position))


async def test_h4_a_restore_to_before_an_epoch_that_phones_have_met_is_reported_once_with_what_came_back(
    databases: Databases, founded: str, tmp_path: Path
) -> None:
    name, backup = f"here_{uuid4().hex}", f"copy_{uuid4().hex}"
    url = await asyncio.to_thread(databases.create, name, founded)
    async with running(url, tmp_path) as world:
        office, phone = await world.enrolled(MANAGER), await world.enrolled(TECHNICIAN)
        await phone.pull()
    restored = await asyncio.to_thread(databases.create, backup, name)
    async with running(url, tmp_path) as world:
        await world.journal.write(COMPANY, moved_on)
        phone = await at(world, phone)
        await again(phone)
        wrote(phone, "a", "b")
        proved = await phone.push()
        await phone.pull()
    async with running(restored, tmp_path / "fresh") as world:
        await world.journal.write(COMPANY, put_back)
        office, phone = await at(world, office), await at(world, phone)
        offer = phone.chain.re_offer(1, proved.stamps, proved.receipt)
        await again(phone)
        proven(await phone.client.post("/sync/v1/offer", content=body_of(*offer)))
        await again(office)
        (change,) = (await report(office)).changes
        assert (change.cause, change.device, change.epoch) == ("restore", None, "epoch-of-restore")
        assert (change.reached, change.back) == (proved.receipt.position, 2)
        assert [(each.device, each.operations) for each in change.returned] == [(phone.device, 2)]
        assert change.awaited == ()
    for each in (name, backup):
        await asyncio.to_thread(databases.drop, each)
