"""Files that records name and that are not here: who is told of which, and what of it may still come."""

from pathlib import Path

import httpx
import msgspec
import pytest
from sqlalchemy import select

from schemas.healing import HealReport, MissingFile
from schemas.protocol import MAX_WANTED_FILES, WantedFiles
from schemas.registry import Kind
from schemas.vocabulary import LossState
from server.cli.preparing import prepare
from server.platform.database import Database
from server.records.kept_files import BLOB, MISSING_FILE
from server.records.missing_files import find_missing
from tests.server.demo_company import ignore
from tests.server.leaver import Leaver, revoked
from tests.server.one_call import OneCall, at_work
from tests.server.world import (
    BANQIAO,
    MANAGER_ELSEWHERE,
    TECHNICIAN,
    TECHNICIAN_TWO,
    SyncDevice,
    World,
    problem,
    proven,
)
from tests.support.pictures import name_of, picture

HOUR, DAY = 3_600_000, 86_400_000
PHOTO = picture()


@pytest.fixture
async def unit(world: World) -> OneCall:
    return await at_work(world)


async def missing(reader: SyncDevice) -> list[MissingFile]:
    answer = proven(await reader.client.get("/api/healing"))
    return list(msgspec.json.decode(answer.content, type=HealReport).files)


async def states(reader: SyncDevice) -> list[LossState]:
    return [each.state for each in await missing(reader)]


async def wanted(device: SyncDevice) -> list[str]:
    answer = proven(await device.client.get("/sync/v1/files/wanted"))
    return list(msgspec.json.decode(answer.content, type=WantedFiles).files)


async def gone(device: SyncDevice, *names: str) -> httpx.Response:
    return await device.client.post("/sync/v1/files/gone", json={"files": names})


async def photographed(unit: OneCall, data: bytes = PHOTO, photo: str = "photo-one") -> str:
    """A visit with a photo whose record is here; the visit's id."""
    await unit.logged()
    visit = await unit.dispatched()
    await unit.worked(visit)
    named = {"unit": BANQIAO, "visit": visit, "image_sha256": name_of(data), "taken_at": 1}
    await unit.wrote(unit.technician, Kind.PHOTO, photo, named)
    return visit


async def sent(device: SyncDevice, data: bytes = PHOTO) -> None:
    proven(await device.client.put(f"/blobs/{name_of(data)}", content=data))


def lose(data: Path) -> None:
    for path in (data / "blobs").rglob("*"):
        if path.is_file():
            path.unlink()


async def test_h4_a_photo_that_has_not_come_is_told_with_whose_it_is_until_it_comes(unit: OneCall) -> None:
    visit = await photographed(unit)
    (file,) = await missing(unit.manager)
    call = await unit.call()
    assert (file.kind, file.doc, file.visit) == ("photo", "photo-one", visit)
    assert (file.customer, file.number) == ("陳美惠", call["number"])
    assert (file.device, file.user) == (unit.technician.device, TECHNICIAN.user)
    assert (file.state, file.was_here) == (LossState.AWAITED, False)
    assert file.since == pytest.approx(unit.world.clock.now(), abs=HOUR)
    await sent(unit.technician)
    assert await missing(unit.manager) == []


async def test_h4_a_signature_is_told_once_until_both_its_files_are_here(unit: OneCall) -> None:
    await unit.logged()
    visit, signature = await unit.done_and_signed()
    assert [(each.kind, each.doc, each.visit) for each in await missing(unit.manager)] == [
        ("signature", signature, visit)
    ]


async def test_h4_a_file_that_came_before_its_record_was_never_missing(unit: OneCall) -> None:
    await sent(unit.technician)
    await photographed(unit)
    assert await missing(unit.manager) == []


async def test_h4_a_photo_that_was_deleted_is_missed_by_nobody(unit: OneCall) -> None:
    await photographed(unit)
    await unit.wrote(unit.technician, Kind.PHOTO, "photo-one", {"deleted": True})
    assert await missing(unit.manager) == []
    assert await wanted(unit.technician) == []


async def test_f3_files_are_told_to_those_who_see_their_records(unit: OneCall) -> None:
    await photographed(unit)
    elsewhere = await unit.world.enrolled(MANAGER_ELSEWHERE)
    assert await missing(elsewhere) == []
    assert len(await missing(unit.manager)) == 1


async def test_f3_whoever_writes_of_another_units_visit_learns_nothing_of_its_customer(unit: OneCall) -> None:
    await unit.logged()
    visit = await unit.dispatched()
    await unit.worked(visit)
    elsewhere = await unit.world.enrolled(MANAGER_ELSEWHERE)
    stranger = {"unit": MANAGER_ELSEWHERE.unit, "visit": visit, "image_sha256": "0" * 64}
    elsewhere.write(Kind.PHOTO, "photo-elsewhere", stranger)
    await elsewhere.push()
    assert [(each.doc, each.customer, each.number) for each in await missing(elsewhere)] == [
        ("photo-elsewhere", None, None)
    ]


async def test_p9_a_device_that_was_merely_in_touch_is_still_awaited_and_told_as_silent_after_a_day(
    unit: OneCall,
) -> None:
    await photographed(unit)
    await unit.technician.pull()
    assert await states(unit.manager) == [LossState.AWAITED]
    unit.world.clock.ahead_ms = 2 * DAY
    assert await states(unit.manager) == [LossState.SILENT]


