"""Files that arrive in parts (tus 1.0): gone on with behind any cut, verified when whole, nobody else's business."""

import asyncio
import base64
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from types import MappingProxyType

import httpx
import pytest

from schemas.protocol import MAX_BLOB_BYTES, MAX_UPLOADS_OPEN, UPLOAD_KEPT_MS
from server.attachments import arriving
from tests.server.one_call import OneCall, at_work
from tests.server.world import CLERK, TECHNICIAN_TWO, World, problem, proven, running
from tests.support.pictures import name_of, picture

PHOTO = picture(320, 240)
TUS = {"tus-resumable": "1.0.0"}
PART = TUS | {"content-type": "application/offset+octet-stream"}


@pytest.fixture
async def unit(world: World) -> OneCall:
    return await at_work(world)


@pytest.fixture
def uploads(tmp_path: Path) -> Path:
    return tmp_path / "uploads"


def lying(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def metadata(sha256: str) -> str:
    return f"sha256 {base64.b64encode(sha256.encode()).decode()},filename cGhvdG8="


async def begin(
    browser: httpx.AsyncClient, data: bytes = PHOTO, other: Mapping[str, str] = MappingProxyType({})
) -> httpx.Response:
    headers = TUS | {"upload-length": str(len(data)), "upload-metadata": metadata(name_of(data))}
    return await browser.post("/uploads", headers={**headers, **other})


async def begun(browser: httpx.AsyncClient, data: bytes = PHOTO) -> str:
    return str(proven(await begin(browser, data)).headers["location"])


async def add(browser: httpx.AsyncClient, place: str, offset: int, part: bytes) -> httpx.Response:
    return await browser.patch(place, headers=PART | {"upload-offset": str(offset)}, content=part)


async def test_a_file_that_came_in_parts_is_kept_byte_for_byte(unit: OneCall, uploads: Path) -> None:
    phone = unit.technician.client
    place = await begun(phone)
    offset = 0
    while offset < len(PHOTO):
        answer = proven(await add(phone, place, offset, PHOTO[offset : offset + 1_000]))
        offset = min(offset + 1_000, len(PHOTO))
        assert (answer.status_code, answer.headers["upload-offset"]) == (204, str(offset))
        assert answer.headers["tus-resumable"] == "1.0.0"
    assert proven(await phone.get(f"/blobs/{name_of(PHOTO)}")).content == PHOTO
    assert lying(uploads) == []


async def test_where_to_go_on_is_told(unit: OneCall) -> None:
    phone = unit.technician.client
    place = await begun(phone)
    proven(await add(phone, place, 0, PHOTO[:777]))
    told = proven(await phone.head(place, headers=TUS)).headers
    assert (told["upload-offset"], told["upload-length"]) == ("777", str(len(PHOTO)))
    assert told["cache-control"] == "no-store"
    assert "GMT" in told["upload-expires"]


async def test_a_line_that_breaks_in_the_middle_of_a_part_leaves_what_came(
    unit: OneCall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arriving, "SILENCE_SECONDS", 0.1)
    phone = unit.technician.client
    place = await begun(phone)

    async def breaking() -> AsyncIterator[bytes]:
        yield PHOTO[:500]
        await asyncio.sleep(60)

    answer = proven(await phone.patch(place, headers=PART | {"upload-offset": "0"}, content=breaking()))
    assert answer.headers["upload-offset"] == "500"
    proven(await add(phone, place, 500, PHOTO[500:]))
    assert proven(await phone.get(f"/blobs/{name_of(PHOTO)}")).content == PHOTO


async def test_an_upload_outlives_its_server(founded_url: str, tmp_path: Path, unit: OneCall, uploads: Path) -> None:
    place = await begun(unit.technician.client)
    proven(await add(unit.technician.client, place, 0, PHOTO[:1_234]))
    cookies = dict(unit.technician.client.cookies)
    async with running(founded_url, tmp_path) as again:
        phone = await again.client()
        phone.cookies.update(cookies)
        assert proven(await phone.head(place, headers=TUS)).headers["upload-offset"] == "1234"
        proven(await add(phone, place, 1_234, PHOTO[1_234:]))
        assert proven(await phone.get(f"/blobs/{name_of(PHOTO)}")).content == PHOTO
    assert lying(uploads) == []


async def test_a_server_that_died_before_a_whole_file_was_kept_keeps_it_before_it_says_so(
    unit: OneCall, uploads: Path
) -> None:
    phone = unit.technician.client
    place = await begun(phone)
    part = next(path for path in lying(uploads) if path.suffix == ".part")
    part.write_bytes(PHOTO)
    assert (await phone.head(f"/blobs/{name_of(PHOTO)}")).status_code == 404
    assert proven(await phone.head(place, headers=TUS)).headers["upload-offset"] == str(len(PHOTO))
    assert proven(await phone.get(f"/blobs/{name_of(PHOTO)}")).content == PHOTO
    assert (await phone.head(place, headers=TUS)).status_code == 404


async def test_a_part_that_does_not_follow_is_refused_with_where_to_go_on(unit: OneCall) -> None:
    phone = unit.technician.client
    place = await begun(phone)
    for offset in (1, 10_000_000):
        assert problem(await add(phone, place, offset, b"x")) == (409, "upload.offset")
    answer = await add(phone, place, 1, b"x")
    assert (answer.json()["facts"], answer.headers["tus-resumable"]) == ({"offset": 0}, "1.0.0")


async def test_two_requests_never_write_to_one_upload_at_once(unit: OneCall) -> None:
    phone = unit.technician.client
    place = await begun(phone)
    asked_for_more, go_on = asyncio.Event(), asyncio.Event()

    async def slow() -> AsyncIterator[bytes]:
        yield PHOTO[:100]
        asked_for_more.set()
        await go_on.wait()
        yield PHOTO[100:200]

    writing = asyncio.create_task(phone.patch(place, headers=PART | {"upload-offset": "0"}, content=slow()))
    await asked_for_more.wait()
    assert problem(await add(phone, place, 0, PHOTO[:50])) == (423, "upload.busy")
    go_on.set()
    assert proven(await writing).headers["upload-offset"] == "200"


async def test_more_than_was_announced_is_refused_and_what_came_before_stays(unit: OneCall) -> None:
    phone = unit.technician.client
    place = await begun(phone)
    proven(await add(phone, place, 0, PHOTO[:10]))
    assert problem(await add(phone, place, 10, PHOTO[10:] + b"x")) == (413, "request.too_large")
    assert proven(await phone.head(place, headers=TUS)).headers["upload-offset"] == "10"


NOT_TAKEN = {
    "other bytes": (PHOTO[:-1] + bytes([PHOTO[-1] ^ 1]), name_of(PHOTO), (422, "blob.hash")),
    "no type of ours": (b"<svg onload=alert(1)>", None, (415, "blob.type")),
    "no image": (b"\xff\xd8\xff" + bytes(99), None, (422, "blob.image")),
    "nothing": (b"", None, (415, "blob.type")),
}


@pytest.mark.parametrize("what", NOT_TAKEN)
async def test_what_is_not_what_it_should_be_is_refused_when_it_is_whole_and_let_go(
    unit: OneCall, uploads: Path, tmp_path: Path, what: str
) -> None:
    data, name, expected = NOT_TAKEN[what]
    phone = unit.technician.client
    answer = await begin(phone, data, {"upload-metadata": metadata(name or name_of(data))})
    if answer.is_success:
        answer = await add(phone, answer.headers["location"], 0, data)
    assert problem(answer) == expected
    assert lying(uploads) == lying(tmp_path / "blobs") == []


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ({"tus-resumable": "0.2.2"}, (412, "upload.version")),
        ({"upload-length": ""}, (400, "request.malformed")),
        ({"upload-length": "-1"}, (400, "request.malformed")),
        ({"upload-length": "1e3"}, (400, "request.malformed")),
        ({"upload-length": "9" * 400}, (400, "request.malformed")),
        ({"upload-length": str(MAX_BLOB_BYTES + 1)}, (413, "request.too_large")),
        ({"upload-metadata": ""}, (400, "request.malformed")),
        ({"upload-metadata": "sha256"}, (400, "request.malformed")),
        ({"upload-metadata": "sha256 !!"}, (400, "request.malformed")),
        ({"upload-metadata": "sha256 /w=="}, (400, "request.malformed")),
        ({"upload-metadata": metadata("../../fieldproof.db")}, (400, "request.malformed")),
    ],
)
async def test_an_upload_that_cannot_be_is_not_begun(
    unit: OneCall, uploads: Path, other: dict[str, str], expected: tuple[int, str]
) -> None:
    answer = await begin(unit.technician.client, PHOTO, other)
    assert problem(answer) == expected
    assert answer.headers["tus-resumable"] == "1.0.0"
    assert answer.headers.get("tus-version") == ("1.0.0" if expected[0] == 412 else None)
    assert lying(uploads) == []


