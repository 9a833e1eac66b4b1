"""The three log stores behind one door, as two processes at once may work on them."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import NamedTuple, Protocol

from schemas.protocol import ActorRecord, Dot, EpochLink, Verdict
from schemas.registry import Kind
from schemas.vocabulary import Place
from server.platform.database import Database
from server.records.ledger import Ledger, Logged, Stored
from server.records.memory_ledger import MemoryStore
from server.records.sql_ledger import SqlLedger
from sync.document import Document
from sync.lineage import Position
from sync.write import Origin, Write

COMPANY = "company-one"
EPOCH = "e-one"
KEY = (Kind.CUSTOMER, "customer-one")
MANY = 900
"""More than a statement takes at once: whoever asks for many gets all of them."""

Opened = Callable[[], AbstractAsyncContextManager[Ledger]]


class LogStore(Protocol):
    """One company's log, to be written in one transaction after the other and read as it stood at one moment."""

    def writing(self) -> AbstractAsyncContextManager[Ledger]:
        """Open a transaction that commits at the end of the block and forgets everything if the block raises."""

    def reading(self) -> AbstractAsyncContextManager[Ledger]:
        """Open a snapshot."""


class Doors(NamedTuple):
    """Two processes' doors to one company's log, and one of them to another company's."""

    one: LogStore
    another: LogStore
    neighbour: LogStore


class SqlStore:
    """The log of a company in a database, as one process reaches it."""

    def __init__(self, database: Database, company: str) -> None:
        self._database = database
        self._company = company

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[Ledger]:
        async with self._database.writing() as connection:
            yield SqlLedger(connection, self._company, 1)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Ledger]:
        async with self._database.reading() as connection:
            yield SqlLedger(connection, self._company, 1)


def in_memory() -> Doors:
    """Doors to logs in memory; a process has its memory for itself, so both lead through the same store."""
    store = MemoryStore()
    return Doors(store, store, MemoryStore())


@asynccontextmanager
async def in_database(url: str) -> AsyncIterator[Doors]:
    """Doors to the logs in a database that has its tables, through connections of their own."""
    one, another = Database(url), Database(url)
    try:
        yield Doors(SqlStore(one, COMPANY), SqlStore(another, COMPANY), SqlStore(one, "company-two"))
    finally:
        await one.close()
        await another.close()


async def begun(doors: Doors) -> Doors:
    """Begin the first epoch of both companies."""
    for store in (doors.one, doors.neighbour):
        async with store.writing() as ledger:
            await ledger.begin_epoch(EpochLink(EPOCH, None, 0))
    return doors


def record(actor: str = "actor-one", parent: str | None = None, parent_head: str | None = None) -> ActorRecord:
    """An actor of the first epoch; one that was renamed goes on behind its parent's fourth operation."""
    return ActorRecord(
        actor=actor,
        company=COMPANY,
        device="dev-1",
        user="u-1",
        place=Place.FIELD,
        epoch=EPOCH,
        parent=parent,
        parent_seq=4 if parent else 0,
        parent_head=parent_head,
    )


def logged(
    seq: int, position: int, doc: str = "customer-one", verdict: Verdict = "applied", actor: str = "actor-one"
) -> Logged:
    """One operation with a stamp of the first epoch."""
    return Logged(
        dot=Dot(actor, seq),
        kind="customer",
        doc=doc,
        payload=f"[{seq}]".encode(),
        sha256="ab" * 32,
        head="cd" * 32,
        author="u-1",
        place=Place.FIELD,
        epoch=EPOCH,
        position=position,
        received_at=1_000 + position,
        effective_at=900 + position,
        verdict=verdict,
        role="technician",
        problem=None if verdict == "applied" else "operation.text",
    )


def stored(doc: str, position: int, *names: str) -> Stored:
    """A document with a name, and rivals of it if there is more than one."""
    written = names or ("陳美惠",)
    writes = tuple(
        Write(
            Origin(Dot("actor-one", seq), (Position(position, EPOCH),), Position(0, EPOCH), "u-1", Place.FIELD, 900),
            name,
        )
        for seq, name in enumerate(written, start=1)
    )
    return Stored(Kind.CUSTOMER, doc, position, Document({"name": writes}), {"name": written[-1]})
