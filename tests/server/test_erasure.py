"""What is personal of one customer is erased for good, and everything else stands (ADR 44)."""

from pathlib import Path

import msgspec
import pytest
from sqlalchemy.engine import make_url

from schemas.audit import Deed
from schemas.erasure import MARK, PERSONAL
from schemas.registry import SHAPES, Kind
from server.records.rebuild import ensure_documents
from server.records.tables import PROJECTION
from server.records.work import Setting
from sync.chain import extend, genesis, link
from sync.erasing import is_frame, reduced
from tests.server.erasures import (
    ERASE,
    NAME,
    PHOTO,
    SECRET,
    WHY,
    erased,
    everything_in,
    files_below,
    served,
)
from tests.server.one_call import OneCall, at_work
from tests.server.world import (
    ADMIN,
    BANQIAO,
    CLERK,
    COMPANY,
    DEPARTMENT,
    MANAGER,
    World,
    problem,
    proven,
)

LIMIT = 1_000_000


@pytest.fixture
async def unit(world: World) -> OneCall:
    return await at_work(world)


async def test_y1_nothing_personal_is_left_in_any_table_or_file(
    unit: OneCall, founded_url: str, tmp_path: Path
) -> None:
    await served(unit)
    assert SECRET.encode() in await everything_in(unit.world)
    assert proven(await erased(unit)).json() == {"documents": 8}
    assert SECRET.encode() not in await everything_in(unit.world)
    contents = files_below(tmp_path)
    assert [path for path, content in contents.items() if SECRET.encode() in content or content == PHOTO] == []
    if founded_url.startswith("sqlite"):
        file = Path(make_url(founded_url).database or "")
        kept = {path.name: path.read_bytes() for path in file.parent.glob(f"{file.name}*")}
        assert [name for name, content in kept.items() if SECRET.encode() in content] == []
        assert "25012345" not in str(kept[file.name])


async def test_y1_what_is_not_personal_stays_and_is_told_to_devices(unit: OneCall) -> None:
    visit, signature = await served(unit)
    before = {doc: row.fields for doc, row in (await unit.technician.pull()).items()}
    number = (await unit.call())["number"]
    proven(await erased(unit))
    rows = await unit.technician.pull()
    for doc, kind in {"customer-one": Kind.CUSTOMER, "call-one": Kind.SERVICE_CALL, visit: Kind.SERVICE_VISIT}.items():
        shown = rows[doc].fields
        assert {name: shown[name] for name in shown.keys() - {MARK}} == {
            name: value for name, value in before[doc].items() if name not in PERSONAL[kind]
        }
    assert (rows["call-one"].fields["number"], rows[visit].fields["fee_total"]) == (number, 180_000)
    assert rows[signature].fields.keys() & PERSONAL[Kind.SIGNATURE] == set()
    assert rows[signature].rivals == {}
    assert SECRET.encode() not in msgspec.json.encode(list(rows.values()))


async def test_y1_whoever_was_merged_with_him_is_erased_with_him(unit: OneCall) -> None:
    await served(unit)
    twin = {"unit": BANQIAO, "name": f"{SECRET}-twin", "phone": f"{SECRET}-12"}
    await unit.wrote(unit.clerk, Kind.CUSTOMER, "customer-two", twin)
    proven(await unit.clerk.client.post("/api/customers/customer-two/merge", json={"into": "customer-one"}))
    proven(await erased(unit))
    assert SECRET.encode() not in await everything_in(unit.world)


async def test_y1_two_who_stand_alone_again_are_erased_one_by_one(unit: OneCall) -> None:
    await served(unit)
    for doc in ("customer-head", "customer-two"):
        await unit.wrote(unit.clerk, Kind.CUSTOMER, doc, {"unit": BANQIAO, "name": doc, "phone": doc, "tax_id": doc})
    for doc in ("customer-one", "customer-two"):
        proven(await unit.clerk.client.post(f"/api/customers/{doc}/merge", json={"into": "customer-head"}))
    await unit.wrote(unit.clerk, Kind.CUSTOMER, "customer-head", {"deleted": True})
    proven(await erased(unit))
    assert (await unit.world.document(Kind.CUSTOMER, "customer-two"))["phone"] == "customer-two"
    assert MARK not in await unit.world.document(Kind.CUSTOMER, "customer-two")
    assert SECRET.encode() not in await everything_in(unit.world)


async def test_y1_a_duplicate_that_was_deleted_is_erased_with_whom_it_stands_for(unit: OneCall) -> None:
    await served(unit)
    twin = {"unit": BANQIAO, "name": f"{SECRET}-twin", "phone": f"{SECRET}-12"}
    await unit.wrote(unit.clerk, Kind.CUSTOMER, "customer-two", twin)
    proven(await unit.clerk.client.post("/api/customers/customer-two/merge", json={"into": "customer-one"}))
    await unit.wrote(unit.clerk, Kind.CUSTOMER, "customer-two", {"deleted": True})
    proven(await erased(unit))
    assert SECRET.encode() not in await everything_in(unit.world)


