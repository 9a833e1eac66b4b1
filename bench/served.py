"""A founded company served by the product's own process, and devices that speak to it over HTTP."""

import asyncio
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import msgspec

from schemas.protocol import HelloReply, PushReply
from schemas.vocabulary import Place
from server.cli.preparing import prepare
from server.platform.ambient import RealAmbient
from server.platform.database import Database
from server.platform.keys import base64url
from tests.server.world import COMPANY, PASSWORD, PEOPLE, Person, found
from tests.support.processes import ServerProcess
from tests.support.signing_device import SigningDevice, body_of


@dataclass
class Served:
    """The running process and its address."""

    process: ServerProcess

    @property
    def address(self) -> str:
        """Where it listens."""
        return self.process.address


@contextmanager
def served(database_url: str = "") -> Iterator[Served]:
    """Found the company in a fresh SQLite file (or the given database), serve it, and stop at the end."""
    with tempfile.TemporaryDirectory(prefix="fieldproof-bench-") as folder:
        data = Path(folder)
        url = database_url or f"sqlite+aiosqlite:///{data / 'bench.db'}"
        asyncio.run(founded(url))
        process = ServerProcess(data, url)
        process.start()
        try:
            yield Served(process)
        finally:
            process.stop()


async def founded(url: str, crew: Sequence[Person] = ()) -> None:
    """Bring an empty database to this version and found the company in it, with a crew beside its usual people."""
    database = Database(url)
    await prepare(database, lambda _done, _all: None)
    await database.close()
    await found(url, [*PEOPLE, *crew])


@dataclass
class BenchDevice:
    """A signed-in, enrolled device with its chain."""

    client: httpx.AsyncClient
    chain: SigningDevice

    async def push(self, first: int, last: int | None = None) -> PushReply:
        """Send a stretch of the chain and return the durable answer."""
        answer = await self.client.post("/sync/v1/push", content=body_of(*self.chain.push(first, last)))
        return msgspec.json.decode(answer.raise_for_status().content, type=PushReply)


async def device_of(address: str, person: Person, place: Place) -> BenchDevice:
    """Sign somebody in, enrol a device and say hello, all over HTTP."""
    client = httpx.AsyncClient(base_url=address, timeout=60)
    signed_in = await client.post("/api/session", json={"login": person.login, "password": PASSWORD})
    signed_in.raise_for_status()
    chain = SigningDevice(RealAmbient(), COMPANY, person.user, person.unit, "e-unknown", place)
    wish = {"name": "bench", "place": place, "public_key": base64url(chain.point)}
    enrolled = (await client.post("/api/devices", json=wish)).raise_for_status()
    chain.device = enrolled.json()["device"]
    chain.begin(chain.epoch)
    chain.begin(await _epoch(client, chain))
    hello = await client.post("/sync/v1/hello", content=msgspec.json.encode(chain.hello()))
    hello.raise_for_status()
    return BenchDevice(client, chain)


async def _epoch(client: httpx.AsyncClient, chain: SigningDevice) -> str:
    answer = await client.post("/sync/v1/hello", content=msgspec.json.encode(chain.hello()))
    return msgspec.json.decode(answer.raise_for_status().content, type=HelloReply).epoch
