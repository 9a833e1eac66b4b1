"""Taking in a list of customers with their products over HTTP: looked through, then written."""

import asyncio
import io
import time
from collections.abc import Iterator, Sequence

from openpyxl import Workbook

from bench.lines import line
from bench.served import device_of, served
from schemas.vocabulary import Place
from tests.server.world import BANQIAO, MANAGER

ROWS = 5_000
BROKEN = 200
HEADINGS = ("客戶名稱", "電話", "手機", "地址", "區", "統一編號", "商品", "型號", "序號", "購買日期", "保固到期")


def rows() -> Sequence[Sequence[str]]:
    """Return a list with a broken row among every twenty-five."""
    broken = ROWS // BROKEN
    return [
        (
            f"王{number}",
            "02-2960-1234",
            f"0912{number:06}",
            f"新北市板橋區文化路一段{number}號",
            "板橋區",
            "" if number % broken else "12345678",
            "變頻冰箱",
            "NR-B480TV",
            f"S-{number}",
            "114/03/01",
            "2028/02/29",
        )
        for number in range(ROWS)
    ]


def _csv() -> bytes:
    return "".join(",".join(row) + "\r\n" for row in (HEADINGS, *rows())).encode("utf-8-sig")


def _xlsx() -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in (HEADINGS, *rows()):
        sheet.append(list(row))
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


async def _taken(address: str, file: bytes) -> tuple[float, float, float]:
    """Return the seconds of a look, of taking it in, and of the same again."""
    device = await device_of(address, MANAGER, Place.OFFICE)
    seconds: list[float] = []
    for path in ("/check", "?wrong=skip", "?wrong=skip"):
        began = time.perf_counter()
        answer = await device.client.post(f"/api/units/{BANQIAO}/imports{path}", content=file, timeout=120)
        seconds.append(time.perf_counter() - began)
        answer.raise_for_status()
    await device.client.aclose()
    return seconds[0], seconds[1], seconds[2]


def measure() -> Iterator[str]:
    """Yield the seconds of 5,000 rows with 200 broken ones on SQLite, as CSV and as a workbook."""
    for form, file in (("csv", _csv()), ("xlsx", _xlsx())):
        with served() as serving:
            look, take, again = asyncio.run(_taken(serving.address, file))
        said = {"look_s": round(look, 3), "take_s": round(take, 3), "again_s": round(again, 3)}
        yield line("import", database="sqlite", form=form, bytes=len(file), rows=ROWS, broken=BROKEN, **said)
