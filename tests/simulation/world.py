"""One history: chance decides who acts, what fails, and which task goes on; the same seed is the same history."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from random import Random

from schemas.merge_rules import MERGE_RULES
from schemas.problems import Code, Problem
from schemas.protocol import ActorRecord, Dot
from server.exchange.pulling import put
from server.records.memory_ledger import MemoryState
from sync.document import asks, is_deleted, rivals
from tests.laws.truth import Truth
from tests.simulation.device import Key, Session
from tests.simulation.disk import Disk
from tests.simulation.host import COMPANY, Host
from tests.simulation.network import LostError, Network
from tests.simulation.people import PEOPLE, UNITS, Person
from tests.simulation.promises import (
    BrokenError,
    Given,
    after_commit,
    after_pull,
    hold,
    in_the_end,
    key_of,
    standing_though_replaced,
)
from tests.simulation.tasks import Task
from tests.simulation.writing import ACTS, Desk

BEGINNING_MS = 1_750_000_000_000
DAY_MS = 86_400_000
ROUNDS_TO_SETTLE = 15

ANSWERS = frozenset(
    {Code.SYNC_EPOCH, Code.SYNC_GAP, Code.SYNC_FORK, Code.SYNC_ACTOR, Code.REQUEST_MALFORMED, Code.SYNC_RE_OFFER}
)
"""What a server may say to an honest device whose request was late, doubled or cut; anything else is a defect."""


@dataclass
class Device:
    """Somebody's device, the session that is running on it, and a backup that somebody took of it."""

    person: Person
    key: Key
    disk: Disk
    session: Task[None] | None = None
    backup: Disk | None = None
    skew_ms: int = 0
    online: bool = True


@cache
def _key_of(name: str) -> Key:
    """Return the key of somebody's device; it is generated once in each process, since that takes its time."""
    del name
    return Key()


