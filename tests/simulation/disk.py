"""What a device keeps: its chain, its rows, its open forms. Every method is one transaction."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from msgspec import structs

from schemas.protocol import (
    ActorRecord,
    Base,
    Dot,
    Entrusted,
    EntrustedPage,
    PullEnd,
    PullForget,
    PullHeader,
    PullLine,
    PullPut,
    PushReply,
    Receipt,
    Stamp,
)
from sync.chain import extend, genesis, link
from sync.digest import combine, row_digest
from tests.laws.truth import Sight, Truth

RowKey = tuple[str, str]
"""A document's kind and id."""

Tell = Callable[[Dot, bytes, Truth], None]
"""Where a device writes down the truth about an operation that it gave a dot."""


class Entry(NamedTuple):
    """One operation in the outbox: the bytes that are sent, the chain's head behind it, its stamp once it has one."""

    dot: Dot
    payload: bytes
    head: str
    sight: Sight
    stamp: Stamp | None = None


class Row(NamedTuple):
    """A confirmed document, the branch it was pulled in, and the truth: which operations it was made of."""

    put: PullPut
    epoch: str
    made_of: frozenset[Dot]


class Form(NamedTuple):
    """An open form: the row as it was rendered, and the base that is kept with it (SPEC B1)."""

    key: RowKey
    row: Row | None
    base: Base


