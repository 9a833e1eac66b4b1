"""Everything that is kept of one customer, handed out to him."""

import csv
import io
import json
import re
from collections.abc import Mapping
from enum import StrEnum
from typing import get_args, get_type_hints
from zipfile import ZipFile

import pytest

from schemas.audit import Deed
from schemas.erasure import OWNED_BY
from schemas.registry import SHAPES, Kind
from schemas.vocabulary import Place
from server.cli.kind_words import KIND_WORDS
from server.privacy.words import FIELDS, KINDS, VALUES, value_words
from server.records.work import Setting
from tests.repo.tree import text
from tests.server.one_call import OneCall, at_work
from tests.server.world import ADMIN, BANQIAO, CLERK, DEPARTMENT, MANAGER, World, problem, proven
from tests.support.pictures import name_of, picture

PATH = "/api/customers/customer-one/personal-data"
PHOTO = picture(form="PNG")
STROKES = b"s1.strokes"
OTHER = "王大同"


@pytest.fixture
async def unit(world: World) -> OneCall:
    return await at_work(world)


async def kept_of_him(unit: OneCall) -> tuple[str, str]:
    """A call that was served and signed, with a photo, a contract, and somebody else's call beside it."""
    await unit.logged(address="板橋區文化路一段 100 號", contact_phone="=1+1")
    visit, signature = await unit.done_and_signed()
    await unit.technician.client.put(f"/blobs/{name_of(PHOTO)}", content=PHOTO)
    photo = {"unit": BANQIAO, "visit": visit, "image_sha256": name_of(PHOTO), "caption": "<b>銘牌</b>"}
    await unit.wrote(unit.technician, Kind.PHOTO, "photo-one", photo)
    contract = {"unit": BANQIAO, "customer": "customer-one", "number": "M-1", "extra_fee": 50_000}
    other = Setting(Kind.CUSTOMER, "customer-two", {"unit": BANQIAO, "name": OTHER})
    await unit.world.decide(MANAGER, Setting(Kind.MAINTENANCE_CONTRACT, "contract-one", contract), other)
    return visit, signature


async def handed_out(unit: OneCall) -> ZipFile:
    admin = await unit.world.enrolled(ADMIN)
    answer = proven(await admin.client.get(PATH))
    assert answer.headers["content-type"] == "application/zip"
    assert answer.headers["cache-control"] == "private, no-store"
    return ZipFile(io.BytesIO(answer.content))


def rows_of(archive: ZipFile, name: str) -> list[dict[str, str]]:
    told = archive.read(name)
    assert told.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(told.decode("utf-8-sig"))))


async def test_a_customer_gets_everything_that_is_kept_of_him_and_nothing_of_others(unit: OneCall) -> None:
    visit, signature = await kept_of_him(unit)
    archive = await handed_out(unit)
    told = json.loads(archive.read("data.json"))
    assert {kind: [each["id"] for each in stored] for kind, stored in told["documents"].items() if stored} == {
        "customer": ["customer-one"],
        "asset": ["asset-one"],
        "service_voucher": ["asset-one"],
        "maintenance_contract": ["contract-one"],
        "service_call": ["call-one"],
        "dispatch": [visit],
        "service_visit": [visit],
        "signature": [signature],
        "photo": ["photo-one"],
    }
    assert told["documents"]["customer"][0]["fields"]["name"] == "陳美惠"
    assert archive.read("photo/photo-one-image.png") == PHOTO
    assert json.loads(archive.read(f"signature/{signature}-content.json"))["template"] == "visit-2"
    everything = b"".join(archive.read(name) for name in archive.namelist())
    assert OTHER.encode() not in everything


async def test_a_customer_learns_who_wrote_of_him_when(unit: OneCall) -> None:
    await kept_of_him(unit)
    archive = await handed_out(unit)
    operations = json.loads(archive.read("data.json"))["operations"]
    first = next(each for each in operations if each["id"] == "customer-one")
    assert (first["author"], first["place"], first["fields"]["phone"]) == (CLERK.user, Place.OFFICE, "0912-345-678")
    (row, *_) = [each for each in rows_of(archive, "operations.csv") if each["編號"] == "customer-one"]
    assert (row["誰"], row["類別"]) == (CLERK.name, "客戶")
    assert "電話：0912-345-678" in row["寫了什麼"]


async def test_the_tables_open_in_a_spreadsheet_and_compute_nothing(unit: OneCall) -> None:
    await kept_of_him(unit)
    (call,) = rows_of(await handed_out(unit), "service_call.csv")
    assert (call["叫修人"], call["聯絡電話"], call["客戶"]) == ("陳美惠", "'=1+1", "陳美惠")


