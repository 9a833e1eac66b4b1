"""The files that only an erased customer's records name go, all others stay (ADR 44)."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from schemas.registry import Kind
from server.attachments import keeping
from server.attachments.keeping import Kept, stored
from server.attachments.storing import FileStore
from server.privacy import cleaning
from server.privacy.cleaning import Cleaner
from server.records.work import Setting
from tests.server.erasures import (
    PHOTO,
    SECRET,
    STROKES,
    erased,
    files_below,
    has_become_clean,
    served,
)
from tests.server.keeping import Machine
from tests.server.one_call import OneCall, at_work
from tests.server.world import (
    BANQIAO,
    COMPANY,
    MANAGER,
    World,
    problem,
    proven,
)
from tests.support.pictures import name_of


@pytest.fixture
async def unit(world: World) -> OneCall:
    return await at_work(world)


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
        await has_become_clean(world)
        assert PHOTO not in files_below(tmp_path).values()


async def test_what_a_decision_reduces_is_cleaned_up_by_the_hour(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cleaning, "_EVERY", timedelta(milliseconds=20))
    async with machine.running() as world:
        await served(unit := await at_work(world))
        await unit.clerk.pull()
        proven(await erased(unit))
        await has_become_clean(world)
        unit.clerk.write(Kind.CUSTOMER, "customer-one", {"phone": f"{SECRET}-late"})
        await unit.clerk.push(len(unit.clerk.chain.sent))
        (held,) = proven(await unit.manager.client.get("/api/held")).json()
        way = f"/api/held/{held['actor']}/{held['seq']}/reject"
        proven(await unit.manager.client.post(way, json={"reason": "個資已刪除"}))
        await has_become_clean(world)


async def test_a_file_that_somebody_elses_record_names_stays(unit: OneCall) -> None:
    await served(unit)
    other = {"unit": BANQIAO, "visit": "visit-other", "image_sha256": name_of(PHOTO)}
    await unit.world.decide(MANAGER, Setting(Kind.PHOTO, "photo-other", other))
    proven(await erased(unit))
    assert (await unit.manager.client.get(f"/blobs/{name_of(PHOTO)}")).content == PHOTO
