"""Everybody and everything that takes part in one history, how time passes in it, and what is checked meanwhile."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from random import Random

from msgspec import structs

from schemas.merge_rules import MERGE_RULES
from schemas.problems import Code, Problem
from schemas.protocol import OLDEST_SCHEMA, SCHEMA, ActorRecord, Dot, PushHead
from schemas.registry import Kind
from server.exchange.pulling import put
from server.platform.caller import Caller, Leaving
from server.records.audiences import audiences_of
from server.records.ledger import Logged
from server.records.memory_ledger import MemoryState
from sync.casting import downcast
from sync.document import asks, is_deleted, rivals
from tests.laws.truth import Truth
from tests.simulation.commands import Command, truths_of
from tests.simulation.device import Key, Session
from tests.simulation.disk import Disk
from tests.simulation.faults import Fault, Outcome, Tally
from tests.simulation.host import COMPANY, Host
from tests.simulation.network import LostError, Network
from tests.simulation.people import PEOPLE, Person
from tests.simulation.promises import (
    BrokenError,
    Given,
    Promise,
    after_commit,
    after_pull,
    changed,
    everything_arrived,
    hold,
    in_the_end,
    key_of,
    operation_of,
    standing_though_replaced,
)
from tests.simulation.tasks import Task
from tests.simulation.writing import Desk

BEGINNING_MS = 1_750_000_000_000
DAY_MS = 86_400_000
FORTNIGHT_MS = 14 * DAY_MS
ROUNDS_TO_SETTLE = 15
REPLAYED_IN_THE_END = 25
"""How many of the pushes that were ever sent come once more when everything has settled."""

ANSWERS = frozenset(
    {
        *(Code.SYNC_EPOCH, Code.SYNC_GAP, Code.SYNC_FORK, Code.SYNC_ACTOR, Code.REQUEST_MALFORMED, Code.SYNC_RE_OFFER),
        *(Code.SYNC_CURSOR, Code.SYNC_PART),
    }
)
"""What a server may say to an honest device whose request was late, doubled or cut; anything else is a defect."""

UNREADABLE = frozenset({Code.OPERATION_MALFORMED.value, Code.OPERATION_TEXT.value})


@dataclass(eq=False)
class Device:
    """One person's work on one device, the session that is running there, and a backup that somebody took of it."""

    person: Person
    name: str
    key: Key
    disk: Disk
    schema: int
    session: Task[None] | None = None
    leaving: Leaving | None = None
    backup: Disk | None = None
    skew_ms: int = 0
    online: bool = True
    signed_in: bool = True
    last_sync: int = BEGINNING_MS

    @property
    def has_unsent(self) -> bool:
        """Whether something waits here that no server acknowledged."""
        return any(True for _ in self.disk.unstamped())

    def clone(self) -> "Device":
        """Return a second device with the same storage."""
        return Device(self.person, self.name, self.key, self.disk.copy(), self.schema, skew_ms=self.skew_ms)


@cache
def _key_of(name: str) -> Key:
    """Return the key of a device; it is generated once in each process, since that takes its time."""
    del name
    return Key()


