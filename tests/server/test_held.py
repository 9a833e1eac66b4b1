"""Held operations in the office: listed with a plain reason, applied or rejected, never lost."""

from collections.abc import Mapping

import msgspec
import pytest
from sqlalchemy import select

from schemas.protocol import Base, Operation
from schemas.registry import Kind
from server.audit.tables import AUDIT_ENTRY
from server.records.tables import OPERATION
from tests.server.one_call import OneCall, at_work, signature
from tests.server.world import (
    BANQIAO,
    CLERK,
    CLERK_ELSEWHERE,
    MANAGER,
    TAOYUAN,
    TECHNICIAN,
    SyncDevice,
    World,
    problem,
    proven,
)

HOME = {"unit": BANQIAO, "name": "陳美惠", "phone": "0912-345-678"}


@pytest.fixture
async def unit(world: World) -> OneCall:
    return await at_work(world)


async def held(device: SyncDevice, kind: str, doc: str, fields: Mapping[str, object], base: int | None = None) -> str:
    """Push one operation that is held; the path under which the office decides about it."""
    await device.pull()
    seen = device.rows[doc].position if doc in device.rows else 0
    device.chain.write(kind, doc, dict(fields), base=seen if base is None else base)
    return await pushed(device)


async def pushed(device: SyncDevice) -> str:
    seq = len(device.chain.sent)
    reply = await device.push(seq)
    assert [result[1] for result in reply.results] == ["held"]
    return f"/api/held/{device.chain.record.actor}/{seq}"


async def inbox(device: SyncDevice) -> list[dict[str, object]]:
    items: list[dict[str, object]] = proven(await device.client.get("/api/held")).json()
    return items


async def test_p5_a_held_operation_is_listed_with_who_what_when_and_why(unit: OneCall) -> None:
    await held(unit.technician, "customer", "customer-one", HOME | {"colour": "red"})
    [item] = await inbox(unit.clerk)
    assert (item["author"], item["author_name"]) == (TECHNICIAN.user, TECHNICIAN.name)
    assert (item["kind"], item["doc"], item["problem"]) == ("customer", "customer-one", "operation.field")
    assert item["fields"] == HOME | {"colour": "red"}
    assert item["applicable"] == list(HOME)
    assert item["raw"] is None
    assert isinstance(item["received_at"], int)
    assert isinstance(item["at"], int)


async def test_what_can_be_read_of_a_held_operation_is_applied_in_the_managers_name(unit: OneCall) -> None:
    path = await held(unit.technician, "customer", "customer-one", HOME | {"colour": "red"})
    answer = proven(await unit.manager.client.post(f"{path}/apply", json={"reason": "資料是對的"}))
    assert answer.json() == {"written": ["unit", "name", "phone"], "left_out": ["colour"]}
    assert await unit.world.document(Kind.CUSTOMER, "customer-one") == HOME
    assert await inbox(unit.manager) == []


async def test_m5_what_was_written_since_stands_beside_what_is_applied(unit: OneCall) -> None:
    await unit.wrote(unit.clerk, Kind.CUSTOMER, "customer-one", HOME)
    path = await held(unit.technician, "customer", "customer-one", {"phone": "02-2960-0000", "colour": "red"})
    await unit.wrote(unit.clerk, Kind.CUSTOMER, "customer-one", {"phone": "02-2960-1111"})
    proven(await unit.manager.client.post(f"{path}/apply", json={"reason": "資料是對的"}))
    row = (await unit.clerk.pull())["customer-one"]
    assert row.fields["phone"] == "02-2960-0000"
    assert {write.value for write in row.rivals["phone"]} == {"02-2960-0000", "02-2960-1111"}


async def test_w2_what_the_server_wrote_since_is_not_covered_by_what_is_applied(unit: OneCall) -> None:
    await unit.logged()
    visit = await unit.done()
    path = await held(unit.technician, "service_visit", visit, {"fault": "漏水", "colour": "red"})
    amendment = {"reason": "客戶更正", "fields": {"fault": "風扇故障"}}
    proven(await unit.manager.client.post(f"/api/visits/{visit}/amend", json=amendment))
    proven(await unit.manager.client.post(f"{path}/apply", json={"reason": "技術員說的"}))
    row = (await unit.clerk.pull())[visit]
    assert {write.value for write in row.rivals["fault"]} == {"漏水", "風扇故障"}


