"""What a device handed in comes back after a restore although it never returns: an office kept it (SPEC H2)."""

from collections.abc import Sequence

import pytest
from msgspec import structs

from schemas.protocol import Entrusted, PushReply, TakenBack
from schemas.registry import Kind
from server.platform.keys import base64url
from server.records.work import Setting
from sync.chain import entrusted_statement
from tests.server.keeping import Keeper, Machine, begun, reopened
from tests.server.one_call import OneCall, at_work
from tests.server.world import ADMIN, BANQIAO, CLERK_ELSEWHERE, COMPANY, MANAGER, TAOYUAN, World, problem, proven


class Lost:
    """A visit that was handed in behind the backup, its technician's phone, and the office's browsers that kept it."""

    def __init__(self, machine: Machine) -> None:
        self._machine = machine
        self.keepers: list[Keeper] = []

    async def happen(self) -> None:
        """Log a call, back up, let the visit be made and signed, and put the backup back."""
        async with self._machine.running() as world:
            unit, keeper = await begun(world)
            dispatched = await unit.dispatched()
            self.keepers = [keeper, Keeper(unit.manager)]
            for each in self.keepers:
                await each.keep()
            self.dispatch = dispatched
        copy = await self._machine.backup()
        async with self._machine.running() as world:
            self.unit = await reopened(world, unit)
            await self.unit.worked(self.dispatch)
            self.signature = await self.unit.signed(self.dispatch)
            self.before = await self.documents(world)
            self.phone = self.unit.technician
            self.handed_in = len(self.phone.chain.sent)
            for each in self.keepers:
                await each.keep()
        self._machine.put_back(copy)

    async def documents(self, world: World) -> Sequence[dict[str, object]]:
        """What is shown of the visit and of what was signed."""
        wanted = ((Kind.SERVICE_VISIT, self.dispatch), (Kind.SIGNATURE, self.signature))
        return [await world.document(kind, doc) for kind, doc in wanted]

    def groups(self) -> list[Entrusted]:
        """What the phone wrote, as the office kept it, in the order of its chain."""
        of_phone = [each for each in self.keepers[0].groups if each.actor.device == self.phone.device]
        return sorted(of_phone, key=lambda each: each.first)


@pytest.fixture
async def lost(machine: Machine) -> Lost:
    lost = Lost(machine)
    await lost.happen()
    return lost


async def test_h2_a_visit_comes_back_whole_although_its_phone_never_does(machine: Machine, lost: Lost) -> None:
    async with machine.running() as world:
        await lost.keepers[0].meet(world)
        assert await lost.documents(world) != lost.before
        back = await lost.keepers[0].give_back()
        assert (back.unproven, dict(back.reached)[lost.phone.chain.record.actor]) == (0, lost.handed_in)
        assert await lost.documents(world) == lost.before


async def test_h2_the_report_says_whose_work_it_was_and_that_others_had_kept_it(machine: Machine, lost: Lost) -> None:
    async with machine.running() as world:
        await lost.keepers[0].meet(world)
        await lost.keepers[0].give_back()
        unit = await reopened(world, lost.unit)
        told = proven(await unit.manager.client.get("/api/healing")).json()
        (change,) = told["changes"]
        (of_phone,) = [each for each in change["returned"] if each["device"] == lost.phone.device]
        assert (of_phone["operations"], of_phone["kept_elsewhere"], of_phone["unproven"]) == (3, 3, 0)
        assert lost.phone.device in {each["device"] for each in change["awaited"]}


async def test_h2_a_phone_that_comes_back_after_all_goes_on_behind_what_was_kept(machine: Machine, lost: Lost) -> None:
    async with machine.running() as world:
        await lost.keepers[0].meet(world)
        await lost.keepers[0].give_back()
        phone = Keeper(lost.phone)
        reply = await phone.meet(world)
        assert (reply.actor_state, reply.acked_seq) == ("closed", lost.handed_in)
        assert reply.head == lost.phone.chain.hello().chain_head


