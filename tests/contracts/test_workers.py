"""Several server processes on one PostgreSQL: each a journal of its own, as each process has one."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from uuid import uuid4

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import SQLAlchemyError

from schemas.problems import Code, Problem
from schemas.protocol import EpochLink, PullEnd, PullHeader, PullLine, PullPut
from schemas.start import CompanyWish
from schemas.vocabulary import UnitKind
from server.accounts.passwords import Passwords
from server.founding.own_company import found_company
from server.platform.ambient import RealAmbient
from server.platform.database import METADATA, Database, is_out_of_reach
from server.platform.installation import COMPANY as COMPANIES
from server.platform.installation import add_company
from server.records.journal import Journal
from server.records.sql_ledger import SqlLedger
from server.records.work import Work
from tests.server.exchange_company import COMPANY, UNIT, Company, found, running
from tests.support.databases import PostgresServer
from tests.support.signing_device import SigningDevice

CUSTOMER = {"unit": UNIT, "name": "王建國"}
PATIENCE_S = 20
"""After this a test is stuck; nothing here is measured by it."""


@pytest.fixture
async def url(postgres: PostgresServer) -> AsyncIterator[str]:
    """A founded company's database in PostgreSQL."""
    name = f"workers_{uuid4().hex}"
    address = await asyncio.to_thread(postgres.create, name)
    await found(address)
    yield address
    await asyncio.to_thread(postgres.drop, name)


@asynccontextmanager
async def at_work(url: str, processes: int = 2) -> AsyncIterator[list[Company]]:
    """Start so many processes over one database, one after the other."""
    async with AsyncExitStack() as stack:
        yield [await stack.enter_async_context(running(url)) for _ in range(processes)]


async def write(at: Company, device: SigningDevice, name: str) -> str:
    """Push one more customer and return the mark of the answer."""
    device.write("customer", f"customer-{name}", CUSTOMER)
    return (await at.push(device, device.push(len(device.sent)))).mark


def cursor(lines: list[PullLine]) -> str:
    (end,) = (line for line in lines if isinstance(line, PullEnd))
    return end.cursor


def is_anew(lines: list[PullLine]) -> bool:
    return any(line.replace for line in lines if isinstance(line, PullHeader))


def rows(lines: list[PullLine]) -> list[str]:
    return [line.id for line in lines if isinstance(line, PullPut)]


async def test_e3_processes_that_take_turns_believe_one_anothers_marks(url: str) -> None:
    async with at_work(url, 3) as processes:
        device = processes[0].device("technician-one")
        await processes[0].hello(device)
        at, marks = cursor(await processes[0].pull(device)), []
        for turn in range(9):
            writer, reader = processes[turn % 3], processes[(turn + 1) % 3]
            marks.append(await write(writer, device, str(turn)))
            lines = await reader.pull(device, at)
            assert (rows(lines), is_anew(lines)) == ([f"customer-{turn}"], False)
            at = cursor(lines)
            greeted = await reader.hello(device, (*marks[-3:], at))
            assert (greeted.epoch, len(greeted.lineage)) == (device.epoch, 1)


async def test_e3_a_process_that_starts_or_ends_among_others_makes_no_mark_false(url: str) -> None:
    async with running(url) as old:
        device = old.device("technician-one")
        await old.hello(device)
        at = cursor(await old.pull(device))
        for turn in range(4):
            mark = await write(old, device, f"before-{turn}")
            async with running(url) as passing:
                assert len((await passing.hello(device, (mark, at))).lineage) == 1
                later = await write(passing, device, f"while-{turn}")
                lines = await old.pull(device, at)
                assert not is_anew(lines)
                at = cursor(lines)
            newest = await write(old, device, f"after-{turn}")
            assert len((await old.hello(device, (mark, later, newest, at))).lineage) == 1


