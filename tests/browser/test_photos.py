"""Photos of a visit: small and upright on the phone, at the office byte for byte, whoever was killed in between."""

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from shutil import rmtree
from urllib.parse import urlsplit

import pytest
from PIL import ExifTags, Image, ImageStat
from playwright.sync_api import Browser, Page, Request, Route, expect

from schemas.protocol import MAX_PHOTO_BYTES, MAX_PHOTO_SIDE, UPLOAD_PART_BYTES
from schemas.registry import Kind
from tests.browser import field, office
from tests.browser.desk import CUSTOMER, Desk, sent_out
from tests.browser.people import TIMEOUT_MS, Seat
from tests.server.world import CLERK, MANAGER, TECHNICIAN, Person
from tests.support.pictures import encoded, name_of
from tests.support.processes import ServerProcess

pytestmark = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
"""Files lie beside the office's database, whichever it is."""

UPLOADS = "**/uploads/*"
ALMOST_FULL = """() => {
    const { put } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.put = function (value, ...key) {
        if (value.byteLength > 50_000) throw new DOMException('no room', 'QuotaExceededError');
        return put.call(this, value, ...key);
    };
}"""
"""A disk that has room for records and for no photo: Chromium tells its quota to nobody and keeps to it only later."""


@pytest.fixture
def visit(server: ServerProcess, chromium: Browser, desk_of: Callable[[Person], Desk]) -> Iterator[tuple[Seat, Page]]:
    """The technician's phone at the customer's, on the screen where work is written."""
    sent_out(desk_of(CLERK), desk_of(MANAGER))
    phone, page = field.ready_phone(chromium, server.address, TECHNICIAN, CUSTOMER)
    field.travel(page)
    field.arrive(page)
    yield phone, page
    phone.context.close()


def from_the_camera(seed: int = 1) -> bytes:
    """Return what a camera gives: large, lying on its side, with its place inside."""
    noise = Image.effect_noise((2_600, 1_950), 40 + seed)
    photo = Image.merge("RGB", (noise, noise.rotate(180), noise))
    photo.paste((200, 30, 30), (0, 0, 2_600, 300))
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (25.0, 2.0, 2.0)
    return encoded(photo, "JPEG", quality=80, exif=exif)


def take(page: Page, *photos: bytes) -> None:
    """Take photos, one after the other, and wait until each is kept."""
    before = page.get_by_role("button", name="張照片").count()
    for place, photo in enumerate(photos, start=1):
        page.get_by_label("拍照").set_input_files({"name": "IMG.jpg", "mimeType": "image/jpeg", "buffer": photo})
        expect(page.get_by_role("button", name="張照片")).to_have_count(before + place)


def shown(page: Page, state: str, place: int = 1) -> None:
    expect(page.get_by_role("button", name=f"第 {place} 張照片，{state}")).to_be_visible()


def stored(data: Path, sha256: str) -> bytes:
    (path,) = (data / "blobs").rglob(sha256)
    return path.read_bytes()


def came(data: Path) -> int:
    """Return how much of the one upload is on the office's disk."""
    return sum(path.stat().st_size for path in (data / "uploads").rglob("*.part"))


def test_a_photo_is_shrunk_turned_upright_and_told_with_its_time_and_place(
    visit: tuple[Seat, Page], desk_of: Callable[[Person], Desk], tmp_path: Path
) -> None:
    phone, page = visit
    phone.context.grant_permissions(["geolocation"])
    phone.context.set_geolocation({"latitude": 25.033964, "longitude": 121.564472, "accuracy": 12})
    take(page, from_the_camera())
    shown(page, "已送達")
    fields = desk_of(CLERK).one(Kind.PHOTO).fields
    data = stored(tmp_path, fields["image_sha256"])
    assert name_of(data) == fields["image_sha256"]
    assert len(data) == fields["size"] <= MAX_PHOTO_BYTES
    with Image.open(BytesIO(data)) as image:
        assert image.size == (fields["width"], fields["height"])
        assert image.height == MAX_PHOTO_SIDE > image.width
        bands = image.convert("RGB").crop((image.width - 40, 0, image.width, 40)).split()
        red, green = (ImageStat.Stat(band).mean[0] for band in bands[:2])
        assert red > 2 * green
        assert dict(image.getexif()) == {}
    assert (fields["latitude"], fields["longitude"], fields["accuracy"]) == (25_033_964, 121_564_472, 12)
    assert fields["taken_at"] > 0