async def test_e3_a_log_that_lost_what_it_took_back_learns_it_by_the_answers_mark(machine: Machine, lost: Lost) -> None:
    keeper = lost.keepers[0]
    async with machine.running() as world:
        epoch = (await keeper.meet(world)).epoch
    copy = await machine.backup()
    async with machine.running() as world:
        assert (await keeper.meet(world)).epoch == epoch
        assert (await keeper.give_back()).operations > 0
    machine.put_back(copy)
    async with machine.running() as world:
        await keeper.reach(world)
        assert problem(await keeper.giving(mark=keeper.mark)) == (409, "sync.epoch")
        assert (await keeper.meet(world)).epoch != epoch
        assert await lost.documents(world) != lost.before
        await keeper.give_back()
        assert await lost.documents(world) == lost.before


async def test_e3_a_mark_that_is_not_the_servers_is_refused(machine: Machine, lost: Lost) -> None:
    async with machine.running() as world:
        await lost.keepers[0].meet(world)
        assert problem(await lost.keepers[0].giving(mark="somebody's")) == (400, "sync.cursor")


async def test_h2_what_one_office_browser_brought_another_need_not(machine: Machine, lost: Lost) -> None:
    async with machine.running() as world:
        for keeper in lost.keepers:
            await keeper.meet(world)
        first, *rest = lost.groups()
        assert (await lost.keepers[0].give_back(first)).operations == len(first.operations)
        assert (await lost.keepers[1].give_back(first)).operations == 0
        assert (await lost.keepers[1].give_back(*rest)).operations == sum(len(each.operations) for each in rest)


async def test_h2_what_lies_behind_a_hole_waits_for_what_comes_before_it(machine: Machine, lost: Lost) -> None:
    async with machine.running() as world:
        await lost.keepers[0].meet(world)
        first, last = lost.groups()
        actor = first.actor.actor
        assert await lost.keepers[0].give_back(last) == TakenBack(0, 0, ((actor, first.first - 1),))
        assert (await lost.keepers[0].give_back(first)).reached == ((actor, last.first - 1),)
        assert (await lost.keepers[0].give_back(last)).reached == ((actor, lost.handed_in),)


async def test_h2_a_chain_that_goes_on_otherwise_takes_nothing_of_another_one(machine: Machine, lost: Lost) -> None:
    async with machine.running() as world:
        await lost.keepers[0].meet(world)
        first, _ = lost.groups()
        other = _signed(world, structs.replace(first, heads=("ab" * 32, *first.heads[1:])))
        assert (await lost.keepers[0].give_back(other)).operations == 0
        renamed = _signed(world, structs.replace(first, actor=structs.replace(first.actor, user="somebody")))
        assert (await lost.keepers[0].give_back(renamed)).operations == 0


async def test_h2_a_chain_of_this_epoch_is_its_devices_alone(machine: Machine, lost: Lost) -> None:
    async with machine.running() as world:
        epoch = (await lost.keepers[0].meet(world)).epoch
        first, _ = lost.groups()
        fresh = structs.replace(first.actor, actor="phone-of-now", epoch=epoch)
        assert (await lost.keepers[0].give_back(_signed(world, structs.replace(first, actor=fresh)))).operations == 0


def _signed(world: World, group: Entrusted) -> Entrusted:
    """The group as if this server had signed it as it now is."""
    unsigned = structs.replace(group, signature="")
    signature = world.journal.endpoint.keys.sign_receipt(entrusted_statement(unsigned))
    return structs.replace(unsigned, signature=base64url(signature))


async def test_h2_only_offices_keep_what_others_wrote_and_nobody_his_own(world: World) -> None:
    unit = await at_work(world)
    elsewhere = await world.enrolled(CLERK_ELSEWHERE)
    keepers = [Keeper(each) for each in (unit.clerk, unit.manager, unit.technician, elsewhere)]
    for each in keepers:
        await each.keep()
    await unit.logged()
    await unit.done()
    for each in keepers:
        await each.keep()
    phone, clerk = unit.technician.device, unit.clerk.device
    assert list(map(_writers, keepers)) == [{phone}, {phone, clerk}, set(), set()]


def _writers(keeper: Keeper) -> set[str]:
    return {each.actor.device for each in keeper.groups} - {"server"}


