"""Carrying pokes between the server processes on one PostgreSQL (LISTEN and NOTIFY)."""

import asyncio
import contextlib
import logging
from typing import Any

from server.platform.database import Database
from server.records.pokes import Pokes

_CHANNEL = "fieldproof"
_PAUSE_S = 1.0
"""How long a lost line is left alone before the next try."""

_TELL = "SELECT pg_notify($1, company) FROM unnest($2::text[]) AS company"
_LOG = logging.getLogger("fieldproof")


class Relay:
    """Tells the other processes which companies' logs have grown, and pokes for what they tell.

    What is told goes out behind the commit, on a connection of its own, and names each company once, however many
    commits there were meanwhile: no push waits for it, and no commit waits for PostgreSQL's one lock on notifications.
    Beside SQLite there is no other process, and nothing is told.
    """

    def __init__(self, database: Database, pokes: Pokes) -> None:
        self._database = database
        self._pokes = pokes
        self._untold: set[str] = set()
        self._wake = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to carry; needs a running event loop."""
        if not self._database.is_sqlite:
            self._task = asyncio.create_task(self._serve(), name="relay")

    async def stop(self) -> None:
        """Stop carrying; what was not told yet is harmless (SPEC L5)."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    def tell(self, company: str) -> None:
        """Let the other processes know soon that a company's log has grown."""
        if self._task is not None:
            self._untold.add(company)
            self._wake.set()

    async def _serve(self) -> None:
        while True:
            try:
                async with self._database.line() as line:
                    await self._carry(line)
            except Exception as error:  # noqa: BLE001 - whatever cut the line, it is joined again, and a poke may be missed
                _LOG.warning("the line to the other processes was cut: %s", error)
            await asyncio.sleep(_PAUSE_S)

    async def _carry(self, line: Any) -> None:  # noqa: ANN401 - asyncpg ships no types
        own = line.get_server_pid()

        def hear(_line: object, teller: int, _channel: str, company: str) -> None:
            if teller != own:
                self._pokes.poke(company)

        await line.add_listener(_CHANNEL, hear)
        line.add_termination_listener(lambda _line: self._wake.set())
        self._pokes.poke_all()  # whatever was told while nobody listened was missed
        while not line.is_closed():
            await self._wake.wait()
            self._wake.clear()
            told, self._untold = sorted(self._untold), set()
            if told:
                await line.execute(_TELL, _CHANNEL, told)
        raise ConnectionError("the database hung up")
