"""One contract for every log store: memory, SQLite, PostgreSQL."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest

import server.app  # noqa: F401 - declares every table
from schemas.protocol import ActorRecord, Dot, EpochLink, Verdict
from schemas.registry import Kind
from schemas.vocabulary import Place
from server.platform.database import METADATA, Database
from server.records.ledger import Actor, FeedEntry, Ledger, Logged, Stored
from server.records.memory_ledger import MemoryStore
from server.records.sql_ledger import SqlLedger
from sync.digest import combine, digest_text, row_digest, row_number
from sync.document import Document
from sync.lineage import Position
from sync.write import Origin, Write
from tests.support.databases import Databases

Opened = Callable[[], AbstractAsyncContextManager[Ledger]]

RECORD = ActorRecord(
    actor="actor-one", company="company-one", device="dev-1", user="u-1", place=Place.FIELD, epoch="e-one"
)


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
async def open_ledger(request: pytest.FixtureRequest) -> AsyncIterator[Opened]:
    if request.param == "memory":
        store = MemoryStore()
        yield await _begun(store.writing)
        return
    name = f"contract_{id(request)}"
    engine: Databases = request.getfixturevalue({"sqlite": "sqlite_files", "postgresql": "postgres"}[request.param])
    url = await asyncio.to_thread(engine.create, name)
    database = Database(url)
    async with database.writing() as connection:
        await connection.run_sync(METADATA.create_all)

    @asynccontextmanager
    async def writing() -> AsyncIterator[Ledger]:
        async with database.writing() as connection:
            yield SqlLedger(connection, "company-one", 1)

    yield await _begun(writing)
    await database.close()
    await asyncio.to_thread(engine.drop, name)


async def _begun(opened: Opened) -> Opened:
    async with opened() as ledger:
        await ledger.begin_epoch(EpochLink("e-one", None, 0))
    return opened


def logged(seq: int, position: int, doc: str = "customer-one", verdict: Verdict = "applied") -> Logged:
    return Logged(
        dot=Dot("actor-one", seq),
        kind="customer",
        doc=doc,
        payload=f"[{seq}]".encode(),
        sha256="ab" * 32,
        head="cd" * 32,
        author="u-1",
        place=Place.FIELD,
        epoch="e-one",
        position=position,
        received_at=1_000 + position,
        effective_at=900 + position,
        verdict=verdict,
        role="technician",
        problem=None if verdict == "applied" else "operation.text",
    )


def stored(doc: str, position: int, name: str = "陳美惠") -> Stored:
    origin = Origin(Dot("actor-one", 1), (Position(position, "e-one"),), Position(0, "e-one"), "u-1", Place.FIELD, 901)
    return Stored(Kind.CUSTOMER, doc, position, Document({"name": (Write(origin, name),)}), {"name": name})


async def test_e1_what_a_transaction_writes_is_there_in_the_next(open_ledger: Opened) -> None:
    async with open_ledger() as ledger:
        await ledger.append([logged(1, 1), logged(2, 2)])
        await ledger.save_actor(Actor(RECORD, 2, "cd" * 32))
        await ledger.store([stored("customer-one", 2)], [])
        await ledger.advance(2)
    async with open_ledger() as ledger:
        assert (await ledger.head()).position == 2
        assert await ledger.logged("actor-one", 1, 9) == [logged(1, 1), logged(2, 2)]
        assert await ledger.actor("actor-one") == Actor(RECORD, 2, "cd" * 32)
        assert await ledger.documents([(Kind.CUSTOMER, "customer-one")]) == {
            (Kind.CUSTOMER, "customer-one"): stored("customer-one", 2)
        }


async def test_p4_what_a_failed_transaction_wrote_never_was(open_ledger: Opened) -> None:
    with pytest.raises(ConnectionError):
        await _write_and_fail(open_ledger)
    async with open_ledger() as ledger:
        assert (await ledger.head()).position == 0
        assert await ledger.logged("actor-one", 1, 9) == []
        assert await ledger.documents([(Kind.CUSTOMER, "customer-one")]) == {}


async def _write_and_fail(open_ledger: Opened) -> None:
    async with open_ledger() as ledger:
        await ledger.append([logged(1, 1)])
        await ledger.store([stored("customer-one", 1)], [])
        await ledger.advance(1)
        raise ConnectionError


async def test_f1_a_feed_holds_the_newest_entry_of_each_document(open_ledger: Opened) -> None:
    async with open_ledger() as ledger:
        for position in (1, 2, 3):
            entry = FeedEntry("unit:one", "customer", f"customer-{position % 2}", position, gone=False)
            await ledger.store([stored(f"customer-{position % 2}", position)], [entry])
        entries = await ledger.feed(["unit:one"], 0, 10)
        assert [(entry.id, entry.position) for entry in entries] == [("customer-0", 2), ("customer-1", 3)]
        assert [entry.id for entry in await ledger.feed(["unit:one"], 2, 10)] == ["customer-1"]
        assert await ledger.feed(["unit:two"], 0, 10) == []


async def test_l1_a_page_never_tears_a_position(open_ledger: Opened) -> None:
    async with open_ledger() as ledger:
        entries = [
            FeedEntry("unit:one", "customer", f"customer-{number}", 1 + number // 3, gone=False) for number in range(9)
        ]
        await ledger.store([], entries)
        page = await ledger.feed(["unit:one"], 0, 4)
        assert [entry.position for entry in page] == [1, 1, 1, 2, 2, 2]


async def test_h1_a_readmitted_operation_has_two_positions(open_ledger: Opened) -> None:
    async with open_ledger() as ledger:
        await ledger.append([logged(1, 1)])
        await ledger.begin_epoch(EpochLink("e-two", "e-one", 0))
        await ledger.readmit([Dot("actor-one", 1)], Position(1, "e-two"))
        assert [each.readmitted for each in await ledger.logged("actor-one", 1, 1)] == [(Position(1, "e-two"),)]
        assert [each.readmitted for each in await ledger.history((Kind.CUSTOMER, "customer-one"))] == [
            (Position(1, "e-two"),)
        ]


async def test_e1_a_history_is_told_in_the_order_of_the_log(open_ledger: Opened) -> None:
    async with open_ledger() as ledger:
        seqs = [(3, 1), (1, 2), (4, 3), (2, 4)]
        await ledger.append([logged(seq, position) for seq, position in sorted(seqs)])
        await ledger.begin_epoch(EpochLink("e-two", "e-one", 4))
        await ledger.readmit([Dot("actor-one", 3)], Position(5, "e-two"))
        history = await ledger.history((Kind.CUSTOMER, "customer-one"))
        assert [each.dot.seq for each in history] == [1, 4, 2, 3]


async def test_d2_the_history_of_a_document_leaves_out_what_is_held(open_ledger: Opened) -> None:
    async with open_ledger() as ledger:
        await ledger.append([logged(1, 1), logged(2, 2, verdict="held"), logged(3, 3, doc="customer-two")])
        assert [each.dot.seq for each in await ledger.history((Kind.CUSTOMER, "customer-one"))] == [1]
        assert [each.dot.seq for each in await ledger.held()] == [2]


async def test_t3_receipts_are_found_by_position_and_epoch(open_ledger: Opened) -> None:
    async with open_ledger() as ledger:
        await ledger.append([logged(1, 1), logged(2, 2)])
        found = await ledger.receipts([Position(2, "e-one"), Position(2, "e-two"), Position(7, "e-one")])
        assert found == {Position(2, "e-one"): 1_002}


async def test_e3_an_incarnation_ends_where_the_next_one_began(open_ledger: Opened) -> None:
    async with open_ledger() as ledger:
        await ledger.begin_incarnation("start-one", 1)
        await ledger.advance(5)
        await ledger.begin_incarnation("start-two", 2)
        await ledger.advance(8)
        ends = [await ledger.incarnation_end(each) for each in ("start-one", "start-two", "start-x")]
        assert ends == [5, 8, None]


async def test_a3_the_ancestry_is_followed_to_the_first_actor(open_ledger: Opened) -> None:
    async with open_ledger() as ledger:
        for name, parent in (("actor-one", None), ("actor-two", "actor-one"), ("actor-three", "actor-two")):
            record = ActorRecord(
                actor=name,
                company="company-one",
                device="d",
                user="u",
                place=Place.FIELD,
                epoch="e-one",
                parent=parent,
                parent_seq=4 if parent else 0,
            )
            await ledger.save_actor(Actor(record, 0, "cd" * 32))
        assert await ledger.ancestry(["actor-three"]) == {
            "actor-three": ("actor-two", 4),
            "actor-two": ("actor-one", 4),
        }


async def test_f2_a_document_knows_who_holds_it(open_ledger: Opened) -> None:
    async with open_ledger() as ledger:
        entries = [
            FeedEntry("unit:one", "customer", "customer-one", 2, gone=True),
            FeedEntry("unit:two", "customer", "customer-one", 2, gone=False),
        ]
        await ledger.store([], entries)
        key = (Kind.CUSTOMER, "customer-one")
        assert await ledger.audiences_of([key]) == {key: frozenset({"unit:two"})}


async def test_f4_a_digest_takes_back_what_it_was_given(open_ledger: Opened) -> None:
    rows = [("customer", f"customer-{number}", 10 * number) for number in range(8)]
    everybody = row_number("user", "user-1", 3)
    async with open_ledger() as ledger:
        assert await ledger.digest_of(["unit:one", "company"]) == 0
        for row in rows:
            await ledger.change_digests({"unit:one": row_number(*row), "company": everybody})
    async with open_ledger() as ledger:
        assert await ledger.digest_of(["company"]) == 0
        await ledger.change_digests({"unit:one": row_number(*rows[0]), "company": everybody, "unit:two": 1})
    async with open_ledger() as ledger:
        digest = combine(row_digest(*row) for row in [*rows[1:], ("user", "user-1", 3)])
        assert digest_text(await ledger.digest_of(["unit:one", "company"])) == digest