async def test_h2_what_is_held_is_kept_by_the_office_of_its_author(world: World) -> None:
    unit = await at_work(world)
    keeper, elsewhere = Keeper(unit.clerk), Keeper(await world.enrolled(CLERK_ELSEWHERE))
    for each in (keeper, elsewhere):
        await each.keep()
    reply = await _held(unit)
    assert [each.verdict for each in reply.stamps] == ["held"]
    for each in (keeper, elsewhere):
        await each.keep()
    (group,) = keeper.groups
    assert group.stamps == reply.stamps
    assert elsewhere.groups == []


async def _held(unit: OneCall) -> PushReply:
    """The technician writes what technicians may not."""
    unit.technician.write(Kind.CUSTOMER, "customer-nine", {"unit": "unit-elsewhere", "name": "客戶"})
    return await unit.technician.push()


async def test_h2_an_office_is_told_of_held_work_only_what_stands_nowhere_else(world: World) -> None:
    unit = await at_work(world)
    keeper = Keeper(unit.clerk)
    await keeper.keep()
    await world.decide(ADMIN, Setting(Kind.CUSTOMER, "customer-nine", {"unit": TAOYUAN, "name": "別處的客戶"}))
    await _held(unit)
    await keeper.keep()
    assert keeper.groups == []


async def test_h2_whoever_sees_other_units_keeps_what_his_own_wrote(world: World) -> None:
    admin, elsewhere = Keeper(await world.enrolled(ADMIN)), await world.enrolled(CLERK_ELSEWHERE)
    await admin.keep()
    elsewhere.write(Kind.CUSTOMER, "customer-nine", {"unit": TAOYUAN, "name": "客戶"})
    await elsewhere.push()
    await admin.keep()
    assert "customer-nine" in await admin.device.pull()
    assert _writers(admin) == set()


async def test_h2_what_waits_behind_a_hole_costs_no_commit_and_wakes_nobody(machine: Machine, lost: Lost) -> None:
    async with machine.running() as world:
        await lost.keepers[0].meet(world)
        _, last = lost.groups()
        heard = world.journal.pokes.listen(COMPANY)
        async with world.journal.reading(COMPANY) as ledger:
            before = await ledger.end()
        await lost.keepers[0].give_back(last)
        async with world.journal.reading(COMPANY) as ledger:
            assert await ledger.end() == before
        assert not heard.is_set()
        world.journal.pokes.leave(COMPANY, heard)


async def test_h2_a_page_is_bounded_by_where_things_came_back(
    machine: Machine, lost: Lost, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with machine.running() as world:
        await lost.keepers[0].meet(world)
        for number in range(20):  # the log goes on beyond where the lost one ended
            await world.decide(MANAGER, Setting(Kind.CUSTOMER, f"customer-{number}", {"unit": BANQIAO, "name": "客戶"}))
        for group in lost.keepers[0].groups:
            await lost.keepers[0].give_back(group)
        await lost.keepers[1].meet(world)
        monkeypatch.setattr("server.exchange.entrusting.OPERATIONS_OF_A_PAGE", 1)
        late = Keeper(lost.keepers[1].device)
        late.page = lost.keepers[1].page
        pages = [await late.page_of_it()]
        while pages[-1].more:
            pages.append(await late.page_of_it())
        assert max(len(page.groups) for page in pages) == 1
        assert {each.actor.device for each in late.groups} >= {lost.phone.device}


async def test_h2_an_office_keeps_page_by_page_and_no_commit_is_cut(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.exchange.entrusting.OPERATIONS_OF_A_PAGE", 2)
    unit = await at_work(world)
    keeper = Keeper(await world.enrolled(MANAGER))
    await keeper.keep()
    await unit.logged()
    visit = await unit.done()
    await keeper.keep()
    assert {(Kind.SERVICE_VISIT, visit), (Kind.CUSTOMER, "customer-one")} <= keeper.documents()
    chain = [each for each in keeper.groups if each.actor.device == unit.technician.device]
    assert [each.first for each in chain] == [1, 2]
    assert sum(len(each.operations) for each in chain) == len(unit.technician.chain.sent)
