"""Many devices of one company whose sessions are open already, on SQLite or on a PostgreSQL of our own."""

import asyncio
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from bench.push import visit
from bench.served import founded
from schemas.registry import Kind
from schemas.vocabulary import Place
from server.accounts.sessions import open_session
from server.accounts.tickets import new_ticket
from server.platform.ambient import RealAmbient
from server.platform.database import Database
from server.platform.keys import base64url
from server.records.sql_ledger import SqlLedger
from server.records.work import Setting, Work
from tests.server.world import COMPANY, TECHNICIAN
from tests.support.databases import DURABLE, postgres_server
from tests.support.processes import ServerProcess
from tests.support.signing_device import SigningDevice

ENGINES = ("sqlite", "postgresql")
WORKERS = 2
"""Processes on PostgreSQL: one for each core of the machine that is measured."""

_AT_ONCE = 500


@dataclass
class Crowd:
    """The served company and a session's cookie for each device."""

    process: ServerProcess
    cookies: list[str]

    async def enrolled(self, client: httpx.AsyncClient, cookie: str) -> SigningDevice:
        """Enrol a device in its session."""
        chain = SigningDevice(RealAmbient(), COMPANY, TECHNICIAN.user, TECHNICIAN.unit, "e-unknown", Place.FIELD)
        wish = {"name": "bench", "place": Place.FIELD, "public_key": base64url(chain.point)}
        answer = await client.post("/api/devices", json=wish, headers={"cookie": cookie})
        chain.device = answer.raise_for_status().json()["device"]
        chain.begin(chain.epoch)
        return chain


@contextmanager
def crowd(engine: str, devices: int, rows: int) -> Iterator[Crowd]:
    """Serve a company with so many visits, and open so many sessions in it."""
    with tempfile.TemporaryDirectory(prefix="fieldproof-bench-") as folder:
        if engine == "sqlite":
            yield from _served(Path(folder), f"sqlite+aiosqlite:///{folder}/bench.db", devices, rows)
        else:
            with postgres_server(DURABLE) as server:
                yield from _served(Path(folder), server.create("bench"), devices, rows)


def _served(data: Path, url: str, devices: int, rows: int) -> Iterator[Crowd]:
    cookies = asyncio.run(_filled(url, devices, rows))
    process = ServerProcess(data, url, {} if url.startswith("sqlite") else {"WORKERS": str(WORKERS)})
    process.start()
    try:
        yield Crowd(process, cookies)
    finally:
        process.stop()


async def _filled(url: str, devices: int, rows: int) -> list[str]:
    await founded(url)
    database, ambient = Database(url), RealAmbient()
    tickets = [new_ticket(COMPANY, ambient) for _ in range(devices)]
    visits = [Setting(Kind.SERVICE_VISIT, f"visit-{number}", visit(number)) for number in range(rows)]
    async with database.writing() as connection:
        now = ambient.now()
        work = Work(COMPANY, now, SqlLedger(connection, COMPANY, now), {}, connection)
        for first in range(0, rows, _AT_ONCE):
            await work.decide(TECHNICIAN.user, visits[first : first + _AT_ONCE])
        for ticket in tickets:
            await open_session(work, ticket, TECHNICIAN.user, ambient)
    await database.close()
    return [f"fieldproof-session={COMPANY}.{ticket.token}" for ticket in tickets]
