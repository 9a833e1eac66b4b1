"""What is personal of one customer is erased for good, and everything else stands (ADR 44)."""

import asyncio
from datetime import timedelta
from pathlib import Path

import httpx
import msgspec
import pytest
from sqlalchemy import select
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncConnection

from schemas.audit import Deed
from schemas.erasure import MARK, PERSONAL
from schemas.protocol import PushReply
from schemas.registry import SHAPES, Kind
from server.attachments import keeping
from server.attachments.keeping import Kept, stored
from server.attachments.storing import FileStore
from server.platform.database import METADATA
from server.privacy import cleaning
from server.privacy.cleaning import Cleaner
from server.records.erased_files import unclean
from server.records.rebuild import ensure_documents
from server.records.tables import PROJECTION
from server.records.work import Setting
from sync.chain import extend, genesis, link
from sync.erasing import is_frame, reduced
from tests.server.keeping import Keeper, Machine, reopened
from tests.server.lists import CHEN, FRIDGE, csv_of, faults, found, taken
from tests.server.one_call import RECEIVED_AT, OneCall, at_work
from tests.server.world import (
    ADMIN,
    BANQIAO,
    CLERK,
    COMPANY,
    DEPARTMENT,
    MANAGER,
    TECHNICIAN,
    World,
    problem,
    proven,
)
from tests.support.pictures import name_of, picture

SECRET = "zqx-of-his-own"
"""What every erased value begins with; longer than what random ids and keys say by chance."""
NAME = f"{SECRET}-name"
WHY = "客戶 2026/11/20 來信要求"
ERASE = "/api/customers/customer-one/personal-data/erase"
PHOTO = picture(form="PNG")
STROKES = f"s1.{SECRET}strokes".encode()
LIMIT = 1_000_000
LIST = csv_of((*CHEN, *FRIDGE))


@pytest.fixture
async def unit(world: World) -> OneCall:
    return await at_work(world)


async def served(unit: OneCall) -> tuple[str, str]:
    """A customer whose call was served, signed, photographed and closed, every personal value with a secret in it."""
    for told in (f"{SECRET}-former", NAME):
        fields = {"unit": BANQIAO, "name": told, "phone": f"{SECRET}-1", "tax_id": f"{SECRET}-2", "note": f"{SECRET}-3"}
        await unit.wrote(unit.clerk, Kind.CUSTOMER, "customer-one", fields)
    product = {"unit": BANQIAO, "customer": "customer-one", "product": "變頻冰箱", "note": f"{SECRET}-4"}
    await unit.wrote(unit.clerk, Kind.ASSET, "asset-one", product)
    said = {"contact_name": NAME, "symptom": f"{SECRET}-5", "address": f"{SECRET}-6", "contact_phone": f"{SECRET}-7"}
    call = {"unit": BANQIAO, "customer": "customer-one", "asset": "asset-one", "received_at": 1_771_000_000_000}
    await unit.wrote(unit.clerk, Kind.SERVICE_CALL, "call-one", call | said)
    visit = await unit.dispatched()
    await unit.worked(visit, fault=f"{SECRET}-8", action=f"{SECRET}-9", arrived_latitude=25_012_345)
    signature = await unit.signed(visit, signer_name=NAME, strokes_sha256=name_of(STROKES))
    for file in (PHOTO, STROKES):
        proven(await unit.technician.client.put(f"/blobs/{name_of(file)}", content=file))
    tried = {"unit": BANQIAO, "call": "call-one", "visit": visit, "user": TECHNICIAN.user, "note": f"{SECRET}-11"}
    await unit.wrote(unit.technician, Kind.CONTACT_ATTEMPT, "attempt-one", tried)
    photo = {"unit": BANQIAO, "visit": visit, "image_sha256": name_of(PHOTO), "caption": f"{SECRET}-10"}
    await unit.wrote(unit.technician, Kind.PHOTO, "photo-one", photo)
    proven(await unit.close())
    return visit, signature


