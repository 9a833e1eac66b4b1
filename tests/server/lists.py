"""Lists of customers and contracts as offices have them: CSV and .xlsx, and what a server says of them."""

import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

import httpx
from openpyxl import Workbook

from tests.server.world import BANQIAO, SyncDevice, proven

HEADINGS = (
    "客戶名稱",
    "電話",
    "手機",
    "地址",
    "區",
    "統一編號",
    "備註",
    "商品",
    "型號",
    "序號",
    "購買日期",
    "保固到期",
)
CHEN = ("陳美惠", "02-2960-1234", "0912-345-678", "新北市板橋區文化路一段188號", "板橋區", "", "按二樓電鈴")
FRIDGE = ("變頻冰箱", "NR-B480TV", "S-001", "2025/03/01", "2028/02/29")
COMPANY = ("宏達五金行", "02-8252-7700", "", "新北市板橋區民生路二段12號", "板橋區", "04595257", "")


def csv_of(*rows: Sequence[str], headings: Sequence[str] = HEADINGS, delimiter: str = ",") -> str:
    """Return rows below their headings, as a program without quotes writes them."""
    return "".join(delimiter.join(row) + "\r\n" for row in (headings, *rows))


def xlsx_of(*rows: Sequence[object], headings: Sequence[str] = HEADINGS, sheets: Sequence[str] = ("客戶",)) -> bytes:
    """Return rows below their headings as the first sheet of a workbook."""
    book = Workbook()
    first, *_ = [book.active, *(book.create_sheet(name) for name in sheets[1:])]
    assert first is not None
    first.title = sheets[0]
    for row in (headings, *rows):
        first.append(list(row))
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


async def look(device: SyncDevice, file: bytes | str, unit: str = BANQIAO, **more: str) -> httpx.Response:
    """Ask what is in a list."""
    return await device.client.post(f"/api/units/{unit}/imports/check", params=more, content=_bytes(file))


async def found(device: SyncDevice, file: bytes | str, **more: str) -> dict[str, Any]:
    """Return what is in a list."""
    told: dict[str, Any] = proven(await look(device, file, **more)).json()
    return told


async def take(
    device: SyncDevice, file: bytes | str, wrong: str = "refuse", unit: str = BANQIAO, **more: str
) -> httpx.Response:
    """Ask to take a list in."""
    wish = {"name": "客戶.csv", "wrong": wrong, **more}
    return await device.client.post(f"/api/units/{unit}/imports", params=wish, content=_bytes(file))


async def taken(device: SyncDevice, file: bytes | str, wrong: str = "refuse", **more: str) -> dict[str, Any]:
    """Take a list in; the last line of the answer."""
    *_, last = lines_of(proven(await take(device, file, wrong, **more)))
    found: dict[str, Any] = last["found"]
    return found


def lines_of(answer: httpx.Response) -> list[dict[str, Any]]:
    """Return the lines of an answer."""
    return [json.loads(line) for line in answer.text.splitlines()]


def counts(told: Mapping[str, Any]) -> dict[str, tuple[int, int, int]]:
    """Kind to how many are new, changed, and unchanged."""
    return {each["kind"]: (each["new"], each["changed"], each["unchanged"]) for each in told["counts"]}


def faults(told: Mapping[str, Any]) -> list[tuple[int, str, str]]:
    """Row, heading and fault of each error."""
    return [(each["row"], each["heading"], each["fault"]) for each in told["errors"]]


def _bytes(file: bytes | str) -> bytes:
    return file.encode() if isinstance(file, str) else file
