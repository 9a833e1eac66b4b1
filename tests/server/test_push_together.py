"""Pushes that are taken in together come to what they come to one after the other (SPEC P2 to P4)."""

import asyncio
from collections.abc import Sequence
from random import Random
from types import MappingProxyType
from typing import Any, NamedTuple

from hypothesis import strategies as st
from msgspec import structs

from schemas.problems import Problem
from schemas.protocol import EpochLink, PushHead
from schemas.vocabulary import Place, Role
from server.exchange.arriving import arrived
from server.exchange.greeting import greet
from server.exchange.pushing import Answered, push, push_together
from server.platform.caller import Caller
from server.platform.installation import Endpoint
from server.platform.keys import ServerKeys
from server.records.memory_ledger import MemoryLedger, MemoryState
from server.records.work import Work
from tests.laws.law import law
from tests.support.signing_device import SigningDevice

COMPANY, EPOCH, NOW = "company-one", "epoch-one", 1_771_000_000_000
ENDPOINT = Endpoint(ServerKeys(bytes(32), bytes(32), bytes(32)))


class Sent(NamedTuple):
    """A push as a device sends it."""

    caller: Caller
    head: PushHead
    payloads: Sequence[bytes]


class Still:
    """Surroundings in which no time passes, with ids out of a drawn source."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance

    def now(self) -> int:
        return NOW

    def random_bytes(self, count: int) -> bytes:
        return self._chance.randbytes(count)


class Played:
    """Some devices with what they push, whole or broken in one of the ways that a push can be."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        roles = frozenset({Role.TECHNICIAN})
        self.devices = [
            SigningDevice(
                Still(chance), COMPANY, f"user-{n}", chance.choice(("unit-a", "unit-b")), EPOCH, Place.FIELD, roles
            )
            for n in range(3)
        ]
        self.pushes = [self._push(chance.choice(self.devices)) for _ in range(chance.randrange(1, 7))]

    def _push(self, device: SigningDevice) -> Sent:
        chance, first = self._chance, len(device.sent) + 1
        for left in reversed(range(chance.randrange(1, 4))):
            unit = chance.choice((device.unit, device.unit, "unit-b"))
            fields = {"unit": unit, "name": chance.choice("甲乙丙"), "note": "".join(chance.choices("子丑寅", k=2))}
            field = chance.choice(("name", "note"))
            written = fields if chance.random() < 0.6 else {field: fields[field]}
            device.write(
                "customer", f"customer-{chance.randrange(3)}", written, following=left if chance.random() < 0.5 else 0
            )
        sent = device.push(chance.choice((first, max(1, first - 1))))
        return Sent(device.caller, *self._broken(*sent))

    def _broken(self, head: PushHead, payloads: Sequence[bytes]) -> tuple[PushHead, Sequence[bytes]]:
        whole = [head] * 4
        broken = (
            structs.replace(head, signature="AA"),
            structs.replace(head, first=head.first + 1),
            structs.replace(head, count=head.count + 1),
            structs.replace(head, actor="nobody"),
        )
        return self._chance.choice((*whole, *broken)), payloads

    def begun(self) -> MemoryState:
        """A log to which every device has said hello."""
        state = MemoryState((EpochLink(EPOCH, None, 0),), EPOCH, 0)
        for device in self.devices:
            asyncio.run(greet(work(state), ENDPOINT, device.caller, device.hello(), "fresh"))
        return state


def work(state: MemoryState) -> Work:
    return Work(COMPANY, NOW, MemoryLedger(state), MappingProxyType({}))


def told(answered: Answered) -> Any:  # noqa: ANN401 - what a device learns, whatever it is
    """What an answer says of its own push; how far the whole log went by then is another matter."""
    if isinstance(answered, Problem):
        return answered.code, answered.facts
    held = [result for result in answered.results if result[1] == "held"]
    return answered.acked_seq, answered.head, answered.stamps, held, answered.receipt.stamps


async def one_by_one(state: MemoryState, pushes: Sequence[Sent]) -> list[Answered]:
    answered: list[Answered] = []
    for each in pushes:
        try:
            answered.append(await push(work(state), ENDPOINT, *each))
        except Problem as problem:
            answered.append(problem)
    return answered


@law(st.integers(0, 2**32))
def test_p2_pushes_together_are_pushes_one_after_the_other(seed: int) -> None:
    played = Played(Random(seed))
    alone, together = played.begun(), played.begun()
    expected = asyncio.run(one_by_one(alone, played.pushes))
    answered = asyncio.run(push_together(work(together), ENDPOINT, [arrived(*each) for each in played.pushes]))
    assert list(map(told, answered)) == list(map(told, expected))
    assert together == alone
