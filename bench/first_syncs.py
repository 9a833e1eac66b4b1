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
from schemas.protocol import PullEnd, PullLine, PullParts

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
    """Enrol, say hello and fetch everything as a phone does; return how many bytes of rows came."""
    headers = {"cookie": cookie, "accept-encoding": "zstd"}
    chain = await crowd.enrolled(client, cookie)
    said = msgspec.json.encode(chain.hello())
    await _answered(lambda: client.post("/sync/v1/hello", content=said, headers=headers))
    received = 0

    async def fetched(address: str) -> list[PullLine]:
        nonlocal received
        answer = await _answered(lambda: client.get(address, headers=headers))
        received += answer.num_bytes_downloaded
        return [_LINE.decode(text) for text in answer.content.splitlines()]

    address, more = "/sync/v1/pull?schema=2&parts=true", True
    while more:
        page = await fetched(address)
        for part in [part for said in page if isinstance(said, PullParts) for part in said.addresses]:
            await fetched(part)
        end = page[-1]
        if not isinstance(end, PullEnd):
            raise TypeError("a page without an end")
        address, more = f"/sync/v1/pull?schema=2&cursor={end.cursor}", end.more
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
