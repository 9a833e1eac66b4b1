"""Everything that is kept of one customer, handed out to him."""

import csv
import io
import json
import re
from zipfile import ZipFile

import pytest

from schemas.audit import Deed
from schemas.registry import Kind
from schemas.rules.signed_content import TEMPLATE
from schemas.sentences import Language
from schemas.vocabulary import Place
from server.records.work import Setting
from tests.server.one_call import OneCall, at_work
from tests.server.world import ADMIN, BANQIAO, CLERK, DEPARTMENT, MANAGER, World, problem, proven
from tests.support.pictures import name_of, picture

PATH = "/api/customers/customer-one/personal-data"
PHOTO = picture(form="PNG")
STROKES = b"s1.strokes"
OTHER = "王大同"
TOLD = {
    Language.ZH_HANT: ("zh-Hant-TW", "陳美惠的個人資料", "叫修（1）"),
    Language.ZH_HANS: ("zh-Hans", "陳美惠的个人信息", "报修（1）"),
    Language.EN: ("en", "Personal data of 陳美惠", "Call (1)"),
}
"""What ``lang``, the title and a heading say in each language."""


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


async def handed_out(unit: OneCall, asked: str = "", wished: str = "") -> ZipFile:
    admin = await unit.world.enrolled(ADMIN)
    answer = proven(await admin.client.get(f"{PATH}{asked}", headers={"accept-language": wished}))
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
    assert json.loads(archive.read(f"signature/{signature}-content.json"))["template"] == TEMPLATE
    everything = b"".join(archive.read(name) for name in archive.namelist())
    assert OTHER.encode() not in everything


async def test_a_customer_learns_who_wrote_of_him_when(unit: OneCall) -> None:
    await kept_of_him(unit)
    archive = await handed_out(unit)
    operations = json.loads(archive.read("data.json"))["operations"]
    first = next(each for each in operations if each["id"] == "customer-one")
    assert (first["author"], first["place"], first["fields"]["phone"]) == (CLERK.user, Place.OFFICE, "0912-345-678")
    (row, *_) = [each for each in rows_of(archive, "operations.csv") if each["編號"] == "customer-one"]
    assert (row["誰"], row["職務"], row["種類"], row["結果"]) == (CLERK.name, "業務員", "客戶", "已採用")
    assert "電話：0912-345-678" in row["寫了什麼"]
    numbered = next(each for each in rows_of(archive, "operations.csv") if each["寫了什麼"].startswith("號碼："))
    assert (numbered["誰"], numbered["職務"]) == ("系統", "系統")


ODD = ("[1]", "[" * 30_000, '{"visit": {"fault": "\\ud800"}}', '{"customer": [], "visit": 1}', "不是內容")


@pytest.mark.parametrize("content", ODD, ids=range(len(ODD)))
async def test_what_is_held_for_it_is_no_such_thing_is_handed_out_as_it_came(unit: OneCall, content: str) -> None:
    await kept_of_him(unit)
    visit = next(doc for doc, row in unit.technician.rows.items() if row.kind == Kind.SERVICE_VISIT)
    unit.technician.write(Kind.SIGNATURE, "signature-odd", {"unit": BANQIAO, "visit": visit, "content": content})
    unit.technician.write(Kind.SERVICE_VISIT, visit, {"parts": "螺絲 四個"})
    assert len((await unit.technician.push(len(unit.technician.chain.sent) - 1)).results) == 2
    written = [row["寫了什麼"] for row in rows_of(await handed_out(unit), "operations.csv")]
    assert "零件：螺絲 四個" in written


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
    assert "<br>類別：有費<br>" in page  # of what was signed
    assert "{" not in page.split("</style>")[1]
    assert "檔案不在系統裡" in page  # the signature's strokes were never sent


@pytest.mark.parametrize(
    ("asked", "wished", "language"),
    [
        ("?language=zh-Hant", "en", Language.ZH_HANT),
        ("?language=zh-Hans", "en", Language.ZH_HANS),
        ("?language=en", "zh-TW", Language.EN),
        ("", "en-GB,en;q=0.9", Language.EN),
        ("", "", Language.ZH_HANT),
    ],
)
async def test_the_language_is_the_one_that_was_chosen_and_else_that_of_the_caller(
    unit: OneCall, asked: str, wished: str, language: Language
) -> None:
    await unit.logged()
    archive = await handed_out(unit, asked, wished)
    page = archive.read("index.html").decode()
    lang, title, calls = TOLD[language]
    assert f'<html lang="{lang}">' in page
    assert f"<h1>{title}</h1>" in page
    assert f"<h2>{calls}</h2>" in page
    assert {"index.html", "data.json", "service_call.csv", "operations.csv"} <= set(archive.namelist())


async def test_an_answer_says_its_language_and_one_that_nobody_speaks_here_is_refused(unit: OneCall) -> None:
    await unit.logged()
    admin = await unit.world.enrolled(ADMIN)
    assert (await admin.client.get(f"{PATH}?language=en")).headers["content-language"] == "en"
    assert problem(await admin.client.get(f"{PATH}?language=fr")) == (400, "request.malformed")


async def test_an_english_export_has_no_chinese_but_what_people_wrote(unit: OneCall) -> None:
    await kept_of_him(unit)
    archive = await handed_out(unit, "?language=en")
    page = archive.read("index.html").decode()
    (call,) = rows_of(archive, "service_call.csv")
    assert call["Caller"] == "陳美惠"
    (row, *_) = [each for each in rows_of(archive, "operations.csv") if each["ID"] == "customer-one"]
    assert (row["Role"], row["Kind"], row["Result"]) == ("Service clerk", "Customer", "Counts")
    assert "Phone: 0912-345-678" in row["What was written"]
    assert re.search(r">[A-Z][a-z]{2} \d{1,2}, \d{4}, \d{2}:\d{2}<", page)
    assert re.fullmatch(r"\d{4}/\d{2}/\d{2} \d{2}:\d{2}", row["Time"])
    written = json.dumps(json.loads(archive.read("data.json")), ensure_ascii=False)
    told = page + "".join(archive.read(name).decode() for name in archive.namelist() if name.endswith(".csv"))
    strange = {each for each in re.findall(r"[㐀-鿿]+", told) if each not in written}
    assert strange == set()
    assert re.findall(r"[：；（）。]", re.sub(r"<style>.*?</style>", "", page)) == []


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
