"""A backup, a device or an office that has what was erased does not bring it back (ADR 44)."""

import msgspec
import pytest

from schemas.erasure import MARK
from schemas.protocol import PushReply
from schemas.registry import Kind
from sync.chain import link
from sync.erasing import reduced
from tests.server.erasures import SECRET, erased, everything_in, served
from tests.server.keeping import Keeper, Machine, reopened
from tests.server.one_call import OneCall, at_work
from tests.server.world import COMPANY, World, problem, proven


@pytest.fixture
async def unit(world: World) -> OneCall:
    return await at_work(world)


async def test_y5_a_backup_that_is_put_back_learns_of_the_erasure_again(machine: Machine) -> None:
    async with machine.running() as world:
        unit = await at_work(world)
        keeper = Keeper(unit.clerk)
        await keeper.keep()
        visit, _ = await served(unit)
    copy = await machine.backup()
    async with machine.running() as world:
        unit = await reopened(world, unit)
        proven(await erased(unit))
        await keeper.reach(world)
        keeper.groups.clear()  # what was kept before is told below
        await keeper.keep()
    machine.put_back(copy)
    async with machine.running() as world:
        await keeper.meet(world)
        assert SECRET.encode() in await everything_in(world)
        await keeper.give_back()
        assert SECRET.encode() not in await everything_in(world)
        shown = await world.document(Kind.SERVICE_VISIT, visit)
        assert (shown["fee_total"], MARK in shown, "fault" in shown) == (180_000, True, False)


async def test_y5_what_was_decided_before_the_backup_is_reduced_when_the_erasure_comes_back(machine: Machine) -> None:
    async with machine.running() as world:
        unit = await at_work(world)
        keeper = Keeper(unit.clerk)
        await keeper.keep()
        await served(unit)
        unit.technician.chain.write(Kind.CUSTOMER, "customer-one", {"colour": f"{SECRET}-red"})
        await unit.technician.push(len(unit.technician.chain.sent))
        (held,) = proven(await unit.manager.client.get("/api/held")).json()
        proven(await unit.manager.client.post(f"/api/held/{held['actor']}/{held['seq']}/reject", json={"reason": "x"}))
    copy = await machine.backup()
    async with machine.running() as world:
        unit = await reopened(world, unit)
        proven(await erased(unit))
        await keeper.reach(world)
        keeper.groups.clear()  # what was kept before is told below
        await keeper.keep()
    machine.put_back(copy)
    async with machine.running() as world:
        await keeper.meet(world)
        assert f"{SECRET}-red".encode() in await everything_in(world)
        await keeper.give_back()
        assert SECRET.encode() not in await everything_in(world)


@pytest.mark.parametrize("kept", ["whole", "reduced"])
async def test_y4_what_offices_kept_comes_back_as_frames_whether_they_reduced_it_or_not(
    machine: Machine, kept: str
) -> None:
    async with machine.running() as world:
        unit = await at_work(world)
        keeper = Keeper(unit.manager)
        await keeper.keep()
    copy = await machine.backup()
    async with machine.running() as world:
        unit = await reopened(world, unit)
        await keeper.reach(world)
        visit, _ = await served(unit)
        if kept == "whole":
            await keeper.keep()
        proven(await erased(unit))
        await keeper.keep()
        assert (SECRET in str(keeper.groups)) is (kept == "whole")
    machine.put_back(copy)
    async with machine.running() as world:
        await keeper.meet(world)
        assert (await keeper.give_back()).unproven == 0
        assert SECRET.encode() not in await everything_in(world)
        shown = await world.document(Kind.SERVICE_VISIT, visit)
        assert (shown["fee_total"], "fault" in shown) == (180_000, False)


async def test_y4_nobody_puts_another_frame_in_the_place_of_the_one_that_was_signed(machine: Machine) -> None:
    async with machine.running() as world:
        unit = await at_work(world)
        keeper = Keeper(unit.manager)
        await keeper.keep()
    copy = await machine.backup()
    async with machine.running() as world:
        unit = await reopened(world, unit)
        await keeper.reach(world)
        await served(unit)
        proven(await erased(unit))
        await keeper.keep()
    machine.put_back(copy)
    async with machine.running() as world:
        await keeper.meet(world)
        forged = [
            msgspec.structs.replace(each, operations=tuple(one.replace("180000", "999999") for one in each.operations))
            for each in keeper.groups
            if "180000" in str(each.operations)
        ]
        assert (await keeper.give_back(*forged)).unproven == len(forged) > 0