async def test_p9_a_device_is_asked_for_what_its_own_records_name_and_its_word_counts(unit: OneCall) -> None:
    await photographed(unit)
    other = await unit.world.enrolled(TECHNICIAN_TWO)
    assert (await wanted(other), await wanted(unit.technician)) == ([], [name_of(PHOTO)])
    proven(await gone(other, name_of(PHOTO)))
    assert await states(unit.manager) == [LossState.AWAITED]
    proven(await gone(unit.technician, name_of(PHOTO), "0" * 64))
    assert (await states(unit.manager), await wanted(unit.technician)) == ([LossState.GONE], [])
    await sent(unit.manager)
    assert await missing(unit.manager) == []


async def test_p9_more_names_than_were_asked_for_and_names_that_are_none_are_refused(unit: OneCall) -> None:
    assert problem(await gone(unit.technician, *["0" * 64] * (MAX_WANTED_FILES + 1))) == (413, "request.too_large")
    assert problem(await gone(unit.technician, "photo.jpg")) == (400, "request.malformed")


async def test_p9_a_file_that_was_lost_here_is_wanted_again_once_somebody_missed_it(
    unit: OneCall, tmp_path: Path
) -> None:
    await photographed(unit)
    await sent(unit.technician)
    lose(tmp_path)
    assert await missing(unit.manager) == []
    assert problem(await unit.manager.client.get(f"/blobs/{name_of(PHOTO)}")) == (404, "blob.missing")
    (file,) = await missing(unit.manager)
    assert (file.was_here, file.state) == (True, LossState.AWAITED)
    assert await wanted(unit.technician) == [name_of(PHOTO)]
    await sent(unit.technician)
    assert await missing(unit.manager) == []


async def test_p9_a_file_that_lies_where_it_was_put_again_is_missed_no_more(unit: OneCall, tmp_path: Path) -> None:
    await photographed(unit)
    await sent(unit.technician)
    (path,) = (tmp_path / "blobs").rglob(name_of(PHOTO))
    path.rename(tmp_path / "aside")
    await unit.manager.client.head(f"/blobs/{name_of(PHOTO)}")
    assert len(await missing(unit.manager)) == 1
    (tmp_path / "aside").rename(path)
    proven(await unit.manager.client.get(f"/blobs/{name_of(PHOTO)}"))
    assert await missing(unit.manager) == []


async def test_p9_what_a_stopped_device_has_may_come_until_it_has_handed_in_everything(unit: OneCall) -> None:
    await photographed(unit)
    leaver: Leaver = await revoked(unit, unit.technician)
    assert await states(unit.manager) == [LossState.REVOKED]
    await leaver.hello(0)
    assert await states(unit.manager) == [LossState.GONE]


async def test_p9_what_a_browser_had_that_was_cleared_will_not_come(unit: OneCall) -> None:
    await photographed(unit)
    proven(await unit.technician.client.post("/api/emptied"))
    assert await states(unit.manager) == [LossState.EMPTIED]


async def test_p9_what_an_older_version_did_not_note_is_found(unit: OneCall) -> None:
    await photographed(unit)
    async with unit.world.journal.database.writing() as connection:
        await connection.execute(MISSING_FILE.delete())
    assert await missing(unit.manager) == []
    async with unit.world.journal.database.writing() as connection:
        await find_missing(connection)
    assert len(await missing(unit.manager)) == 1


async def test_p9_a_start_of_the_server_looks_for_what_was_not_noted(demo_url: str) -> None:
    database = Database(demo_url)
    async with database.writing() as connection:
        kept = (await connection.execute(select(BLOB.c.company, BLOB.c.sha256))).first()
        assert kept is not None
        await connection.execute(MISSING_FILE.insert(), {"company": kept.company, "sha256": kept.sha256})
    await prepare(database, ignore)
    async with database.reading() as connection:
        assert (await connection.execute(select(MISSING_FILE))).all() == []
    await database.close()


async def of_call(reader: SyncDevice, call: str = "call-one") -> httpx.Response:
    return await reader.client.get(f"/api/calls/{call}/missing-files")


async def test_whoever_closes_a_call_is_told_which_of_its_files_are_not_here_and_may_close_it_all_the_same(
    unit: OneCall,
) -> None:
    await unit.logged()
    visit, signature = await unit.done_and_signed()
    await unit.logged("call-two")
    assert [(each["kind"], each["doc"], each["visit"]) for each in proven(await of_call(unit.clerk)).json()] == [
        ("signature", signature, visit)
    ]
    assert proven(await of_call(unit.clerk, "call-two")).json() == []
    elsewhere = await unit.world.enrolled(MANAGER_ELSEWHERE)
    assert (
        problem(await of_call(elsewhere))
        == problem(await of_call(elsewhere, "nothing-here"))
        == (404, "record.missing")
    )
    assert problem(await of_call(unit.technician)) == (403, "session.role_missing")
    proven(await unit.close())


async def test_whoever_decides_about_held_work_sees_the_picture_that_it_names(unit: OneCall) -> None:
    await unit.logged()
    visit = await unit.dispatched()
    leaver = await revoked(unit, unit.technician)
    named = {"unit": BANQIAO, "visit": visit, "image_sha256": name_of(PHOTO)}
    unit.technician.chain.write("photo", "photo-held", named)
    await leaver.push()
    elsewhere = await unit.world.enrolled(MANAGER_ELSEWHERE)
    picture_of = f"/blobs/{name_of(PHOTO)}"
    assert problem(await unit.manager.client.get(picture_of)) == (404, "blob.missing")
    proven(await leaver.blob(PHOTO))
    assert proven(await unit.manager.client.get(picture_of)).content == PHOTO
    assert problem(await elsewhere.client.get(picture_of)) == (404, "blob.missing")
