"""One contract for every log store: memory, SQLite, PostgreSQL."""

import pytest
from msgspec import structs
from sqlalchemy.exc import IntegrityError

from schemas.protocol import Dot, EpochLink
from schemas.registry import Kind
from schemas.vocabulary import Place
from server.platform.database import METADATA, Database
from server.records.ledger import Actor, FeedEntry, Stored
from server.records.sql_ledger import SqlLedger
from sync.digest import combine, digest_text, row_digest, row_number
from sync.document import Document
from sync.lineage import Position
from sync.write import Origin, Write
from tests.contracts.log_stores import COMPANY, EPOCH, KEY, MANY, Doors, Opened, logged, record, stored


async def test_e1_what_a_transaction_writes_is_there_in_the_next(open_ledger: Opened) -> None:
    async with open_ledger() as ledger:
        await ledger.append([logged(1, 1), logged(2, 2)])
        await ledger.save_actors([Actor(record(), 2, "cd" * 32)])
        await ledger.store([stored("customer-one", 2)], [])
        await ledger.advance(2)
    async with open_ledger() as ledger:
        assert (await ledger.head()).position == 2
        assert await ledger.logged("actor-one", 1, 9) == [logged(1, 1), logged(2, 2)]
        assert await ledger.actors(["actor-one"]) == {"actor-one": Actor(record(), 2, "cd" * 32)}
        assert await ledger.documents([KEY]) == {KEY: stored("customer-one", 2)}


async def test_p4_what_a_failed_transaction_wrote_never_was(open_ledger: Opened) -> None:
    with pytest.raises(ConnectionError):
        await _write_and_fail(open_ledger)
    async with open_ledger() as ledger:
        assert (await ledger.head()).position == 0
        assert await ledger.logged("actor-one", 1, 9) == []
        assert await ledger.documents([KEY]) == {}
        assert await ledger.digest_of(["unit:one"]) == 0
        assert await ledger.incarnation_end("start-one") is None


async def _write_and_fail(open_ledger: Opened) -> None:
    async with open_ledger() as ledger:
        await ledger.append([logged(1, 1)])
        await ledger.store([stored("customer-one", 1)], [])
        await ledger.change_digests({"unit:one": 7})
        await ledger.begin_incarnation("start-one", 1)
        await ledger.advance(1)
        raise ConnectionError


async def test_a_company_sees_its_own_log_only(doors: Doors) -> None:
    async with doors.one.writing() as ledger:
        await ledger.append([logged(1, 1), logged(2, 2, verdict="held")])
        await ledger.save_actors([Actor(record(), 2, "cd" * 32)])
        entry = FeedEntry("company", "customer", "customer-one", 2, gone=False)
        await ledger.store([stored("customer-one", 2)], [entry])
        await ledger.change_digests({"company": 7})
        await ledger.begin_incarnation("start-one", 1)
        await ledger.advance(2)
    async with doors.neighbour.writing() as ledger:
        assert (await ledger.head()).position == 0
        assert await ledger.actors(["actor-one"]) == {}
        assert await ledger.logged("actor-one", 1, 9) == []
        assert await ledger.receipts([Position(1, EPOCH)]) == {}
        assert await ledger.documents([KEY]) == {}
        assert await ledger.history(KEY) == []
        assert await ledger.held() == []
        assert await ledger.feed(["company"], 0, 10) == []
        assert await ledger.audiences_of([KEY], ["company", "unit:two"]) == {KEY: frozenset()}
        assert await ledger.digest_of(["company"]) == 0
        assert await ledger.incarnation_end("start-one") is None


async def test_e1_the_end_of_the_log_moves_with_the_transaction_that_moves_it(open_ledger: Opened) -> None:
    async with open_ledger() as ledger:
        assert await ledger.end() == await ledger.head()
        await ledger.advance(3)
        assert (await ledger.head()).position == (await ledger.end()).position == 3
        await ledger.advance(4)
        assert (await ledger.end()).position == 4
    async with open_ledger() as ledger:
        end = await ledger.end()
        assert (end.epoch, end.position, end.lineage) == (EPOCH, 4, (EpochLink(EPOCH, None, 0),))


