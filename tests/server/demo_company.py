"""The demonstration, founded for tests as its first user founds it."""

from pathlib import Path
from typing import Any, cast

import httpx
import msgspec
from msgspec import Struct

from schemas.start import FoundedDemo
from server.app import Parts, build_app
from server.cli.preparing import prepare
from server.founding.start_code import StartCode
from server.platform.ambient import Ambient, RealAmbient
from server.platform.database import Database
from server.platform.one_time_codes import new_code
from server.platform.settings import Settings


class Demo(Struct, frozen=True):
    """The name of the demonstration's database, the folder of its files, and what its founder was told."""

    database: str
    blobs: Path
    answer: FoundedDemo


async def found(url: str, data: Path, ambient: Ambient | None = None) -> FoundedDemo:
    """Found the demonstration in an empty database, its files below the folder ``data``."""
    ambient = ambient or RealAmbient()
    await prepared(url)
    code = new_code(ambient)
    app = build_app(Parts(Settings(database_url=url, data=data), ambient, StartCode(code)))
    transport = httpx.ASGITransport(cast("Any", app))
    async with app.lifespan(), httpx.AsyncClient(transport=transport, base_url="http://localhost") as browser:
        answer = await browser.post("/api/start/demo", json={"code": code})
    assert answer.status_code == 201, answer.text
    return msgspec.json.decode(answer.content, type=FoundedDemo)


async def prepared(url: str) -> None:
    """Give an empty database its tables."""
    database = Database(url)
    await prepare(database, ignore)
    await database.close()


def ignore(done: int, total: int) -> None:
    """Take no notice of progress."""
