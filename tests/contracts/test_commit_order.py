"""Positions become visible in commit order, and waiting writers share commits."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from schemas.problems import Code, Problem
from server.platform import committer, kept_connections
from server.platform.database import Database
from server.records.ledger import FeedEntry
from server.records.work import Work
from tests.contracts.log_stores import KEY, Doors, LogStore, stored
from tests.server.exchange_company import COMPANY, UNIT, Company, found, running
from tests.support.databases import SqliteFiles

FULL = 2
"""What SQLite calls ``synchronous=FULL``."""

MORE_THAN_THERE_ARE = 20

CUSTOMER = {"unit": UNIT, "name": "王建國"}


@pytest.fixture
async def company(empty_database_url: str) -> AsyncIterator[Company]:
    await found(empty_database_url)
    async with running(empty_database_url) as company:
        yield company


async def reached(place: asyncio.Event, task: asyncio.Task[Any]) -> None:
    """Wait until a task comes to a place; raises what the task raised if it never does."""
    waiting = asyncio.ensure_future(place.wait())
    await asyncio.wait({waiting, task}, return_when=asyncio.FIRST_COMPLETED)
    if task.done():
        waiting.cancel()
        task.result()


async def test_l4_a_commit_that_is_delayed_behind_another_loses_no_row(doors: Doors) -> None:
    """A second process wants a position while a first one still holds its transaction open: it waits for it."""
    holds, release = asyncio.Event(), asyncio.Event()
    order: list[str] = []

    async def take(store: LogStore, who: str) -> int:
        async with store.writing() as ledger:
            position = (await ledger.head()).position + 1
            await ledger.store([], [FeedEntry("company", "customer", f"customer-{who}", position, gone=False)])
            await ledger.advance(position)
            if who == "slow":
                holds.set()
                await release.wait()
            order.append(who)
        return position

    async def seen() -> tuple[int, list[str]]:
        """A pull, and the cursor that it hands out."""
        async with doors.another.reading() as ledger:
            return (await ledger.end()).position, [entry.id for entry in await ledger.feed(["company"], 0, 9)]

    first = asyncio.create_task(take(doors.one, "slow"))
    await reached(holds, first)
    second = asyncio.create_task(take(doors.another, "quick"))
    await asyncio.sleep(0.2)
    assert await seen() == (0, [])
    assert not second.done()
    release.set()
    assert (await first, await second, order) == (1, 2, ["slow", "quick"])
    assert await seen() == (2, ["customer-slow", "customer-quick"])


async def test_l4_a_transaction_that_fails_gives_its_position_to_the_one_that_waits(doors: Doors) -> None:
    holds, release = asyncio.Event(), asyncio.Event()

    async def fail() -> None:
        async with doors.one.writing() as ledger:
            await ledger.advance((await ledger.head()).position + 1)
            holds.set()
            await release.wait()
            raise ConnectionError

    async def take() -> int:
        async with doors.another.writing() as ledger:
            position = (await ledger.head()).position + 1
            await ledger.advance(position)
        return position

    failing = asyncio.create_task(fail())
    await reached(holds, failing)
    waiting = asyncio.create_task(take())
    await asyncio.sleep(0.1)
    release.set()
    with pytest.raises(ConnectionError):
        await failing
    assert await waiting == 1


async def test_l1_a_snapshot_stands_still_while_others_commit(doors: Doors) -> None:
    async with doors.one.reading() as snapshot:
        before = await snapshot.end()
        async with doors.another.writing() as ledger:
            await ledger.store([stored("customer-one", 1)], [])
            await ledger.change_digests({"company": 7})
            await ledger.advance(1)
        assert await snapshot.end() == before
        assert await snapshot.documents([KEY]) == {}
        assert await snapshot.digest_of(["company"]) == 0
    async with doors.one.reading() as later:
        assert ((await later.end()).position, await later.digest_of(["company"])) == (1, 7)


async def test_p4_one_failing_job_costs_its_neighbours_nothing(company: Company) -> None:
    devices = [company.device(f"technician-{number}") for number in range(12)]
    for device in devices:
        await company.hello(device)
        device.write("customer", f"customer-{device.user}", CUSTOMER)

    async def fail(work: Work) -> None:
        await work.ledger.advance(1_000)
        raise ConnectionError

    pushes = [company.push(device, device.push()) for device in devices]
    failing = [company.journal.write(COMPANY, fail) for _ in range(3)]
    answers = await asyncio.gather(*pushes, *failing, return_exceptions=True)
    assert [type(answer).__name__ for answer in answers[12:]] == ["ConnectionError"] * 3
    async with company.journal.reading(COMPANY) as ledger:
        assert (await ledger.end()).position == 12
    assert {reply.acked_seq for reply in answers[:12]} == {1}  # type: ignore[union-attr]


async def test_p4_a_push_that_breaks_the_server_costs_its_neighbours_nothing(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    devices = [company.device(f"technician-{number}") for number in range(6)]
    for device in devices:
        await company.hello(device)
        device.write("customer", f"customer-{device.user}", {"unit": device.unit, "name": "陳美惠"})
    record, broken = Work.record, devices[2].record.actor

    async def breaking(self: Work, groups: Any) -> Any:  # noqa: ANN401 - as the method it stands for
        if any(entry.dot.actor == broken for group in groups for entry in group):
            raise ConnectionError
        return await record(self, groups)

    monkeypatch.setattr(Work, "record", breaking)
    pushes = [company.push(device, device.push()) for device in devices]
    answers = await asyncio.gather(*pushes, return_exceptions=True)
    assert [type(answer).__name__ for answer in answers] == ["PushReply"] * 2 + ["ConnectionError"] + ["PushReply"] * 3
    async with company.journal.reading(COMPANY) as ledger:
        assert (await ledger.end()).position == 5


async def test_p4_a_push_with_a_problem_costs_its_neighbours_nothing(company: Company) -> None:
    one, stranger, other = (company.device(f"technician-{number}") for number in range(3))
    for device in (one, other):
        await company.hello(device)
    for device in (one, stranger, other):
        device.write("customer", f"customer-{device.user}", {"unit": device.unit, "name": "陳美惠"})
    pushes = [company.push(device, device.push()) for device in (one, stranger, other)]
    first, problem, second = await asyncio.gather(*pushes, return_exceptions=True)
    assert isinstance(problem, Problem)
    assert problem.code is Code.SYNC_ACTOR
    assert [reply.acked_seq for reply in (first, second)] == [1, 1]  # type: ignore[union-attr]


@contextmanager
def each_commit(database: Database, told: Callable[[], None]) -> Iterator[None]:
    """Be told of each commit of whoever writes."""
    writing = database.writing

    @asynccontextmanager
    async def telling() -> AsyncIterator[AsyncConnection]:
        async with writing() as connection:
            yield connection
        told()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database, "writing", telling)
        yield


async def test_p4_pushes_that_wait_share_one_commit(company: Company) -> None:
    devices = [company.device(f"technician-{number}") for number in range(16)]
    for device in devices:
        await company.hello(device)
        device.write("customer", f"customer-{device.user}", CUSTOMER)
    begun, release = asyncio.Event(), asyncio.Event()

    async def dawdle(_work: Work) -> None:
        begun.set()
        await release.wait()

    commits: list[str] = []
    with each_commit(company.journal.database, lambda: commits.append("commit")):
        slow = asyncio.create_task(company.journal.write(COMPANY, dawdle))
        await begun.wait()
        pushes = [asyncio.create_task(company.push(device, device.push())) for device in devices]
        await asyncio.sleep(0)
        assert commits == []
        release.set()
        await slow
        replies = await asyncio.gather(*pushes)
    assert len(commits) == 2, "one of whoever was first, one of the sixteen who waited for it"
    assert [stamp.position for reply in replies for stamp in reply.stamps] == list(range(1, 17))


async def test_p4_an_acknowledgement_waits_for_its_commit(company: Company) -> None:
    device = company.device("technician-one")
    await company.hello(device)
    device.write("customer", "customer-one", CUSTOMER)
    order: list[str] = []
    with each_commit(company.journal.database, lambda: order.append("committed")):
        await company.push(device, device.push())
        order.append("acknowledged")
    assert order == ["committed", "acknowledged"]


async def test_a_job_that_gives_itself_up_takes_nobody_with_it(company: Company) -> None:
    async def give_up(_work: Work) -> None:
        raise asyncio.CancelledError

    with pytest.raises(Problem, match=Code.SERVER_BUSY):
        await asyncio.wait_for(company.journal.write(COMPANY, give_up), 5)
    device = company.device("technician-one")
    await company.hello(device)
    device.write("customer", "customer-one", CUSTOMER)
    assert (await asyncio.wait_for(company.push(device, device.push()), 5)).acked_seq == 1


async def test_whoever_comes_when_too_many_wait_is_told_so_and_costs_nobody(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(committer, "MAX_WAITING", 2)
    release = asyncio.Event()

    async def dawdle(_work: Work) -> str:
        await release.wait()
        return "done"

    first = asyncio.create_task(company.journal.write(COMPANY, dawdle))
    await asyncio.sleep(0.1)
    waiting = [asyncio.create_task(company.journal.write(COMPANY, dawdle)) for _ in range(2)]
    await asyncio.sleep(0)
    with pytest.raises(Problem, match=Code.SERVER_BUSY):
        await company.journal.write(COMPANY, dawdle)
    release.set()
    assert await asyncio.gather(first, *waiting) == ["done"] * 3


async def test_whoever_finds_every_connection_taken_is_told_so(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = company.journal.database
    kind: Any = database._kind
    if database.is_sqlite:
        monkeypatch.setattr(kept_connections, "PATIENCE_SECONDS", 0.05)
    else:
        monkeypatch.setattr(kind._engine.sync_engine.pool, "_timeout", 0.05)
    async with AsyncExitStack() as taken:

        async def take_more_than_there_are() -> None:
            for _ in range(MORE_THAN_THERE_ARE):
                await taken.enter_async_context(database.reading())

        with pytest.raises(Problem, match=Code.SERVER_BUSY):
            await take_more_than_there_are()
    async with database.reading() as connection:
        assert (await connection.execute(text("SELECT 1"))).scalar_one() == 1


async def test_what_sqlite_acknowledges_is_on_the_disk(sqlite_files: SqliteFiles) -> None:
    name = f"durable_{uuid4().hex}"
    database = Database(sqlite_files.create(name))
    found = {}
    async with database.writing() as connection:
        for pragma in ("journal_mode", "synchronous", "foreign_keys"):
            found[pragma] = (await connection.execute(text(f"PRAGMA {pragma}"))).scalar_one()
    await database.close()
    sqlite_files.drop(name)
    assert found == {"journal_mode": "wal", "synchronous": FULL, "foreign_keys": 1}


async def test_e1_positions_are_gapless_whoever_writes_at_once(company: Company) -> None:
    devices = [company.device(f"technician-{number}") for number in range(8)]
    for device in devices:
        await company.hello(device)
        for number in range(5):
            device.write("customer", f"{device.user}-{number}", CUSTOMER)
    replies = await asyncio.gather(*(company.push(device, device.push()) for device in devices))
    positions = sorted(stamp.position for reply in replies for stamp in reply.stamps)
    assert positions == list(range(1, 41))