async def test_e1_a_new_epoch_goes_on_from_its_fork(open_ledger: Opened) -> None:
    async with open_ledger() as ledger:
        await ledger.advance(5)
        await ledger.begin_epoch(EpochLink("e-two", EPOCH, 5))
        assert ((await ledger.head()).epoch, (await ledger.head()).position) == ("e-two", 5)
    async with open_ledger() as ledger:
        head = await ledger.head()
        assert (head.epoch, head.position) == ("e-two", 5)
        assert head.lineage == (EpochLink(EPOCH, None, 0), EpochLink("e-two", EPOCH, 5))


async def test_e1_an_epoch_that_this_copy_never_knew_is_remembered_without_a_past(open_ledger: Opened) -> None:
    """Both begin at one moment and at one position: which of them is current is what was begun last."""
    async with open_ledger() as ledger:
        await ledger.advance(5)
        await ledger.begin_epoch(EpochLink("z-strange", None, 5))
        await ledger.begin_epoch(EpochLink("e-two", EPOCH, 5))
    async with open_ledger() as ledger:
        head = await ledger.end()
        assert head.epoch == "e-two"
        assert set(head.lineage) == {
            EpochLink(EPOCH, None, 0),
            EpochLink("z-strange", None, 5),
            EpochLink("e-two", EPOCH, 5),
        }


async def test_a3_a_chain_is_remembered_as_it_was_last_saved(open_ledger: Opened) -> None:
    renamed = record("actor-two", "actor-one")
    async with open_ledger() as ledger:
        assert await ledger.actors(["actor-two"]) == {}
        await ledger.save_actors([Actor(renamed, 0, "00" * 32)])
        await ledger.save_actors([Actor(renamed, 3, "cd" * 32)])
        assert await ledger.actors(["actor-two"]) == {"actor-two": Actor(renamed, 3, "cd" * 32)}
    async with open_ledger() as ledger:
        assert await ledger.actors(["actor-one", "actor-two"]) == {"actor-two": Actor(renamed, 3, "cd" * 32)}
        assert await ledger.actors([]) == {}


async def test_a2_a_stretch_of_a_chain_is_what_was_appended_in_the_order_of_its_seqs(open_ledger: Opened) -> None:
    async with open_ledger() as ledger:
        await ledger.append([logged(seq, 10 - seq) for seq in (4, 2, 1, 3)])
        await ledger.append([logged(2, 20, actor="actor-two")])
        await ledger.append([])
        assert await ledger.logged("actor-one", 2, 3) == [logged(2, 8), logged(3, 7)]
        assert await ledger.logged("actor-one", 3, 99) == [logged(3, 7), logged(4, 6)]
        assert await ledger.logged("actor-one", 5, 9) == await ledger.logged("nobody", 1, 9) == []


async def test_p3_a_dot_is_appended_once(open_ledger: Opened) -> None:
    async with open_ledger() as ledger:
        await ledger.append([logged(1, 1)])
    with pytest.raises((IntegrityError, KeyError)):
        async with open_ledger() as ledger:
            await ledger.append([logged(2, 2), logged(1, 3)])
    async with open_ledger() as ledger:
        assert await ledger.logged("actor-one", 1, 9) == [logged(1, 1)]


async def test_f1_a_feed_holds_the_newest_entry_of_each_document(open_ledger: Opened) -> None:
    async with open_ledger() as ledger:
        for position in (1, 2, 3):
            entry = FeedEntry("unit:one", "customer", f"customer-{position % 2}", position, gone=False)
            await ledger.store([stored(f"customer-{position % 2}", position)], [entry])
        entries = await ledger.feed(["unit:one"], 0, 10)
        assert [(entry.id, entry.position) for entry in entries] == [("customer-0", 2), ("customer-1", 3)]
        assert [entry.id for entry in await ledger.feed(["unit:one"], 2, 10)] == ["customer-1"]
        assert await ledger.feed(["unit:two"], 0, 10) == []
        assert await ledger.feed([], 0, 10) == []