async def test_y1_chains_are_what_they_were_and_replays_change_nothing(unit: OneCall) -> None:
    await served(unit)
    before = await unit.world.journal.database.version()
    proven(await erased(unit))
    async with unit.world.journal.reading(COMPANY) as ledger:
        for device in (unit.clerk, unit.technician):
            record = device.chain.record
            head = genesis(record)
            stretch = await ledger.logged(record.actor, 1, len(device.chain.sent))
            for each, sent in zip(stretch, device.chain.sent, strict=True):
                head = extend(head, each.sha256)
                assert (each.sha256, each.head) == (link(sent), head)
            assert any(link(each.payload) != each.sha256 for each in stretch)
    replayed = await unit.clerk.push()
    assert replayed.results == ()
    assert SECRET.encode() not in await everything_in(unit.world)
    assert before != await unit.world.journal.database.version()


async def test_y1_documents_are_built_anew_from_frames_as_they_were(unit: OneCall) -> None:
    visit, _ = await served(unit)
    proven(await erased(unit))
    before = [await unit.world.document(kind, doc) for kind, doc in _some(visit)]
    async with unit.world.journal.database.writing() as connection:
        await connection.execute(PROJECTION.delete())
        assert await ensure_documents(connection, lambda _done, _of: None)
    assert [await unit.world.document(kind, doc) for kind, doc in _some(visit)] == before


def _some(visit: str) -> list[tuple[Kind, str]]:
    return [(Kind.CUSTOMER, "customer-one"), (Kind.SERVICE_CALL, "call-one"), (Kind.SERVICE_VISIT, visit)]


async def test_an_erasure_stands_in_the_audit_log_with_its_reason(unit: OneCall) -> None:
    await served(unit)
    proven(await erased(unit))
    entry = (await unit.world.entries())[-1]
    assert (entry.user, entry.deed, entry.purpose) == (ADMIN.user, Deed.CUSTOMER_ERASED, WHY)
    assert entry.objects == ("customer:customer-one", "service_call:call-one")


async def test_an_erasure_is_refused_while_a_call_is_open(unit: OneCall) -> None:
    await unit.logged()
    assert problem(await erased(unit, "陳美惠")) == (409, "customer.open_call")


async def test_f033_an_erasure_is_refused_while_he_owes_unless_somebody_says_that_it_is_settled(unit: OneCall) -> None:
    await served(unit)
    for settled in ((), ("call-two",)):
        refused = await erased(unit, settled=settled)
        assert problem(refused) == (409, "customer.owes")
        assert refused.json()["facts"] == {"calls": ["call-one"], "numbers": ["BAN-2026-000001"]}
    assert (await unit.world.document(Kind.CUSTOMER, "customer-one"))["name"] == NAME
    proven(await erased(unit, settled=("call-one",)))


async def test_f033_whoever_owes_nothing_is_erased_without_such_a_word(unit: OneCall) -> None:
    await unit.logged()
    visit = await unit.dispatched()
    await unit.worked(visit, fee_total=0)
    await unit.signed(visit)
    proven(await unit.close())
    proven(await erased(unit, "陳美惠", settled=()))
    back = {"unit": BANQIAO, "name": "陳美惠", "phone": "0912-345-678"}
    await unit.wrote(unit.clerk, Kind.CUSTOMER, "customer-one", back)
    proven(await erased(unit, "陳美惠", settled=()))


async def test_f033_what_was_erased_already_is_owed_by_nobody(unit: OneCall) -> None:
    await served(unit)
    proven(await erased(unit))
    await unit.wrote(unit.clerk, Kind.CUSTOMER, "customer-one", {"unit": BANQIAO, "name": "陳美惠"})
    proven(await erased(unit, "陳美惠", settled=()))


async def test_an_erasure_is_refused_while_a_contract_runs(unit: OneCall) -> None:
    await served(unit)
    contract = {"unit": BANQIAO, "customer": "customer-one", "valid_until": unit.world.clock.now() + LIMIT}
    await unit.world.decide(MANAGER, Setting(Kind.MAINTENANCE_CONTRACT, "contract-one", contract))
    assert problem(await erased(unit)) == (409, "customer.contract")


async def test_an_erasure_is_refused_while_an_entry_about_him_waits(unit: OneCall) -> None:
    await served(unit)
    unit.technician.chain.write(Kind.CUSTOMER, "customer-one", {"colour": f"{SECRET}-red"})
    await unit.technician.push(len(unit.technician.chain.sent))
    assert problem(await erased(unit)) == (409, "customer.held")
    (held,) = proven(await unit.manager.client.get("/api/held")).json()
    proven(await unit.manager.client.post(f"/api/held/{held['actor']}/{held['seq']}/reject", json={"reason": "x"}))
    proven(await erased(unit))
    assert SECRET.encode() not in await everything_in(unit.world)


