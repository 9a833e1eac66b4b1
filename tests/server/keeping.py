"""A server that is put back to an older copy, and what a device keeps for it (SPEC H2, H7)."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import uuid4

import httpx
import msgspec
from msgspec import structs

from schemas.protocol import Entrusted, EntrustedPage, GivenBack, HelloReply, TakenBack
from tests.server.one_call import OneCall, at_work
from tests.server.world import SyncDevice, World, proven, running
from tests.support.databases import Databases


class Machine:
    """A founded company's database that is copied and put back while nothing runs on it."""

    def __init__(self, databases: Databases, founded: str, data: Path) -> None:
        self._databases = databases
        self._data = data
        name = f"machine_{uuid4().hex}"
        self._url = databases.create(name, founded)
        self._of = {self._url: name}

    @asynccontextmanager
    async def running(self) -> AsyncIterator[World]:
        async with running(self._url, self._data) as world:
            yield world

    async def backup(self) -> str:
        """Return the URL of a copy of everything."""
        name = f"copy_{uuid4().hex}"
        url = await asyncio.to_thread(self._databases.create, name, self._of[self._url])
        self._of[url] = name
        return url

    def put_back(self, copy: str) -> None:
        """Let a copy take the machine's place, without a word."""
        self._url = copy

    def drop(self) -> None:
        for name in self._of.values():
            self._databases.drop(name)


class Keeper:
    """What a device keeps for the server, and how far."""

    def __init__(self, device: SyncDevice) -> None:
        self.device = device
        self.page: EntrustedPage | None = None
        self.groups: list[Entrusted] = []
        self.mark: str | None = None

    async def keep(self) -> None:
        """Ask for what is to be kept since the last time, page after page."""
        while (await self.page_of_it()).more:
            pass

    async def page_of_it(self) -> EntrustedPage:
        """Ask for one page."""
        reached = {"mark": self.page.mark} if self.page else {}
        answer = proven(await self.device.client.get("/sync/v1/entrusted", params=reached))
        self.page = msgspec.json.decode(answer.content, type=EntrustedPage)
        self.groups += self.page.groups
        return self.page

    async def reach(self, world: World) -> None:
        """Come to a server that may be another one by now, without a word."""
        browser = await world.client()
        browser.cookies = self.device.client.cookies
        self.device.client = browser

    async def meet(self, world: World) -> HelloReply:
        """Come to a server that may be another one by now, and prove how far the log went."""
        await self.reach(world)
        marks = tuple(mark for mark in (self.page and self.page.mark, self.mark) if mark)
        said = msgspec.json.encode(self.device.chain.hello(marks=marks))
        answer = await self.device.client.post("/sync/v1/hello", content=said)
        return msgspec.json.decode(proven(answer).content, type=HelloReply)

    async def give_back(self, *groups: Entrusted) -> TakenBack:
        """Bring back what is kept, or these groups."""
        answer = await self.giving(*groups)
        back = msgspec.json.decode(proven(answer).content, type=TakenBack)
        self.mark = back.mark
        return structs.replace(back, mark=None)

    async def giving(self, *groups: Entrusted, mark: str | None = None) -> httpx.Response:
        """Bring back what is kept, or these groups, with the mark of the answer before, and return the answer."""
        body = msgspec.json.encode(GivenBack(groups or tuple(self.groups), mark))
        return await self.device.client.post("/sync/v1/entrusted", content=body)

    def documents(self) -> set[tuple[str, str]]:
        """Return kind and id of what the kept groups wrote."""
        operations = (msgspec.json.decode(text) for group in self.groups for text in group.operations)
        return {(operation[1], operation[2]) for operation in operations}


async def begun(world: World) -> tuple[OneCall, Keeper]:
    """A unit with a call that is logged, and the clerk's browser that has begun to keep."""
    unit = await at_work(world)
    await unit.logged()
    keeper = Keeper(unit.clerk)
    await keeper.keep()
    return unit, keeper


async def reopened(world: World, unit: OneCall) -> OneCall:
    """The same unit at a server that was started again."""
    for device in (unit.clerk, unit.manager, unit.technician):
        browser = await world.client()
        browser.cookies = device.client.cookies
        device.client = browser
    return OneCall(world, unit.clerk, unit.manager, unit.technician)
