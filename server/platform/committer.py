"""Group commit: whoever waits to write shares one durable commit."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple, TypeVar

from sqlalchemy.ext.asyncio import AsyncConnection

from schemas.problems import Code, Problem
from server.platform.database import Database

Job = Callable[[AsyncConnection], Awaitable[Any]]
"""What is done inside the shared transaction, in a savepoint of its own."""

Result = TypeVar("Result")

MAX_SHARED = 64
"""Jobs that share one commit at the most: bounds how long the first of them waits for the last."""

MAX_WAITING = 1_000
"""Jobs that wait at the most: bounds how long the last of them waits, and what is kept in memory for them."""


class Waiting(NamedTuple):
    """A job that waits for its turn, what it locks first, and who waits for it."""

    lock: str
    job: Job
    answer: asyncio.Future[Any]


class Committer:
    """Runs jobs one after the other in shared transactions and answers each after the commit (SPEC P4).

    Jobs of one commit run in the order of what they lock: two processes that lock several companies' logs each in the
    same order never wait for one another in a circle.
    A job that raises loses its savepoint and nothing else; if the commit itself fails, every job of it fails.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: asyncio.Queue[Waiting] = asyncio.Queue()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to serve; needs a running event loop."""
        self._task = asyncio.create_task(self._serve(), name="committer")

    async def stop(self) -> None:
        """Stop serving; jobs that still wait are cancelled and were not committed."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
        while not self._waiting.empty():
            self._waiting.get_nowait().answer.cancel()

    async def run(self, job: Callable[[AsyncConnection], Awaitable[Result]], lock: str) -> Result:
        """Return the job's result once it is durable; raises what the job raised.

        ``lock`` names what the job locks first, the company whose log it writes.
        A caller that goes away meanwhile does not undo the job: it may be committed already. Raises ``Problem`` where
        too many wait already; nothing was done then, and a device tries again by itself.
        """
        if self._waiting.qsize() >= MAX_WAITING:
            raise Problem(Code.SERVER_BUSY)
        answer: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._waiting.put_nowait(Waiting(lock, job, answer))
        return await answer

    async def _serve(self) -> None:
        while True:
            batch = [await self._waiting.get()]
            while len(batch) < MAX_SHARED and not self._waiting.empty():
                batch.append(self._waiting.get_nowait())
            await self._commit(sorted(batch, key=lambda each: each.lock))

    async def _commit(self, batch: list[Waiting]) -> None:
        outcomes: list[tuple[asyncio.Future[Any], Any, BaseException | None]] = []
        try:
            async with self._database.writing() as connection:
                for _, job, answer in batch:
                    outcomes.append((answer, *await _attempt(connection, job)))
        except Exception as error:  # noqa: BLE001 - whatever broke the commit is told to everyone who waited for it
            outcomes = [(each.answer, None, error) for each in batch]
        for answer, result, failure in outcomes:
            _settle(answer, result, failure)


async def _attempt(connection: AsyncConnection, job: Job) -> tuple[Any, BaseException | None]:
    try:
        async with connection.begin_nested():
            return await job(connection), None
    except Exception as error:  # noqa: BLE001 - the job's own failure belongs to its caller
        return None, error


def _settle(answer: asyncio.Future[Any], result: object, error: BaseException | None) -> None:
    if answer.done():
        return
    if error is not None:
        answer.set_exception(error)
    else:
        answer.set_result(result)
