"""Five hundred devices that sign on within a minute: each enrols, says hello and pulls all of its unit's rows."""

import asyncio
import os
import time
from collections.abc import Awaitable, Callable, Iterator

import httpx
import msgspec

from bench.lines import line, percentile
from bench.many import ENGINES, Crowd, crowd
from bench.peers.accounting import memory, processor_seconds
from schemas.protocol import PullEnd, PullLine

DEVICES = 500
ROWS = 1_000
WITHIN_S = 60.0

_BUSY = 503

_LINE: msgspec.json.Decoder[PullLine] = msgspec.json.Decoder(PullLine)


async def _all_synced(crowd: Crowd, devices: int, within_s: float) -> tuple[list[float], int]:
    """Return how long each device took, sorted, and how many bytes of rows came in all."""
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=200)
    async with httpx.AsyncClient(base_url=crowd.process.address, timeout=300, limits=limits) as client:

        async def sync(number: int) -> tuple[float, int]:
            await asyncio.sleep(number * within_s / devices)
            began = time.perf_counter()
            received = await _synced(crowd, client, crowd.cookies[number])
            return time.perf_counter() - began, received

        outcomes = await asyncio.gather(*map(sync, range(devices)))
    return sorted(took for took, _ in outcomes), sum(received for _, received in outcomes)


async def _synced(crowd: Crowd, client: httpx.AsyncClient, cookie: str) -> int:
    headers = {"cookie": cookie, "accept-encoding": "gzip"}
    chain = await crowd.enrolled(client, cookie)
    said = msgspec.json.encode(chain.hello())
    await _answered(lambda: client.post("/sync/v1/hello", content=said, headers=headers))
    query: dict[str, str] = {}
    received, more = 0, True
    while more:
        asked = dict(query)
        answer = await _answered(lambda asked=asked: client.get("/sync/v1/pull", params=asked, headers=headers))  # type: ignore[misc]
        end = _LINE.decode(answer.content.splitlines()[-1])
        if not isinstance(end, PullEnd):
            raise TypeError("a page without an end")
        received, query, more = received + answer.num_bytes_downloaded, {"cursor": end.cursor}, end.more
    return received


async def _answered(ask: Callable[[], Awaitable[httpx.Response]]) -> httpx.Response:
    """Ask again while the server is busy, as a phone does; the time counts."""
    while (answer := await ask()).status_code == _BUSY:  # noqa: ASYNC110 - only the server knows when it is free
        await asyncio.sleep(1)
    return answer.raise_for_status()


def measure() -> Iterator[str]:
    """Yield, for each database, the percentiles of a first sync and what it cost the server."""
    devices, within_s = int(os.environ.get("DEVICES", DEVICES)), WITHIN_S
    for engine in ENGINES:
        with crowd(engine, devices, ROWS) as serving:
            process = serving.process.pid
            spent, began = processor_seconds([process]), time.perf_counter()
            values, received = asyncio.run(_all_synced(serving, devices, within_s))
            elapsed, spent = time.perf_counter() - began, processor_seconds([process]) - spent
            yield line(
                "first_syncs",
                database=engine,
                devices=devices,
                rows=ROWS,
                seconds=round(elapsed, 1),
                p50_s=round(percentile(values, 0.5), 2),
                p99_s=round(percentile(values, 0.99), 2),
                server_cpu_ms_per_device=round(1_000 * spent / devices, 1),
                kb_per_device=round(received / devices / 1_000, 1),
                server_mb=round(memory([process]) / 1e6),
                load=round(os.getloadavg()[0], 1),
            )
