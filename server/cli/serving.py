"""The server: prepared, listening at one address with one process or several, stopped politely."""

import asyncio
import socket

from msgspec import structs

from server.cli.addresses import address, words_for_phones
from server.cli.alone import alone
from server.cli.preparing import percent, prepare
from server.cli.terminal import Say
from server.cli.worker import work
from server.cli.workers import keep_working
from server.platform.ambient import Ambient
from server.platform.database import Database
from server.platform.installation import companies
from server.platform.one_time_codes import new_code
from server.platform.settings import Settings

_PAUSE_S = 0.02


class WorkersError(Exception):
    """That many processes cannot serve this database; its argument is the number that was asked for."""


async def serve(settings: Settings, ambient: Ambient, say: Say) -> None:
    """Serve until SIGTERM or SIGINT; says the one-time code while empty, and last the address once it is listened on.

    Raises ``WorkersError``, ``InUseError``, ``OSError`` for an address that cannot be had,
    ``alembic.util.CommandError`` for a database of a newer version.
    """
    if settings.workers < 1 or (settings.workers > 1 and settings.is_sqlite):
        raise WorkersError(settings.workers)
    with alone(settings.data):
        is_empty = await _prepared(settings, say)
        code = new_code(ambient) if is_empty else None
        settings = _with_own_port(settings)
        greeting = asyncio.create_task(_greet(settings, code, say))
        if settings.workers == 1:
            await work(settings, ambient, code, say)
        else:
            await keep_working(settings, code, say)
        greeting.cancel()


async def _prepared(settings: Settings, say: Say) -> bool:
    """Bring the database up to date and tell whether it is still without a company."""
    database = Database(settings.url)
    try:
        await prepare(database, percent(say))
        async with database.reading() as connection:
            return not await companies(connection)
    finally:
        await database.close()


def _with_own_port(settings: Settings) -> Settings:
    """Return the settings with a port that nobody listens on; 0 takes a free one. Raises ``OSError`` for a taken one.

    The server itself shares ports (SO_REUSEPORT): a second installation on the same one would get half the requests.
    """
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.create_server((settings.host, settings.port), family=family) as probe:
        return structs.replace(settings, port=probe.getsockname()[1])


async def _greet(settings: Settings, code: str | None, say: Say) -> None:
    """Say what is needed to open the page, as soon as it can be opened."""
    while not await _answers(settings):  # noqa: ASYNC110 - granian does not tell when it listens
        await asyncio.sleep(_PAUSE_S)
    if code is not None:
        say(f"第一次使用的一次性代碼：{code}")
    for line in words_for_phones(settings):
        say(line)
    say(f"Fieldproof {address(settings)}")


async def _answers(settings: Settings) -> bool:
    try:
        _, writer = await asyncio.open_connection(settings.host, settings.port)
    except OSError:
        return False
    writer.close()
    return True
