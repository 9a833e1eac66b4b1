"""Histories as they are played: people write, devices and servers meet, fail, and go back to older copies.

A history is a string of bytes, four for each move: who, what, where, which value. So Hypothesis can shrink it, and a
seeded generator can make one.
"""

import random
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, NamedTuple

from hypothesis import strategies as st
from msgspec import Struct

from schemas.merge_rules import MERGE_RULES, MergeRule
from schemas.protocol import ActorRecord, Dot
from schemas.registry import Kind
from schemas.vocabulary import Place
from sync.document import Document
from sync.write import Past, StampedOperation
from tests.laws.device import COMPANY, Device, Draft
from tests.laws.reference import Key, Server
from tests.laws.truth import NOTHING_SEEN, Truth

MOVE_BYTES = 4
STEP_MS = 60_000
DAY_MS = 86_400_000
BEGINNING_MS = 1_750_000_000_000

_TEXTS = ("甲", "乙", "丙", None)
_IDS = ("call-1", "call-2", "call-3", None)
_TIMES = (1, 2, 3, None)

FIELDS: Mapping[str, tuple[tuple[str, tuple[Any, ...]], ...]] = MappingProxyType(
    {
        Kind.SERVICE_VISIT.value: (
            ("fault", _TEXTS),
            ("call", _IDS),
            ("en_route_at", _TIMES),
            ("amended_reason", _TEXTS),
        ),
        Kind.CUSTOMER.value: (("name", _TEXTS), ("note", _TEXTS)),
    }
)
"""Kind to fields of every way of showing (first, latest, field, office), told and asked, each with a few values, so
that equal ones meet."""

MERGE_RULES_OF: Mapping[str, Mapping[str, MergeRule]] = MappingProxyType(
    {kind.value: MERGE_RULES[kind] for kind in (Kind.SERVICE_VISIT, Kind.CUSTOMER)}
)
"""The merge rules of the kinds that are played with, by their names on the wire."""

KEYS: tuple[Key, ...] = (
    (Kind.SERVICE_VISIT.value, "visit-1"),
    (Kind.SERVICE_VISIT.value, "visit-2"),
    (Kind.CUSTOMER.value, "customer-1"),
    (Kind.CUSTOMER.value, "customer-2"),
)
_BUSY = (0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 3)
"""How often each document is worked on: the last one so seldom that a delete may stand uncontested."""


class Move(NamedTuple):
    """One thing that happens; each number is taken modulo what there is."""

    who: int
    what: int
    where: int
    value: int


class History(Struct, frozen=True):
    """What remains of a played history once everybody has met the last server.

    ``documents`` has the applied operations of each document in the order of admission; ``backup`` is an older copy of
    the last server that knows its whole lineage.
    """

    server: Server
    devices: tuple[Device, ...]
    truths: Mapping[Dot, Truth]
    deeds: Mapping[str, int]
    past: Past
    documents: Mapping[Key, list[StampedOperation]]
    backup: Server | None
    now: int

    def shown(self) -> dict[Key, Document]:
        """Every document as the last server shows it."""
        return {key: row.document for key, row in self.server.pull().items()}


@dataclass
class World:
    """Everybody who plays, and the time."""

    devices: list[Device]
    server: Server = field(default_factory=Server)
    now: int = BEGINNING_MS
    backup: Server | None = None
    kept: dict[int, Device] = field(default_factory=dict)
    truths: dict[Dot, Truth] = field(default_factory=dict)
    deeds: Counter[str] = field(default_factory=Counter)
    one_step_back: bool = True

    def new_name(self, what: str) -> str:
        """Return a name that nobody had yet."""
        self.deeds[what] += 1
        return f"{what}-{self.deeds[what]}"

    def meet(self, device: Device, *, answer_lost: bool = False) -> None:
        """Let a device push, and write down the truth about what the server admitted."""
        before = device.record.actor
        device.push(self.server, self.now, f"{device.name}-{len(self.truths)}-{self.now}", answer_lost=answer_lost)
        self.deeds["renamed"] += before != device.record.actor
        own_past = device.own_past()
        for each in device.entries:
            if each.dot in self.server.log:
                self.truths.setdefault(each.dot, Truth(each.sight, own_past[each.dot]))

    def history(self) -> History:
        """Return what remains."""
        old = self.backup
        backup = None if old is None or _forgets_an_epoch(self.server, old) else old
        past, documents = self.server.past(), self.server.applied()
        return History(self.server, tuple(self.devices), self.truths, self.deeds, past, documents, backup, self.now)


def _key(move: Move) -> Key:
    return KEYS[_BUSY[move.where % len(_BUSY)]]


