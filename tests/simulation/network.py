"""The way between devices and the server: messages are lost, cut, doubled and answered into nothing."""

from collections import Counter
from collections.abc import Callable, Coroutine, Sequence
from random import Random
from typing import Any, TypeVar

from schemas.problems import Problem
from schemas.protocol import Hello, HelloReply, PushHead, PushReply, ReOfferHead
from server.exchange.pulling import Wish
from server.platform.caller import Caller
from tests.simulation.host import Host, Page
from tests.simulation.tasks import Pause, Task

Result = TypeVar("Result")


class LostError(Exception):
    """No answer came; whether the server did anything is unknown."""


class Network:
    """Carries requests to the host as tasks of their own: they go on when the device that sent them dies."""

    def __init__(self, host: Host, chance: Random, deeds: Counter[str]) -> None:
        self.host = host
        self.faulty = True
        self.in_flight: list[Task[Any]] = []
        self._chance = chance
        self._deeds = deeds

    async def hello(self, caller: Caller, said: Hello) -> HelloReply:
        """Carry a hello."""
        return await self._carry(lambda: self.host.hello(caller, said))

    async def push(self, caller: Caller, head: PushHead, payloads: Sequence[bytes]) -> PushReply:
        """Carry a push; it may be cut on the way."""
        sent = self._cut(payloads, "push cut")
        return await self._carry(lambda: self.host.push(caller, head, sent))

    async def offer(self, caller: Caller, head: ReOfferHead, payloads: Sequence[bytes]) -> PushReply:
        """Carry a re-offer; it may be cut on the way."""
        sent = self._cut(payloads, "offer cut")
        return await self._carry(lambda: self.host.offer(caller, head, sent))

    async def pull(self, caller: Caller, wish: Wish) -> Page:
        """Carry a page; it may be cut behind any line."""
        page = await self._carry(lambda: self.host.pull(caller, wish))
        return page._replace(lines=self._cut(page.lines, "pull cut"))

    def crash(self) -> None:
        """Cut off everything that the server is doing."""
        for task in self.in_flight:
            task.cut()
        self.in_flight.clear()

    def happens(self, what: str, one_in: int) -> bool:
        """Let chance decide, while anything may fail, and count what happened."""
        happens = self.faulty and self._chance.randrange(one_in) == 0
        self._deeds[what] += happens
        return happens

    def _cut(self, lines: Sequence[Result], what: str) -> Sequence[Result]:
        return lines[: self._chance.randrange(len(lines))] if lines and self.happens(what, 25) else lines

    async def _carry(self, request: Callable[[], Coroutine[Any, Any, Result]]) -> Result:
        if self.happens("request lost", 20):
            raise LostError
        if self.happens("request doubled", 12):
            self._start(request())
        task = self._start(request())
        while task.running:
            await Pause()
        if task.cut_off or self.happens("answer lost", 12):
            raise LostError
        if task.error is not None:
            raise task.error
        return task.finish()

    def _start(self, request: Coroutine[Any, Any, Result]) -> Task[Result]:
        task = Task(request)
        self.in_flight.append(task)
        return task


def is_an_answer(error: BaseException) -> bool:
    """Tell whether the server said this on purpose."""
    return isinstance(error, Problem)
