"""A stream is open for as long as its session stands, not for as long as its connection."""

import asyncio
from typing import Any

import httpx
import pytest

from schemas.registry import Kind
from server.exchange.routes import _pokes
from tests.server.world import BANQIAO, COMPANY, MANAGER, TECHNICIAN, World, proven

SOON_S = 20


class Stream:
    """An answer that goes on, as the network sees it; httpx would wait for its end."""

    def __init__(self, world: World, browser: httpx.AsyncClient) -> None:
        self.heard: asyncio.Queue[bytes] = asyncio.Queue()
        self._ended = asyncio.Event()
        cookie = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
        scope: Any = {
            "type": "http",
            "method": "GET",
            "path": "/sync/v1/live",
            "raw_path": b"/sync/v1/live",
            "query_string": b"",
            "root_path": "",
            "scheme": "http",
            "headers": [(b"host", b"localhost"), (b"cookie", cookie.encode())],
            "client": ("192.0.2.1", 40_000),
        }
        self._others = asyncio.all_tasks()
        self.answering = asyncio.create_task(world.app(scope, self._receive, self._send))

    async def until(self, words: bytes) -> None:
        """Listen until something is said."""
        async with asyncio.timeout(SOON_S):
            while words not in await self.heard.get():
                pass

    async def end(self) -> None:
        """Wait until the server ends it."""
        async with asyncio.timeout(SOON_S):
            await self.answering

    async def hang_up(self) -> None:
        """Go away, and wait for the shielded query that may be under way: it holds a connection of the database."""
        self.answering.cancel()
        await asyncio.wait(asyncio.all_tasks() - self._others, timeout=SOON_S)

    async def _receive(self) -> Any:  # noqa: ANN401 - an ASGI event
        await self._ended.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: Any) -> None:  # noqa: ANN401 - an ASGI event
        self.heard.put_nowait(message.get("body", b""))
        if not message.get("more_body", True):
            self._ended.set()


async def test_a_listener_hears_of_a_write(world: World) -> None:
    listener, writer = await world.enrolled(TECHNICIAN), await world.enrolled(MANAGER)
    stream = Stream(world, listener.client)
    await stream.until(b"hello")
    writer.write(Kind.CUSTOMER, "customer-new", {"unit": BANQIAO, "name": "陳美惠"})
    await writer.push()
    await stream.until(b"poke")
    await stream.hang_up()


@pytest.mark.parametrize("end", ["revoke", "sign out"])
async def test_a_session_that_ends_hears_nothing_more(world: World, end: str) -> None:
    listener, manager = await world.enrolled(TECHNICIAN), await world.enrolled(MANAGER)
    stream = Stream(world, listener.client)
    await stream.until(b"hello")
    if end == "revoke":
        proven(await manager.client.post(f"/api/devices/{listener.device}/revoke"))
    else:
        proven(await listener.client.delete("/api/session"))
    await stream.end()


async def test_a_listener_that_hangs_up_cuts_no_query_short(world: World) -> None:
    asked, answering, answered = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def may_listen() -> bool:
        asked.set()
        await answering.wait()
        answered.set()
        return True

    pokes = _pokes(world.journal, COMPANY, may_listen)
    await anext(pokes)
    listening = asyncio.ensure_future(anext(pokes))
    await asked.wait()
    listening.cancel()
    with pytest.raises(asyncio.CancelledError):
        await listening
    answering.set()
    async with asyncio.timeout(SOON_S):
        await answered.wait()