class World:
    """Everybody and everything that takes part in one history."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)
        self.deeds: Counter[str] = Counter()
        self.truths: dict[tuple[Dot, bytes], Truth] = {}
        self.given: Given = set()
        self.acknowledged: dict[Dot, tuple[bytes, str]] = {}
        self.host = Host(self.chance, self._check_commit)
        self.network = Network(self.host, self.chance, self.deeds)
        self.now = self.host.now = BEGINNING_MS
        self.backups: list[MemoryState] = []
        people = PEOPLE[: self.chance.randint(3, len(PEOPLE))]
        self.devices = [self.new_device(person) for person in people]

    def play(self, steps: int) -> None:
        """Let things happen, and then let everybody meet the server in peace."""
        for _ in range(steps):
            self.now += self.chance.randrange(1, 600_000)
            self.host.now = self.now
            self.chance.choice(_DECK)(self)
            for _ in range(self.chance.randrange(30)):
                self._advance_somebody()
        self._in_peace(self._settle)
        self._check_the_end()

    def end(self) -> None:
        """Cut off whatever is still running."""
        self.network.crash()
        for device in self.devices:
            self._cut_off(device)

    def new_device(self, person: Person) -> Device:
        """Return a person's device as it is after he has signed in for the first time."""
        return Device(person, _key_of(person.name), self._empty_disk(person))

    def _empty_disk(self, person: Person) -> Disk:
        actor = f"{person.name}-{self.chance.randrange(10**12)}"
        caller = person.caller(b"")
        record = ActorRecord(actor, COMPANY, caller.device, caller.user, person.place, self.host.state.epoch)
        return Disk([record], self._tell)

    def _tell(self, dot: Dot, payload: bytes, truth: Truth) -> None:
        self.truths[(dot, payload)] = truth

    def _check_commit(self, before: MemoryState, after: MemoryState) -> None:
        self.deeds["commits"] += after is not before
        after_commit(before, after, self.truths, self.given)

    # --- what happens ---

    def act(self) -> None:
        """Somebody works on his device."""
        device = self.chance.choice(self.devices)
        desk = Desk(device.person, device.disk, self.chance)
        if self.chance.random() < 0.25:
            desk.open()
        else:
            deed = self.chance.choice(_ACTS)
            self.deeds[deed.__name__] += 1
            deed(desk, self.now + device.skew_ms)

    def begin_sync(self) -> None:
        """A device finds the network."""
        device = self.chance.choice(self.devices)
        if device.session is None and device.online:
            device.session = self._session(device)

    def _session(self, device: Device) -> Task[None]:
        caller = device.person.caller(device.key.point)
        session = Session(device.disk, caller, device.key, self.network, lambda: self.now + device.skew_ms)
        return Task(session.sync(self.chance, self.deeds))

    def crash_device(self) -> None:
        """A device dies between any two steps."""
        device = self.chance.choice(self.devices)
        if device.session is not None:
            self.deeds["device crashed"] += 1
            self._cut_off(device)

    def _cut_off(self, device: Device) -> None:
        if device.session is not None:
            device.session.cut()
            device.session = None
        self._note_acknowledged(device)

    def crash_server(self) -> None:
        """The server dies between any two awaits; what was not committed is gone."""
        self.deeds["server crashed in a transaction"] += bool(self.network.in_flight)
        self.deeds["server crashed"] += 1
        self.network.crash()
        self.host.start(fresh_epoch=False)

    def back_up(self) -> None:
        """Somebody takes a backup of the server."""
        self.backups.append(self.host.state)

    def put_back(self) -> None:
        """The server is restored from a backup, as the command does it."""
        if self.backups:
            self.deeds["server put back"] += 1
            self.network.crash()
            self.host.put_back(self.chance.choice(self.backups), by_command=True)

    def put_back_silently(self) -> None:
        """Somebody puts the machine back to an older image; a device that can prove it is the first to speak.

        Were another one first, its writes would take positions that were given out before, and nobody could tell the
        two apart any more: against that only a restore by command helps.
        """
        if self.backups:
            self.deeds["server put back silently"] += 1
            self.end()
            self.host.put_back(self.chance.choice(self.backups), by_command=False)
            witness = next((each for each in self.devices if self.host.is_proof(each.disk.marks.values())), None)
            if witness is not None:
                self._in_peace(lambda: self.sync(witness))

    def back_up_device(self) -> None:
        """Somebody takes a backup of a device."""
        device = self.chance.choice(self.devices)
        device.backup = device.disk.copy()

    def put_back_device(self) -> None:
        """A device is restored from its backup; what it wrote since is gone from it."""
        device = self.chance.choice(self.devices)
        if device.backup is not None:
            self.deeds["device put back"] += 1
            self._cut_off(device)
            device.disk = device.backup.copy()

    def clone_device(self) -> None:
        """A device's storage is copied onto a second one, and both live on."""
        if len(self.devices) < len(PEOPLE) + 2:
            device = self.chance.choice(self.devices)
            self.deeds["device cloned"] += 1
            self.devices.append(Device(device.person, device.key, device.disk.copy(), skew_ms=device.skew_ms))

    def evict(self) -> None:
        """A browser drops its storage; the person signs in again."""
        device = self.chance.choice(self.devices)
        self.deeds["storage evicted"] += 1
        self._cut_off(device)
        device.disk = self._empty_disk(device.person)

    def jump(self) -> None:
        """A device's clock is set, perhaps a year off."""
        device = self.chance.choice(self.devices)
        self.deeds["clock jumped"] += 1
        device.skew_ms = self.chance.choice((0, 365 * DAY_MS, -365 * DAY_MS, self.chance.randrange(-DAY_MS, DAY_MS)))

    def lose_network(self) -> None:
        """A device goes where there is no network, or comes back."""
        device = self.chance.choice(self.devices)
        device.online = not device.online
        if not device.online:
            self.deeds["went offline"] += 1
            self._cut_off(device)

    def transfer(self) -> None:
        """Somebody is sent to the other unit: his scope changes under his hands."""
        device = self.chance.choice(self.devices)
        self.deeds["transferred"] += 1
        unit = self.chance.choice(UNITS)
        for each in self.devices:
            if each.person.name == device.person.name:
                self._cut_off(each)
                each.person = each.person._replace(unit=unit)

    # --- time ---

    def _advance_somebody(self) -> None:
        sessions = [device for device in self.devices if device.session is not None]
        tasks = len(sessions) + len(self.network.in_flight)
        if tasks == 0:
            return
        place = self.chance.randrange(tasks)
        if place < len(sessions):
            self._advance(sessions[place])
        else:
            self._serve(self.network.in_flight[place - len(sessions)])

    def _serve_everybody(self) -> None:
        for request in list(self.network.in_flight):
            self._serve(request)

    def _serve(self, request: Task[object]) -> None:
        request.advance()
        if not request.running:
            self.network.in_flight.remove(request)
            _refuse_defects(request.error)

    def _advance(self, device: Device) -> None:
        session = device.session
        if session is None:
            return
        session.advance()
        if not session.running:
            device.session = None
            self._note_acknowledged(device)
            _refuse_defects(session.error)
            self.deeds["syncs completed"] += session.error is None
            if session.error is None:
                after_pull(device.disk, device.person.units, self.host.state)

    def _note_acknowledged(self, device: Device) -> None:
        for entry in device.disk.entries:
            if entry.stamp is not None:
                self.acknowledged[entry.dot] = (entry.payload, entry.stamp.verdict)

    def _in_peace(self, deed: Callable[[], None]) -> None:
        self.network.faulty = False
        deed()
        self.network.faulty = True

    def _settle(self) -> None:
        while self.network.in_flight:
            self._serve_everybody()
        for device in self.devices:
            self._cut_off(device)
        for _ in range(ROUNDS_TO_SETTLE):
            before = self.host.state
            for device in self.devices:
                self.sync(device)
            if self._is_settled(before):
                return
        raise BrokenError("P5: the devices and the server never come to rest")

    def _is_settled(self, before: MemoryState) -> bool:
        now = self.host.state
        return (now.epoch, now.position, len(now.log)) == (before.epoch, before.position, len(before.log))

    def sync(self, device: Device) -> None:
        """Let a device meet the server without interruption."""
        self.now += 1_000
        self.host.now = self.now
        device.session = self._session(device)
        while device.session is not None:
            self._advance(device)
            self._serve_everybody()

    def _check_the_end(self) -> None:
        state = self.host.state
        torn = self.deeds["rows mended"] and not self.deeds["server put back silently"]
        hold(not torn, "F4: rows differed although no copy of the log was swapped unseen")
        in_the_end(state, [device.disk for device in self.devices])
        self._count(state)
        for device in self.devices:
            for key, row in device.disk.rows.items():
                hold(row.put == put(state.documents[key_of(row.put)]), "M2:", key, "differs on", device.person.name)

    def _count(self, state: MemoryState) -> None:
        """Count what a history must have in it to prove anything."""
        for key, stored in state.documents.items():
            self.deeds["rivals in the end"] += len(rivals(stored.document))
            self.deeds["asked in the end"] += len(asks(stored.document, MERGE_RULES[key[0]]))
            self.deeds["deleted in the end"] += is_deleted(stored.document)
            self.deeds["standing though replaced"] += len(standing_though_replaced(state, key, self.truths))
        for each in state.log.values():
            self.deeds["held in the end"] += each.verdict == "held"
            self.deeds["came back after a restore"] += bool(each.readmitted)
            self.deeds["stamped anew"] += each.epoch != state.actors[each.dot.actor].record.epoch
        for dot, (payload, verdict) in self.acknowledged.items():
            known = state.log.get(dot)
            gone = known is None or known.payload != payload
            self.deeds["lost with the only device that had them"] += gone
            self.deeds["held when they came back"] += known is not None and known.verdict != verdict and not gone


def _refuse_defects(error: BaseException | None) -> None:
    if error is None or isinstance(error, LostError):
        return
    if isinstance(error, Problem) and error.code in ANSWERS:
        return
    raise error


_EVENTS: tuple[tuple[int, Callable[[World], None]], ...] = (
    (90, World.act),
    (80, World.begin_sync),
    (5, World.crash_device),
    (3, World.crash_server),
    (3, World.back_up),
    (1, World.put_back),
    (1, World.put_back_silently),
    (3, World.back_up_device),
    (1, World.put_back_device),
    (1, World.clone_device),
    (1, World.evict),
    (2, World.jump),
    (3, World.lose_network),
    (1, World.transfer),
)
_DECK: tuple[Callable[[World], None], ...] = tuple(event for count, event in _EVENTS for _ in range(count))
_ACTS = tuple(deed for count, deed in ACTS for _ in range(count))
