"""From the moment a technician's phone sends an edit to the moment the office's browser has the row."""

import asyncio
import time
from collections.abc import Iterator

import msgspec

from bench.lines import line, percentile
from bench.push import visit
from bench.served import BenchDevice, device_of, served
from schemas.vocabulary import Place
from tests.server.world import CLERK, TECHNICIAN

EDITS = 200


async def _first_cursor(office: BenchDevice) -> str:
    return _cursor((await office.client.get("/sync/v1/pull")).raise_for_status().content)


def _cursor(page: bytes) -> str:
    end = msgspec.json.decode(page.splitlines()[-1])
    return str(end[1])


async def _latencies(address: str) -> list[float]:
    technician = await device_of(address, TECHNICIAN, Place.FIELD)
    office = await device_of(address, CLERK, Place.OFFICE)
    cursor = await _first_cursor(office)
    sent: asyncio.Queue[tuple[str, float]] = asyncio.Queue()
    latencies: list[float] = []

    async def listen() -> None:
        nonlocal cursor
        expected: dict[str, float] = {}
        async with office.client.stream("GET", "/sync/v1/live", timeout=None) as live:
            async for text in live.aiter_lines():
                if not text.startswith("event: poke"):
                    continue
                page = (await office.client.get("/sync/v1/pull", params={"cursor": cursor})).raise_for_status().content
                arrived = time.perf_counter()
                cursor = _cursor(page)
                while not sent.empty():
                    doc, at = sent.get_nowait()
                    expected[doc] = at
                latencies.extend(arrived - expected.pop(doc) for doc in [*expected] if doc.encode() in page)
                if len(latencies) >= EDITS:
                    return

    listening = asyncio.create_task(listen())
    await asyncio.sleep(0.5)
    for number in range(EDITS):
        technician.chain.write("service_visit", f"visit-{number:05}", visit(number))
        sent.put_nowait((f"visit-{number:05}", time.perf_counter()))
        await technician.push(number + 1)
        await asyncio.sleep(0.02)
    await asyncio.wait_for(listening, 30)
    await technician.client.aclose()
    await office.client.aclose()
    return sorted(latencies)


def measure() -> Iterator[str]:
    """Yield the percentiles of edit to office in milliseconds: push, poke and pull together."""
    with served() as serving:
        values = [1_000 * value for value in asyncio.run(_latencies(serving.address))]
    shares = {name: round(percentile(values, share), 2) for name, share in (("p50", 0.5), ("p95", 0.95), ("p99", 0.99))}
    yield line("edit_to_office_ms", database="sqlite", edits=len(values), **shares)