def test_photos_are_taken_without_a_network_and_without_a_place(
    server: ServerProcess, visit: tuple[Seat, Page], desk_of: Callable[[Person], Desk]
) -> None:
    phone, page = visit
    server.kill()
    take(page, from_the_camera(1), from_the_camera(2))
    shown(page, "仍在手機上", 2)
    page.get_by_role("button", name="第 1 張照片").click()
    page.get_by_label("說明").fill("銘牌")
    page.get_by_role("dialog").get_by_role("button", name="關閉").click()
    page.get_by_role("button", name="第 2 張照片").click()
    page.get_by_role("button", name="刪除照片").click()
    page.get_by_role("button", name="復原").click()
    page.get_by_role("button", name="第 2 張照片").click()
    page.get_by_role("button", name="刪除照片").click()
    expect(page.get_by_role("button", name="第 2 張照片")).to_have_count(0)
    page.close()
    page = field.opened_cold(phone)
    page.get_by_role("button", name="繼續施作").click()
    expect(page.get_by_role("button", name="照片：銘牌，仍在手機上")).to_be_visible()
    server.start()
    expect(page.get_by_role("button", name="照片：銘牌，已送達")).to_be_visible()
    clerk = desk_of(CLERK)
    (photo,) = (each for each in clerk.of(Kind.PHOTO) if "deleted" not in each.fields)
    assert photo.fields["caption"] == "銘牌"
    assert "latitude" not in photo.fields
    clerk.await_file(photo.fields["image_sha256"])


def test_a_server_that_is_killed_in_the_middle_of_a_part_is_gone_on_with_behind_it(
    server: ServerProcess, visit: tuple[Seat, Page], desk_of: Callable[[Person], Desk], tmp_path: Path
) -> None:
    phone, page = visit
    offsets: list[int] = []

    def half(route: Route) -> None:
        """Let the first part pass, and half of the second; then the server dies."""
        request = route.request
        if request.method != "PATCH":
            route.continue_()
            return
        offsets.append(int(request.headers["upload-offset"]))
        if len(offsets) != 2:
            route.continue_()
            return
        with half_sent(request):
            while came(tmp_path) < UPLOAD_PART_BYTES + 1_000:
                time.sleep(0.02)
            server.kill()
        route.abort()

    phone.context.route(UPLOADS, half)
    take(page, from_the_camera())
    expect(page.get_by_role("link", name="照片")).to_have_count(0)
    while server_lives(server):
        page.wait_for_timeout(50)
    assert UPLOAD_PART_BYTES < came(tmp_path) < 2 * UPLOAD_PART_BYTES
    half_way = came(tmp_path)
    server.start()
    shown(page, "已送達")
    assert offsets[:3] == [0, UPLOAD_PART_BYTES, half_way]
    name = desk_of(CLERK).one(Kind.PHOTO).fields["image_sha256"]
    assert name_of(stored(tmp_path, name)) == name


def server_lives(server: ServerProcess) -> bool:
    address = urlsplit(server.address)
    with socket.socket() as line:
        return line.connect_ex((address.hostname or "", address.port or 0)) == 0


