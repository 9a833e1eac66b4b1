"""Positions become visible in commit order, and waiting writers share commits."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from server.platform.database import Database
from server.records.sql_ledger import SqlLedger
from server.records.work import Work
from tests.server.exchange_company import COMPANY, UNIT, Company, found, running
from tests.support.databases import PostgresServer

CUSTOMER = {"unit": UNIT, "name": "王建國"}


@pytest.fixture
async def company(empty_database_url: str) -> AsyncIterator[Company]:
    await found(empty_database_url)
    async with running(empty_database_url) as company:
        yield company


async def test_l4_a_commit_that_is_delayed_behind_another_loses_no_row(postgres: PostgresServer) -> None:
    """A second server process wants a position while a first one still holds its transaction open."""
    name = "commit_order"
    url = await asyncio.to_thread(postgres.create, name)
    await found(url)
    slow, quick = Database(url), Database(url)
    order: list[str] = []

    async def take(database: Database, who: str, wait: asyncio.Event | None) -> int:
        async with database.writing() as connection:
            ledger = SqlLedger(connection, COMPANY, 1)
            position = (await ledger.head()).position + 1
            await ledger.advance(position)
            if wait is not None:
                await wait.wait()
            order.append(who)
        return position

    release = asyncio.Event()
    first = asyncio.create_task(take(slow, "slow", release))
    await asyncio.sleep(0.2)
    second = asyncio.create_task(take(quick, "quick", None))
    await asyncio.sleep(0.2)
    async with quick.reading() as connection:
        assert (await SqlLedger(connection, COMPANY, 1).end()).position == 0
    assert not second.done()
    release.set()
    assert (await first, await second, order) == (1, 2, ["slow", "quick"])
    await slow.close()
    await quick.close()
    await asyncio.to_thread(postgres.drop, name)


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


async def test_e1_positions_are_gapless_whoever_writes_at_once(company: Company) -> None:
    devices = [company.device(f"technician-{number}") for number in range(8)]
    for device in devices:
        await company.hello(device)
        for number in range(5):
            device.write("customer", f"{device.user}-{number}", CUSTOMER)
    replies = await asyncio.gather(*(company.push(device, device.push()) for device in devices))
    positions = sorted(stamp.position for reply in replies for stamp in reply.stamps)
    assert positions == list(range(1, 41))
