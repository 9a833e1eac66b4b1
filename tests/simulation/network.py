"""The way between devices and the server: messages are lost, cut, doubled and answered into nothing."""

from collections.abc import Callable, Coroutine, Sequence
from random import Random
from typing import Any, TypeAlias, TypeVar

from schemas.protocol import (
    EntrustedPage,
    GivenBack,
    Hello,
    HelloReply,
    PullRange,
    PushHead,
    PushReply,
    ReOfferHead,
    TakenBack,
)
from server.exchange.pulling import Wish
from server.platform.caller import Caller
from tests.simulation.faults import Fault, Tally
from tests.simulation.host import Host, Page
from tests.simulation.tasks import Pause, Task

Result = TypeVar("Result")


Push: TypeAlias = tuple[Caller, PushHead, Sequence[bytes]]
"""A push as a device sent it, whatever became of it on its way."""


class LostError(Exception):
    """No answer came; whether the server did anything is unknown."""


class Network:
    """Carries requests to the host as tasks of their own: they go on when the device that sent them dies."""

    def __init__(self, host: Host, chance: Random, tally: Tally) -> None:
        self.host = host
        self.faulty = True
        self.in_flight: list[Task[Any]] = []
        self.pushes: list[Push] = []
        self._chance = chance
        self._tally = tally

    async def hello(self, caller: Caller, said: Hello) -> HelloReply:
        """Carry a hello."""
        return await self._carry(lambda: self.host.hello(caller, said))

    async def push(self, caller: Caller, head: PushHead, payloads: Sequence[bytes]) -> PushReply:
        """Carry a push; it may be cut on the way."""
        sent = self._cut(payloads, Fault.PUSH_CUT)
        self.pushes.append((caller, head, payloads))
        return await self._carry(lambda: self.host.push(caller, head, sent), writes=True)

    async def offer(self, caller: Caller, head: ReOfferHead, payloads: Sequence[bytes]) -> PushReply:
        """Carry a re-offer; it may be cut on the way."""
        sent = self._cut(payloads, Fault.OFFER_CUT)
        return await self._carry(lambda: self.host.offer(caller, head, sent), writes=True)

    async def entrusted(self, caller: Caller, mark: str | None) -> EntrustedPage:
        """Carry what the server wrote itself; an answer that is cut is none."""
        return await self._carry(lambda: self.host.entrusted(caller, mark))

    async def give_back(self, caller: Caller, given: GivenBack) -> TakenBack:
        """Carry back what was kept for the server."""
        return await self._carry(lambda: self.host.give_back(caller, given), writes=True)

    async def pull(self, caller: Caller, wish: Wish, *, parts: bool) -> Page:
        """Carry a page; it may be cut behind any line."""
        page = await self._carry(lambda: self.host.pull(caller, wish, parts=parts))
        return page._replace(lines=self._cut(page.lines, Fault.PULL_CUT))

    async def part(self, address: str) -> Page:
        """Carry a part of what lies ready; one that is cut is none."""
        return await self._carry(lambda: self.host.part(address))

    async def ranges(self, caller: Caller, wish: Wish) -> Sequence[PullRange]:
        """Carry the digests of ranges; an answer that is cut is none."""
        return await self._carry(lambda: self.host.ranges(caller, wish))

    async def rows(self, caller: Caller, wish: Wish, after: int, until: int) -> Page:
        """Carry a range; an answer that is cut is none."""
        return await self._carry(lambda: self.host.rows(caller, wish, after, until))

    def crash(self) -> None:
        """Cut off everything that the server is doing."""
        for task in self.in_flight:
            task.cut()
        self.in_flight.clear()

    def happens(self, fault: Fault, one_in: int) -> bool:
        """Let chance decide, while anything may fail, and count what happened."""
        happens = self.faulty and self._chance.randrange(one_in) == 0
        self._tally[fault] += happens
        return happens

    def start(self, request: Coroutine[Any, Any, Result]) -> Task[Result]:
        """Let the host begin with a request, whoever waits for it."""
        task = Task(request)
        self.in_flight.append(task)
        return task

    def _cut(self, lines: Sequence[Result], fault: Fault) -> Sequence[Result]:
        return lines[: self._chance.randrange(len(lines))] if lines and self.happens(fault, 25) else lines

    async def _carry(self, request: Callable[[], Coroutine[Any, Any, Result]], *, writes: bool = False) -> Result:
        if self.happens(Fault.REQUEST_LOST, 20):
            raise LostError
        if self.faulty and self._chance.randrange(12) == 0:
            self.start(request()).is_second = True
        task = self.start(request())
        await Pause(until=lambda: not task.running)
        if task.cut_off:
            raise LostError
        if task.error is not None:
            raise task.error
        if self.faulty and self._chance.randrange(12) == 0:
            self._tally[Fault.ANSWER_LOST] += writes
            raise LostError
        return task.finish()
