"""The port between the rules of sync and a log store: memory, SQLite or PostgreSQL."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Protocol

from msgspec import Struct

from schemas.protocol import ActorRecord, Base, Dot, EpochLink, Verdict
from schemas.registry import Kind
from schemas.vocabulary import Place
from sync.ancestry import Ancestry
from sync.document import EMPTY, Document
from sync.lineage import Lineage, Position

Key = tuple[Kind, str]
"""A document's kind and id."""

SERVER = "server"
"""Device and user of the actors under which the server writes what a command decided; their names begin with it."""


def is_servers(actor: str) -> bool:
    """Tell whether a name is kept for the server's own actors: a device that took one would write in their past."""
    return actor.startswith(f"{SERVER}-")


class Head(Struct, frozen=True):
    """Where the log ends: the current epoch, its last position, and the incarnation that it is read under.

    Up to ``horizon`` the feeds have forgotten what is gone: a device that stands before it begins anew (SPEC F5).
    A mark or a cursor names this incarnation, whichever process hands it out (SPEC E3, ADR 19). ``branches`` says of
    which other one each incarnation goes on, the current one last: what they committed is told apart by it (ADR 27).
    """

    epoch: str
    position: int
    lineage: tuple[EpochLink, ...]
    incarnation: str
    horizon: int = 0
    branches: tuple[EpochLink, ...] = ()

    @property
    def branch(self) -> str:
        """Name under which positions are given out: the incarnation's, an epoch's in a log of an older version."""
        return self.branches[-1].epoch if self.branches else self.epoch

    def tree(self) -> Lineage:
        """Return epochs and incarnations as something that answers what a base contains."""
        return Lineage((*self.lineage, *self.branches))

    def knows(self, base: Base) -> bool:
        """Tell whether a base is a place in this log, or in one that it comes from or has heard of."""
        if base.epoch == self.branch:
            return base.position <= self.position
        return any(link.epoch == base.epoch for link in (*self.branches, *self.lineage))


class Actor(Struct, frozen=True):
    """A chain as far as the server has it."""

    record: ActorRecord
    acked_seq: int
    head: str


class Logged(Struct, frozen=True, gc=False, kw_only=True):
    """One operation of the log with its stamp; ``readmitted`` are its positions in later epochs (SPEC H1)."""

    dot: Dot
    kind: str
    doc: str
    payload: bytes
    sha256: str
    head: str
    author: str
    place: Place
    epoch: str
    position: int
    received_at: int
    effective_at: int
    verdict: Verdict
    role: str
    problem: str | None = None
    readmitted: tuple[Position, ...] = ()


def in_log_order(operations: Iterable[Logged]) -> list[Logged]:
    """Return operations as this log admitted them, oldest first; what came back after a restore stands where it did."""
    return sorted(operations, key=lambda each: (place_in_log(each), each.dot))


def place_in_log(logged: Logged) -> int:
    """Return where this log admitted an operation, last of all after a restore."""
    return logged.readmitted[-1].n if logged.readmitted else logged.position


class Stored(Struct, frozen=True, gc=False):
    """A document with the position of its newest write and what is shown of it."""

    kind: Kind
    id: str
    position: int
    document: Document
    fields: dict[str, object]

    @staticmethod
    def nothing(key: Key) -> "Stored":
        """Return the document that nobody has written yet."""
        return Stored(key[0], key[1], 0, EMPTY, {})


class FeedEntry(Struct, frozen=True, gc=False):
    """The newest change of one document as one audience sees it; ``gone`` means that it left this audience."""

    audience: str
    kind: str
    id: str
    position: int
    gone: bool


