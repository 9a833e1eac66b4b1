"""What the server itself wrote comes back after a restore, from whichever device kept it (SPEC H7)."""

from typing import Any

import msgspec
import pytest
from msgspec import structs

from schemas.protocol import (
    MAX_GIVEN_BACK,
    SCHEMA,
    Base,
    Dot,
    GivenBack,
    Operation,
    TakenBack,
)
from schemas.registry import SHAPES, Kind
from schemas.vocabulary import Place
from server.platform.keys import base64url
from server.records.ledger import Actor
from server.records.work import Setting, Work
from sync.chain import entrusted_statement, genesis
from tests.server.keeping import Keeper, Machine, begun, reopened
from tests.server.leaver import revoked, write_signed_visit
from tests.server.one_call import WORK, OneCall, at_work
from tests.server.world import (
    ADMIN,
    BANQIAO,
    CLERK,
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


async def test_h7_a_dispatch_that_a_restore_lost_comes_back_as_it_stood(machine: Machine) -> None:
    async with machine.running() as world:
        unit, keeper = await begun(world)
    copy = await machine.backup()
    async with machine.running() as world:
        unit = await reopened(world, unit)
        dispatch = await unit.dispatched()
        before = await world.document(Kind.DISPATCH, dispatch), await unit.voucher()
        await keeper.keep()
    machine.put_back(copy)
    async with machine.running() as world:
        assert (await keeper.meet(world)).epoch != unit.clerk.chain.epoch
        assert await world.document(Kind.DISPATCH, dispatch) == {}
        assert await keeper.give_back() == TakenBack(operations=3, unproven=0)
        unit = await reopened(world, unit)
        assert (await world.document(Kind.DISPATCH, dispatch), await unit.voucher()) == before
        assert await keeper.give_back() == TakenBack(operations=0, unproven=0)
        (back,) = await _returned(unit.manager)
        assert (back["device"], back["operations"], back["unproven"]) == ("server", 3, 0)


async def _returned(reader: SyncDevice) -> list[dict[str, Any]]:
    told = proven(await reader.client.get("/api/healing")).json()
    return [returned for change in told["changes"] for returned in change["returned"]]


async def test_h7_an_official_number_comes_back_and_no_second_one_is_given(machine: Machine) -> None:
    async with machine.running() as world:
        unit = await at_work(world)
        keeper = Keeper(unit.clerk)
        await keeper.keep()
    copy = await machine.backup()
    async with machine.running() as world:
        unit = await reopened(world, unit)
        await unit.logged()
        number = (await unit.call())["number"]
        pushed = await unit.clerk.push()
        await keeper.keep()
    machine.put_back(copy)
    async with machine.running() as world:
        unit = await reopened(world, unit)
        await keeper.meet(world)
        await keeper.give_back()
        offered = unit.clerk.chain.re_offer(1, pushed.stamps, pushed.receipt)
        proven(await unit.clerk.client.post("/sync/v1/offer", content=_body(*offered)))
        assert (await unit.call())["number"] == number


def _body(head: object, payloads: list[bytes]) -> bytes:
    return b"\n".join([msgspec.json.encode(head), *payloads]) + b"\n"


async def test_h7_a_revocation_that_a_restore_lost_stops_the_device_again(machine: Machine) -> None:
    async with machine.running() as world:
        unit, keeper = await begun(world)
    copy = await machine.backup()
    async with machine.running() as world:
        unit = await reopened(world, unit)
        await revoked(unit, unit.technician)
        await keeper.keep()
    machine.put_back(copy)
    async with machine.running() as world:
        unit = await reopened(world, unit)
        assert (await unit.technician.client.get("/sync/v1/pull")).status_code == 200
        await keeper.meet(world)
        await keeper.give_back()
        assert problem(await unit.technician.client.get("/sync/v1/pull")) == (403, "device.revoked")


async def test_h7_a_device_whose_enrolment_came_back_before_itself_is_the_same_device_again(machine: Machine) -> None:
    async with machine.running() as world:
        unit, keeper = await begun(world)
    copy = await machine.backup()
    async with machine.running() as world:
        unit = await reopened(world, unit)
        fresh = await world.enrolled(TECHNICIAN_TWO)
        await keeper.keep()
    machine.put_back(copy)
    async with machine.running() as world:
        await keeper.meet(world)
        await keeper.give_back()
        browser = await world.signed_in(TECHNICIAN_TWO)
        proof = {"device": fresh.device, "signature": fresh.chain.sign(b"whatever")}
        assert problem(await browser.post("/api/session/device", json=proof)) == (403, "device.unknown")
        wish = {"name": "Chrome", "place": Place.FIELD, "public_key": base64url(fresh.chain.point)}
        again = proven(await browser.post("/api/devices", json=wish | {"device": fresh.device}))
        assert again.json()["device"] == fresh.device
        thief = await world.signed_in(TECHNICIAN)
        other = proven(await thief.post("/api/devices", json=wish | {"device": unit.clerk.device}))
        assert other.json()["device"] != unit.clerk.device


async def test_h7_a_key_that_was_revoked_before_its_enrolment_was_lost_never_comes_back(machine: Machine) -> None:
    async with machine.running() as world:
        unit, keeper = await begun(world)
    copy = await machine.backup()
    async with machine.running() as world:
        unit = await reopened(world, unit)
        fresh = await world.enrolled(TECHNICIAN_TWO)
        await revoked(unit, fresh)
        await keeper.keep()
    machine.put_back(copy)
    async with machine.running() as world:
        await keeper.meet(world)
        await keeper.give_back()
        browser = await world.signed_in(TECHNICIAN_TWO)
        wish = {"name": "Chrome", "place": Place.FIELD, "public_key": base64url(fresh.chain.point)}
        assert problem(await browser.post("/api/devices", json=wish)) == (403, "device.revoked")


async def test_h7_a_voucher_that_comes_before_its_number_keeps_the_first_one(machine: Machine) -> None:
    async with machine.running() as world:
        unit, keeper = await begun(world)
    copy = await machine.backup()
    async with machine.running() as world:
        unit = await reopened(world, unit)
        await unit.dispatched()
        number = (await unit.voucher())["number"]
        await keeper.keep()
    machine.put_back(copy)
    async with machine.running() as world:
        await keeper.meet(world)
        unit = await reopened(world, unit)
        for group in keeper.groups:
            await keeper.give_back(group)
        assert (await unit.voucher())["number"] == number


async def test_e3_a_mark_that_the_log_has_lost_is_for_hello_and_answered_by_nothing_else(machine: Machine) -> None:
    async with machine.running() as world:
        unit, keeper = await begun(world)
    copy = await machine.backup()
    async with machine.running() as world:
        unit = await reopened(world, unit)
        await unit.dispatched()
        await keeper.keep()
        await unit.clerk.pull()
    machine.put_back(copy)
    async with machine.running() as world:
        unit = await reopened(world, unit)
        assert keeper.page
        asked = {"mark": keeper.page.mark}
        assert problem(await unit.clerk.client.get("/sync/v1/entrusted", params=asked)) == (409, "sync.epoch")
        place = {"cursor": str(unit.clerk.cursor)}
        assert problem(await unit.clerk.client.get("/sync/v1/pull", params=place)) == (409, "sync.epoch")
        assert (await keeper.meet(world)).epoch != unit.clerk.chain.epoch
        proven(await unit.clerk.client.get("/sync/v1/pull", params=place))
        proven(await unit.clerk.client.get("/sync/v1/entrusted", params=asked))


async def test_h7_what_was_released_from_a_quarantine_comes_back_in_its_authors_name(machine: Machine) -> None:
    async with machine.running() as world:
        unit, keeper = await begun(world)
    copy = await machine.backup()
    async with machine.running() as world:
        unit = await reopened(world, unit)
        visit = await unit.dispatched()
        named = {"unit": BANQIAO, "call": "call-one", "asset": "asset-one", "technician": TECHNICIAN.user}
        write_signed_visit(unit.technician, visit, WORK | named)
        leaver = await revoked(unit, unit.technician)
        await leaver.hello(pending=2)
        await leaver.push(1)
        await leaver.hello(pending=0)
        release = f"/api/quarantines/{unit.technician.device}/release"
        proven(await unit.manager.client.post(release, json={"reason": "本人工作"}))
        before = await world.document(Kind.SERVICE_VISIT, visit)
        assert before["fault"] == WORK["fault"]
        await keeper.keep()
    machine.put_back(copy)
    async with machine.running() as world:
        await keeper.meet(world)
        await keeper.give_back()
        assert await world.document(Kind.SERVICE_VISIT, visit) == before


async def test_h7_what_was_written_since_the_restore_stands_beside_what_comes_back(machine: Machine) -> None:
    async with machine.running() as world:
        unit, keeper = await begun(world)
        dispatch = await unit.dispatched()
        await keeper.keep()
    copy = await machine.backup()
    async with machine.running() as world:
        unit = await reopened(world, unit)
        await world.decide(MANAGER, _planned(dispatch, 1))
        await keeper.keep()
    machine.put_back(copy)
    async with machine.running() as world:
        await world.decide(MANAGER, _planned(dispatch, 2))
        await keeper.meet(world)
        await keeper.give_back()
        unit = await reopened(world, unit)
        unit.clerk.cursor = None
        row = (await unit.clerk.pull())[dispatch]
        assert {write.value for write in row.rivals["planned_at"]} == {1, 2}


def _planned(dispatch: str, at: int) -> Setting:
    return Setting(Kind.DISPATCH, dispatch, {"planned_at": at})


async def test_f3_nothing_is_entrusted_to_whom_it_is_out_of_scope(world: World) -> None:
    unit, _ = await begun(world)
    elsewhere, admin, technician = [Keeper(await world.enrolled(each)) for each in (CLERK_ELSEWHERE, ADMIN, TECHNICIAN)]
    for each in (elsewhere, admin, technician):
        await each.keep()
    dispatch = await unit.dispatched()
    for each in (elsewhere, admin, technician):
        await each.keep()
    assert (Kind.DISPATCH, dispatch) in technician.documents()
    assert (Kind.DISPATCH, dispatch) not in elsewhere.documents()


async def test_h7_a_device_keeps_from_its_first_day_on_and_page_by_page(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.exchange.entrusting.POSITIONS_OF_A_PAGE", 2)
    _, keeper = await begun(world)
    assert keeper.groups == []
    for number in range(5):
        await world.decide(CLERK, _customer(number))
    await keeper.keep()
    assert keeper.documents() == {(Kind.CUSTOMER.value, f"customer-{number}") for number in range(5)}
    assert len(keeper.groups) == 5


def _customer(number: int) -> Setting:
    return Setting(Kind.CUSTOMER, f"customer-{number}", {"unit": BANQIAO, "name": f"{number}"})


FORGED: dict[str, dict[str, object]] = {
    "another wrote it": {"author": "user-somebody"},
    "it was written elsewhere": {"place": Place.FIELD},
    "it comes at another place of the chain": {"first": 99},
    "it says something else": {"operations": ('[2,"customer","customer-0",[0,"e"],1,0,{"name":"改"}]',)},
    "its chain ends otherwise": {"heads": ("ab" * 32,)},
    "it has no stamp": {"stamps": ()},
    "it has nothing in it": {"operations": (), "heads": (), "stamps": ()},
    "nobody signed it": {"signature": ""},
    "the signature is no text of one": {"signature": "A"},
}


async def test_h7_what_this_version_cannot_read_is_told_to_nobody_and_stops_nobody(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, keeper = await begun(world)
    await world.decide(CLERK, _customer(0), Setting(Kind.ASSET, "asset-nine", {"unit": BANQIAO}))
    await world.decide(CLERK, _customer(1))
    known = {kind: shape for kind, shape in SHAPES.items() if kind is not Kind.ASSET}
    monkeypatch.setattr("server.exchange.entrusting.SHAPES", known)
    await keeper.keep()
    assert keeper.documents() == {(Kind.CUSTOMER.value, "customer-1")}


async def test_h7_chains_that_name_each_other_as_their_past_keep_nobody_waiting(world: World) -> None:
    unit, keeper = await begun(world)
    await _ring(world, unit)
    await keeper.keep()
    (group,) = keeper.groups
    assert [each.actor for each in group.past] == ["ring-one", "ring-two"]


async def test_h7_a_chain_that_was_renamed_too_often_is_left_to_its_device(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.exchange.entrusting.MOST_RENAMED", 2)
    unit, keeper = await begun(world)
    await _ring(world, unit)
    await keeper.keep()
    assert keeper.groups == []


async def _ring(world: World, unit: OneCall) -> None:
    """Apply what was held of a chain that has a past without an end."""
    record = unit.technician.chain.record

    async def ring(work: Work) -> None:
        one = structs.replace(record, actor="ring-one", parent="ring-two", parent_seq=1)
        two = structs.replace(record, actor="ring-two", parent="ring-one", parent_seq=1)
        await work.ledger.save_actors([Actor(each, 1, genesis(each)) for each in (one, two)])
        fields = {"unit": BANQIAO, "name": "0"}
        operation = Operation(SCHEMA, Kind.CUSTOMER, "customer-0", Base(0, world.epoch), work.now, 0, fields)
        await work.adopt(MANAGER.user, Dot("ring-one", 1), operation)

    await world.journal.write(COMPANY, ring)


async def test_h7_nothing_is_taken_back_by_a_log_that_never_lost_anything(world: World) -> None:
    _, keeper = await begun(world)
    await world.decide(CLERK, _customer(0))
    await keeper.keep()
    assert await keeper.give_back() == TakenBack(operations=0, unproven=0)
    lost = structs.replace(keeper.groups[0], first=keeper.groups[0].first + 50)
    unsigned = structs.replace(lost, signature="")
    signature = world.journal.endpoint.keys.sign_receipt(entrusted_statement(unsigned))
    body = msgspec.json.encode(GivenBack((structs.replace(unsigned, signature=base64url(signature)),)))
    answer = await keeper.device.client.post("/sync/v1/entrusted", content=body)
    assert problem(answer) == (422, "sync.re_offer")


async def test_h7_what_another_device_brought_already_costs_no_commit(machine: Machine) -> None:
    async with machine.running() as world:
        _, keeper = await begun(world)
    copy = await machine.backup()
    async with machine.running() as world:
        await world.decide(CLERK, _customer(0))
        await keeper.meet(world)
        await keeper.keep()
    machine.put_back(copy)
    async with machine.running() as world:
        await keeper.meet(world)
        assert (await keeper.give_back()).operations == 1
        async with world.journal.reading(COMPANY) as ledger:
            before = await ledger.end()
        heard = world.journal.pokes.listen(COMPANY)
        assert (await keeper.give_back()).operations == 0
        async with world.journal.reading(COMPANY) as ledger:
            assert await ledger.end() == before
        assert not heard.is_set()
        world.journal.pokes.leave(COMPANY, heard)


@pytest.mark.parametrize("why", FORGED)
async def test_h7_nothing_is_believed_that_this_server_did_not_sign(world: World, why: str) -> None:
    _, keeper = await begun(world)
    await world.decide(CLERK, _customer(0))
    await keeper.keep()
    (group,) = keeper.groups
    assert await keeper.give_back(structs.replace(group, **FORGED[why])) == TakenBack(operations=0, unproven=1)
    assert await world.document(Kind.CUSTOMER, "customer-0") == {"unit": BANQIAO, "name": "0"}


async def test_h7_a_device_signs_nothing_for_the_server_and_is_not_believed_in_its_place(world: World) -> None:
    _, keeper = await begun(world)
    await world.decide(CLERK, _customer(0))
    await keeper.keep()
    (group,) = keeper.groups
    own = structs.replace(group, actor=keeper.device.chain.record)
    assert await keeper.give_back(own) == TakenBack(operations=0, unproven=1)


async def test_h7_a_request_holds_a_bounded_number_of_groups(world: World) -> None:
    _, keeper = await begun(world)
    await world.decide(CLERK, _customer(0))
    await keeper.keep()
    body = msgspec.json.encode(GivenBack(tuple(keeper.groups * (MAX_GIVEN_BACK + 1))))
    answer = await keeper.device.client.post("/sync/v1/entrusted", content=body)
    assert problem(answer) == (413, "sync.too_many")