def _draft(device: Device, key: Key, move: Move, *, resolve: bool = False) -> Draft:
    form = device.forms.pop(key, None) or device.render(key)
    name, values = FIELDS[key[0]][move.value // 4 % len(FIELDS[key[0]])]
    return Draft(form, {name: values[move.value % len(values)]}, resolve)


def _open(_: World, device: Device, move: Move) -> None:
    key = _key(move)
    device.forms[key] = device.render(key)


def _save(world: World, device: Device, move: Move) -> None:
    device.write(world.now, [_draft(device, _key(move), move)])


def _resolve(world: World, device: Device, move: Move) -> None:
    device.write(world.now, [_draft(device, _key(move), move, resolve=True)])


def _delete(world: World, device: Device, move: Move) -> None:
    if move.value % 2:
        _sync(world, device, move)
    draft = _draft(device, _key(move), move)
    world.deeds["deletes"] += 1
    device.write(world.now, [draft._replace(fields={"deleted": True if move.value % 8 else None})])


def _group(world: World, device: Device, move: Move) -> None:
    drafts = [_draft(device, KEYS[(move.where + place) % len(KEYS)], move) for place in range(2 + move.value % 2)]
    world.deeds["groups"] += 1
    device.write(world.now, drafts)


def _poison(world: World, device: Device, move: Move) -> None:
    sound = _draft(device, _key(move), move)
    broken = sound._replace(fields={"nonsense": 1})
    world.deeds["held"] += 1
    device.write(world.now, [sound, broken] if move.value % 2 else [broken])


def _garble(world: World, device: Device, _: Move) -> None:
    world.deeds["held"] += 1
    device.append(b"[1,\xff", NOTHING_SEEN)


def _push(world: World, device: Device, move: Move) -> None:
    lost = move.value % 4 == 0
    world.deeds["answers lost"] += lost
    world.meet(device, answer_lost=lost)


def _pull(world: World, device: Device, _: Move) -> None:
    device.pull(world.server)


def _sync(world: World, device: Device, _: Move) -> None:
    world.meet(device)
    device.pull(world.server)


def _keep(world: World, device: Device, move: Move) -> None:
    world.kept[move.who % len(world.devices)] = device.copy()


def _return(world: World, _: Device, move: Move) -> None:
    place = move.who % len(world.devices)
    if place in world.kept:
        world.deeds["devices put back"] += 1
        world.devices[place] = world.kept[place].copy()


def _clone(world: World, device: Device, move: Move) -> None:
    place = move.where % len(world.devices)
    if place != move.who % len(world.devices):
        clone = device.copy()
        clone.name = world.new_name("clone")
        world.devices[place] = clone


def _back_up(world: World, _: Device, __: Move) -> None:
    world.backup = world.server.copy()


def _restore(world: World, _: Device, __: Move) -> None:
    backup = world.backup
    if backup is not None and not (world.one_step_back and _forgets_an_epoch(world.server, backup)):
        world.server = backup.restored(world.new_name("restore"))


def _forgets_an_epoch(server: Server, backup: Server) -> bool:
    """Tell whether the backup knows less about past restores than the server that it replaces."""
    return backup.epoch != server.epoch or any(each.again and dot not in backup.log for dot, each in server.log.items())


def _jump(_: World, device: Device, move: Move) -> None:
    device.skew = (move.value - 128) * (365 * DAY_MS if move.where % 8 == 0 else STEP_MS)


_ACTS: tuple[tuple[int, Callable[[World, Device, Move], None]], ...] = (
    (6, _open),
    (16, _save),
    (3, _resolve),
    (3, _delete),
    (3, _group),
    (2, _poison),
    (1, _garble),
    (9, _push),
    (6, _pull),
    (7, _sync),
    (2, _keep),
    (2, _return),
    (1, _clone),
    (2, _back_up),
    (2, _restore),
    (2, _jump),
)
_DECK: tuple[Callable[[World, Device, Move], None], ...] = tuple(act for count, act in _ACTS for _ in range(count))


def play(moves: bytes, people: int, *, one_step_back: bool = True) -> History:
    """Play a history to its end: at last everybody meets the server twice, so that all that was written is there.

    With ``one_step_back`` a restored server always knows the epoch that it was put back from.
    """
    world = World([new_device(number) for number in range(people)], one_step_back=one_step_back)
    for start in range(0, len(moves) - MOVE_BYTES + 1, MOVE_BYTES):
        move = Move(*moves[start : start + MOVE_BYTES])
        world.now += STEP_MS
        _DECK[move.what % len(_DECK)](world, world.devices[move.who % people], move)
    for device in (*world.devices, *world.devices):
        world.now += STEP_MS
        _sync(world, device, Move(0, 0, 0, 0))
    return world.history()


def new_device(number: int) -> Device:
    """Return a device that has never met a server; odd ones are in the field, even ones in the office."""
    place = Place.FIELD if number % 2 else Place.OFFICE
    name = f"device-{number}"
    record = ActorRecord(f"{name}-0", COMPANY, name, f"user-{number}", place, "epoch-0")
    return Device(name, place, record, records={record.actor: record})


def histories(*, one_step_back: bool = True) -> st.SearchStrategy[History]:
    """Return played histories of 3 to 7 devices."""
    return st.builds(
        lambda moves, people: play(moves, people, one_step_back=one_step_back),
        st.binary(min_size=40 * MOVE_BYTES, max_size=120 * MOVE_BYTES),
        st.integers(3, 7),
    )


def seeded(seed: int, moves: int = 120, people: int = 5, *, one_step_back: bool = True) -> History:
    """Return the history of one seed."""
    return play(random.Random(seed).randbytes(moves * MOVE_BYTES), people, one_step_back=one_step_back)
