"""The server as a process: prepared, listening at one address, stopped politely."""

import asyncio
import signal
import socket

from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels
from granian.server.embed import Server
from granian.utils.proxies import wrap_asgi_with_proxy_headers
from litestar import Litestar
from msgspec import structs

from server.app import build_app
from server.cli.addresses import address, words_for_phones
from server.cli.alone import alone
from server.cli.preparing import percent, prepare
from server.cli.terminal import Say, Terminal
from server.founding.start_code import StartCode
from server.platform.ambient import Ambient
from server.platform.database import Database
from server.platform.installation import companies
from server.platform.one_time_codes import new_code
from server.platform.settings import Settings

_PAUSE_S = 0.02


async def serve(settings: Settings, ambient: Ambient, say: Say) -> None:
    """Serve until SIGTERM or SIGINT; says the one-time code while empty, and last the address once it is listened on.

    Raises ``InUseError``, ``OSError`` for an address that cannot be had, ``alembic.util.CommandError`` for a database
    of a newer version.
    """
    with alone(settings.data):
        is_empty = await _prepared(settings, say)
        code = new_code(ambient) if is_empty else None
        settings = _with_own_port(settings)
        app = build_app(settings, ambient, StartCode(code) if code else None, Terminal(say))
        server = _server(settings, app)
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, _stop, server, app)
        greeting = asyncio.create_task(_greet(settings, code, say))
        await server.serve()
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


def _server(settings: Settings, app: Litestar) -> Server:
    # Inside this process instead of in a worker of its own: nothing is left behind when it is killed.
    return Server(
        wrap_asgi_with_proxy_headers(app, list(settings.proxies)),
        settings.host,
        settings.port,
        interface=Interfaces.ASGI,
        http=HTTPModes.auto,
        websockets=False,
        log_level=LogLevels.error,
        ssl_cert=settings.tls_cert,
        ssl_key=settings.tls_key,
    )


def _stop(server: Server, app: Litestar) -> None:
    app.state.pokes.end()
    server.stop()  # type: ignore[no-untyped-call]


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