@contextmanager
def half_sent(request: Request) -> Iterator[None]:
    """Send a request's head and half of its body, as a line does that breaks."""
    body = request.post_data_buffer or b""
    address = urlsplit(request.url)
    said = {**request.all_headers(), "content-length": str(len(body)), "host": address.netloc}
    lines = [f"PATCH {address.path} HTTP/1.1", *(f"{name}: {told}" for name, told in said.items() if name[0] != ":")]
    with socket.create_connection((address.hostname or "", address.port or 0)) as line:
        line.sendall("\r\n".join([*lines, "", ""]).encode() + body[: len(body) // 2])
        yield


def test_an_app_that_is_killed_in_the_middle_of_an_upload_goes_on_where_the_office_has_it(
    visit: tuple[Seat, Page], desk_of: Callable[[Person], Desk], tmp_path: Path
) -> None:
    phone, page = visit
    offsets: list[int] = []

    def hold(route: Route) -> None:
        """Let one part pass and keep the next from ever arriving."""
        if route.request.method == "PATCH":
            offsets.append(int(route.request.headers["upload-offset"]))
        if len(offsets) < 2:
            route.continue_()

    phone.context.route(UPLOADS, hold)
    take(page, from_the_camera())
    shown(page, "傳送中")
    while len(offsets) < 2:
        page.wait_for_timeout(50)
    page.close()
    phone.context.unroute(UPLOADS)
    begun: list[str] = []
    phone.context.on("request", lambda request: begun.append(f"{request.method} {urlsplit(request.url).path}"))
    page = field.opened_cold(phone)
    page.get_by_role("button", name="繼續施作").click()
    shown(page, "已送達")
    assert "POST /uploads" not in begun
    name = desk_of(CLERK).one(Kind.PHOTO).fields["image_sha256"]
    assert name_of(stored(tmp_path, name)) == name


def test_a_photo_that_finds_no_room_is_refused_before_records_are_and_the_visit_goes_on(
    visit: tuple[Seat, Page], desk_of: Callable[[Person], Desk]
) -> None:
    _, page = visit
    page.evaluate(ALMOST_FULL)
    page.get_by_label("拍照").set_input_files(
        {"name": "IMG.jpg", "mimeType": "image/jpeg", "buffer": from_the_camera()}
    )
    expect(page.get_by_text("照片存不下，手機空間不足。")).to_be_visible()
    field.write_work(page)
    field.show_customer(page)
    field.sign(page, CUSTOMER)
    field.finish(page)
    expect(page.get_by_role("link", name="全部已送達")).to_be_visible()
    clerk = desk_of(CLERK)
    assert clerk.of(Kind.PHOTO) == []
    assert clerk.one(Kind.SERVICE_VISIT).fields["action"] == field.ACTION


def test_what_is_no_picture_is_not_kept_and_says_so(visit: tuple[Seat, Page]) -> None:
    _, page = visit
    page.get_by_label("拍照").set_input_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": b"no picture"})
    expect(page.get_by_text("這個檔案不是照片，沒有存。")).to_be_visible()
    expect(page.get_by_role("button", name="張照片")).to_have_count(0)


def test_the_office_sees_that_a_photo_is_still_on_the_phone_and_then_sees_the_photo(
    server: ServerProcess, chromium: Browser, visit: tuple[Seat, Page], desk_of: Callable[[Person], Desk]
) -> None:
    phone, page = visit
    phone.context.route(UPLOADS, lambda route: route.abort() if route.request.method == "PATCH" else route.continue_())
    take(page, from_the_camera())
    clerk = desk_of(CLERK)
    clerk.await_fact(clerk.one(Kind.SERVICE_VISIT).id, "arrived_at")
    register = office.office_page(chromium, server.address, CLERK)
    register.get_by_role("link", name="看憑證").click()
    photos = register.locator("figure", has_text="照片")
    expect(photos.get_by_text("仍在手機上")).to_be_visible()
    phone.context.unroute(UPLOADS)
    page.evaluate("dispatchEvent(new Event('online'))")
    shown(page, "已送達")
    expect(photos.locator("img")).to_be_visible()
    photos.get_by_role("button").click()
    large = register.get_by_role("dialog", name="照片 1/1")
    expect(large.locator("img")).to_be_visible()
    expect(large.get_by_text(TECHNICIAN.name)).to_be_visible()
    large.get_by_role("button", name="關閉").click()
    expect(large).to_have_count(0)


def test_photos_that_a_restored_office_lost_are_sent_again_by_the_phone_that_took_them(
    server: ServerProcess, visit: tuple[Seat, Page], desk_of: Callable[[Person], Desk], tmp_path: Path
) -> None:
    """The machine is another one: what the files' folder held since the backup is nowhere but on the phone."""
    phone, page = visit
    backup = tmp_path / "before.tgz"
    server.console("backup", str(backup))
    take(page, from_the_camera())
    shown(page, "已送達")
    sha256 = str(desk_of(MANAGER).one(Kind.PHOTO).fields["image_sha256"])
    sent = stored(tmp_path, sha256)

    server.kill()
    rmtree(tmp_path / "blobs")
    server.console("restore", str(backup), "--replace")
    server.start()
    page.close()
    page = field.opened_cold(phone)
    office_has = tmp_path / "blobs"
    deadline = time.monotonic() + TIMEOUT_MS / 1_000
    while not list(office_has.rglob(sha256)):
        assert time.monotonic() < deadline, "the photo never came back"
        page.wait_for_timeout(200)
    assert stored(tmp_path, sha256) == sent
    expect(page.get_by_role("link", name="全部已送達")).to_be_visible()


EMPTIED = """async () => {
    const database = await new Promise((resolve) => {
        const opened = indexedDB.open('fieldproof-blobs');
        opened.onsuccess = () => resolve(opened.result);
    });
    const transaction = database.transaction(['blobs', 'contents'], 'readwrite');
    for (const name of ['blobs', 'contents']) transaction.objectStore(name).clear();
    await new Promise((resolve) => { transaction.oncomplete = resolve; });
    database.close();
}"""
"""The phone loses its files, as when somebody clears what a browser keeps, and keeps its records."""


def test_h4_a_photo_is_told_as_awaited_and_once_its_phone_has_it_no_more_as_one_that_nobody_has(
    server: ServerProcess, chromium: Browser, visit: tuple[Seat, Page], desk_of: Callable[[Person], Desk]
) -> None:
    phone, page = visit
    phone.context.route(UPLOADS, lambda route: route.abort() if route.request.method == "PATCH" else route.continue_())
    take(page, from_the_camera())
    clerk = desk_of(CLERK)
    while not clerk.of(Kind.PHOTO):
        page.wait_for_timeout(50)
    manager = office.office_page(chromium, server.address, MANAGER)
    manager.goto(f"{server.address}/#/healing")
    row = manager.get_by_role("grid", name="還沒收到的照片和簽名").get_by_role("row").filter(has_text=CUSTOMER)
    expect(row).to_contain_text("裝置連上網路就會送來")
    expect(row).to_contain_text(TECHNICIAN.name)
    page.evaluate(EMPTIED)
    page.close()
    with phone.context.expect_event("response", lambda answer: answer.url.endswith("/sync/v1/files/gone")):
        field.opened_cold(phone)
    manager.reload()
    expect(manager.get_by_role("row", name="沒有人有")).to_be_visible()
    expect(row).to_contain_text("裝置上已經沒有了")


def test_closing_a_call_whose_signature_has_not_come_warns_whose_it_is_and_closes_all_the_same(
    server: ServerProcess, chromium: Browser, visit: tuple[Seat, Page], desk_of: Callable[[Person], Desk]
) -> None:
    phone, page = visit
    phone.context.route(UPLOADS, lambda route: route.abort() if route.request.method == "PATCH" else route.continue_())
    field.write_work(page)
    field.show_customer(page)
    field.sign(page, CUSTOMER)
    field.finish(page)
    clerk = desk_of(CLERK)
    clerk.await_fact(clerk.one(Kind.SERVICE_VISIT).id, "finished_at")
    register = office.office_page(chromium, server.address, CLERK)
    register.get_by_role("row").filter(has_text=CUSTOMER).click()
    register.get_by_role("button", name="結案並歸檔").click()
    warning = register.get_by_role("dialog", name="照片或簽名還沒到齊")
    expect(warning.get_by_role("listitem")).to_contain_text("客戶簽名")
    expect(warning.get_by_role("listitem")).to_contain_text(TECHNICIAN.name)
    warning.get_by_role("button", name="先不要").click()
    expect(warning).to_have_count(0)
    register.get_by_role("button", name="結案並歸檔").click()
    warning.get_by_role("button", name="照樣結案並歸檔").click()
    expect(register.get_by_role("region", name="經過")).to_contain_text("結案並歸檔")