async def test_f2_a_feed_tells_what_left_it_and_is_read_for_several_audiences_at_once(open_ledger: Opened) -> None:
    told = [
        FeedEntry("unit:one", "customer", "customer-one", 3, gone=True),
        FeedEntry("unit:two", "customer", "customer-one", 3, gone=False),
        FeedEntry("company", "user", "user-one", 1, gone=False),
        FeedEntry("unit:three", "customer", "customer-two", 2, gone=False),
    ]
    async with open_ledger() as ledger:
        await ledger.store([], told)
    async with open_ledger() as ledger:
        entries = await ledger.feed(["unit:one", "unit:two", "company"], 0, 10)
        assert [entry.position for entry in entries] == [1, 3, 3]
        assert {(entry.audience, entry.gone) for entry in entries} == {
            ("unit:one", True),
            ("unit:two", False),
            ("company", False),
        }


async def test_f5_what_is_gone_is_forgotten_up_to_the_horizon_and_the_rest_stays(open_ledger: Opened) -> None:
    told = [
        FeedEntry("company", "customer", "customer-1", 1, gone=True),
        FeedEntry("company", "customer", "customer-2", 2, gone=False),
        FeedEntry("company", "customer", "customer-3", 3, gone=True),
    ]
    async with open_ledger() as ledger:
        await ledger.store([], told)
        await ledger.advance(3)
        await ledger.forget(2)
        assert (await ledger.head()).horizon == 2
    async with open_ledger() as ledger:
        assert (await ledger.end()).horizon == 2
        assert [entry.id for entry in await ledger.feed(["company"], 0, 9)] == ["customer-2", "customer-3"]
        await ledger.begin_epoch(EpochLink("e-two", EPOCH, 3))
        assert (await ledger.head()).horizon == 2


async def test_e1_branches_are_read_anew_only_when_there_is_another_one(open_ledger: Opened) -> None:
    async def branches() -> tuple[EpochLink, ...]:
        async with open_ledger() as ledger:
            return (await ledger.end()).branches

    for number in range(3):
        async with open_ledger() as ledger:
            await ledger.begin_incarnation(f"start-{number}", 1)
        before = await branches()
        async with open_ledger() as ledger:
            await ledger.advance(7 + number)
        assert await branches() is before
        assert [link.epoch for link in before] == [f"start-{each}" for each in range(number + 1)]


async def test_f5_deleted_documents_are_found_by_their_place(open_ledger: Opened) -> None:
    def deleted(doc: str, position: int) -> Stored:
        placed = (Position(position, EPOCH),)
        origin = Origin(Dot("actor-one", position), placed, Position(0, EPOCH), "clerk-one", Place.OFFICE, 1)
        document = Document({"deleted": (Write(origin, value=True),)})
        return Stored(Kind.CUSTOMER, doc, position, document, {"deleted": True})

    async with open_ledger() as ledger:
        written = [logged(place, place, f"customer-{place}") for place in (1, 2, 4, 7)]
        beside = [logged(3, 2, "customer-3"), logged(5, 2, verdict="held"), logged(8, 2, "customer-8")]
        await ledger.append([*written, *beside])
        await ledger.store([deleted(f"customer-{place}", place) for place in (1, 2)], [])
        await ledger.store([stored("customer-3", 2), deleted("customer-8", 5)], [])
        await ledger.readmit([Dot("actor-one", 4), Dot("actor-one", 8)], Position(5, "e-two"), "device-one")
        await ledger.store([deleted("customer-4", 5), stored("customer-7", 7)], [])
        assert [each.id for each in await ledger.deleted(1, 2)] == ["customer-2"]
        assert [each.id for each in await ledger.deleted(0, 1)] == ["customer-1"]
        assert await ledger.deleted(2, 4) == []
        assert sorted(each.id for each in await ledger.deleted(2, 5)) == ["customer-4", "customer-8"]
        assert await ledger.deleted(5, 9) == []