async def test_an_erasure_is_refused_while_nobody_has_decided_whose_call_it_is(unit: OneCall) -> None:
    await served(unit)
    await unit.wrote(unit.clerk, Kind.CUSTOMER, "customer-two", {"unit": BANQIAO, "name": "李先生"})
    other = await unit.world.enrolled(CLERK)
    await other.pull()
    await unit.clerk.pull()
    for device, owner in ((other, "customer-two"), (unit.clerk, "customer-one")):
        device.write(Kind.SERVICE_CALL, "call-one", {"customer": owner})
        await device.push(len(device.chain.sent))
    assert (await unit.call())["customer"] == "customer-one"
    assert problem(await erased(unit)) == (409, "customer.held")
    assert (await unit.call())["contact_name"] == NAME
    await unit.wrote(unit.clerk, Kind.SERVICE_CALL, "call-one", {"customer": "customer-two"})
    proven(await erased(unit))
    assert (await unit.call())["contact_name"] == NAME


@pytest.mark.parametrize("typed", ["", "陳先生", SECRET])
async def test_an_erasure_asks_for_the_name_once_more(unit: OneCall, typed: str) -> None:
    await served(unit)
    assert problem(await erased(unit, typed)) == (422, "customer.name")
    assert (await unit.world.document(Kind.CUSTOMER, "customer-one"))["name"] == NAME


async def test_an_erasure_asks_for_a_reason(unit: OneCall) -> None:
    await served(unit)
    assert problem(await erased(unit, NAME, " ")) == (422, "reason.missing")


async def test_what_was_erased_cannot_be_erased_once_more(unit: OneCall) -> None:
    await served(unit)
    proven(await erased(unit))
    assert problem(await erased(unit)) == (409, "customer.erased")


async def test_nobody_is_merged_with_somebody_erased_until_he_comes_back(unit: OneCall) -> None:
    await served(unit)
    proven(await erased(unit))
    await unit.wrote(unit.clerk, Kind.CUSTOMER, "customer-two", {"unit": BANQIAO, "name": "李先生", "phone": "1"})
    for doc, into in (("customer-one", "customer-two"), ("customer-two", "customer-one")):
        answer = await unit.clerk.client.post(f"/api/customers/{doc}/merge", json={"into": into})
        assert problem(answer) == (409, "customer.erased")
    assert "phone" not in await unit.world.document(Kind.CUSTOMER, "customer-one")
    await unit.wrote(unit.clerk, Kind.CUSTOMER, "customer-one", {"name": "李先生"})
    proven(await unit.clerk.client.post("/api/customers/customer-two/merge", json={"into": "customer-one"}))


async def test_nobody_but_the_admin_erases(unit: OneCall) -> None:
    await served(unit)
    department = await unit.world.enrolled(DEPARTMENT)
    for device in (unit.clerk, unit.manager, unit.technician, department):
        answer = await device.client.post(ERASE, json={"name": NAME, "reason": WHY})
        assert problem(answer) == (403, "session.role_missing")


def test_an_erasure_names_fields_that_there_are_and_marks_every_kind_that_it_reduces() -> None:
    for kind, fields in PERSONAL.items():
        assert fields | {MARK} <= set(SHAPES[kind].__struct_fields__)
    assert {kind for kind in Kind if MARK in SHAPES[kind].__struct_fields__} == PERSONAL.keys()


async def test_the_customers_link_says_that_what_it_showed_was_erased(unit: OneCall) -> None:
    _, signature = await served(unit)
    told = {"unit": BANQIAO, "signature": signature, "secret": "Zm9ydHkgYml0cyBvciBtb3Jl"}
    later = unit.world.clock.now() + 86_400_000
    await unit.wrote(unit.technician, Kind.SIGNATURE_COPY, "copy-one", told | {"expires_at": later})
    customer = await unit.world.client()
    link = f"/api/copies/{COMPANY}/copy-one"
    proven(await customer.post(link, json={"secret": told["secret"]}))
    proven(await erased(unit))
    assert problem(await customer.post(link, json={"secret": told["secret"]})) == (410, "copy.erased")


async def test_an_entry_of_which_what_was_signed_was_erased_is_amended_as_any_other(unit: OneCall) -> None:
    visit, _ = await served(unit)
    proven(await erased(unit))
    amendment = {"reason": "金額算錯", "fields": {"fee_total": 1}}
    proven(await unit.manager.client.post(f"/api/visits/{visit}/amend", json=amendment))
    assert (await unit.world.document(Kind.SERVICE_VISIT, visit))["fee_total"] == 1


def test_y6_only_what_says_nothing_personal_any_more_is_a_frame() -> None:
    whole = b'[2,"customer","customer-one",[0,"e"],1,0,{"name":"x"}]'
    assert not is_frame(whole)
    assert is_frame(reduced(whole))
    assert not is_frame(b'[2,"customer","customer-one",[0,"e"],1,0,{"district":"x"}]')
    assert not is_frame(b"\xff")
    assert not is_frame(b"{}")
