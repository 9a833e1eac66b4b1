"""A copy that somebody puts back by hand: nobody begins an epoch, and whoever lost nothing writes in it first (E3)."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import NamedTuple
from uuid import uuid4

import pytest

from schemas.protocol import PullEnd, PullHeader, PullPut, PushReply
from tests.server.exchange_company import COMPANY, UNIT, Company, found, running
from tests.support.databases import Databases
from tests.support.signing_device import SigningDevice

DOC = "customer-one"
FIELDS = {"unit": UNIT, "name": "陳美惠", "phone": "0911"}


class Phone:
    """A device that keeps what a real one does: its rows with the branch that they are of, its cursor, its mark."""

    def __init__(self, chain: SigningDevice) -> None:
        self.chain = chain
        self.row: PullPut | None = None
        self.cursor: str | None = None
        self.answers: list[PushReply] = []

    def write(self, **fields: str) -> None:
        """Save a change of the one document, made on its row as it stands."""
        self.chain.write("customer", DOC, fields, base=self.row.position if self.row else 0)

    async def sync(self, company: Company) -> None:
        """Say hello, bring back what was lost, send and receive."""
        mark = [self.answers[-1].mark] if self.answers else []
        epoch = (await company.hello(self.chain, (*mark, *([self.cursor] if self.cursor else [])))).epoch
        if epoch != self.chain.record.epoch:
            await self.offer(company)
            await self._go_on(company, epoch)
        if self.chain.sent[self._acked :]:
            self.answers.append(await company.push(self.chain, self.chain.push(self._acked + 1)))
        await self._pull(company)

    async def offer(self, company: Company) -> None:
        """Bring back everything that was acknowledged; whatever the log has of it stands as it did."""
        first = 1
        for answer in self.answers:
            offered = self.chain.re_offer(first, answer.stamps, answer.receipt)
            assert (await company.offer(self.chain, offered)).stamps == answer.stamps
            first += len(answer.stamps)

    @property
    def _acked(self) -> int:
        return sum(len(answer.stamps) for answer in self.answers)

    async def _go_on(self, company: Company, epoch: str) -> None:
        unsent, seen_in = self.chain.sent[self._acked :], self.chain.seen_in
        self.chain.begin(epoch, self.chain.record.actor, self._acked)
        self.chain.seen_in, self.answers = seen_in, []
        for payload in unsent:
            self.chain.append(payload)
        await company.hello(self.chain)

    async def _pull(self, company: Company) -> None:
        for line in await company.pull(self.chain, self.cursor):
            match line:
                case PullHeader():
                    self.chain.seen_in = line.epoch
                case PullPut(id=id) if id == DOC:
                    self.row = line
                case PullEnd():
                    self.cursor = line.cursor
                case _:
                    pass

    def values(self, field: str) -> set[object]:
        """Return every value of a field that nobody replaced knowingly."""
        assert self.row is not None
        rivals = self.row.rivals.get(field)
        return {write.value for write in rivals} if rivals else {self.row.fields[field]}


class Machine:
    """One company's database, which is copied and put back while no server runs on it."""

    def __init__(self, databases: Databases) -> None:
        self._databases = databases
        self._name = f"machine_{uuid4().hex}"
        self._all = [self._name]
        self._url = databases.create(self._name)
        asyncio.run(found(self._url))

    @asynccontextmanager
    async def running(self) -> AsyncIterator[Company]:
        async with running(self._url) as company:
            yield company

    async def copied(self) -> str:
        """Return the name of a copy."""
        return (await self._copy(self._name))[0]

    async def put_back(self, copy: str) -> None:
        """Let a copy, of which a copy is kept, take the machine's place."""
        self._name, self._url = await self._copy(copy)

    async def _copy(self, source: str) -> tuple[str, str]:
        self._all.append(f"copy_{uuid4().hex}")
        return self._all[-1], await asyncio.to_thread(self._databases.create, self._all[-1], source)

    def drop(self) -> None:
        for name in self._all:
            self._databases.drop(name)


class Devices(NamedTuple):
    """A clerk who will have lost nothing, and two technicians who see what is lost."""

    clerk: Phone
    technician: Phone
    other: Phone


@pytest.fixture
def machine(databases: Databases) -> Iterator[Machine]:
    machine = Machine(databases)
    yield machine
    machine.drop()


@pytest.fixture
async def devices(machine: Machine) -> Devices:
    """Three devices that all have seen the document."""
    async with machine.running() as company:
        devices = Devices(*(Phone(company.device(f"user-{number}", office=number == 0)) for number in range(3)))
        devices.clerk.write(**FIELDS)
        for each in devices:
            await each.sync(company)
    return devices


async def epochs(company: Company) -> int:
    async with company.journal.reading(COMPANY) as ledger:
        return len((await ledger.end()).lineage)


async def held(company: Company) -> int:
    async with company.journal.reading(COMPANY) as ledger:
        return len(await ledger.held())


RESTARTS = [(0, 0), (2, 0), (0, 1), (3, 2)]
"""How often the server started again on the copy, and before on the log that was lost."""