async def erased(unit: OneCall, name: str = NAME, reason: str = WHY, customer: str = "customer-one") -> httpx.Response:
    admin = await unit.world.enrolled(ADMIN)
    return await admin.client.post(ERASE.replace("customer-one", customer), json={"name": name, "reason": reason})


async def everything_in(world: World) -> bytes:
    """Every value of every row of every table."""
    found: list[bytes] = []
    async with world.journal.database.reading() as connection:
        for table in METADATA.tables.values():
            for row in await connection.execute(select(table)):
                found += [each if isinstance(each, bytes) else str(each).encode() for each in row]
    return b"\0".join(found)


def files_below(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


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


async def test_an_erased_file_is_not_kept_again(unit: OneCall, tmp_path: Path) -> None:
    await served(unit)
    proven(await erased(unit))
    assert (await unit.technician.client.put(f"/blobs/{name_of(PHOTO)}", content=PHOTO)).status_code == 204
    assert PHOTO not in files_below(tmp_path).values()
    assert problem(await unit.technician.client.get(f"/blobs/{name_of(PHOTO)}")) == (404, "blob.missing")


OTHERS = {"unit": BANQIAO, "visit": "visit-other", "image_sha256": name_of(PHOTO)}


async def test_an_erased_file_is_kept_again_once_somebody_elses_record_names_it(unit: OneCall) -> None:
    await served(unit)
    proven(await erased(unit))
    await unit.wrote(unit.technician, Kind.PHOTO, "photo-other", OTHERS)
    proven(await unit.technician.client.put(f"/blobs/{name_of(PHOTO)}", content=PHOTO))
    assert proven(await unit.manager.client.get(f"/blobs/{name_of(PHOTO)}")).content == PHOTO
    proven(await unit.technician.client.put(f"/blobs/{name_of(STROKES)}", content=STROKES))
    assert problem(await unit.manager.client.get(f"/blobs/{name_of(STROKES)}")) == (404, "blob.missing")


async def test_an_erased_file_is_kept_for_whoever_decides_about_a_held_entry_that_names_it(unit: OneCall) -> None:
    visit, _ = await served(unit)
    await unit.technician.pull()
    proven(await erased(unit))
    unit.technician.write(Kind.PHOTO, "photo-late", OTHERS | {"visit": visit})
    reply = await unit.technician.push(len(unit.technician.chain.sent))
    assert [result[1:] for result in reply.results] == [("held", "operation.erased")]
    proven(await unit.technician.client.put(f"/blobs/{name_of(PHOTO)}", content=PHOTO))
    assert proven(await unit.manager.client.get(f"/blobs/{name_of(PHOTO)}")).content == PHOTO
    (held,) = proven(await unit.manager.client.get("/api/held")).json()
    proven(await unit.manager.client.post(f"/api/held/{held['actor']}/{held['seq']}/reject", json={"reason": "x"}))
    assert problem(await unit.manager.client.get(f"/blobs/{name_of(PHOTO)}")) == (404, "blob.missing")


async def test_a_file_that_somebody_elses_held_entry_names_stays(unit: OneCall) -> None:
    await served(unit)
    unit.technician.chain.write(Kind.PHOTO, "photo-other", OTHERS | {"colour": "red"})
    await unit.technician.push(len(unit.technician.chain.sent))
    proven(await erased(unit))
    assert proven(await unit.manager.client.get(f"/blobs/{name_of(PHOTO)}")).content == PHOTO


async def test_a_file_that_came_while_it_was_erased_is_not_kept(
    unit: OneCall, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def overtaken(files: FileStore, name: str, content: bytes, unique: str) -> Kept:
        proven(await erased(unit))
        return await stored(files, name, content, unique)

    await served(unit)
    monkeypatch.setattr(keeping, "stored", overtaken)
    assert (await unit.technician.client.put(f"/blobs/{name_of(PHOTO)}", content=PHOTO)).status_code == 204
    assert [path for path, content in files_below(tmp_path).items() if content == PHOTO] == []
    assert problem(await unit.technician.client.get(f"/blobs/{name_of(PHOTO)}")) == (404, "blob.missing")


async def test_a_file_that_came_back_before_it_was_removed_stays(
    unit: OneCall, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def overtaken(_connection: AsyncConnection) -> list[tuple[str, str]]:
        return [(COMPANY, name_of(PHOTO))]

    await served(unit)
    await unit.wrote(unit.technician, Kind.PHOTO, "photo-other", OTHERS)
    monkeypatch.setattr(cleaning, "left_over", overtaken)
    proven(await erased(unit))
    assert proven(await unit.manager.client.get(f"/blobs/{name_of(PHOTO)}")).content == PHOTO


async def test_a_server_that_died_behind_an_erasure_cleans_up_at_its_next_start(
    machine: Machine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def died(_cleaner: Cleaner) -> None:
        return None

    with monkeypatch.context() as patched:
        patched.setattr(Cleaner, "clean", died)
        async with machine.running() as world:
            await served(unit := await at_work(world))
            proven(await erased(unit))
            assert PHOTO in files_below(tmp_path).values()
    async with machine.running() as world:
        await _has_become_clean(world)
        assert PHOTO not in files_below(tmp_path).values()


async def test_what_a_decision_reduces_is_cleaned_up_by_the_hour(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cleaning, "_EVERY", timedelta(milliseconds=20))
    async with machine.running() as world:
        await served(unit := await at_work(world))
        await unit.clerk.pull()
        proven(await erased(unit))
        await _has_become_clean(world)
        unit.clerk.write(Kind.CUSTOMER, "customer-one", {"phone": f"{SECRET}-late"})
        await unit.clerk.push(len(unit.clerk.chain.sent))
        (held,) = proven(await unit.manager.client.get("/api/held")).json()
        way = f"/api/held/{held['actor']}/{held['seq']}/reject"
        proven(await unit.manager.client.post(way, json={"reason": "個資已刪除"}))
        await _has_become_clean(world)


async def _has_become_clean(world: World) -> None:
    """Wait until nothing is left to be cleaned up; raises ``TimeoutError`` after 30 s."""
    async with asyncio.timeout(30):
        while await _is_unclean(world):  # noqa: ASYNC110 - it cleans up behind the scenes and tells nobody
            await asyncio.sleep(0.02)


async def _is_unclean(world: World) -> bool:
    async with world.journal.database.reading() as connection:
        return bool(await unclean(connection))


async def test_a_file_that_somebody_elses_record_names_stays(unit: OneCall) -> None:
    await served(unit)
    other = {"unit": BANQIAO, "visit": "visit-other", "image_sha256": name_of(PHOTO)}
    await unit.world.decide(MANAGER, Setting(Kind.PHOTO, "photo-other", other))
    proven(await erased(unit))
    assert (await unit.manager.client.get(f"/blobs/{name_of(PHOTO)}")).content == PHOTO


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


async def test_an_erasure_stands_in_the_audit_log_with_its_reason(unit: OneCall) -> None:
    await served(unit)
    proven(await erased(unit))
    entry = (await unit.world.entries())[-1]
    assert (entry.user, entry.deed, entry.purpose) == (ADMIN.user, Deed.CUSTOMER_ERASED, WHY)
    assert entry.objects == ("customer:customer-one",)


async def test_an_erasure_is_refused_while_a_call_is_open(unit: OneCall) -> None:
    await unit.logged()
    assert problem(await erased(unit, "陳美惠")) == (409, "customer.open_call")


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


def test_y6_only_what_says_nothing_personal_any_more_is_a_frame() -> None:
    whole = b'[2,"customer","customer-one",[0,"e"],1,0,{"name":"x"}]'
    assert not is_frame(whole)
    assert is_frame(reduced(whole))
    assert not is_frame(b'[2,"customer","customer-one",[0,"e"],1,0,{"district":"x"}]')
    assert not is_frame(b"\xff")
    assert not is_frame(b"{}")
