"""Signature strokes and images: content-addressed, verified, given out in scope only, never run by a browser."""

import gzip
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from PIL import ExifTags, Image

from schemas.protocol import MAX_BLOB_BYTES
from schemas.registry import Kind
from server.attachments.media_types import media_type_of
from tests.server.one_call import OneCall, at_work, signature
from tests.server.world import (
    BANQIAO,
    CLERK,
    CLERK_ELSEWHERE,
    DEPARTMENT,
    TECHNICIAN_ELSEWHERE,
    TECHNICIAN_TWO,
    World,
    problem,
    proven,
)
from tests.support.pictures import encoded, name_of, picture

PNG = picture(form="PNG")
STROKES = b"s1.AAECAwQFBgcICQ"


@pytest.fixture
async def unit(world: World) -> OneCall:
    return await at_work(world)


@pytest.fixture
def blobs(tmp_path: Path) -> Path:
    return tmp_path / "blobs"


def on_disk(blobs: Path) -> list[str]:
    return sorted(path.name for path in blobs.rglob("*") if path.is_file())


def lose(blobs: Path) -> None:
    next(path for path in blobs.rglob("*") if path.is_file()).unlink()


async def store(browser: httpx.AsyncClient, data: bytes, name: str | None = None) -> httpx.Response:
    return await browser.put(f"/blobs/{name or name_of(data)}", content=data)


async def test_what_was_stored_comes_back_byte_for_byte(unit: OneCall) -> None:
    phone = unit.technician.client
    strokes = "application/vnd.fieldproof.strokes"
    for data, media_type in ((PNG, "image/png"), (picture(), "image/jpeg"), (STROKES, strokes)):
        assert (await store(phone, data)).status_code == 204
        answer = proven(await phone.get(f"/blobs/{name_of(data)}"))
        assert (answer.content, answer.headers["content-type"]) == (data, media_type)


async def test_a_file_that_was_stored_twice_is_there_once(unit: OneCall, blobs: Path) -> None:
    for _ in range(2):
        proven(await store(unit.technician.client, PNG))
    assert on_disk(blobs) == [name_of(PNG)]


async def test_head_tells_that_a_file_is_there_without_sending_it(unit: OneCall) -> None:
    proven(await store(unit.technician.client, PNG))
    answer = proven(await unit.technician.client.head(f"/blobs/{name_of(PNG)}"))
    assert (answer.content, answer.headers["content-length"]) == (b"", str(len(PNG)))


async def test_bytes_with_another_hash_are_not_kept(unit: OneCall, blobs: Path) -> None:
    assert problem(await store(unit.technician.client, PNG[:-1], name_of(PNG))) == (422, "blob.hash")
    assert problem(await unit.technician.client.get(f"/blobs/{name_of(PNG)}")) == (404, "blob.missing")
    assert on_disk(blobs) == []


@pytest.mark.parametrize(
    "data",
    [b"", b"<svg onload=alert(1)>", b"<html>", b"GIF89a", b"%PDF-1.7", b"s1.", b"s1.AA<script>", b"RIFF0000WAVE"],
)
async def test_only_images_and_strokes_are_taken_in(unit: OneCall, blobs: Path, data: bytes) -> None:
    assert problem(await store(unit.technician.client, data)) == (415, "blob.type")
    assert on_disk(blobs) == []


def test_a_file_is_what_its_bytes_say() -> None:
    assert media_type_of(b"\xff\xd8\xff\xe0") == "image/jpeg"
    assert media_type_of(b"RIFF\x00\x00\x00\x00WEBPVP8 ") == "image/webp"


async def test_a_file_that_is_too_large_is_refused_before_it_is_whole(unit: OneCall, blobs: Path) -> None:
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        yield PNG
        while sent < 4 * MAX_BLOB_BYTES:
            sent += 65_536
            yield bytes(65_536)

    assert problem(await unit.technician.client.put(f"/blobs/{'0' * 64}", content=endless())) == (
        413,
        "request.too_large",
    )
    assert sent < 2 * MAX_BLOB_BYTES
    assert on_disk(blobs) == []


async def test_the_largest_file_is_taken_in(unit: OneCall) -> None:
    proven(await store(unit.technician.client, PNG + bytes(MAX_BLOB_BYTES - len(PNG))))


@pytest.mark.parametrize("name", ["x", "0" * 63, "0" * 65, "G" * 64, "..%2F..%2Ffieldproof.db", "0" * 63 + "%00"])
async def test_a_name_that_is_no_hash_is_refused(unit: OneCall, name: str) -> None:
    for method in ("PUT", "GET"):
        answer = await unit.technician.client.request(method, f"/blobs/{name}", content=PNG)
        assert answer.status_code in (400, 404)
        assert problem(answer)[1] in ("request.malformed", "request.not_found")


async def test_a_file_belongs_to_its_owner_until_a_document_of_the_unit_names_it(unit: OneCall) -> None:
    await unit.logged()
    visit = await unit.dispatched()
    await unit.worked(visit)
    proven(await store(unit.technician.client, PNG))
    path = f"/blobs/{name_of(PNG)}"
    assert problem(await unit.clerk.client.get(path)) == (404, "blob.missing")
    await unit.technician.pull()
    shown = unit.technician.rows[visit].fields
    name, fields = signature(unit.technician, visit, shown, image_sha256=name_of(PNG))
    await unit.wrote(unit.technician, Kind.SIGNATURE, name, fields)
    everybody = [await unit.world.enrolled(person) for person in (CLERK, TECHNICIAN_TWO, DEPARTMENT)]
    for device in everybody:
        assert proven(await device.client.get(path)).content == PNG
    stranger = await unit.world.enrolled(CLERK_ELSEWHERE)
    for method in ("GET", "HEAD"):
        assert (await stranger.client.request(method, path)).status_code == 404
    assert problem(await stranger.client.get(path)) == (404, "blob.missing")