@pytest.mark.parametrize(("of_the_copy", "of_the_lost"), RESTARTS)
async def test_e3_who_saw_the_lost_log_replaces_nothing_that_was_written_into_the_copy(
    machine: Machine, devices: Devices, of_the_copy: int, of_the_lost: int
) -> None:
    clerk, technician, other = devices
    copy = await machine.copied()
    for number in range(1 + of_the_lost):
        async with machine.running() as company:
            other.write(mobile=f"lost-{number}")
            await other.sync(company)
            await technician.sync(company)
    technician.write(phone="0933", name="陳美慧")
    await machine.put_back(copy)
    for number in range(1 + of_the_copy):
        async with machine.running() as company:
            clerk.write(phone=f"0922-{number}")
            await clerk.sync(company)
            assert await epochs(company) == 1
    async with machine.running() as company:
        for each in (technician, other, clerk, technician, other):
            await each.sync(company)
        assert (await epochs(company), await held(company)) == (2, 0)
        for each in devices:
            assert each.values("phone") == {"0933", f"0922-{of_the_copy}"}
            assert each.values("name") == {"陳美慧"}
            assert each.values("mobile") == {f"lost-{of_the_lost}"}


async def test_e3_who_wrote_into_the_copy_replaces_nothing_of_the_lost_log(machine: Machine, devices: Devices) -> None:
    clerk, technician, _ = devices
    copy = await machine.copied()
    async with machine.running() as company:
        technician.write(phone="0933")
        await technician.sync(company)
    await machine.put_back(copy)
    async with machine.running() as company:
        clerk.write(mobile="0955")
        await clerk.sync(company)
        clerk.write(phone="0922")
        await clerk.sync(company)
        await technician.sync(company)
        await clerk.sync(company)
        assert clerk.values("phone") == technician.values("phone") == {"0922", "0933"}


async def test_e3_who_lost_nothing_goes_on_after_the_new_epoch_as_if_nothing_had_been(
    machine: Machine, devices: Devices
) -> None:
    clerk, technician, other = devices
    copy = await machine.copied()
    async with machine.running() as company:
        technician.write(mobile="0944")
        await technician.sync(company)
    await machine.put_back(copy)
    async with machine.running() as company:
        other.write(phone="0933")
        await other.sync(company)
        await clerk.sync(company)
        clerk.write(phone="0922")
        await clerk.sync(company)
        other.write(name="陳美慧")
        clerk.write(phone="0911-1")
        await technician.sync(company)
        async with company.journal.reading(COMPANY) as ledger:
            end = (await ledger.end()).position
        await other.offer(company)
        await clerk.offer(company)
        async with company.journal.reading(COMPANY) as ledger:
            assert (await ledger.end()).position == end
        for each in (other, clerk, technician, other):
            await each.sync(company)
        assert await epochs(company) == 2
        for each in devices:
            assert (each.values("phone"), each.values("name"), each.values("mobile")) == (
                ({"0911-1"}, {"陳美慧"}, {"0944"})
            )


async def test_e3_what_was_written_into_one_copy_is_not_mistaken_for_what_another_one_holds(
    machine: Machine, devices: Devices
) -> None:
    clerk, technician, other = devices
    yesterday = await machine.copied()
    async with machine.running() as company:
        other.write(phone="0933")
        await other.sync(company)
        await technician.sync(company)
    today = await machine.copied()
    await machine.put_back(yesterday)
    async with machine.running() as company:
        clerk.write(phone="0922")
        await clerk.sync(company)
        clerk.write(phone="0922-1")
        await clerk.sync(company)
    await machine.put_back(today)
    async with machine.running() as company:
        technician.write(name="陳美蕙")
        await technician.sync(company)
        assert await epochs(company) == 1
        for each in (clerk, technician, other):
            await each.sync(company)
        assert await epochs(company) == 2
        for each in devices:
            assert (each.values("phone"), each.values("name")) == ({"0922-1", "0933"}, {"陳美蕙"})


async def test_e3_a_push_that_followed_does_not_hide_that_what_was_offered_before_it_is_lost_again(
    machine: Machine, devices: Devices
) -> None:
    _, technician, _ = devices
    copy = await machine.copied()
    async with machine.running() as company:
        technician.write(mobile="0944")
        await technician.sync(company)
    lost, chain = technician.answers[-1], technician.chain
    offer = chain.re_offer(1, lost.stamps, lost.receipt)
    await machine.put_back(copy)
    async with machine.running() as company:
        epoch = (await company.hello(chain, (lost.mark,))).epoch
        chain.begin(epoch, chain.record.actor, 1)
        await company.hello(chain)
    between = await machine.copied()
    async with machine.running() as company:
        offered = await company.offer(chain, offer)
    await machine.put_back(between)
    async with machine.running() as company:
        technician.write(phone="0933")
        pushed = await company.push(chain, chain.push(1))
        assert (await company.hello(chain, (pushed.mark,))).epoch == epoch
        assert (await company.hello(chain, (pushed.mark, offered.mark))).epoch != epoch


async def test_e3_a_lost_log_whose_beginning_nobody_can_tell_costs_a_question_and_no_value(
    machine: Machine, devices: Devices
) -> None:
    clerk, technician, _ = devices
    copy = await machine.copied()
    for number in range(9):
        async with machine.running() as company:
            technician.write(mobile=f"lost-{number}")
            await technician.sync(company)
    technician.write(name="陳美慧")
    await machine.put_back(copy)
    async with machine.running() as company:
        clerk.write(phone="0922")
        await clerk.sync(company)
        await technician.sync(company)
        await clerk.sync(company)
        assert await held(company) == 0
        assert clerk.values("name") == {"陳美惠", "陳美慧"}
        assert (clerk.values("phone"), clerk.values("mobile")) == ({"0922"}, {"lost-8"})
