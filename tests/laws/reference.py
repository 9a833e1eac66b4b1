"""A server as the SPEC describes it, kept as simple as possible: the world in which histories are played."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from msgspec import Struct

from schemas.protocol import ActorRecord, Dot, EpochLink, Operation
from sync.document import Document, fold
from sync.groups import is_consistent, split
from sync.lineage import Lineage, Position
from sync.reading import Reading, read
from sync.stamping import effective_at
from sync.write import Origin, Past, StampedOperation

Key = tuple[str, str]
"""A document's kind and id."""


class Admitted(Struct, frozen=True):
    """An operation as the server keeps it: ``placed`` is its number in this server's own log."""

    dot: Dot
    payload: bytes
    operation: Operation | None
    stamped: StampedOperation | None
    stamp: "Stamped"
    placed: int
    again: bool = False


class Stamped(NamedTuple):
    """What the server fixed at first receipt."""

    position: Position
    received_at: int
    effective_at: int
    held: bool


class Row(Struct, frozen=True):
    """A document as somebody pulled it; ``dots`` are all the operations that it was made of."""

    document: Document
    position: Position
    dots: frozenset[Dot]


class Clock(NamedTuple):
    """When a push arrived, by the server's clock and by the device's."""

    server: int
    device: int


class EpochClosed(Exception):  # noqa: N818 - an answer, not an error
    """The actor belongs to another epoch."""


class Forked(Exception):  # noqa: N818 - an answer, not an error
    """Another operation stands at a sequence number that was acknowledged."""


@dataclass
class Server:
    """The log of one company; :meth:`copy` is a backup, :meth:`restored` the server that was put back to it."""

    epoch: str = "epoch-0"
    position: int = 0
    links: tuple[EpochLink, ...] = (EpochLink("epoch-0", None, 0),)
    log: dict[Dot, Admitted] = field(default_factory=dict)
    actors: dict[str, ActorRecord] = field(default_factory=dict)
    acked: dict[str, int] = field(default_factory=dict)
    received: dict[Position, int] = field(default_factory=dict)
    rows: dict[Key, Row] = field(default_factory=dict)

    def copy(self) -> "Server":
        """Return a backup."""
        return replace(
            self,
            log=dict(self.log),
            actors=dict(self.actors),
            acked=dict(self.acked),
            received=dict(self.received),
            rows={},
        )

    def restored(self, epoch: str) -> "Server":
        """Return the server that goes on from this backup: a new epoch, before any write (SPEC E3)."""
        server = self.copy()
        server.links = (*self.links, EpochLink(epoch, self.epoch, self.position))
        server.epoch = epoch
        return server

    def past(self) -> Past:
        """Return what this server knows about who had seen what."""
        renamed = {name: (each.parent, each.parent_seq) for name, each in self.actors.items() if each.parent}
        return Past(Lineage(self.links), renamed)

    def common(self, actor: str, payloads: Sequence[bytes]) -> int:
        """Return the last seq up to which a chain of these payloads is the one that the server has."""
        for seq, payload in enumerate(payloads, start=1):
            known = self.log.get(Dot(actor, seq))
            if known is None or known.payload != payload:
                return seq - 1
        return len(payloads)

    def push(self, record: ActorRecord, first: int, payloads: Sequence[bytes], clock: Clock) -> list[Stamped]:
        """Admit whole groups in the order of the chain and return every stamp; what is known changes nothing."""
        if record.epoch != self.epoch:
            raise EpochClosed
        for seq, payload in enumerate(payloads, start=first):
            known = self.log.get(Dot(record.actor, seq))
            if known is not None and known.payload != payload:
                raise Forked
        self.actors[record.actor] = record
        fresh = self.acked.get(record.actor, 0) + 1
        assert first <= fresh, "a device never leaves a gap"
        self._admit_groups(record, fresh, payloads[fresh - first :], clock)
        return [self.log[Dot(record.actor, first + index)].stamp for index in range(len(payloads))]

    def _admit_groups(self, record: ActorRecord, first: int, payloads: Sequence[bytes], clock: Clock) -> None:
        readings = [read(payload) for payload in payloads]
        groups = split([reading.following for reading in readings])
        assert groups is not None, "a device pushes whole groups"
        for group in groups:
            members = [readings[index] for index in group]
            held = any(one.fault for one in members) or not is_consistent([one.following for one in members])
            self._advance(clock.server)
            for index, reading in zip(group, members, strict=True):
                stamp = self._stamp(reading, clock, held=held)
                self._admit(record, first + index, payloads[index], reading.operation, stamp)
        self.acked[record.actor] = first + len(payloads) - 1

    def _advance(self, now: int) -> None:
        self.position += 1
        self.received[Position(self.position, self.epoch)] = now

    def _stamp(self, reading: Reading, clock: Clock, *, held: bool) -> Stamped:
        position = Position(self.position, self.epoch)
        if reading.operation is None:
            return Stamped(position, clock.server, clock.server, held)
        base = Position(reading.operation.base.position, reading.operation.base.epoch)
        floor = self.received.get(base, 0)
        offset = clock.server - clock.device
        return Stamped(position, clock.server, effective_at(reading.operation.at, offset, floor, clock.server), held)

    def _admit(
        self, record: ActorRecord, seq: int, payload: bytes, operation: Operation | None, stamp: Stamped
    ) -> None:
        dot = Dot(record.actor, seq)
        here = Position(self.position, self.epoch)
        positions = (stamp.position,) if stamp.position == here else (stamp.position, here)
        stamped = None
        if operation is not None and not stamp.held:
            base = Position(operation.base.position, operation.base.epoch)
            origin = Origin(dot, positions, base, record.user, record.place, stamp.effective_at)
            stamped = StampedOperation(origin, operation.fields, operation.resolve, operation.over)
        again = len(positions) > 1
        self.log[dot] = Admitted(dot, payload, operation, stamped, stamp, self.position, again)
        if operation is not None:
            self.rows.pop((operation.kind, operation.doc), None)

    def offer(self, record: ActorRecord, lost: Sequence[tuple[int, bytes, Stamped]], now: int) -> int:
        """Take back acknowledged operations of a closed actor with their stamps; return how many were missing (H1)."""
        self.actors.setdefault(record.actor, record)
        missing = [each for each in lost if Dot(record.actor, each[0]) not in self.log]
        before: Position | None = None
        for seq, payload, stamp in missing:
            if stamp.position != before:
                self._advance(now)
                before = stamp.position
            self._admit(record, seq, payload, read(payload).operation, stamp)
            self.acked[record.actor] = max(self.acked.get(record.actor, 0), seq)
        return len(missing)

    def applied(self) -> dict[Key, list[StampedOperation]]:
        """Return the applied operations of each document in the order in which this server admitted them."""
        found: dict[Key, list[StampedOperation]] = {}
        for each in self.log.values():
            if each.operation is not None and each.stamped is not None:
                found.setdefault((each.operation.kind, each.operation.doc), []).append(each.stamped)
        return found

    def pull(self) -> dict[Key, Row]:
        """Return every document as it stands, with the number of its newest commit."""
        for key, operations in self.applied().items():
            if key not in self.rows:
                dots = frozenset(each.origin.dot for each in operations)
                newest = max(self.log[dot].placed for dot in dots)
                self.rows[key] = Row(fold(self.past(), operations), Position(newest, self.epoch), dots)
        return dict(self.rows)