async def test_e3_an_older_copy_is_noticed_by_the_marks_of_every_process(postgres: PostgresServer, url: str) -> None:
    """The backup is from between two commits; what follows it is lost, and written over by others."""
    name = f"older_{uuid4().hex}"
    async with at_work(url) as (one, another):
        device, other = one.device("technician-one"), one.device("technician-two")
        await one.hello(device)
        await another.hello(other)
        await write(one, other, "kept")
        backup = await asyncio.to_thread(copied, postgres, url, name)
        lost = [await write(one, device, "lost-one"), await write(another, device, "lost-two")]
        lost.append(cursor(await another.pull(device)))
    for mark in lost:
        older = await asyncio.to_thread(postgres.create, f"{name}_again", name)
        async with at_work(older) as (one, another):
            for turn in range(4):
                await write((one, another)[turn % 2], other, f"over-{turn}")
            with pytest.raises(Problem, match=Code.SYNC_EPOCH):
                await another.pull(device, lost[2])
            greeted = await another.hello(device, (mark,))
            assert [link.parent for link in greeted.lineage] == [None, device.epoch]
            with pytest.raises(Problem, match=Code.SYNC_EPOCH):
                await write(one, other, "refused")
            other.sent.pop(), other.heads.pop()
        other.sent[1:], other.heads[2:] = [], []
        await asyncio.to_thread(postgres.drop, f"{name}_again")
    assert backup
    await asyncio.to_thread(postgres.drop, name)


async def test_e3_a_copy_that_is_put_back_under_running_processes_is_noticed(
    postgres: PostgresServer, url: str
) -> None:
    name = f"older_{uuid4().hex}"
    async with at_work(url) as (one, another):
        device, other = one.device("technician-one"), one.device("technician-two")
        await one.hello(device)
        await another.hello(other)
        await asyncio.to_thread(copied, postgres, url, name)
        lost = await write(another, device, "lost")
        target = name_in(url)
        await asyncio.to_thread(postgres.drop, target)
        await asyncio.to_thread(postgres.create, target, name)
        for turn in range(4):
            await write((one, another)[turn % 2], other, f"over-{turn}")
        greeted = await one.hello(device, (lost,))
        assert [link.parent for link in greeted.lineage] == [None, device.epoch]
    await asyncio.to_thread(postgres.drop, name)


def name_in(url: str) -> str:
    """The database that a URL leads to."""
    return url.rsplit("/", 1)[1].split("?", maxsplit=1)[0]


def copied(postgres: PostgresServer, url: str, name: str) -> str:
    """Copy a database as it is, whoever works on it."""
    source = name_in(url)
    postgres.hang_up(source)
    return postgres.create(name, source)


async def test_p3_one_push_at_two_processes_at_once_is_taken_in_once(url: str) -> None:
    async with at_work(url) as (one, another):
        device = one.device("technician-one")
        await one.hello(device)
        for turn in range(10):
            device.write("customer", f"customer-{turn}", CUSTOMER)
            sent = device.push(turn + 1)
            replies = await asyncio.gather(*(at.push(device, sent) for at in (one, another, one, another)))
            assert {reply.acked_seq for reply in replies} == {turn + 1}
            assert {reply.stamps for reply in replies} == {replies[0].stamps}
        async with one.journal.reading(COMPANY) as ledger:
            assert len(await ledger.logged(device.record.actor, 1, 99)) == (await ledger.end()).position == 10


async def test_e1_positions_are_gapless_whichever_process_gives_them(url: str) -> None:
    async with at_work(url, 3) as processes:
        devices = [processes[0].device(f"technician-{number}") for number in range(9)]
        for device in devices:
            await processes[0].hello(device)
            for number in range(5):
                device.write("customer", f"{device.user}-{number}", CUSTOMER)
        pushes = (processes[place % 3].push(device, device.push()) for place, device in enumerate(devices))
        replies = await asyncio.gather(*pushes)
        assert sorted(stamp.position for reply in replies for stamp in reply.stamps) == list(range(1, 46))


async def test_l5_a_commit_at_one_process_wakes_whoever_listens_at_another(url: str) -> None:
    async with at_work(url, 3) as processes, asyncio.timeout(PATIENCE_S):
        device = processes[0].device("technician-one")
        await processes[0].hello(device)
        heard = [each.journal.pokes.listen(COMPANY) for each in processes]
        elsewhere = processes[0].journal.pokes.listen("company-two")
        for writer in processes:
            await joined(url, len(processes))
            for event in heard:
                event.clear()
            elsewhere.clear()
            await write(writer, device, uuid4().hex)
            await asyncio.gather(*(event.wait() for event in heard))
            assert not elsewhere.is_set()