class World:
    """The server, the network, the devices and the clock; ``people`` says how many take part."""

    def __init__(self, people: int) -> None:
        self.chance = Random(people)
        self.tally: Tally = Counter()
        self.truths: dict[tuple[Dot, bytes], Truth] = {}
        self.given: Given = set()
        self.acknowledged: dict[Dot, tuple[bytes, str]] = {}
        self.put_back: set[Dot] = set()
        """What some restore took out of the log."""
        self.applied: set[Dot] = set()
        """Which held operations a manager has dealt with, as far as the server remembers."""
        self.host = Host(self.chance, self._check_commit, self.tally)
        self.network = Network(self.host, self.chance, self.tally)
        self.now = self.host.now = BEGINNING_MS
        self.backups: list[MemoryState] = []
        self.devices: list[Device] = []
        self._enrolled: Counter[str] = Counter()
        for person in PEOPLE[:people]:
            self.enrol(person)

    def enrol(self, person: Person) -> Device:
        """Return a new device of somebody as it is after he has signed in for the first time."""
        self._enrolled[person.name] += 1
        name = f"device-{person.name}-{self._enrolled[person.name]}"
        schema = self.chance.randint(OLDEST_SCHEMA, SCHEMA)
        device = Device(person, name, _key_of(name), self.empty_disk(person, name), schema, last_sync=self.now)
        self.devices.append(device)
        return device

    def empty_disk(self, person: Person, device: str) -> Disk:
        """Return the storage of a browser in which nothing was written yet."""
        actor = f"{person.name}-{self.chance.randrange(10**12)}"
        record = ActorRecord(actor, COMPANY, device, person.user, person.place, self.host.state.epoch)
        return Disk([record], self._tell)

    def end(self) -> None:
        """Cut off whatever is still running."""
        self.network.crash()
        for device in self.devices:
            self.cut_off(device)

    def command(self, command: Command) -> None:
        """Let somebody in the office ask for a command."""
        self.network.start(self.host.command(command))

    def desk(self, device: Device) -> Desk:
        """Return a person at his device."""
        return Desk(device.person, device, self.chance)

    # --- what is noted and checked ---

    def _tell(self, dot: Dot, payload: bytes, truth: Truth) -> None:
        self.tally[Outcome.WRITES] += 1
        self.truths[(dot, payload)] = truth

    def _check_commit(self, before: MemoryState, after: MemoryState) -> None:
        self.tally[Outcome.COMMITS] += 1
        self.truths |= truths_of(before, after, self.truths)
        after_commit(before, after, self.truths, self.given)
        self._count_commit(before, after)

    def _count_commit(self, before: MemoryState, after: MemoryState) -> None:
        forgotten = [each for key, each in before.feed.items() if key not in after.feed]
        for disk in (device.disk for device in self.devices if device.disk.cursor is not None):
            untold = (each for each in forgotten if each.position > disk.reached and (each.kind, each.id) in disk.rows)
            self.tally[Fault.HORIZON_PASSED] += any(True for _ in untold)
        fresh = [each for dot, each in after.log.items() if dot not in before.log]
        unreadable = any(each.problem in UNREADABLE for each in fresh)
        self.tally[Fault.POISON] += unreadable and any(each.verdict == "applied" for each in fresh)
        self.tally[Fault.OTHER_SCHEMA] += sum(map(_is_of_another_schema, fresh))
        self.tally[Fault.TAMPERED] += sum(_is_tampering(each) for each in fresh)
        for key in changed(before, after):
            old, new = before.documents.get(key), after.documents[key]
            contested = old.document.contested if old else ()
            self.tally[Fault.DELETE_AGAINST_EDIT] += len(new.document.contested) > len(contested)
            self.tally[Outcome.SIGNED] += key[0] == "signature" and old is None
            audiences = audiences_of(key[0], old.fields) if old else frozenset()
            self.tally[Fault.MOVED] += bool(audiences) and audiences != audiences_of(key[0], new.fields)

    def note_acknowledged(self, device: Device) -> None:
        """Remember what somebody was told that it is durable."""
        for entry in device.disk.entries:
            if entry.stamp is not None:
                self.acknowledged[entry.dot] = (entry.payload, entry.stamp.verdict)

    # --- time ---

    def pass_time(self, milliseconds: int) -> None:
        """Let every clock go on."""
        self.now += milliseconds
        self.host.now = self.now

    def advance_somebody(self) -> None:
        """Let one of the tasks that are on their way go on to its next pause."""
        sessions = [each for each in self.devices if each.session is not None and each.session.ready]
        requests = [each for each in self.network.in_flight if each.ready]
        if not sessions and not requests:
            return
        place = self.chance.randrange(len(sessions) + len(requests))
        if place < len(sessions):
            self._advance(sessions[place])
        else:
            self._serve(requests[place - len(sessions)])

    def _serve_everybody(self) -> None:
        for request in list(self.network.in_flight):
            self._serve(request)

    def _serve(self, request: Task[object]) -> None:
        request.advance()
        if not request.running:
            self.tally[Fault.REQUEST_OVERTAKEN] += self.network.in_flight[0] is not request
            self.tally[Fault.REQUEST_DOUBLED] += request.is_second
            self.network.in_flight.remove(request)
            _refuse_defects(request.error)

    def _advance(self, device: Device) -> None:
        session = device.session
        if session is None:
            return
        session.advance()
        if not session.running:
            device.session = None
            self.note_acknowledged(device)
            if isinstance(session.error, Problem) and session.error.code is Code.DEVICE_REVOKED:
                self.tally[Fault.REVOKED] += device.has_unsent
                device.leaving = Leaving(self.now, "device")
            else:
                _refuse_defects(session.error)
            if session.error is None and device.leaving is None:
                self._has_synced(device)

    def _has_synced(self, device: Device) -> None:
        self.tally[Outcome.SYNCS] += 1
        device.last_sync = self.now

    def _wipe(self, device: Device) -> None:
        """A stopped device has handed in everything: it is empty from now on, and its person gets another one."""
        for entry in device.disk.entries:
            known = self.host.state.log.get(entry.dot)
            kept = known is not None and known.payload == entry.payload
            hold(kept or entry.dot in self.put_back, Promise.KEPT, entry.dot, "was wiped, and the server has it not")
            self.tally[Outcome.QUARANTINED] += known is not None and known.problem == Code.OPERATION_QUARANTINE
        self.devices.remove(device)
        self.enrol(device.person)

    def begin_sync(self, device: Device) -> None:
        """Start a session of a device."""
        waited = self.now - device.last_sync > FORTNIGHT_MS
        self.tally[Fault.LONG_OFFLINE] += waited and device.has_unsent
        device.last_sync = self.now if waited else device.last_sync
        if not self._is_stopped(device):
            device.leaving = None  # a restore has forgotten it: the door for stopped devices is closed
        caller = structs.replace(device.person.caller(device.name, device.key.point), leaving=device.leaving)
        session = Session(
            device.disk, caller, device.key, self.network, lambda: self.now + device.skew_ms, device.schema
        )
        session.on_shown = lambda: after_pull(device.disk, device.person.units, self.host.state)
        device.session = Task(self._left(device, session) if device.leaving else session.sync(self.chance, self.tally))

    async def _left(self, device: Device, session: Session) -> None:
        await session.leave(self.chance, self.tally)
        if session.is_over and not device.has_unsent:  # what was written meanwhile goes first
            self._wipe(device)

    def _is_stopped(self, device: Device) -> bool:
        known = self.host.state.documents.get((Kind.DEVICE, device.name))
        return known is not None and known.fields.get("revoked_at") is not None

    def cut_off(self, device: Device) -> None:
        """End a device's session where it stands."""
        if device.session is not None:
            device.session.cut()
            device.session = None
        self.note_acknowledged(device)

    def put_server_back(self, backup: MemoryState, *, by_command: bool) -> bool:
        """Put an older copy in the server's place; tell whether anything was lost by it."""
        lost = self.host.state.log.keys() - backup.log.keys()
        self.put_back |= lost
        self.applied.clear()
        self.host.put_back(backup, by_command=by_command)
        return bool(lost)

    # --- the end ---

    def in_peace(self, deed: Callable[[], None]) -> None:
        """Do something while nothing fails."""
        self.network.faulty = False
        deed()
        self.network.faulty = True

    def settle(self) -> None:
        """Let everybody meet the server until nothing changes any more."""
        while self.network.in_flight:
            self._serve_everybody()
        for device in self.devices:
            self.cut_off(device)
        for _ in range(ROUNDS_TO_SETTLE):
            before, devices = self.host.state, list(self.devices)
            for device in devices:
                self.sync(device)
            if self._is_settled(before) and self._is_everybody_done(devices):
                return
        raise BrokenError(Promise.REST, "the devices and the server never come to rest")

    def _is_settled(self, before: MemoryState) -> bool:
        now = self.host.state
        return (now.epoch, now.position, len(now.log)) == (before.epoch, before.position, len(before.log))

    def _is_everybody_done(self, met: list[Device]) -> bool:
        """A device that was enrolled meanwhile has met nobody yet; one that had to branch off sends the next time."""
        return self.devices == met and not any(each.has_unsent or each.leaving for each in self.devices)

    def sync(self, device: Device) -> None:
        """Let a device meet the server without interruption."""
        self.pass_time(1_000)
        self.begin_sync(device)
        while device.session is not None:
            self._advance(device)
            self._serve_everybody()

    def replay(self) -> None:
        """Send some of the pushes that were ever taken in once more: nothing may change."""
        known = [push for push in self.network.pushes if self._is_known(*push)]
        for push in self.chance.sample(known, min(REPLAYED_IN_THE_END, len(known))):
            before = self.host.state
            task = self.network.start(self.host.push(*push))
            while task.running:
                self._serve_everybody()
            self.tally[Outcome.REPLAYED_IN_THE_END] += task.error is None
            hold(before.log == self.host.state.log, Promise.REPLAYS, "an old push was taken in again:", push[1])

    def _is_known(self, caller: Caller, head: PushHead, payloads: Sequence[bytes]) -> bool:
        del caller
        log = self.host.state.log
        logged = [log.get(Dot(head.actor, seq)) for seq in range(head.first, head.first + head.count)]
        return [each and each.payload for each in logged] == list(payloads)

    def check_the_end(self) -> None:
        """Check what must be true when everything has settled."""
        state = self.host.state
        in_the_end(state, [device.disk for device in self.devices])
        self._count(state)
        self._nothing_is_lost(state)
        for device in self.devices:
            everything_arrived(device.disk, device.person.units, state, device.schema)
            for key, row in device.disk.rows.items():
                same = row.put == downcast(device.schema, put(state.documents[key_of(row.put)]))
                hold(same, Promise.CONVERGED, key, "differs on", device.name)

    def _nothing_is_lost(self, state: MemoryState) -> None:
        for dot, (payload, verdict) in self.acknowledged.items():
            known = state.log.get(dot)
            gone = known is None or known.payload != payload
            self.tally[Outcome.LOST_WITH_THEIR_DEVICE] += gone
            self.tally[Outcome.HELD_WHEN_BACK] += known is not None and known.verdict != verdict and not gone
            hold(not gone or dot in self.put_back, Promise.KEPT, dot, "is gone, and no restore took it")

    def _count(self, state: MemoryState) -> None:
        """Count what a history must have in it to prove anything."""
        for key, stored in state.documents.items():
            self.tally[Outcome.RIVALS] += len(rivals(stored.document))
            self.tally[Outcome.ASKED] += len(asks(stored.document, MERGE_RULES[key[0]]))
            self.tally[Outcome.DELETED] += is_deleted(stored.document)
            self.tally[Outcome.STANDING_THOUGH_REPLACED] += len(standing_though_replaced(state, key, self.truths))
        for each in state.log.values():
            self.tally[Outcome.HELD] += each.verdict == "held"
            self.tally[Outcome.CAME_BACK] += bool(each.readmitted)
            self.tally[Outcome.STAMPED_ANEW] += each.epoch != state.actors[each.dot.actor].record.epoch


def _is_of_another_schema(each: Logged) -> bool:
    operation = operation_of(each.payload)
    return operation is not None and operation.schema != SCHEMA


def _is_tampering(each: Logged) -> bool:
    return each.problem == Code.OPERATION_SIGNATURE


def _refuse_defects(error: BaseException | None) -> None:
    if error is None or isinstance(error, LostError):
        return
    if isinstance(error, Problem) and error.code in (*ANSWERS, Code.DEVICE_REVOKED):
        return
    if isinstance(error, Problem):
        raise BrokenError(Promise.ANSWERS, f"{error.code} {error}")
    raise error
