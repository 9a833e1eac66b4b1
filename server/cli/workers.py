"""Keeping several processes at work on one port: whichever ends is started again, and all end with their keeper."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process

from server.cli.terminal import Say
from server.platform.settings import Settings

_COMMAND = (sys.executable, "-m", "server.cli.worker")
_PAUSE_S = 0.5
"""How long a worker that ended is missed: one that cannot start would otherwise keep a core busy with trying."""


async def keep_working(settings: Settings, code: str | None, say: Say) -> None:
    """Keep ``settings.workers`` processes at work until SIGTERM or SIGINT, then stop them politely.

    The kernel deals connections out among them (SO_REUSEPORT). Each is told the one-time code through a pipe that stays
    open: when the keeper is gone, however it went, the pipe closes and they end at once.
    """
    stopping = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopping.set)
    async with asyncio.TaskGroup() as group:
        for _ in range(settings.workers):
            group.create_task(_kept(settings, code, say, stopping))


async def _kept(settings: Settings, code: str | None, say: Say, stopping: asyncio.Event) -> None:
    stop = asyncio.ensure_future(stopping.wait())
    while not stopping.is_set():
        worker = await _started(settings, code)
        ended = asyncio.ensure_future(worker.wait())
        await asyncio.wait({ended, stop}, return_when=asyncio.FIRST_COMPLETED)
        if not stopping.is_set():
            say(f"程序 {worker.pid} 停了（{worker.returncode}），重新啟動。")
            await asyncio.wait({stop}, timeout=_PAUSE_S)
        elif worker.returncode is None:
            worker.terminate()
        await ended


async def _started(settings: Settings, code: str | None) -> Process:
    environment = os.environ | {"PORT": str(settings.port)}
    worker = await asyncio.create_subprocess_exec(*_COMMAND, stdin=PIPE, env=environment)
    if worker.stdin is not None:
        worker.stdin.write(f"{code or ''}\n".encode())
    return worker