async def test_y2_what_a_device_re_offers_after_a_restore_is_reduced_as_it_comes(machine: Machine) -> None:
    async with machine.running() as world:
        unit = await at_work(world)
        keeper = Keeper(unit.manager)
        await keeper.keep()
    copy = await machine.backup()
    async with machine.running() as world:
        unit = await reopened(world, unit)
        await keeper.reach(world)
        await served(unit)
        pushed: PushReply = await unit.clerk.push()
        proven(await erased(unit))
        await keeper.keep()
    machine.put_back(copy)
    async with machine.running() as world:
        unit = await reopened(world, unit)
        await keeper.meet(world)
        erasures = [each for each in keeper.groups if MARK in str(each.operations)]
        await keeper.give_back(*erasures)
        head, payloads = unit.clerk.chain.re_offer(1, pushed.stamps, pushed.receipt)
        body = b"\n".join([msgspec.json.encode(head), *payloads]) + b"\n"
        proven(await unit.clerk.client.post("/sync/v1/offer", content=body))
        assert SECRET.encode() not in await everything_in(world)
        assert (await world.document(Kind.SERVICE_CALL, "call-one"))["received_at"] == 1_771_000_000_000


@pytest.mark.parametrize("told", ["as it is", "of another hash", "without its hash"])
async def test_y6_what_a_device_reduced_itself_comes_back_on_its_chain(machine: Machine, told: str) -> None:
    async with machine.running() as world:
        unit = await at_work(world)
        keeper = Keeper(unit.manager)
        await keeper.keep()
    copy = await machine.backup()
    async with machine.running() as world:
        unit = await reopened(world, unit)
        await keeper.reach(world)
        await served(unit)
        pushed: PushReply = await unit.clerk.push()
        proven(await erased(unit))
        await keeper.keep()
    machine.put_back(copy)
    async with machine.running() as world:
        unit = await reopened(world, unit)
        await keeper.meet(world)
        head, payloads = unit.clerk.chain.re_offer(1, pushed.stamps, pushed.receipt)
        frames = [reduced(each) for each in payloads]
        named = [
            (seq, link(whole if told == "as it is" else frame))
            for seq, (whole, frame) in enumerate(zip(payloads, frames, strict=True), start=1)
            if whole != frame
        ]
        head = msgspec.structs.replace(head, frames=() if told == "without its hash" else tuple(named))
        body = b"\n".join([msgspec.json.encode(head), *frames]) + b"\n"
        answer = await unit.clerk.client.post("/sync/v1/offer", content=body)
        if told != "as it is":
            assert problem(answer) == (403, "device.signature")
            return
        back = msgspec.json.decode(proven(answer).content, type=PushReply)
        assert (back.head, back.receipt.seq) == (pushed.head, pushed.receipt.seq)
        shown = await world.document(Kind.SERVICE_CALL, "call-one")
        assert (shown["received_at"], "symptom" in shown) == (1_771_000_000_000, False)


async def test_y6_nobody_passes_a_signature_off_as_erased_where_no_erasure_is_known(machine: Machine) -> None:
    async with machine.running() as world:
        unit = await at_work(world)
        keeper = Keeper(unit.manager)
        await keeper.keep()
    copy = await machine.backup()
    async with machine.running() as world:
        unit = await reopened(world, unit)
        await keeper.reach(world)
        _, signature = await served(unit)
        pushed: PushReply = await unit.technician.push()
        await keeper.keep()
    machine.put_back(copy)
    async with machine.running() as world:
        unit = await reopened(world, unit)
        await keeper.meet(world)
        head, payloads = unit.technician.chain.re_offer(1, pushed.stamps)
        frames = [reduced(each) for each in payloads]
        named = [(seq, link(whole)) for seq, whole in enumerate(payloads, start=1) if whole != frames[seq - 1]]
        head = msgspec.structs.replace(head, frames=tuple(named))
        body = b"\n".join([msgspec.json.encode(head), *frames]) + b"\n"
        proven(await unit.technician.client.post("/sync/v1/offer", content=body))
        async with world.journal.reading(COMPANY) as ledger:
            held = {each.doc: each.problem for each in await ledger.held()}
        assert held[signature] == "operation.signature"
