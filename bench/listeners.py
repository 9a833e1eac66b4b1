"""Two thousand idle devices on the live channel of one server, and one commit that all of them hear."""

import asyncio
import os
import time
from collections.abc import Iterator

import httpx
import msgspec

from bench.lines import line, percentile
from bench.many import ENGINES, Crowd, crowd
from bench.peers.accounting import memory, processor_seconds
from tests.server.world import BANQIAO
from tests.support.signing_device import SigningDevice, body_of

LISTENERS = 2_000
IDLE_S = 60.0

_AT_ONCE = 50
_PATIENCE_S = 120.0


class Listener:
    """One open live channel, as lean as a client can be: what is measured is the server."""

    def __init__(self) -> None:
        self.heard_at = 0.0
        self._reader = asyncio.StreamReader()
        self._writer: asyncio.StreamWriter | None = None

    async def open(self, port: int, cookie: str) -> None:
        """Connect and wait for the server's hello; a server that is busy is asked again, as a phone does."""
        while b" 200 " not in await self._asked(port, cookie):
            self.close()
            await asyncio.sleep(1)
        await self._until(b"event: hello")

    async def _asked(self, port: int, cookie: str) -> bytes:
        self._reader, self._writer = await asyncio.open_connection("127.0.0.1", port)
        request = f"GET /sync/v1/live HTTP/1.1\r\nhost: localhost:{port}\r\ncookie: {cookie}\r\n\r\n"
        self._writer.write(request.encode())
        return await self._reader.readline()

    async def hear(self) -> None:
        """Wait for the next poke."""
        await self._until(b"event: poke")
        self.heard_at = time.perf_counter()

    async def _until(self, said: bytes) -> None:
        while said not in (text := await self._reader.readline()):
            if not text:
                raise ConnectionError("the server hung up")

    def close(self) -> None:
        """Hang up."""
        if self._writer is not None:
            self._writer.close()


async def _measured(crowd: Crowd, listeners: int, idle_s: float) -> dict[str, float]:
    server = [crowd.process.pid]
    async with httpx.AsyncClient(base_url=crowd.process.address, timeout=60) as client:
        cookie = crowd.cookies[0]
        chain = await _greeted(crowd, client, cookie)
        before, spent = memory(server), processor_seconds(server)
        crowd_of = [Listener() for _ in range(listeners)]
        for first in range(0, listeners, _AT_ONCE):
            opening = (each.open(crowd.process.port, cookie) for each in crowd_of[first : first + _AT_ONCE])
            await asyncio.wait_for(asyncio.gather(*opening), _PATIENCE_S)
        opened = processor_seconds(server) - spent
        hearing = [asyncio.ensure_future(each.hear()) for each in crowd_of]
        spent, began = processor_seconds(server), time.perf_counter()
        await asyncio.sleep(idle_s)
        idle = (processor_seconds(server) - spent) / (time.perf_counter() - began)
        held = memory(server) - before
        began = await _pushed(client, chain, cookie)
        await asyncio.wait_for(asyncio.gather(*hearing), _PATIENCE_S)
        delays = sorted(each.heard_at - began for each in crowd_of)
        for each in crowd_of:
            each.close()
    return {
        "kb_per_listener": round(held / listeners / 1_000, 1),
        "open_cpu_ms_each": round(1_000 * opened / listeners, 2),
        "idle_cpu_share_of_a_core": round(idle, 3),
        "poke_p50_ms": round(1_000 * percentile(delays, 0.5)),
        "poke_p99_ms": round(1_000 * percentile(delays, 0.99)),
    }


async def _greeted(crowd: Crowd, client: httpx.AsyncClient, cookie: str) -> SigningDevice:
    """Enrol the device that will write, and begin its chain."""
    chain, headers = await crowd.enrolled(client, cookie), {"cookie": cookie}
    answer = await client.post("/sync/v1/hello", content=msgspec.json.encode(chain.hello()), headers=headers)
    chain.begin(answer.raise_for_status().json()["epoch"])
    answer = await client.post("/sync/v1/hello", content=msgspec.json.encode(chain.hello()), headers=headers)
    answer.raise_for_status()
    return chain


async def _pushed(client: httpx.AsyncClient, chain: SigningDevice, cookie: str) -> float:
    """Write a customer and return when the push was sent."""
    chain.write("customer", "customer-heard", {"unit": BANQIAO, "name": "王建國"})
    began = time.perf_counter()
    answer = await client.post("/sync/v1/push", content=body_of(*chain.push()), headers={"cookie": cookie})
    answer.raise_for_status()
    return began


def measure() -> Iterator[str]:
    """Yield, for each database, what an idle listener costs and how soon all of them hear of a commit."""
    listeners, idle_s = int(os.environ.get("LISTENERS", LISTENERS)), float(os.environ.get("IDLE_S", IDLE_S))
    for engine in ENGINES:
        with crowd(engine, 1, 0) as serving:
            measured = asyncio.run(_measured(serving, listeners, idle_s))
            load = round(os.getloadavg()[0], 1)
            yield line("listeners", database=engine, listeners=listeners, idle_s=idle_s, **measured, load=load)
