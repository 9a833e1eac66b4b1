"""Group commit: whoever waits to write shares one durable commit."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Hashable, Iterator, Sequence
from typing import Any, TypeVar

from msgspec import Struct
from sqlalchemy.ext.asyncio import AsyncConnection

from schemas.problems import Code, Problem
from server.platform.database import Database

Item = TypeVar("Item")
Result = TypeVar("Result")

Job = Callable[[AsyncConnection], Awaitable[Any]]
"""What is done inside the shared transaction, in a savepoint of its own."""

JobTogether = Callable[[AsyncConnection, Sequence[Any]], Awaitable[Sequence[Any]]]
"""What is done for several waiting items in one savepoint; it returns for each its result, or the ``Problem`` of it."""

MAX_SHARED = 64
"""Jobs that share one commit at the most: bounds how long the first of them waits for the last."""

MAX_SHARED_WEIGHT = 2_000
"""What those jobs weigh together at the most, beyond the first: a push weighs as much as it has operations."""

MAX_WAITING = 1_000
"""Jobs that wait at the most: bounds how long the last of them waits, and what is kept in memory for them."""


class _Waiting(Struct, frozen=True):
    """One item that waits for its job: what that locks first, and who waits; items of one key are done together."""

    lock: str
    key: Hashable
    item: Any
    job: JobTogether
    weight: int
    answer: "asyncio.Future[Any]"


class Committer:
    """Runs jobs one after the other in shared transactions and answers each after the commit (SPEC P4).

    Jobs of one commit run in the order of what they lock: two processes that lock several companies' logs each in the
    same order never wait for one another in a circle.
    A job that raises loses its savepoint and nothing else; if the commit itself fails, every job of it fails.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: asyncio.Queue[_Waiting] = asyncio.Queue()
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

        async def alone(connection: AsyncConnection, _items: Sequence[None]) -> Sequence[Result]:
            return [await job(connection)]

        result: Result = await self._answered(_Waiting(lock, object(), None, alone, 1, _future()))
        return result

    async def run_together(
        self,
        lock: str,
        key: Hashable,
        item: Item,
        job: Callable[[AsyncConnection, Sequence[Item]], Awaitable[Sequence[Result | Problem]]],
        weight: int,
    ) -> Result:
        """Return what the job returns for this item once it is durable, as :meth:`run` does; raises its ``Problem``.

        Items that wait with an equal key are done by one call of the job, in the order in which they came; all who use
        a key use the same job. Should the job raise, each item is tried again alone.
        """
        result: Result = await self._answered(_Waiting(lock, key, item, job, weight, _future()))
        return result

    async def _answered(self, waiting: _Waiting) -> Any:  # noqa: ANN401 - the job's own result
        if self._waiting.qsize() >= MAX_WAITING:
            raise Problem(Code.SERVER_BUSY)
        self._waiting.put_nowait(waiting)
        return await waiting.answer

    async def _serve(self) -> None:
        while True:
            batch = [await self._waiting.get()]
            weight = batch[0].weight
            while len(batch) < MAX_SHARED and weight < MAX_SHARED_WEIGHT and not self._waiting.empty():
                batch.append(self._waiting.get_nowait())
                weight += batch[-1].weight
            await self._commit(sorted(batch, key=lambda each: each.lock))

    async def _commit(self, batch: list[_Waiting]) -> None:
        outcomes: list[tuple[_Waiting, Any]] = []
        try:
            async with self._database.writing() as connection:
                if len(batch) == 1:  # what raises takes the transaction with it, as it would take its savepoint
                    outcomes = [(batch[0], *await batch[0].job(connection, [batch[0].item]))]
                else:
                    for together in _by_key(batch):
                        outcomes += zip(together, await _attempt(connection, together), strict=True)
        except asyncio.CancelledError:
            if _is_being_stopped():
                raise
            outcomes = [(each, Problem(Code.SERVER_BUSY)) for each in batch]  # a job gave itself up
        except Exception as error:  # noqa: BLE001 - whatever broke the commit is told to everyone who waited for it
            outcomes = [(each, error) for each in batch]
        for waiting, outcome in outcomes:
            _settle(waiting.answer, outcome)


def _is_being_stopped() -> bool:
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


def _future() -> "asyncio.Future[Any]":
    return asyncio.get_running_loop().create_future()


def _by_key(batch: Sequence[_Waiting]) -> Iterator[list[_Waiting]]:
    """Yield what is done together, in the order of the first of each."""
    found: dict[Hashable, list[_Waiting]] = {}
    for waiting in batch:
        found.setdefault(waiting.key, []).append(waiting)
    yield from found.values()


async def _attempt(connection: AsyncConnection, together: Sequence[_Waiting]) -> list[Any]:
    """Return each one's result or the exception that it gets; what raises has left nothing behind."""
    try:
        async with connection.begin_nested():
            return list(await together[0].job(connection, [each.item for each in together]))
    except Exception as error:  # noqa: BLE001 - the job's own failure belongs to its caller
        if len(together) == 1:
            return [error]
    return [outcome for each in together for outcome in await _attempt(connection, [each])]


def _settle(answer: "asyncio.Future[Any]", outcome: object) -> None:
    if answer.done():
        return
    if isinstance(outcome, Exception):
        answer.set_exception(outcome)
    else:
        answer.set_result(outcome)
