"""A history as data: who takes part, and step by step what happens; any step can be left out of it.

Every step brings the source of its own chance, so that the others mean the same without it.
"""

from collections.abc import Mapping
from enum import StrEnum
from random import Random
from types import MappingProxyType
from typing import NamedTuple

from tests.simulation.people import PEOPLE


class Event(StrEnum):
    """What a step begins with."""

    ACT = "act"
    BEGIN_SYNC = "begin sync"
    CRASH_DEVICE = "crash device"
    CRASH_SERVER = "crash server"
    BACK_UP = "back up"
    PUT_BACK = "put back"
    PUT_BACK_UNSEEN = "put back unseen"
    BACK_UP_DEVICE = "back up device"
    PUT_BACK_DEVICE = "put back device"
    CLONE_DEVICE = "clone device"
    EVICT = "evict"
    JUMP = "jump"
    LOSE_NETWORK = "lose network"
    TRANSFER = "transfer"
    REPLAY = "replay"
    REVOKE = "revoke"
    SWITCH_USER = "switch user"
    FORTNIGHT = "fortnight"
    REASSIGN = "reassign"
    CANCEL = "cancel"
    APPLY_HELD = "apply held"
    UPDATE = "update"
    FORGET = "forget"
    ROT = "rot"


HOW_OFTEN: Mapping[Event, int] = MappingProxyType(
    {
        Event.ACT: 180,
        Event.BEGIN_SYNC: 160,
        Event.CRASH_DEVICE: 10,
        Event.CRASH_SERVER: 6,
        Event.BACK_UP: 6,
        Event.PUT_BACK: 2,
        Event.PUT_BACK_UNSEEN: 2,
        Event.BACK_UP_DEVICE: 6,
        Event.PUT_BACK_DEVICE: 2,
        Event.CLONE_DEVICE: 2,
        Event.EVICT: 2,
        Event.JUMP: 4,
        Event.LOSE_NETWORK: 6,
        Event.TRANSFER: 2,
        Event.REPLAY: 4,
        Event.REVOKE: 1,
        Event.SWITCH_USER: 3,
        Event.FORTNIGHT: 1,
        Event.REASSIGN: 3,
        Event.CANCEL: 2,
        Event.APPLY_HELD: 4,
        Event.UPDATE: 2,
        Event.FORGET: 12,
        Event.ROT: 3,
    }
)
"""Weights: total over the events."""

OF_COPIES: Mapping[Event, int] = MappingProxyType(
    {
        **HOW_OFTEN,
        Event.BACK_UP: 24,
        Event.PUT_BACK: 8,
        Event.PUT_BACK_UNSEEN: 24,
        Event.BACK_UP_DEVICE: 12,
        Event.PUT_BACK_DEVICE: 9,
        Event.CLONE_DEVICE: 21,
        Event.LOSE_NETWORK: 18,
        Event.APPLY_HELD: 12,
    }
)
"""Weights of every fourth history: copies of phones meet copies of the log, which seldom happens otherwise."""

FEWEST_PEOPLE = 3
LONGEST_LULL = 20
"""Of how many tasks one step goes on with at the most, before the next step begins."""


class Step(NamedTuple):
    """One event, the seed of its chance, and how often some task goes on afterwards."""

    event: Event
    chance: int
    lull: int


class History(NamedTuple):
    """How many of the people take part, and what happens."""

    people: int
    steps: tuple[Step, ...]


def drawn(seed: int, steps: int) -> History:
    """Return the history of a seed."""
    chance = Random(seed)
    weights = OF_COPIES if seed % 4 == 0 else HOW_OFTEN
    events = chance.choices(list(weights), list(weights.values()), k=steps)
    people = chance.randint(FEWEST_PEOPLE, len(PEOPLE))
    return History(
        people, tuple(Step(event, chance.randrange(2**32), chance.randrange(LONGEST_LULL)) for event in events)
    )