async def test_w2_what_its_author_wrote_before_is_covered_by_what_is_applied(unit: OneCall) -> None:
    unit.technician.write(Kind.CUSTOMER, "customer-one", HOME)
    unit.technician.chain.write("customer", "customer-one", {"phone": "02-2960-0000", "colour": "red"})
    assert (await unit.technician.push()).results == ((1, "held", "operation.field"),)
    path = f"/api/held/{unit.technician.chain.record.actor}/2"
    proven(await unit.manager.client.post(f"{path}/apply", json={"reason": "資料是對的"}))
    row = (await unit.clerk.pull())["customer-one"]
    assert (row.fields["phone"], row.rivals) == ("02-2960-0000", {})


async def test_an_operation_whose_base_nobody_knows_covers_nothing_when_it_is_applied(unit: OneCall) -> None:
    await unit.wrote(unit.clerk, Kind.CUSTOMER, "customer-one", HOME)
    path = await held(unit.technician, "customer", "customer-one", {"phone": "02-2960-0000"}, base=9_999)
    proven(await unit.manager.client.post(f"{path}/apply", json={"reason": "資料是對的"}))
    row = (await unit.clerk.pull())["customer-one"]
    assert {write.value for write in row.rivals["phone"]} == {HOME["phone"], "02-2960-0000"}


async def test_a_rejected_operation_leaves_the_inbox_and_stays_in_the_log(unit: OneCall) -> None:
    path = await held(unit.technician, "customer", "customer-one", HOME | {"colour": "red"})
    assert (await unit.manager.client.post(f"{path}/reject", json={"reason": "打錯了"})).status_code == 204
    assert await inbox(unit.manager) == []
    assert await unit.world.document(Kind.CUSTOMER, "customer-one") == {}
    async with unit.world.journal.database.reading() as connection:
        query = select(OPERATION.c.payload).where(OPERATION.c.verdict == "held")
        assert (await connection.execute(query)).scalar_one() == unit.technician.chain.sent[0]


async def test_nobody_decides_twice(unit: OneCall) -> None:
    path = await held(unit.technician, "customer", "customer-one", HOME | {"colour": "red"})
    proven(await unit.manager.client.post(f"{path}/reject", json={"reason": "打錯了"}))
    for deed in ("apply", "reject"):
        again = await unit.manager.client.post(f"{path}/{deed}", json={"reason": "再一次"})
        assert problem(again) == (409, "held.not_open")


async def test_a_decision_needs_a_reason(unit: OneCall) -> None:
    path = await held(unit.technician, "customer", "customer-one", HOME | {"colour": "red"})
    for deed in ("apply", "reject"):
        assert problem(await unit.manager.client.post(f"{path}/{deed}", json={})) == (422, "reason.missing")
    assert len(await inbox(unit.manager)) == 1


async def test_what_was_applied_is_not_a_held_operation(unit: OneCall) -> None:
    await unit.wrote(unit.technician, Kind.CUSTOMER, "customer-one", HOME)
    path = f"/api/held/{unit.technician.chain.record.actor}/1/apply"
    assert problem(await unit.manager.client.post(path, json={"reason": "看看"})) == (404, "record.missing")


async def test_what_cannot_be_read_is_shown_as_text_and_can_only_be_rejected(unit: OneCall) -> None:
    unit.technician.chain.append(b'[1,"customer","customer-one",[0,"epoch"],1,0,{"name":"\\ud83d"}]')
    path = await pushed(unit.technician)
    [item] = await inbox(unit.manager)
    assert (item["problem"], item["kind"], item["applicable"]) == ("operation.text", None, [])
    assert "customer-one" in str(item["raw"])
    refused = await unit.manager.client.post(f"{path}/apply", json={"reason": "試試"})
    assert problem(refused) == (409, "held.nothing_to_apply")
    proven(await unit.manager.client.post(f"{path}/reject", json={"reason": "讀不出來"}))


async def test_a_value_of_any_shape_does_not_hide_the_others(unit: OneCall) -> None:
    await held(unit.technician, "customer", "customer-one", {"unit": ["a", {"b": 1}], "name": {}})
    await held(unit.technician, "customer", "customer-two", HOME | {"colour": "red"})
    assert [item["doc"] for item in await inbox(unit.manager)] == ["customer-one", "customer-two"]