async def test_f5_when_operations_were_received_is_told_in_the_order_of_their_places(open_ledger: Opened) -> None:
    async with open_ledger() as ledger:
        await ledger.append([logged(1, 3), logged(2, 1), logged(3, 2), logged(4, 2, verdict="held"), logged(5, 5)])
        assert await ledger.received(0, 9, 9) == [(1, 1_001), (2, 1_002), (2, 1_002), (3, 1_003), (5, 1_005)]
        assert await ledger.received(1, 3, 9) == [(2, 1_002), (2, 1_002), (3, 1_003)]
        assert await ledger.received(1, 5, 1) == [(2, 1_002)]
        assert await ledger.received(5, 9, 9) == []


async def test_l1_a_page_never_tears_a_position(open_ledger: Opened) -> None:
    async with open_ledger() as ledger:
        entries = [
            FeedEntry("unit:one", "customer", f"customer-{number}", 1 + number // 3, gone=False) for number in range(9)
        ]
        await ledger.store([], entries)
        page = await ledger.feed(["unit:one"], 0, 4)
        assert [entry.position for entry in page] == [1, 1, 1, 2, 2, 2]
        assert {entry.id for entry in page} == {f"customer-{number}" for number in range(6)}
        assert [entry.position for entry in await ledger.feed(["unit:one"], 2, 4)] == [3, 3, 3]


async def test_h1_a_readmitted_operation_has_two_positions(open_ledger: Opened) -> None:
    async with open_ledger() as ledger:
        await ledger.append([logged(1, 1), logged(2, 2)])
        await ledger.begin_epoch(EpochLink("e-two", EPOCH, 0))
        await ledger.readmit([], Position(9, "e-two"), "device-one")
        await ledger.readmit([Dot("actor-one", 1)], Position(1, "e-two"), "device-one")
    async with open_ledger() as ledger:
        twice, once = await ledger.logged("actor-one", 1, 2)
        assert (twice.readmitted, once.readmitted) == ((Position(1, "e-two"),), ())
        assert [each.readmitted for each in await ledger.history(KEY)] == [(Position(1, "e-two"),), ()]


async def test_h1_an_operation_that_was_lost_twice_has_three_positions_in_their_order(open_ledger: Opened) -> None:
    async with open_ledger() as ledger:
        await ledger.append([logged(1, 4)])
        await ledger.begin_epoch(EpochLink("e-two", EPOCH, 2))
        await ledger.readmit([Dot("actor-one", 1)], Position(3, "e-two"), "device-one")
        await ledger.begin_epoch(EpochLink("e-three", "e-two", 2))
        await ledger.readmit([Dot("actor-one", 1)], Position(5, "e-three"), "device-one")
    async with open_ledger() as ledger:
        (found,) = await ledger.logged("actor-one", 1, 1)
        assert found.readmitted == (Position(3, "e-two"), Position(5, "e-three"))


async def test_e1_a_history_is_told_in_the_order_of_the_log(open_ledger: Opened) -> None:
    async with open_ledger() as ledger:
        seqs = [(3, 1), (1, 2), (4, 3), (2, 4)]
        await ledger.append([logged(seq, position) for seq, position in sorted(seqs)])
        await ledger.begin_epoch(EpochLink("e-two", EPOCH, 4))
        await ledger.readmit([Dot("actor-one", 3)], Position(5, "e-two"), "device-one")
        history = await ledger.history(KEY)
        assert [each.dot.seq for each in history] == [1, 4, 2, 3]


async def test_h7_what_the_server_itself_wrote_is_told_by_its_place_in_this_log(open_ledger: Opened) -> None:
    own = [logged(seq, position, actor="server-start") for seq, position in ((1, 2), (2, 4), (3, 9))]
    async with open_ledger() as ledger:
        await ledger.append([logged(1, 1), *own, logged(2, 3, actor="serverless")])
        assert await ledger.servers_own(0, 9) == own
        assert await ledger.servers_own(2, 4) == own[1:2]
        await ledger.begin_epoch(EpochLink("e-two", EPOCH, 5))
        await ledger.readmit([Dot("server-start", 3)], Position(6, "e-two"), "device-one")
    async with open_ledger() as ledger:
        assert [each.dot.seq for each in await ledger.servers_own(0, 5)] == [1, 2]
        (back,) = await ledger.servers_own(5, 6)
        assert (back.dot, back.readmitted) == (Dot("server-start", 3), (Position(6, "e-two"),))
        assert await ledger.servers_own(6, 9) == []


async def test_h2_what_anybody_wrote_is_told_by_its_place_in_this_log(open_ledger: Opened) -> None:
    every = [logged(1, 1), logged(1, 2, actor="server-start"), logged(2, 4, verdict="held"), logged(3, 9)]
    async with open_ledger() as ledger:
        await ledger.append(every)
        assert await ledger.admitted(0, 9) == every
        assert await ledger.admitted(1, 4) == every[1:3]
        assert await ledger.places(1, 9, 2) == [2, 4]
        await ledger.begin_epoch(EpochLink("e-two", EPOCH, 5))
        await ledger.readmit([Dot("actor-one", 3)], Position(6, "e-two"), "device-one")
    async with open_ledger() as ledger:
        assert [each.dot.seq for each in await ledger.admitted(0, 5)] == [1, 1, 2]
        assert await ledger.places(3, 9, 5) == [4, 6, 9]
        (back,) = await ledger.admitted(5, 6)
        assert (back.dot, back.readmitted) == (Dot("actor-one", 3), (Position(6, "e-two"),))
        assert await ledger.admitted(6, 9) == []


async def test_d2_the_history_of_a_document_leaves_out_what_is_held(open_ledger: Opened) -> None:
    async with open_ledger() as ledger:
        await ledger.append([logged(1, 1), logged(2, 2, verdict="held"), logged(3, 3, doc="customer-two")])
        assert [each.dot.seq for each in await ledger.history(KEY)] == [1]
        assert await ledger.history((Kind.ASSET, "customer-one")) == []


async def test_p5_what_is_held_is_listed_with_its_reason_oldest_first(open_ledger: Opened) -> None:
    held = [logged(seq, position, verdict="held") for seq, position in ((1, 9), (2, 3), (3, 6))]
    async with open_ledger() as ledger:
        await ledger.append([*held, logged(4, 1)])
    async with open_ledger() as ledger:
        assert await ledger.held() == [held[1], held[2], held[0]]


async def test_t3_receipts_are_found_by_position_and_epoch(open_ledger: Opened) -> None:
    async with open_ledger() as ledger:
        await ledger.append([logged(1, 1), logged(2, 2), logged(3, 2)])
        found = await ledger.receipts([Position(2, EPOCH), Position(2, "e-two"), Position(7, EPOCH)])
        assert found == {Position(2, EPOCH): 1_002}
        assert await ledger.receipts([]) == {}


async def test_whoever_asks_for_many_gets_all_of_them(open_ledger: Opened) -> None:
    numbers = range(1, MANY + 1)
    keys = {(Kind.CUSTOMER, f"customer-{number}") for number in numbers}
    async with open_ledger() as ledger:
        await ledger.append([logged(number, number, doc=f"customer-{number}") for number in numbers])
        await ledger.begin_epoch(EpochLink("e-two", EPOCH, 0))
        await ledger.readmit([Dot("actor-one", number) for number in numbers], Position(1, "e-two"), "device-one")
        entries = [FeedEntry("company", "customer", f"customer-{n}", n, gone=False) for n in numbers]
        await ledger.store([stored(f"customer-{number}", number) for number in numbers], entries)
    async with open_ledger() as ledger:
        assert (await ledger.documents(keys)).keys() == keys
        assert await ledger.audiences_of(keys, ["company", "unit:one"]) == dict.fromkeys(keys, frozenset({"company"}))
        places = {Position(number, EPOCH): 1_000 + number for number in numbers}
        assert await ledger.receipts(places) == places
        assert {each.readmitted for each in await ledger.logged("actor-one", 1, MANY)} == {(Position(1, "e-two"),)}


async def test_r2_a_document_is_read_back_with_its_rivals_and_replaced_whole(open_ledger: Opened) -> None:
    torn, mended = stored("customer-one", 2, "陳美惠", "陳美慧"), stored("customer-one", 3, "陳美惠")
    async with open_ledger() as ledger:
        await ledger.store([torn], [])
    async with open_ledger() as ledger:
        assert await ledger.documents([KEY, (Kind.ASSET, "asset-one"), (Kind.CUSTOMER, "x-none")]) == {KEY: torn}
        await ledger.store([mended], [])
    async with open_ledger() as ledger:
        assert await ledger.documents([KEY]) == {KEY: mended}
        assert await ledger.documents([]) == {}


async def test_e3_an_incarnation_ends_where_the_next_one_began(open_ledger: Opened) -> None:
    async with open_ledger() as ledger:
        await ledger.begin_incarnation("start-one", 1)
        await ledger.advance(5)
        await ledger.begin_incarnation("start-two", 2)
        await ledger.advance(8)
        ends = [await ledger.incarnation_end(each) for each in ("start-one", "start-two", "start-x")]
        assert ends == [5, 8, None]


async def test_e1_every_incarnation_and_every_epoch_is_a_branch_of_its_own(open_ledger: Opened) -> None:
    async with open_ledger() as ledger:
        assert (await ledger.head()).branch == EPOCH
        await ledger.advance(3)
        await ledger.begin_incarnation("start-one", 1)
        assert (await ledger.head()).branch == "start-one"
        await ledger.advance(5)
        await ledger.begin_epoch(EpochLink("e-two", EPOCH, 5))
        assert (await ledger.end()).branch == "e-two"
        await ledger.advance(6)
        await ledger.begin_incarnation("start-two", 2)
    async with open_ledger() as ledger:
        head = await ledger.end()
        assert (head.epoch, head.incarnation, head.branch) == ("e-two", "start-two", "start-two")
        assert head.branches == (
            EpochLink("start-one", EPOCH, 3),
            EpochLink("e-two", "start-one", 5),
            EpochLink("start-two", "e-two", 6),
        )
        assert await ledger.incarnation_end("start-one") == 5
        assert await ledger.incarnation_end("e-two") == 6
        here = Position(6, "start-two")
        assert [head.tree().contains(here, Position(n, "start-one")) for n in (5, 6)] == [True, False]


async def test_e1_a_branch_under_which_nothing_was_committed_is_passed_over(open_ledger: Opened) -> None:
    async with open_ledger() as ledger:
        await ledger.begin_incarnation("start-one", 1)
        await ledger.advance(2)
        for name in ("start-two", "start-three"):
            await ledger.begin_incarnation(name, 2)
        parents = [(link.epoch, link.parent) for link in (await ledger.head()).branches]
        assert parents == [("start-one", EPOCH), ("start-two", "start-one"), ("start-three", "start-one")]


async def test_e3_what_is_heard_of_another_log_is_remembered_once_and_changes_nothing(open_ledger: Opened) -> None:
    async with open_ledger() as ledger:
        await ledger.begin_incarnation("start-one", 1)
        lost = EpochLink("start-lost", "start-one", 7)
        await ledger.learn_branches([EpochLink("start-lost", None, 0), lost, EpochLink("start-one", "start-x", 9)])
        await ledger.learn_branches([EpochLink("start-lost", "start-y", 2)])
    async with open_ledger() as ledger:
        head = await ledger.end()
        assert head.branches == (lost, EpochLink("start-one", EPOCH, 0))
        assert (head.branch, head.incarnation) == ("start-one", "start-one")


async def test_a3_the_ancestry_is_followed_to_the_first_actor(open_ledger: Opened) -> None:
    async with open_ledger() as ledger:
        for name, parent in (("actor-one", None), ("actor-two", "actor-one"), ("actor-three", "actor-two")):
            await ledger.save_actors([Actor(record(name, parent), 0, "cd" * 32)])
        await ledger.save_actors([Actor(record("actor-x", "actor-gone"), 0, "cd" * 32)])
        assert await ledger.ancestry(["actor-three"]) == {}
        await ledger.settle_pasts(["actor-three", "actor-x", "nobody"])
        assert await ledger.ancestry(["actor-three"]) == {
            "actor-three": ("actor-two", 4),
            "actor-two": ("actor-one", 4),
        }
        assert await ledger.ancestry(["actor-x", "actor-two"]) == {
            "actor-x": ("actor-gone", 4),
            "actor-two": ("actor-one", 4),
        }
        assert await ledger.ancestry(["actor-one", "nobody"]) == await ledger.ancestry([]) == {}


HEAD_THERE, HEAD_OF_A_COPY = "cd" * 32, "ef" * 32


async def test_a3_a_past_counts_where_the_log_has_the_head_that_is_named(open_ledger: Opened) -> None:
    renamed = {"actor-two": HEAD_THERE, "actor-copy": HEAD_OF_A_COPY}
    async with open_ledger() as ledger:
        await ledger.append([logged(4, 1)])
        actors = [record(name, "actor-one", head) for name, head in renamed.items()]
        await ledger.save_actors([Actor(each, 0, "ab" * 32) for each in actors])
        await ledger.settle_pasts(["actor-copy"])
        await ledger.settle_pasts(["actor-two", "actor-copy"])
        await ledger.save_actors([Actor(each, 1, "ba" * 32) for each in actors])
    async with open_ledger() as ledger:
        assert await ledger.ancestry(renamed) == {"actor-two": ("actor-one", 4)}
        assert [each.record for each in (await ledger.actors(renamed)).values()] in (actors, actors[::-1])


async def test_a3_what_the_log_had_when_a_chain_came_is_fixed_for_good(open_ledger: Opened) -> None:
    async with open_ledger() as ledger:
        early = record("actor-early", "actor-one", HEAD_THERE)
        late = record("actor-late", "actor-early", "ab" * 32)
        await ledger.save_actors([Actor(early, 0, "ab" * 32), Actor(late, 0, "ab" * 32)])
        await ledger.settle_pasts(["actor-late"])
        await ledger.append([logged(4, 1), structs.replace(logged(4, 2, actor="actor-early"), head="ab" * 32)])
        await ledger.settle_pasts(["actor-late", "actor-early"])
        assert await ledger.ancestry(["actor-late"]) == {}


async def test_a3_a_past_that_nothing_is_shared_of_needs_no_head(open_ledger: Opened) -> None:
    async with open_ledger() as ledger:
        begun = structs.replace(record("actor-two", "actor-one", HEAD_OF_A_COPY), parent_seq=0)
        await ledger.save_actors([Actor(begun, 0, "ab" * 32)])
        await ledger.settle_pasts(["actor-two"])
        assert await ledger.ancestry(["actor-two"]) == {"actor-two": ("actor-one", 0)}


async def test_a_unit_of_work_reads_what_it_wrote_itself_whatever_it_locked_or_began(open_ledger: Opened) -> None:
    first, second, third = (stored("customer-one", position) for position in (1, 2, 3))
    async with open_ledger() as ledger:
        await ledger.store([first], [])
        assert await ledger.documents([KEY]) == {KEY: first}
        await ledger.head()
        assert await ledger.documents([KEY]) == {KEY: first}
        await ledger.store([second], [])
        assert await ledger.documents([KEY]) == {KEY: second}
        await ledger.begin_epoch(EpochLink("e-two", EPOCH, 2))
        await ledger.store([third], [])
        assert await ledger.documents([KEY]) == {KEY: third}


async def test_f2_a_document_knows_who_holds_it(open_ledger: Opened) -> None:
    async with open_ledger() as ledger:
        entries = [
            FeedEntry("unit:one", "customer", "customer-one", 2, gone=True),
            FeedEntry("unit:two", "customer", "customer-one", 2, gone=False),
        ]
        await ledger.store([], entries)
        other = (Kind.ASSET, "customer-one")
        held = await ledger.audiences_of([KEY, other], ["company", "unit:one", "unit:two"])
        assert held == {KEY: frozenset({"unit:two"}), other: frozenset()}
        assert await ledger.audiences_of([KEY], ["unit:one"]) == {KEY: frozenset()}


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
        assert await ledger.digest_of([]) == 0


async def test_m1_the_databases_tell_the_histories_of_a_kind_page_by_page(empty_database_url: str) -> None:
    """Only a rebuild asks for them, and memory is never rebuilt."""
    database = Database(empty_database_url)
    async with database.writing() as connection:
        await connection.run_sync(METADATA.create_all)
        ledger = SqlLedger(connection, COMPANY, 1)
        await ledger.begin_epoch(EpochLink(EPOCH, None, 0))
        await ledger.append([logged(seq, 9 - seq, doc=f"customer-{seq % 3}") for seq in range(1, 7)])
        await ledger.append([logged(7, 20, verdict="held")])
        told: dict[str, list[int]] = {}
        after = ""
        while page := await ledger.histories(Kind.CUSTOMER, after, 2):
            assert len(page) <= 2
            told |= {doc: [each.dot.seq for each in history] for doc, history in page.items()}
            *_, after = page
        assert told == {"customer-0": [3, 6], "customer-1": [1, 4], "customer-2": [2, 5]}
        assert await ledger.histories(Kind.ASSET, "", 2) == {}
    await database.close()


async def test_l6_a_digest_without_some_kinds_is_that_of_the_other_rows(open_ledger: Opened) -> None:
    mine = [("customer", "customer-one", 1), ("photo", "photo-one", 2), ("photo", "photo-two", 3)]
    gone = FeedEntry("unit:one", "photo", "photo-gone", 4, gone=True)
    theirs = FeedEntry("unit:two", "photo", "photo-theirs", 5, gone=False)
    async with open_ledger() as ledger:
        await ledger.store([], [*(FeedEntry("unit:one", *row, gone=False) for row in mine), gone, theirs])
        for row in mine:
            await ledger.change_digests({"unit:one": row_number(*row)})
        assert await ledger.digest_of(["unit:one"], {"photo"}) == row_number(*mine[0])
        assert await ledger.digest_of(["unit:one"], {"asset"}) == await ledger.digest_of(["unit:one"])


async def test_y1_a_frame_takes_the_place_of_an_operations_bytes_and_of_nothing_else(open_ledger: Opened) -> None:
    async with open_ledger() as ledger:
        await ledger.append([logged(1, 1), logged(2, 2)])
    async with open_ledger() as ledger:
        await ledger.reduce({})
        await ledger.reduce({Dot("actor-one", 2): b"frame", Dot("actor-two", 2): b"nobody"})
    async with open_ledger() as ledger:
        reduced = structs.replace(logged(2, 2), payload=b"frame")
        assert await ledger.logged("actor-one", 1, 9) == [logged(1, 1), reduced]


async def test_y2_what_is_held_on_a_document_is_told_apart_from_what_counts(open_ledger: Opened) -> None:
    other = logged(3, 3, doc="customer-two", verdict="held")
    async with open_ledger() as ledger:
        await ledger.append([logged(1, 1), logged(2, 2, verdict="held"), other])
    async with open_ledger() as ledger:
        assert await ledger.held_on(KEY) == [logged(2, 2, verdict="held")]


async def test_y2_a_log_knows_whether_any_customer_was_ever_erased(open_ledger: Opened) -> None:
    async with open_ledger() as ledger:
        await ledger.store([stored("customer-one", 1)], [])
        assert not await ledger.has_erased()
        known = stored("customer-two", 2)
        (write,) = known.document.registers.popitem()[1]
        marked = Document({"erased_at": (Write(write.origin, 7),)})
        await ledger.store([Stored(Kind.CUSTOMER, "customer-two", 2, marked, {"erased_at": 7})], [])
        assert await ledger.has_erased()


async def test_n5_a_log_knows_the_signatures_of_visits(open_ledger: Opened) -> None:
    origin = Origin(Dot("actor-one", 1), (Position(1, EPOCH),), Position(0, EPOCH), "u-1", Place.FIELD, 900)
    two, one, other = (
        Stored(Kind.SIGNATURE, name, 1, Document({"visit": (Write(origin, visit),)}), {"visit": visit})
        for name, visit in (("two", "visit-one"), ("one", "visit-one"), ("three", "visit-two"))
    )
    async with open_ledger() as ledger:
        await ledger.store([two, one, other], [])
        assert await ledger.signatures(["visit-one", "visit-none"]) == [one, two]