async def test_a_part_says_what_it_is_and_where_it_belongs(unit: OneCall) -> None:
    phone = unit.technician.client
    place = await begun(phone)
    untyped = await phone.patch(place, headers=TUS | {"upload-offset": "0"}, content=b"x")
    assert problem(untyped) == (400, "request.encoding")
    assert problem(await phone.patch(place, headers=PART, content=b"x")) == (400, "request.malformed")
    assert problem(await phone.patch(place, headers={"upload-offset": "0"}, content=b"x")) == (412, "upload.version")


async def test_nobody_goes_on_with_anothers_upload_or_learns_of_it(unit: OneCall) -> None:
    place = await begun(unit.technician.client)
    other = (await unit.world.enrolled(TECHNICIAN_TWO)).client
    assert problem(await add(other, place, 0, b"x")) == (404, "upload.missing")
    assert problem(await other.delete(place, headers=TUS)) == (404, "upload.missing")
    assert (await other.head(place, headers=TUS)).status_code == 404
    assert proven(await unit.technician.client.head(place, headers=TUS)).headers["upload-offset"] == "0"
    assert problem(await begin(await unit.world.client())) == (401, "session.missing")
    assert problem(await begin(await unit.world.signed_in(CLERK))) == (403, "device.unknown")


@pytest.mark.parametrize("name", ["x", "..", "%2e%2e%2fanother", "no-such-upload"])
async def test_there_is_no_upload_of_that_name(unit: OneCall, name: str) -> None:
    answer = await add(unit.technician.client, f"/uploads/{name}", 0, b"x")
    assert answer.status_code in (400, 404, 405)