async def test_what_only_a_command_may_write_is_not_applied(unit: OneCall) -> None:
    await unit.logged()
    path = await held(unit.technician, "service_call", "call-one", {"closed_at": 1})
    refused = await unit.manager.client.post(f"{path}/apply", json={"reason": "結案"})
    assert problem(refused) == (409, "held.nothing_to_apply")


async def test_a_signature_is_never_applied_in_somebody_elses_name(unit: OneCall) -> None:
    await unit.logged()
    visit = await unit.dispatched()
    await unit.worked(visit)
    name, fields = signature(unit.technician, visit, {})
    path = await held(unit.technician, "signature", name, fields | {"signer_name": "somebody else"})
    refused = await unit.manager.client.post(f"{path}/apply", json={"reason": "客戶說可以"})
    assert problem(refused) == (409, "held.signature")


async def test_a_newer_versions_operation_is_applied_as_far_as_this_version_reads_it(unit: OneCall) -> None:
    fields = HOME | {"loyalty_card": "7"}
    operation = Operation(2, "customer", "customer-one", Base(0, unit.world.epoch), 1, 0, fields)
    unit.technician.chain.append(msgspec.json.encode(operation))
    path = await pushed(unit.technician)
    proven(await unit.manager.client.post(f"{path}/apply", json={"reason": "新版手機"}))
    assert await unit.world.document(Kind.CUSTOMER, "customer-one") == HOME


async def test_f3_held_operations_are_seen_by_their_authors_unit_and_by_the_documents(unit: OneCall) -> None:
    stranger = await unit.world.enrolled(CLERK_ELSEWHERE)
    await unit.wrote(unit.clerk, Kind.CUSTOMER, "customer-one", HOME)
    own = await held(unit.technician, "customer", "customer-two", HOME | {"colour": "red"})
    theirs = await held(stranger, "customer", "customer-one", {"name": "mine"})
    private = await held(stranger, "customer", "customer-three", {"unit": TAOYUAN, "colour": "red"})
    assert [item["doc"] for item in await inbox(unit.manager)] == ["customer-two", "customer-one"]
    assert [item["doc"] for item in await inbox(stranger)] == ["customer-one", "customer-three"]
    refused = await unit.manager.client.post(f"{private}/reject", json={"reason": "別的單位"})
    assert problem(refused) == (404, "record.missing")
    for path in (own, theirs):
        proven(await unit.manager.client.post(f"{path}/reject", json={"reason": "不對"}))


async def test_another_units_edit_can_be_applied_by_the_unit_that_the_document_belongs_to(unit: OneCall) -> None:
    stranger = await unit.world.enrolled(CLERK_ELSEWHERE)
    await unit.wrote(unit.clerk, Kind.CUSTOMER, "customer-one", HOME)
    path = await held(stranger, "customer", "customer-one", {"mobile": "0933-000-111"})
    proven(await unit.manager.client.post(f"{path}/apply", json={"reason": "他們問到的"}))
    assert (await unit.world.document(Kind.CUSTOMER, "customer-one"))["mobile"] == "0933-000-111"


async def test_only_the_manager_decides(unit: OneCall) -> None:
    path = await held(unit.technician, "customer", "customer-one", HOME | {"colour": "red"})
    for device in (unit.clerk, unit.technician):
        for deed in ("apply", "reject"):
            answer = await device.client.post(f"{path}/{deed}", json={"reason": "我來"})
            assert problem(answer) == (403, "session.role_missing")
    assert problem(await unit.technician.client.get("/api/held")) == (403, "session.role_missing")


async def test_a_decision_names_the_operation_in_the_audit_log(unit: OneCall) -> None:
    path = await held(unit.technician, "customer", "customer-one", HOME | {"colour": "red"})
    proven(await unit.manager.client.post(f"{path}/apply", json={"reason": "資料是對的"}))
    async with unit.world.journal.database.reading() as connection:
        query = select(AUDIT_ENTRY.c.leaf).where(AUDIT_ENTRY.c.deed == "held.applied")
        entry = msgspec.json.decode((await connection.execute(query)).scalar_one())
    assert (entry["user"], entry["purpose"]) == (MANAGER.user, "資料是對的")
    assert entry["objects"] == [f"operation:{unit.technician.chain.record.actor}/1", "customer:customer-one"]
    assert CLERK.user not in entry["objects"]
