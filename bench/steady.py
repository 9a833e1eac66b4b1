"""The server's memory over minutes of pushes and first syncs: it must not grow."""

import asyncio
import os
import time
from collections.abc import Iterator

import httpx
import msgspec

from bench.lines import line
from bench.many import Crowd, crowd
from bench.peers.accounting import memory, processor_seconds
from bench.push import visit
from tests.support.signing_device import SigningDevice, body_of

MINUTES = 5.0
ROWS = 1_000
BATCH = 50
VISITS = 1_000
"""Documents that are written over and over: what grows then is the log on the disk, and nothing that is served."""

_SAMPLES = 30


async def _kept_busy(crowd: Crowd, seconds: float) -> tuple[list[float], int, int]:
    """Push and sync until the time is over; return the server's megabytes at even times, pushes and syncs."""
    samples: list[float] = []
    ends, pushes, syncs = time.monotonic() + seconds, 0, 0
    async with httpx.AsyncClient(base_url=crowd.process.address, timeout=120) as client:
        headers = {"cookie": crowd.cookies[0]}
        chain = await crowd.enrolled(client, crowd.cookies[0])
        for _ in range(2):  # the first hello tells the epoch
            answer = await client.post("/sync/v1/hello", content=msgspec.json.encode(chain.hello()), headers=headers)
            chain.begin(answer.raise_for_status().json()["epoch"])
        await client.post("/sync/v1/hello", content=msgspec.json.encode(chain.hello()), headers=headers)
        while time.monotonic() < ends:
            await _push(client, chain, headers)
            pushes += 1
            if pushes % 5 == 0:
                (await client.get("/sync/v1/pull", headers=headers)).raise_for_status()
                syncs += 1
            if time.monotonic() > ends - seconds + len(samples) * seconds / _SAMPLES:
                samples.append(memory([crowd.process.pid]) / 1e6)
    return samples, pushes, syncs


async def _push(client: httpx.AsyncClient, chain: SigningDevice, headers: dict[str, str]) -> None:
    first = len(chain.sent) + 1
    for number in range(first, first + BATCH):
        chain.write("service_visit", f"visit-{number % VISITS}", visit(number))
    sent = body_of(*chain.push(first))
    (await client.post("/sync/v1/push", content=sent, headers=headers)).raise_for_status()


def measure() -> Iterator[str]:
    """Yield the server's memory in the first, second and last fifth and at its highest (``MINUTES`` of it).

    In the first fifth SQLite's page cache of 64 MB fills.
    """
    minutes = float(os.environ.get("MINUTES", MINUTES))
    with crowd("sqlite", 1, ROWS) as serving:
        samples, pushes, syncs = asyncio.run(_kept_busy(serving, 60 * minutes))
        fifth = max(1, len(samples) // 5)
        yield line(
            "steady_memory",
            database="sqlite",
            minutes=minutes,
            pushed=pushes * BATCH,
            first_syncs=syncs,
            first_fifth_mb=round(max(samples[:fifth]), 1),
            second_fifth_mb=round(max(samples[fifth : 2 * fifth] or samples), 1),
            last_fifth_mb=round(max(samples[-fifth:]), 1),
            peak_mb=round(max(samples), 1),
            server_cpu_s=round(processor_seconds([serving.process.pid]), 1),
            load=round(os.getloadavg()[0], 1),
        )
