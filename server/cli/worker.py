"""One process that serves: alone, or as one of several that share a port (``python -m server.cli.worker``)."""

import asyncio
import gc
import logging
import os
import resource
import signal
import sys

import uvloop
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels
from granian.server.embed import Server
from granian.utils.proxies import wrap_asgi_with_proxy_headers

from server.app import Parts, build_app
from server.cli.terminal import LOG_FORMAT, Say, Terminal, say_line
from server.founding.start_code import StartCode
from server.platform.ambient import Ambient, RealAmbient
from server.platform.settings import Settings, settings_from

_CONNECTIONS = 10_000
"""Connections that one process serves at once. Every device that is awake holds one, its live channel; granian's own
limit is 128, and whoever comes behind it is not even refused, he waits."""

_BACKLOG = 1_024
"""Connections that the kernel keeps for a process that is busy: after a restart all devices come at once."""


async def work(settings: Settings, ambient: Ambient, code: str | None, say: Say) -> None:
    """Serve a prepared database until SIGTERM or SIGINT; ``code`` lets whoever knows it found a company."""
    _allow_files_for_connections()
    parts = Parts(settings, ambient, StartCode(code) if code else None, Terminal(say))
    server = _server(parts)
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, _stop, server, parts)
    _be_quick_to_answer()
    await server.serve()


def _be_quick_to_answer() -> None:
    """Let the garbage collector pass by what stays for ever, and threads give way after a millisecond instead of five.

    Large pushes are read in threads; whoever asks something small meanwhile is answered in between.
    """
    gc.collect()
    gc.freeze()
    sys.setswitchinterval(0.001)


def _allow_files_for_connections() -> None:
    """Raise this process's limit of open files as far as it may: each connection is one, and 1,024 is usual."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def _server(parts: Parts) -> Server:
    settings = parts.settings
    # Inside this process instead of in a worker of its own: nothing is left behind when it is killed.
    return Server(
        wrap_asgi_with_proxy_headers(parts.quiet.in_front_of(build_app(parts)), list(settings.proxies)),
        settings.host,
        settings.port,
        interface=Interfaces.ASGI,
        http=HTTPModes.auto,
        websockets=False,
        backlog=_BACKLOG,
        backpressure=_CONNECTIONS,
        log_level=LogLevels.error,
        ssl_cert=settings.tls_cert,
        ssl_key=settings.tls_key,
    )


def _stop(server: Server, parts: Parts) -> None:
    parts.journal.pokes.end()
    server.stop()  # type: ignore[no-untyped-call]


async def _work_for_keeper(settings: Settings, code: str | None) -> None:
    """Work until told to end, and end at once when whoever keeps the workers is gone: its pipe closes then."""
    asyncio.get_running_loop().add_reader(sys.stdin.fileno(), os._exit, 1)
    working = asyncio.ensure_future(work(settings, RealAmbient(), code, say_line))
    asyncio.get_running_loop().add_signal_handler(
        signal.SIGINT, lambda: None
    )  # Ctrl-C: the keeper tells us in its turn
    await working


def main() -> None:
    """Be one of several workers: the settings come from the environment, the one-time code from the keeper's pipe."""
    logging.basicConfig(level=logging.WARNING, format=LOG_FORMAT)
    with open(sys.stdin.fileno(), "rb", buffering=0, closefd=False) as keeper:
        code = keeper.readline().decode().strip()
    uvloop.run(_work_for_keeper(settings_from(os.environ), code or None))


if __name__ == "__main__":
    main()