async def test_the_page_is_read_without_a_network_and_runs_nothing(unit: OneCall) -> None:
    await kept_of_him(unit)
    page = (await handed_out(unit)).read("index.html").decode()
    assert 'lang="zh-Hant-TW"' in page
    assert "陳美惠的個人資料" in page
    assert '<img src="photo/photo-one-image.png"' in page
    assert "&lt;b&gt;銘牌&lt;/b&gt;" in page
    assert re.findall(r"(?:src|href)=\"(?!photo/|signature/)[^\"]*\"|<script|https?://", page) == []
    assert "檔案不在系統裡" in page  # the signature's strokes were never sent


async def test_what_was_deleted_is_kept_and_therefore_handed_out(unit: OneCall) -> None:
    await unit.logged()
    await unit.wrote(unit.clerk, Kind.ASSET, "asset-one", {"deleted": True})
    told = json.loads((await handed_out(unit)).read("data.json"))
    assert told["documents"]["asset"][0]["fields"]["deleted"] is True


async def test_each_time_that_data_was_handed_out_stands_in_the_audit_log(unit: OneCall) -> None:
    await unit.logged()
    await handed_out(unit)
    entry = (await unit.world.entries())[-1]
    assert (entry.user, entry.deed, entry.objects) == (ADMIN.user, Deed.CUSTOMER_EXPORTED, ("customer:customer-one",))


async def test_the_service_department_hands_out_and_nobody_else(unit: OneCall) -> None:
    await unit.logged()
    department = await unit.world.enrolled(DEPARTMENT)
    proven(await department.client.get(PATH))
    for device in (unit.clerk, unit.manager, unit.technician):
        assert problem(await device.client.get(PATH)) == (403, "session.role_missing")


async def test_a_customer_whom_nobody_knows_is_told_as_such_and_noted_nowhere(unit: OneCall) -> None:
    admin = await unit.world.enrolled(ADMIN)
    before = await unit.world.entries()
    assert problem(await admin.client.get(PATH)) == (404, "record.missing")
    assert await unit.world.entries() == before


def test_whatever_can_belong_to_a_customer_has_its_word() -> None:
    assert {kind: KIND_WORDS[kind] for kind in KINDS} == KINDS
    assert KINDS.keys() == {Kind.CUSTOMER, *OWNED_BY}
    assert FIELDS.keys() == {field for kind in KINDS for field in SHAPES[kind].__struct_fields__}


def test_whatever_is_chosen_out_of_a_list_has_its_word() -> None:
    chosen = {
        (field, value.value)
        for kind in KINDS
        for field, shape in get_type_hints(SHAPES[kind]).items()
        for choice in get_args(shape)
        if isinstance(choice, type) and issubclass(choice, StrEnum)
        for value in choice
    }
    assert chosen
    assert [(field, value) for field, value in sorted(chosen) if value not in VALUES[field]] == []


def test_the_words_are_those_of_the_screens() -> None:
    screens = _texts("fields.ts", "fields")
    assert {field: screens[field] for field in FIELDS} == FIELDS
    vocabulary = {
        "channel": ("vocabulary.ts", "contactChannels", "channels"),
        "zone": ("vocabulary.ts", "zones"),
        "breach_reason": ("vocabulary.ts", "breachReasons"),
        "outcome": ("vocabulary.ts", "outcomes"),
        "result": ("vocabulary.ts", "contactResults"),
        "undone_reason": ("vocabulary.ts", "undoneReasons"),
        "undone_next": ("vocabulary.ts", "undoneNexts"),
        "role": ("vocabulary.ts", "signerRoles"),
        "unsigned_reason": ("vocabulary.ts", "unsignedReasons"),
        "origin": ("vocabulary.ts", "origins"),
        "place": ("vocabulary.ts", "places"),
        "category": ("parts.ts", "parts"),
        "priority": ("fields.ts", "values"),
    }
    assert vocabulary.keys() == VALUES.keys()
    for field, (file, *names) in vocabulary.items():
        told = {value: word for name in names for value, word in _texts(file, name).items()}
        assert {value: told[value] for value in VALUES[field]} == VALUES[field], field


def _texts(file: str, name: str) -> Mapping[str, str]:
    whole = text(f"pwa/src/ui/text/{file}")
    body = re.search(rf"texts\('{name}', \{{(.*?)\}}(?: satisfies|\))", whole, re.DOTALL)
    assert body is not None
    return dict(re.findall(r"(\w+): '([^']*)'", body[1]))


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("fee_total", 180_000, "1,800"),
        ("fee_total", 180_050, "1,800.50"),
        ("received_at", 1_771_000_000_000, "2026/02/14 00:26"),
        ("sold_at", 1_771_000_000_000, "2026/02/14"),
        ("received_at", 2**53 - 1, str(2**53 - 1)),
        ("latitude", 25_012_345, "25.012345"),
        ("category", "paid", "有費"),
        ("deleted", True, "是"),
        ("logged_by", "clerk-one", "林佳蓉"),
        ("note", None, ""),
    ],
)
def test_values_are_written_as_people_read_them(field: str, value: object, words: str) -> None:
    assert value_words(field, value, {"clerk-one": "林佳蓉"}) == words