async def test_an_upload_that_is_given_up_is_gone(unit: OneCall, uploads: Path) -> None:
    phone = unit.technician.client
    place = await begun(phone)
    assert proven(await phone.delete(place, headers=TUS)).status_code == 204
    assert problem(await add(phone, place, 0, b"x")) == (404, "upload.missing")
    assert lying(uploads) == []


async def test_an_upload_expires_and_its_bytes_go(unit: OneCall, uploads: Path) -> None:
    phone = unit.technician.client
    place = await begun(phone)
    proven(await add(phone, place, 0, PHOTO[:10]))
    unit.world.clock.ahead_ms = UPLOAD_KEPT_MS - 60_000
    assert proven(await phone.head(place, headers=TUS)).headers["upload-offset"] == "10"
    unit.world.clock.ahead_ms = UPLOAD_KEPT_MS + 1
    assert problem(await add(phone, place, 10, PHOTO[10:])) == (404, "upload.missing")
    assert lying(uploads) == []


async def test_a_server_that_starts_lets_go_of_what_expired(
    unit: OneCall, uploads: Path, founded_url: str, tmp_path: Path
) -> None:
    await begun(unit.technician.client)
    about = next(path for path in lying(uploads) if path.suffix == ".json")
    about.write_text(about.read_text().replace('"expires_at":', '"expires_at":1,"was":'))
    async with running(founded_url, tmp_path):
        assert lying(uploads) == []


async def test_whoever_begins_more_and_more_lets_go_of_the_oldest(unit: OneCall, uploads: Path) -> None:
    phone = unit.technician.client
    places = [await begun(phone, picture(seed=number)) for number in range(MAX_UPLOADS_OPEN + 3)]
    assert len(lying(uploads)) == 2 * MAX_UPLOADS_OPEN
    found = [(await phone.head(place, headers=TUS)).status_code for place in places]
    assert found == [404] * 3 + [200] * MAX_UPLOADS_OPEN


async def test_listeners_are_told_when_a_file_is_whole(unit: OneCall) -> None:
    poked = unit.world.journal.pokes.listen("company-one")
    poked.clear()
    place = await begun(unit.technician.client)
    proven(await add(unit.technician.client, place, 0, PHOTO[:10]))
    assert not poked.is_set()
    proven(await add(unit.technician.client, place, 10, PHOTO[10:]))
    assert poked.is_set()