@dataclass
class Disk:
    """Everything that survives a crash.

    ``records`` are the actors in the order of renaming, the present one last. ``reached`` is where the log ended, in
    ``epoch`` (its branch) of ``epochs``, when the pull that is shown began. ``healed_in`` is the epoch in which all
    closed chains were offered and a pull behind that was shown: only its mark proves that the server came so far.
    ``entrusted`` is what is kept for the server, up to its mark in an epoch (SPEC H2, H7); all of it was brought back
    in ``given_back_in``, and of the chains that are ``waiting`` something did not fit yet.
    ``rotten`` is the truth that no device knows: rows were changed by nobody. So is ``moved``, what was written again
    as another actor's: whoever wrote it once has not forgotten it.
    """

    records: list[ActorRecord]
    tell: Tell
    entries: list[Entry] = field(default_factory=list)
    receipts: list[Receipt] = field(default_factory=list)
    rows: dict[RowKey, Row] = field(default_factory=dict)
    forms: dict[RowKey, Form] = field(default_factory=dict)
    epoch: str = ""
    epochs: frozenset[str] = frozenset()
    reached: int = 0
    cursor: str | None = None
    healed_in: str = ""
    marks: dict[str, str] = field(default_factory=dict)
    rotten: bool = False
    moved: frozenset[tuple[Dot, bytes]] = frozenset()
    entrusted: dict[Dot, Entrusted] = field(default_factory=dict)
    entrusted_in: str = ""
    given_back_in: str = ""
    waiting: frozenset[str] = frozenset()

    def copy(self) -> "Disk":
        """Return a backup of the device, which may go on living as a clone."""
        return replace(
            self,
            records=list(self.records),
            entries=list(self.entries),
            receipts=list(self.receipts),
            rows=dict(self.rows),
            forms=dict(self.forms),
            marks=dict(self.marks),
            entrusted=dict(self.entrusted),
        )

    @property
    def record(self) -> ActorRecord:
        """The present actor."""
        return self.records[-1]

    def chain(self, actor: str) -> list[Entry]:
        """Return one actor's part of the outbox."""
        return [entry for entry in self.entries if entry.dot.actor == actor]

    def head(self, record: ActorRecord, seq: int) -> str:
        """Return the head of an actor's chain behind one of its operations."""
        return self.chain(record.actor)[seq - 1].head if seq else genesis(record)

    def render(self, key: RowKey) -> Form:
        """Return a new form on the row as it stands."""
        row = self.rows.get(key)
        return Form(key, row, Base(row.put.position if row else 0, row.epoch if row else self.record.epoch))

    def write(self, group: Sequence[tuple[bytes, Sight]]) -> None:
        """Append a group: operation, seq and chain head together (SPEC V3)."""
        for payload, sight in group:
            chain = self.chain(self.record.actor)
            head = extend(chain[-1].head if chain else genesis(self.record), link(payload))
            self._append(Entry(Dot(self.record.actor, len(chain) + 1), payload, head, sight))

    def _append(self, entry: Entry) -> None:
        wrote = self.moved.union((each.dot, each.payload) for each in self.entries)
        self.tell(entry.dot, entry.payload, Truth(entry.sight, frozenset(dot for dot, _ in wrote), wrote))
        self.entries.append(entry)

    def go_on_as(self, actor: str, epoch: str, common: int) -> None:
        """Give what lies behind the common seq to a new actor (SPEC A3)."""
        old = self.record
        self.records.append(self._renamed(old, actor, epoch, common))
        self.move_tail(old.actor, common)

    def _renamed(self, old: ActorRecord, actor: str, epoch: str, common: int) -> ActorRecord:
        """Return the actor that goes on where another one ends.

        One that shares nothing with the server is passed over: the server might never hear of it, and of its past.
        """
        if not common:
            return structs.replace(old, actor=actor, epoch=epoch)
        head = self.chain(old.actor)[common - 1].head
        return structs.replace(old, actor=actor, epoch=epoch, parent=old.actor, parent_seq=common, parent_head=head)

    def move_tail(self, actor: str, common: int) -> None:
        """Write again as the present actor what another one of this device wrote behind the common seq."""
        behind = [entry for entry in self.entries if entry.dot.actor == actor and entry.dot.seq > common]
        self.entries = [entry for entry in self.entries if entry.dot.actor != actor or entry.dot.seq <= common]
        self.moved |= {(entry.dot, entry.payload) for entry in behind}
        self.write([(entry.payload, entry.sight) for entry in behind])

    def acknowledge(self, batch: Sequence[Entry], reply: PushReply) -> None:
        """Keep what the server fixed, its receipt and its mark."""
        stamps = {entry.dot: stamp for entry, stamp in zip(batch, reply.stamps, strict=True)}
        self.entries = [entry._replace(stamp=stamps.get(entry.dot, entry.stamp)) for entry in self.entries]
        self.receipts.append(reply.receipt)
        self.marks["push" if reply.receipt.actor == self.record.actor else "offer"] = reply.mark

    def show(self, header: PullHeader, staged: Sequence[tuple[PullLine, frozenset[Dot]]], end: PullEnd) -> None:
        """Make a staged pull visible at once (SPEC L2, L3)."""
        if header.replace:
            self.rows.clear()
            self.rotten = False
        for line, made_of in staged:
            if isinstance(line, PullPut):
                self.rows[(line.kind, line.id)] = Row(line, header.epoch, made_of)
            elif isinstance(line, PullForget):
                for doc in line.ids:
                    self.rows.pop((line.kind, doc), None)
        self.epoch, self.epochs, self.reached = header.epoch, frozenset(link.epoch for link in header.lineage), end.head
        self.cursor = self.marks["pull"] = end.cursor

    def keep(self, page: EntrustedPage) -> bool:
        """Keep for the server what it wrote itself; first a new epoch gets back what is kept already (SPEC H7)."""
        if page.epoch not in {self.entrusted_in or page.epoch, self.given_back_in}:
            return False
        self.entrusted |= {Dot(each.actor.actor, each.first): each for each in page.groups}
        self.entrusted_in = page.epoch
        self.marks["entrusted"] = page.mark
        return True

    @property
    def is_untouched(self) -> bool:
        """Whether nothing is shown yet, and nothing of the person's own could be laid over rows that have it."""
        return self.cursor is None and not self.rows and all(entry.stamp is None for entry in self.entries)

    def show_early(self, branch: str, staged: Sequence[tuple[PullLine, frozenset[Dot]]]) -> None:
        """Show today's work before the rest has come; it is no place to go on from (SPEC L7)."""
        puts = ((line, made_of) for line, made_of in staged if isinstance(line, PullPut))
        self.rows = {(line.kind, line.id): Row(line, branch, made_of) for line, made_of in puts}

    def between(self, after: float, until: float) -> dict[RowKey, Row]:
        """Return the confirmed rows whose positions lie behind one and up to another."""
        return {key: row for key, row in self.rows.items() if after < row.put.position <= until}

    def digest(self) -> str:
        """Return the digest of the confirmed rows (SPEC F4)."""
        return combine(row_digest(kind, doc, row.put.position) for (kind, doc), row in self.rows.items())

    def unstamped(self) -> Iterator[Entry]:
        """Return what no server acknowledged yet."""
        return (entry for entry in self.entries if entry.stamp is None)


def fields_of(row: Row | None) -> dict[str, Any]:
    """Return what a row shows."""
    return row.put.fields if row else {}
