"""Whoever did not know of an erasure loses nothing and brings nobody back (ADR 44)."""

import pytest

from schemas.registry import Kind
from tests.server.erasures import (
    NAME,
    SECRET,
    erased,
    everything_in,
    served,
)
from tests.server.lists import CHEN, FRIDGE, csv_of, faults, found, taken
from tests.server.one_call import RECEIVED_AT, OneCall, at_work
from tests.server.world import (
    BANQIAO,
    TECHNICIAN,
    World,
    problem,
    proven,
)

LIST = csv_of((*CHEN, *FRIDGE))


@pytest.fixture
async def unit(world: World) -> OneCall:
    return await at_work(world)


async def test_y2_who_did_not_know_loses_nothing_and_it_waits_for_the_office(unit: OneCall) -> None:
    await served(unit)
    await unit.clerk.pull()
    proven(await erased(unit))
    unit.clerk.write(Kind.CUSTOMER, "customer-one", {"phone": f"{SECRET}-late", "zone": "urban"})
    reply = await unit.clerk.push(len(unit.clerk.chain.sent))
    assert [result[1:] for result in reply.results] == [("held", "operation.erased")]
    (held,) = proven(await unit.manager.client.get("/api/held")).json()
    assert (held["fields"]["phone"], held["applicable"]) == (f"{SECRET}-late", ["zone"])
    assert "phone" not in await unit.world.document(Kind.CUSTOMER, "customer-one")
    assert problem(await erased(unit, "customer-one")) in {(409, "customer.held"), (409, "customer.erased")}


@pytest.mark.parametrize("way", ["apply", "reject"])
async def test_y3_once_somebody_has_decided_only_its_frame_is_left(unit: OneCall, way: str) -> None:
    await served(unit)
    await unit.clerk.pull()
    proven(await erased(unit))
    unit.clerk.write(Kind.CUSTOMER, "customer-one", {"phone": f"{SECRET}-late", "zone": "urban"})
    await unit.clerk.push(len(unit.clerk.chain.sent))
    assert SECRET.encode() in await everything_in(unit.world)
    (held,) = proven(await unit.manager.client.get("/api/held")).json()
    body = {"reason": "個資已刪除"}
    proven(await unit.manager.client.post(f"/api/held/{held['actor']}/{held['seq']}/{way}", json=body))
    assert SECRET.encode() not in await everything_in(unit.world)
    assert ((await unit.world.document(Kind.CUSTOMER, "customer-one")).get("zone") == "urban") is (way == "apply")


async def test_y3_what_is_held_for_another_reason_waits_for_a_decision_too(unit: OneCall) -> None:
    await served(unit)
    await unit.technician.pull()
    proven(await erased(unit))
    unit.technician.chain.write(Kind.CUSTOMER, "customer-one", {"colour": f"{SECRET}-red"})
    reply = await unit.technician.push(len(unit.technician.chain.sent))
    assert [result[1] for result in reply.results] == ["held"]
    assert reply.results[0][2] != "operation.erased"
    await unit.wrote(unit.clerk, Kind.CUSTOMER, "customer-one", {"zone": "urban"})
    (held,) = proven(await unit.manager.client.get("/api/held")).json()
    assert held["fields"]["colour"] == f"{SECRET}-red"
    body = {"reason": "個資已刪除"}
    proven(await unit.manager.client.post(f"/api/held/{held['actor']}/{held['seq']}/reject", json=body))
    assert SECRET.encode() not in await everything_in(unit.world)


async def test_y2_a_new_call_of_somebody_erased_is_held_with_what_stands_on_it(unit: OneCall) -> None:
    await served(unit)
    await unit.clerk.pull()
    proven(await erased(unit))
    call = {"unit": BANQIAO, "customer": "customer-one", "asset": "asset-one", "contact_name": NAME}
    unit.clerk.write(Kind.SERVICE_CALL, "call-two", call)
    await unit.clerk.push(len(unit.clerk.chain.sent))
    unit.clerk.write(Kind.SERVICE_VISIT, "visit-two", {"unit": BANQIAO, "call": "call-two", "fault": f"{SECRET}-x"})
    reply = await unit.clerk.push(len(unit.clerk.chain.sent))
    assert [result[1:] for result in reply.results] == [("held", "operation.erased")]
    (first, second) = proven(await unit.manager.client.get("/api/held")).json()
    assert (first["doc"], second["doc"]) == ("call-two", "visit-two")