async def test_a_named_file_that_has_not_arrived_says_so(unit: OneCall) -> None:
    await unit.logged()
    _, signature_id = await unit.done_and_signed()
    name = str((await unit.world.document(Kind.SIGNATURE, signature_id))["image_sha256"])
    assert problem(await unit.clerk.client.get(f"/blobs/{name}")) == (404, "blob.missing")


async def test_a_file_that_was_lost_from_the_disk_is_mended_by_sending_it_again(unit: OneCall, blobs: Path) -> None:
    proven(await store(unit.technician.client, PNG))
    lose(blobs)
    path = f"/blobs/{name_of(PNG)}"
    assert problem(await unit.technician.client.get(path)) == (404, "blob.missing")
    proven(await store(unit.technician.client, PNG))
    assert proven(await unit.technician.client.get(path)).content == PNG


async def test_a_browser_is_told_to_save_a_file_and_not_to_run_it(unit: OneCall) -> None:
    proven(await store(unit.technician.client, PNG))
    headers = proven(await unit.technician.client.get(f"/blobs/{name_of(PNG)}")).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert headers["content-disposition"].startswith("attachment")
    assert "no-store" in headers["cache-control"]


async def test_a_compressed_file_is_another_file(unit: OneCall) -> None:
    packed = gzip.compress(PNG)
    answer = await unit.technician.client.put(
        f"/blobs/{name_of(PNG)}", content=packed, headers={"content-encoding": "gzip"}
    )
    assert problem(answer) == (422, "blob.hash")


async def test_nobody_stores_a_file_without_an_enrolled_device(unit: OneCall) -> None:
    assert problem(await store(await unit.world.client(), PNG)) == (401, "session.missing")
    assert problem(await store(await unit.world.signed_in(CLERK), PNG)) == (403, "device.unknown")


def hidden_place() -> Image.Exif:
    exif = harmless()
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (25.0, 2.0, 2.0)
    return exif


def turned() -> Image.Exif:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    return exif


def harmless() -> Image.Exif:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 1
    exif[ExifTags.Base.ImageWidth] = 64
    return exif


def too_many_pixels(form: str) -> bytes:
    return encoded(Image.new("1" if form == "PNG" else "L", (20_000, 15_000)), form)


def moving() -> bytes:
    frames = [Image.new("RGB", (8, 8), (shade, 0, 0)) for shade in (0, 200)]
    return encoded(frames[0], "WEBP", save_all=True, append_images=frames[1:])


NO_PHOTOS = {
    "cut": picture()[:-200],
    "a head without a body": PNG[:40],
    "one word wrong": PNG[:60] + b"\0\0\0\0" + PNG[64:],
    "a bomb in PNG": too_many_pixels("PNG"),
    "a bomb in JPEG": too_many_pixels("JPEG"),
    "a film": moving(),
}


@pytest.mark.parametrize("fault", NO_PHOTOS)
async def test_an_image_that_is_none_or_would_fill_the_memory_is_not_kept(
    unit: OneCall, blobs: Path, fault: str
) -> None:
    assert problem(await store(unit.technician.client, NO_PHOTOS[fault])) == (422, "blob.image")
    assert on_disk(blobs) == []


HIDDEN = {
    "a place in JPEG": picture(exif=hidden_place()),
    "a place in WebP": picture(form="WEBP", exif=hidden_place()),
    "a place in PNG": picture(form="PNG", exif=hidden_place()),
    "a turn": picture(exif=turned()),
    "notes": picture(xmp=b"<x:xmpmeta xmlns:x='adobe:ns:meta/'/>"),
}


@pytest.mark.parametrize("what", HIDDEN)
async def test_an_image_that_hides_its_place_or_its_turn_is_not_kept(unit: OneCall, blobs: Path, what: str) -> None:
    assert problem(await store(unit.technician.client, HIDDEN[what])) == (422, "blob.metadata")
    assert on_disk(blobs) == []


async def test_what_some_browsers_write_into_every_image_does_no_harm(unit: OneCall) -> None:
    proven(await store(unit.technician.client, picture(exif=harmless())))


async def test_a_photo_is_seen_by_the_unit_of_its_visit_and_by_nobody_else(unit: OneCall) -> None:
    data = picture()
    proven(await store(unit.technician.client, data))
    photo = {"unit": BANQIAO, "visit": "visit-one", "image_sha256": name_of(data), "width": 64, "height": 48}
    await unit.wrote(unit.technician, Kind.PHOTO, "photo-one", photo)
    path = f"/blobs/{name_of(data)}"
    assert proven(await unit.clerk.client.get(path)).content == data
    stranger = await unit.world.enrolled(TECHNICIAN_ELSEWHERE)
    assert problem(await stranger.client.get(path)) == (404, "blob.missing")
    assert (await stranger.client.head(path)).status_code == 404
    assert "photo-one" not in await stranger.pull()
