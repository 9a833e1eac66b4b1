"""Phones that push over HTTP whatever happens to the server, and keep what it acknowledged."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from random import Random

import httpx
import msgspec

from bench.served import BenchDevice
from schemas.protocol import HelloReply, PullEnd, PullHeader, PullLine, PushReply, Stamp
from server.platform.keys import from_base64url, verify_receipt
from sync.chain import receipt_statement, stamp_link, stamps_digest
from tests.server.world import BANQIAO
from tests.support.signing_device import body_of

AWAY_S = 0.3
"""How long a phone waits before it tries again."""

SHARED = 5
"""Customers that every phone edits, so that pushes meet at the same documents."""

Step = Callable[[], Awaitable[object]]
"""One request; None says that it is to be asked again."""

_BUSY = 503
_LINE: msgspec.json.Decoder[PullLine] = msgspec.json.Decoder(PullLine)


class BrokenPromiseError(Exception):
    """The server said something that it may not say, or does not have what it acknowledged."""


@dataclass
class Phone:
    """One device with everything that it was told; ``stamps`` are those of its operations from the first on."""

    device: BenchDevice
    chance: Random
    receipt_key: bytes = b""
    stamps: list[Stamp] = field(default_factory=list)
    mark: str = ""
    cursor: str | None = None
    tries: int = 0

    @property
    def acked(self) -> int:
        """How many of its operations were acknowledged."""
        return len(self.stamps)

    async def work(self, stopping: asyncio.Event) -> None:
        """Capture, push, look for news, until told to stop; a server that is away or busy is asked again."""
        while not stopping.is_set():
            self._capture()
            await self._until_done(self._push)
            if self.chance.random() < 0.1:
                await self._until_done(self._greet)
            if self.chance.random() < 0.1:
                await self._until_done(self._pull)

    def _capture(self) -> None:
        """Write one group: its own customers, and now and then one that others edit as well."""
        chain, size = self.device.chain, self.chance.randint(1, 4)
        for following in reversed(range(size)):
            shared = self.chance.random() < 0.2
            name = f"shared-{self.chance.randrange(SHARED)}" if shared else f"{chain.user}-{len(chain.sent)}"
            chain.write("customer", name, {"unit": BANQIAO, "name": f"{name} {len(chain.sent)}"}, following=following)

    async def _until_done(self, step: Step) -> None:
        while True:
            self.tries += 1
            try:
                answer = await step()
            except httpx.TransportError:
                answer = None
            if answer is not None:
                return
            await asyncio.sleep(AWAY_S)

    async def _sent(self, method: str, path: str, **more: object) -> httpx.Response | None:
        """Return the answer, None from a busy server; raises ``BrokenPromiseError`` for any other refusal."""
        answer = await self.device.client.request(method, path, **more)  # type: ignore[arg-type]
        if answer.status_code == _BUSY:
            return None
        if answer.is_error:
            raise BrokenPromiseError(f"{path}: {answer.status_code} {answer.text}")
        return answer

    async def _push(self) -> object:
        first = self.acked + 1
        answer = await self._sent("POST", "/sync/v1/push", content=body_of(*self.device.chain.push(first)))
        if answer is not None:
            self._keep(first, msgspec.json.decode(answer.content, type=PushReply))
        return answer

    def _keep(self, first: int, reply: PushReply) -> None:
        """Check the receipt of a stretch, and keep its stamps (SPEC P6)."""
        chain, receipt, end = self.device.chain, reply.receipt, len(self.device.chain.sent)
        told = (reply.acked_seq, reply.head, receipt.first, receipt.seq, receipt.head, len(reply.stamps))
        if told != (end, chain.heads[end], first, end, chain.heads[end], end - first + 1):
            raise BrokenPromiseError(f"{chain.user}: the answer is about something else than {first} to {end}: {told}")
        if receipt.stamps != stamps_digest(map(stamp_link, reply.stamps)):
            raise BrokenPromiseError(f"{chain.user}: the receipt is not for these stamps")
        if not verify_receipt(self.receipt_key, from_base64url(receipt.signature), receipt_statement(receipt)):
            raise BrokenPromiseError(f"{chain.user}: the receipt does not verify")
        self.stamps += reply.stamps
        self.mark = reply.mark

    async def _greet(self) -> object:
        marks = tuple(each for each in (self.mark, self.cursor) if each)
        said = self.device.chain.hello(marks=marks)
        answer = await self._sent("POST", "/sync/v1/hello", content=msgspec.json.encode(said))
        if answer is not None:
            reply = msgspec.json.decode(answer.content, type=HelloReply)
            if (len(reply.lineage), reply.actor_state, reply.acked_seq) != (1, "open", self.acked):
                raise BrokenPromiseError(f"{self.device.chain.user}: hello says {reply}")
        return answer

    async def _pull(self) -> object:
        query = {"cursor": self.cursor} if self.cursor else {}
        answer = await self._sent("GET", "/sync/v1/pull", params=query)
        if answer is not None:
            lines = [_LINE.decode(line) for line in answer.content.splitlines()]
            replaced = any(isinstance(line, PullHeader) and line.replace for line in lines)
            if self.cursor and replaced:
                raise BrokenPromiseError(f"{self.device.chain.user}: a good cursor was not taken")
            self.cursor = next(line.cursor for line in lines if isinstance(line, PullEnd))
        return answer