class Ledger(Protocol):
    """One company's log inside one transaction; everything it is told is forgotten if that rolls back.

    Implementations keep one contract, checked by one suite on memory, SQLite and PostgreSQL.
    """

    async def head(self) -> Head:
        """Return the end of the log, locked until the transaction ends; it is read once and then kept."""
        ...

    async def end(self) -> Head:
        """Return the end of the log as this transaction sees it, without locking it."""
        ...

    async def advance(self, position: int) -> None:
        """Move the end of the log."""
        ...

    async def begin_epoch(self, link: EpochLink) -> None:
        """Begin a new epoch at the end of the log, and an incarnation of its name, unless it has no parent."""
        ...

    async def learn_branches(self, links: Sequence[EpochLink]) -> None:
        """Remember incarnations of logs that were given up; of one that is known already nothing changes."""
        ...

    async def actors(self, names: Iterable[str]) -> dict[str, Actor]:
        """Return those of the chains whose actors ever said hello."""
        ...

    async def save_actors(self, actors: Sequence[Actor]) -> None:
        """Remember chains as they now stand."""
        ...

    async def ancestry(self, actors: Iterable[str]) -> Ancestry:
        """Return the renamings that lead to these actors, followed to the first, as far as :meth:`settle_pasts` fixed.

        One of which the log had no such past, or of which nothing came yet, is none.
        """
        ...

    async def settle_pasts(self, actors: Iterable[str]) -> None:
        """Fix for good, of actors for which it is not fixed, whether the log has the pasts that they name (SPEC A3).

        It has one where the parent's chain has the head behind the seq that the record says; a record that names no
        head is believed. The pasts' own pasts are fixed with them.
        """
        ...

    async def logged(self, actor: str, first: int, last: int) -> Sequence[Logged]:
        """Return a stretch of a chain in the order of its seqs."""
        ...

    async def servers_own(self, after: int, until: int) -> Sequence[Logged]:
        """Return what the server itself wrote and this log admitted behind ``after``, up to ``until``, oldest first."""
        ...

    async def admitted(self, after: int, until: int) -> Sequence[Logged]:
        """Return whatever this log admitted behind ``after``, up to ``until``, oldest first."""
        ...

    async def places(self, after: int, until: int, limit: int) -> Sequence[int]:
        """Return the next positions behind one, up to another, at which an operation was received or taken back.

        In their order, one for each operation, at most ``limit``.
        """
        ...

    async def append(self, operations: Sequence[Logged]) -> None:
        """Append operations with their stamps."""
        ...

    async def readmit(self, dots: Sequence[Dot], position: Position, brought_by: str) -> None:
        """Give operations of the log one more position each: a restore lost them, and this device brought them back."""
        ...

    async def receipts(self, positions: Iterable[Position]) -> Mapping[Position, int]:
        """Return when the commits at these positions were received; unknown ones are absent."""
        ...

    async def received(self, after: int, until: int, limit: int) -> Sequence[tuple[int, int]]:
        """Return position and time of receipt of the next operations behind one position, up to another.

        In the order of their positions, at most ``limit``; of a group perhaps only some.
        """
        ...

    async def documents(self, keys: Iterable[Key]) -> dict[Key, Stored]:
        """Return those of the documents that exist."""
        ...

    async def history(self, key: Key) -> Sequence[Logged]:
        """Return every applied operation of one document in the order of the log."""
        ...

    async def held_on(self, key: Key) -> Sequence[Logged]:
        """Return every held operation of one document in the order of the log, closed or not."""
        ...

    async def reduce(self, payloads: Mapping[Dot, bytes]) -> None:
        """Put frames in place of operations' bytes; their hashes and heads stay what they were (SPEC Y1)."""
        ...

    async def signatures(self, visits: Collection[str]) -> Sequence[Stored]:
        """Return every signature that names one of these visits, by id."""
        ...

    async def has_erased(self) -> bool:
        """Tell whether any customer of this company was ever erased."""
        ...

    async def store(self, documents: Sequence[Stored], feed: Sequence[FeedEntry]) -> None:
        """Put documents and their feed entries in place of the older ones."""
        ...

    async def change_digests(self, changes: Mapping[str, int]) -> None:
        """Combine each audience's digest with the rows that its feed gained and lost."""
        ...

    async def digest_of(self, audiences: Sequence[str], without: Collection[str] = ()) -> int:
        """Return the digest of these audiences' present entries, some kinds' left out, as a number (SPEC F4, L6).

        An entry that is present in two of them would cancel itself out: a document is in one audience at a time.
        """
        ...

    async def feed(self, audiences: Sequence[str], after: int, limit: int) -> Sequence[FeedEntry]:
        """Return the entries of these audiences behind a position, ordered by position, at most ``limit`` of them.

        A position is never torn: the last one of a full page may exceed the limit.
        """
        ...

    async def deleted(self, after: int, until: int) -> Sequence[Stored]:
        """Return the deleted documents whose newest write stands behind ``after``, up to ``until``."""
        ...

    async def forget(self, horizon: int) -> None:
        """Drop what the feeds tell as gone up to a position, which is the horizon from then on (SPEC F5)."""
        ...

    async def audiences_of(self, keys: Iterable[Key], among: Sequence[str]) -> dict[Key, frozenset[str]]:
        """Return which of some audiences hold each of these documents now."""
        ...

    async def begin_incarnation(self, incarnation: str, at: int) -> None:
        """Begin an incarnation at the present end of the log; the one before it ends there, for everybody (SPEC E3)."""
        ...

    async def incarnation_end(self, incarnation: str) -> int | None:
        """Return how far the log came under an incarnation; None for one that this log never had."""
        ...

    async def held(self) -> Sequence[Logged]:
        """Return every operation that is held, oldest first."""
        ...