@pytest.mark.parametrize("pushes", ["one push", "two pushes"])
async def test_y2_what_follows_a_visit_that_began_without_anything_personal_is_held(unit: OneCall, pushes: str) -> None:
    await served(unit)
    await unit.technician.pull()
    proven(await erased(unit))
    begun = {"unit": BANQIAO, "call": "call-one", "technician": TECHNICIAN.user, "en_route_at": RECEIVED_AT}
    unit.technician.write(Kind.SERVICE_VISIT, "visit-two", begun)
    begins = len(unit.technician.chain.sent)
    if pushes == "two pushes":
        assert (await unit.technician.push(begins)).results == ()
        begins += 1
    unit.technician.write(Kind.SERVICE_VISIT, "visit-two", {"fault": f"{SECRET}-late"})
    photo = {"unit": BANQIAO, "visit": "visit-two", "caption": f"{SECRET}-x"}
    unit.technician.write(Kind.PHOTO, "photo-two", photo)
    reply = await unit.technician.push(begins)
    assert [result[1:] for result in reply.results] == [("held", "operation.erased")] * 2
    assert "fault" not in await unit.world.document(Kind.SERVICE_VISIT, "visit-two")
    for held in proven(await unit.manager.client.get("/api/held")).json():
        way = f"/api/held/{held['actor']}/{held['seq']}/reject"
        proven(await unit.manager.client.post(way, json={"reason": "個資已刪除"}))
    assert SECRET.encode() not in await everything_in(unit.world)


async def test_y2_what_is_not_personal_is_written_by_whoever_did_not_know(unit: OneCall) -> None:
    await served(unit)
    await unit.clerk.pull()
    proven(await erased(unit))
    unit.clerk.write(Kind.ASSET, "asset-one", {"serial_no": "KR-1"})
    assert (await unit.clerk.push(len(unit.clerk.chain.sent))).results == ()
    assert (await unit.world.document(Kind.ASSET, "asset-one"))["serial_no"] == "KR-1"


async def test_y2_what_is_written_in_knowledge_of_it_counts_and_can_be_erased_again(unit: OneCall) -> None:
    await served(unit)
    proven(await erased(unit))
    await unit.wrote(unit.clerk, Kind.CUSTOMER, "customer-one", {"name": f"{SECRET}-again"})
    await unit.wrote(unit.clerk, Kind.ASSET, "asset-one", {"customer": "customer-two", "note": "新屋主"})
    assert (await unit.world.document(Kind.CUSTOMER, "customer-one"))["name"] == f"{SECRET}-again"
    proven(await erased(unit, f"{SECRET}-again"))
    assert SECRET.encode() not in await everything_in(unit.world)
    assert (await unit.world.document(Kind.ASSET, "asset-one"))["note"] == "新屋主"


async def listed(unit: OneCall) -> str:
    """A customer and his product out of a list; the customer's id."""
    await taken(unit.manager, LIST)
    return next(doc for doc, row in (await unit.clerk.pull()).items() if row.fields.get("name") == CHEN[0])


@pytest.mark.parametrize("then", ["stays", "is deleted"])
async def test_a_list_of_old_does_not_bring_back_whom_it_had_brought(unit: OneCall, then: str) -> None:
    customer = await listed(unit)
    if then == "is deleted":
        await unit.wrote(unit.clerk, Kind.CUSTOMER, customer, {"deleted": True})
    proven(await erased(unit, CHEN[0], customer=customer))
    assert faults(await found(unit.manager, LIST)) == [(2, "客戶名稱", "customer_erased")]
    assert faults(await found(unit.manager, csv_of(CHEN))) == [(2, "客戶名稱", "customer_erased")]


async def test_a_list_that_says_nothing_new_of_who_came_back_is_right(unit: OneCall) -> None:
    customer = await listed(unit)
    proven(await erased(unit, CHEN[0], customer=customer))
    await unit.wrote(unit.clerk, Kind.CUSTOMER, customer, {"name": CHEN[0], "phone": CHEN[1]})
    assert faults(await found(unit.manager, csv_of(CHEN[:2]))) == []
    assert faults(await found(unit.manager, csv_of(CHEN))) == [(2, "客戶名稱", "customer_erased")]


async def test_a_list_tells_of_a_product_whose_new_owner_nobody_erased(unit: OneCall) -> None:
    customer = await listed(unit)
    proven(await erased(unit, CHEN[0], customer=customer))
    [asset] = [doc for doc, row in (await unit.clerk.pull()).items() if row.fields.get("customer") == customer]
    await unit.wrote(
        unit.clerk, Kind.CUSTOMER, "customer-two", {"unit": BANQIAO, "name": "林先生", "phone": "0922333444"}
    )
    await unit.wrote(unit.clerk, Kind.ASSET, asset, {"customer": "customer-two"})
    await taken(unit.manager, csv_of(("林先生", "0922333444", "", "", "", "", "新屋主", *FRIDGE)))
    assert (await unit.world.document(Kind.ASSET, asset))["note"] == "新屋主"