async def test_l5_a_line_that_was_cut_is_joined_again_and_what_was_missed_is_told(url: str) -> None:
    async with at_work(url) as (one, another), asyncio.timeout(PATIENCE_S):
        await joined(url, 2)
        heard = another.journal.pokes.listen(COMPANY)
        async with one.journal.database.writing() as connection:
            others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'"
            await connection.execute(text(others))
        await heard.wait()
        heard.clear()
        await joined(url, 2)
        device = one.device("technician-one")
        await one.hello(device)
        heard.clear()
        await write(one, device, "new")
        await heard.wait()


async def joined(url: str, processes: int) -> None:
    """Wait until so many processes listen."""
    database = Database(url)
    listening = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE :how"
    while True:
        async with database.reading() as connection:
            found = (await connection.execute(text(listening), {"how": 'LISTEN "fieldproof"%'})).scalar_one()
            told = (await connection.execute(text(listening), {"how": "SELECT pg_notify%"})).scalar_one()
        if found + told >= processes:
            break
        await asyncio.sleep(0.02)
    await database.close()


async def test_two_processes_that_found_at_once_found_one_company(postgres: PostgresServer) -> None:
    name = f"founding_{uuid4().hex}"
    url = await asyncio.to_thread(postgres.create, name)
    first = Database(url)
    async with first.writing() as connection:
        await connection.run_sync(METADATA.create_all)
    async with at_work_on_nothing(url) as journals:
        wish = CompanyWish("", "板橋電器", "板橋", "BAN", UnitKind.CENTER, "吳建宏", "admin", uuid4().hex)
        founding = (found_company(each, Passwords(each.ambient), wish) for each in journals)
        outcomes = await asyncio.gather(*founding, return_exceptions=True)
        refused = [each for each in outcomes if isinstance(each, Problem)]
        assert [each.code for each in refused] == [Code.SETUP_DONE]
        async with first.reading() as connection:
            assert len((await connection.execute(select(COMPANIES))).all()) == 1
    await first.close()
    await asyncio.to_thread(postgres.drop, name)


@asynccontextmanager
async def at_work_on_nothing(url: str) -> AsyncIterator[list[Journal]]:
    """Two processes that start at once on an empty installation."""
    journals = [Journal(Database(url), RealAmbient(), {}) for _ in range(2)]
    await asyncio.gather(*(each.start() for each in journals))
    try:
        yield journals
    finally:
        for each in journals:
            await each.stop()
            await each.database.close()


async def test_processes_that_write_for_several_companies_at_once_never_wait_in_a_circle(url: str) -> None:
    companies = [f"company-{number}" for number in range(6)]
    async with at_work(url) as processes:
        async with processes[0].journal.database.writing() as connection:
            for company in companies:
                await add_company(connection, company, company, 1)
                await SqlLedger(connection, company, 1).begin_epoch(EpochLink("e-one", None, 0))

        async def advance(work: Work) -> None:
            await work.ledger.advance((await work.ledger.head()).position + 1)

        orders = (companies, companies[::-1])
        await asyncio.gather(
            *(
                process.journal.write(company, advance)
                for _ in range(20)
                for process, order in zip(processes, orders, strict=True)
                for company in order
            )
        )
        for company in companies:
            async with processes[1].journal.reading(company) as ledger:
                assert (await ledger.end()).position == 40


async def test_p4_a_database_that_hangs_up_is_to_be_asked_again(postgres: PostgresServer, url: str) -> None:
    """Both of a commit are told so: whoever the database hung up on, and whoever shared the commit with him."""
    async with at_work(url) as (one, _):
        device = one.device("technician-one")
        await one.hello(device)

        async def lose(work: Work) -> None:
            await asyncio.to_thread(postgres.hang_up, name_in(url))
            await work.ledger.end()
            await work.connection.execute(text("SELECT 1"))

        device.write("customer", "customer-one", CUSTOMER)
        lost, pushed = await asyncio.gather(
            one.journal.write(COMPANY, lose), one.push(device, device.push()), return_exceptions=True
        )
        assert [isinstance(each, SQLAlchemyError) and is_out_of_reach(each) for each in (lost, pushed)] == [True, True]
        assert (await one.push(device, device.push())).acked_seq == 1
