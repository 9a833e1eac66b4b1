"""One run: a served company, phones that push, and so many kills; nothing of it is measured."""

import asyncio
import os
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from random import Random
from typing import NamedTuple, TypeVar

import msgspec
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from bench.served import device_of, founded
from schemas.problems import Problem
from schemas.protocol import HelloReply
from schemas.vocabulary import Place, Role
from server.platform.database import Database
from server.platform.keys import from_base64url
from tests.kills.checking import check, check_documents
from tests.kills.phones import BrokenPromiseError, Phone
from tests.server.world import BANQIAO, Person
from tests.support.processes import ServerProcess

Answer = TypeVar("Answer")

PHONES = 6
WORKERS = 2
"""Processes on PostgreSQL."""

_LOG_SHOWN = 20_000
STUCK_S = 120
"""After this without an acknowledgement a run has failed."""

CREW = [Person(f"killed-{number}", f"技師{number}", BANQIAO, (Role.TECHNICIAN,)) for number in range(PHONES)]


def children_of(process: int) -> list[int]:
    """The processes that a process started, by the kernel's own list."""
    return [int(pid) for pid in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


class Outcome(NamedTuple):
    """What really happened in a run."""

    kills: Counter[str]
    acknowledged: int
    tries: int
    rows: int


class Served:
    """The server under attack."""

    def __init__(self, data: Path, url: str, chance: Random) -> None:
        self.is_sqlite = url.startswith("sqlite")
        self.database = Database(url)
        settings = {} if self.is_sqlite else {"WORKERS": str(WORKERS)}
        self.process = ServerProcess(data, url, settings)
        self._chance = chance

    async def kill(self, what: str) -> None:
        """Kill something with SIGKILL, and see to it that the server is there again."""
        await {"server": self._everything, "worker": self._worker, "backend": self._backend}[what]()

    async def _everything(self) -> None:
        self.process.kill()
        await asyncio.to_thread(self.process.start)

    async def _worker(self) -> None:
        """Kill one process; the keeper starts another."""
        if workers := children_of(self.process.pid):
            os.kill(self._chance.choice(workers), signal.SIGKILL)

    async def _backend(self) -> None:
        """Kill one of PostgreSQL's own processes: it ends all others as well, and recovers."""
        async with self.database.reading() as connection:
            others = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            pids = (await connection.execute(text(others))).scalars().all()
        os.kill(self._chance.choice(sorted(pids)), signal.SIGKILL)

    async def asked(self, question: Callable[[], Awaitable[Answer]]) -> Answer:
        """Return the database's answer, once it gives one: PostgreSQL may still be going down, or recovering."""
        deadline = time.monotonic() + STUCK_S
        while True:
            try:
                return await question()
            except (Problem, SQLAlchemyError):
                if time.monotonic() > deadline:
                    raise
                await asyncio.sleep(0.05)


async def run(url: str, kills: int, chance: Random) -> Outcome:
    """Kill so many times and check after each; raises ``BrokenPromiseError`` for what must not be."""
    await founded(url, CREW)
    with tempfile.TemporaryDirectory(prefix="fieldproof-kills-") as folder:
        served = Served(Path(folder), url, chance)
        await asyncio.to_thread(served.process.start)
        try:
            outcome = await _attacked(served, kills, chance)
            served.process.stop()
        except Exception as error:
            error.add_note(served.process.log.read_text()[-_LOG_SHOWN:])
            raise
        finally:
            served.process.kill()
            await served.database.close()
    return outcome._replace(rows=await check_documents(url))


async def _attacked(served: Served, kills: int, chance: Random) -> Outcome:
    killed: Counter[str] = Counter()
    async with _at_work(served, chance) as phones:
        seen = [0] * PHONES
        for what in _plan(served, kills, chance):
            await _until_acknowledged(phones, chance.randint(1, 2 * PHONES))
            await asyncio.sleep(chance.random() / 20)
            await served.kill(what)
            killed[what] += 1
            await _until_acknowledged(phones, 1)
            seen = await served.asked(partial(check, served.database, phones, seen))
            print(f"{dict(killed)}, {sum(seen)} acknowledged", file=sys.stderr)
    await check(served.database, phones, [0] * PHONES)
    return Outcome(killed, sum(phone.acked for phone in phones), sum(phone.tries for phone in phones), 0)


def _plan(served: Served, kills: int, chance: Random) -> Sequence[str]:
    if served.is_sqlite:
        return ["server"] * kills
    plan = ["backend", *(chance.choices(("server", "worker"), (2, 1), k=kills - 1))]
    chance.shuffle(plan)
    return plan


@asynccontextmanager
async def _at_work(served: Served, chance: Random) -> AsyncIterator[list[Phone]]:
    """Phones that push until the block ends; what one of them raises ends the block."""
    phones = [await _phone(served, person, Random(chance.random())) for person in CREW]
    stopping = asyncio.Event()
    async with asyncio.TaskGroup() as group:
        for phone in phones:
            group.create_task(phone.work(stopping))
        try:
            yield phones
        finally:
            stopping.set()
    for phone in phones:
        await phone.device.client.aclose()


async def _phone(served: Served, person: Person, chance: Random) -> Phone:
    device = await device_of(served.process.address, person, Place.FIELD)
    answer = await device.client.post("/sync/v1/hello", content=msgspec.json.encode(device.chain.hello()))
    reply = msgspec.json.decode(answer.raise_for_status().content, type=HelloReply)
    return Phone(device, chance, from_base64url(reply.receipt_key))


async def _until_acknowledged(phones: Sequence[Phone], more: int) -> None:
    """Wait until so many more operations are acknowledged: a kill of a server that nobody speaks to proves nothing."""
    total: Callable[[], int] = lambda: sum(phone.acked for phone in phones)  # noqa: E731 - a reading, told twice
    wanted, deadline = total() + more, time.monotonic() + STUCK_S
    while total() < wanted:
        if time.monotonic() > deadline:
            raise BrokenPromiseError("nothing is acknowledged any more")
        await asyncio.sleep(0.005)
