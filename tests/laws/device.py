"""A device of the played histories: forms on rows, a chain of operations, and what its owner had truly seen."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

import msgspec

from schemas.merge_rules import MERGE_RULES
from schemas.protocol import SCHEMA, ActorRecord, Dot
from schemas.registry import Kind
from schemas.vocabulary import Place
from sync.document import EMPTY
from sync.lineage import Position
from sync.register import has_rivals, shown
from tests.laws.reference import Clock, EpochClosed, Forked, Key, Row, Server, Stamped
from tests.laws.truth import Sight

COMPANY = "acme"


class Entry(NamedTuple):
    """One operation in a device's chain."""

    dot: Dot
    payload: bytes
    sight: Sight
    stamp: Stamped | None = None


class Form(NamedTuple):
    """An open form: the row as it was rendered when the person began; it is never looked up again (SPEC B1)."""

    key: Key
    row: Row


class Draft(NamedTuple):
    """One write on its way into the chain."""

    form: Form
    fields: dict[str, Any]
    resolve: bool = False


@dataclass
class Device:
    """One device of one user; ``entries`` is everything it ever wrote, from its first actor to its present one."""

    name: str
    place: Place
    record: ActorRecord
    rows: dict[Key, Row] = field(default_factory=dict)
    epoch_of_rows: str = "epoch-0"
    entries: list[Entry] = field(default_factory=list)
    records: dict[str, ActorRecord] = field(default_factory=dict)
    forms: dict[Key, Form] = field(default_factory=dict)
    skew: int = 0

    def copy(self) -> "Device":
        """Return a backup, which may go on living as a clone."""
        return replace(
            self,
            rows=dict(self.rows),
            entries=list(self.entries),
            records=dict(self.records),
            forms=dict(self.forms),
        )

    def render(self, key: Key) -> Form:
        """Return a new form on the row as the device has it now."""
        return Form(key, self.rows.get(key, Row(EMPTY, Position(0, self.epoch_of_rows), frozenset())))

    def write(self, at: int, drafts: Sequence[Draft]) -> None:
        """Append one group to the chain."""
        for place, draft in enumerate(drafts):
            following = len(drafts) - 1 - place
            self.append(_encoded(draft, following, max(0, at + self.skew)), _sight(draft))

    def append(self, payload: bytes, sight: Sight) -> None:
        """Append one operation's bytes to the chain."""
        self.entries.append(Entry(Dot(self.record.actor, self._own_count() + 1), payload, sight))

    def _own_count(self) -> int:
        return sum(1 for each in self.entries if each.dot.actor == self.record.actor)

    def own(self) -> list[Entry]:
        """Return the present actor's part of the chain."""
        return [each for each in self.entries if each.dot.actor == self.record.actor]

    def pull(self, server: Server) -> None:
        """Replace every row by the server's."""
        self.rows = server.pull()
        self.epoch_of_rows = server.epoch

    def push(self, server: Server, now: int, fresh_actor: str, *, answer_lost: bool = False) -> None:
        """Send what is pending; where the server or this device went back, heal first (SPEC A3, H1)."""
        try:
            self._send(server, now, answer_lost=answer_lost)
        except (EpochClosed, Forked):
            self._go_on_as(fresh_actor, server)
            self.offer(server, now)
            self._send(server, now, answer_lost=answer_lost)

    def _send(self, server: Server, now: int, *, answer_lost: bool) -> None:
        own = self.own()
        pending = [each for each in own if each.stamp is None]
        first = len(own) - len(pending) + 1
        stamps = server.push(self.record, first, [each.payload for each in pending], Clock(now, now + self.skew))
        if answer_lost:
            return
        stamped = {each.dot: stamp for each, stamp in zip(pending, stamps, strict=True)}
        self.entries = [each._replace(stamp=stamped.get(each.dot, each.stamp)) for each in self.entries]

    def _go_on_as(self, actor: str, server: Server) -> None:
        """Rename what the server does not share: the old actor is closed, the new one names it and the common seq."""
        old, own = self.record, self.own()
        common = server.common(old.actor, [each.payload for each in own])
        acked = sum(1 for each in own if each.stamp is not None)
        kept = max(common, acked)
        known = [each._replace(stamp=each.stamp or server.log[each.dot].stamp) for each in own[:kept]]
        renamed = [each._replace(dot=Dot(actor, seq)) for seq, each in enumerate(own[kept:], start=1)]
        self.entries = [*(each for each in self.entries if each.dot.actor != old.actor), *known, *renamed]
        self.records[old.actor] = old
        parent, parent_seq = (old.actor, kept) if kept else (old.parent, old.parent_seq)
        self.record = msgspec.structs.replace(
            old, actor=actor, epoch=server.epoch, parent=parent, parent_seq=parent_seq
        )

    def offer(self, server: Server, now: int) -> None:
        """Re-offer everything acknowledged that the server no longer has, actor by actor."""
        for actor, record in self.records.items():
            lost = [
                (each.dot.seq, each.payload, each.stamp)
                for each in self.entries
                if each.dot.actor == actor and each.stamp is not None
            ]
            server.offer(record, lost, now)

    def own_past(self) -> dict[Dot, frozenset[Dot]]:
        """Return, for each operation of the chain, its owner's earlier ones: the truth behind SPEC W2."""
        dots = [each.dot for each in self.entries]
        return {dot: frozenset(dots[:place]) for place, dot in enumerate(dots)}


def _encoded(draft: Draft, following: int, at: int) -> bytes:
    kind, doc = draft.form.key
    base = draft.form.row.position
    over = {name: over for name in draft.fields if (over := shown_writes(draft.form, name)) is not None}
    return msgspec.json.encode(
        (SCHEMA, kind, doc, (base.n, base.epoch), at, following, draft.fields, draft.resolve, over)
    )


def shown_writes(form: Form, name: str) -> tuple[Dot, ...] | None:
    """Return the writes whose value the row showed, or None where the field had no rivals (SPEC W4)."""
    register = form.row.document.registers.get(name, ())
    if not has_rivals(register):
        return None
    value = shown(register, MERGE_RULES[Kind(form.key[0])][name]).value
    return tuple(write.origin.dot for write in register if write.value == value)


def _sight(draft: Draft) -> Sight:
    left = {} if draft.resolve else {name: _left(draft.form, name) for name in draft.fields}
    return Sight(draft.form.row.dots, {name: dots for name, dots in left.items() if dots})


def _left(form: Form, name: str) -> frozenset[Dot]:
    over = shown_writes(form, name)
    return frozenset() if over is None else form.row.dots - frozenset(over)
