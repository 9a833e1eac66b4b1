"""What must be in the database, whatever was killed: all that was acknowledged, once, in whole chains."""

from collections.abc import Sequence

from sqlalchemy import delete, func, select

from server.cli.preparing import prepare
from server.platform.database import Database
from server.records.ledger import Logged
from server.records.sql_ledger import SqlLedger
from server.records.tables import ACTOR, HEAD, OPERATION, PROJECTION
from tests.kills.phones import BrokenPromiseError, Phone
from tests.server.contents import contents
from tests.server.world import COMPANY


async def check(database: Database, phones: Sequence[Phone], since: Sequence[int]) -> list[int]:
    """Compare what each phone was told, from the seq behind ``since`` on, with one snapshot; return how far it was.

    Raises ``BrokenPromiseError`` for anything acknowledged that is missing, another, or there twice.
    """
    acked = [phone.acked for phone in phones]  # before the snapshot: what is acknowledged meanwhile may not be in it
    async with database.reading() as connection:
        ledger = SqlLedger(connection, COMPANY, 0)
        for phone, after, last in zip(phones, since, acked, strict=True):
            await _check_chain(ledger, phone, after, last)
        await _check_positions(ledger)
    return acked


async def _check_chain(ledger: SqlLedger, phone: Phone, after: int, last: int) -> None:
    chain = phone.device.chain
    actor = (await ledger.actors([chain.record.actor])).get(chain.record.actor)
    if actor is None or actor.acked_seq < last or actor.head != chain.heads[actor.acked_seq]:
        raise BrokenPromiseError(f"{chain.user}: {last} operations were acknowledged, the chain stands at {actor}")
    logged = await ledger.logged(chain.record.actor, after + 1, actor.acked_seq)
    expected = range(after + 1, actor.acked_seq + 1)
    if [each.dot.seq for each in logged] != [*expected]:
        raise BrokenPromiseError(f"{chain.user}: of {expected} there are {[each.dot.seq for each in logged]}")
    for each in logged:
        _check_operation(phone, each)


def _check_operation(phone: Phone, logged: Logged) -> None:
    chain, seq = phone.device.chain, logged.dot.seq
    if (logged.payload, logged.head) != (chain.sent[seq - 1], chain.heads[seq]):
        raise BrokenPromiseError(f"{chain.user}: operation {seq} is not what was sent")
    if seq <= phone.acked:
        stamp = phone.stamps[seq - 1]
        told = (stamp.epoch, stamp.position, stamp.received_at, stamp.effective_at, stamp.verdict)
        if told != (logged.epoch, logged.position, logged.received_at, logged.effective_at, logged.verdict):
            raise BrokenPromiseError(f"{chain.user}: operation {seq} was stamped {stamp}, and is {logged}")


async def _check_positions(ledger: SqlLedger) -> None:
    """Every position up to the end was given to one group, and every actor's operations are as many as its seq."""
    own = OPERATION.c.company == COMPANY
    counted = select(func.count(OPERATION.c.position.distinct()), func.max(OPERATION.c.position), func.count())
    given, highest, operations = (await ledger.connection.execute(counted.where(own))).one()
    end = (await ledger.connection.execute(select(HEAD.c.position).where(HEAD.c.company == COMPANY))).scalar_one()
    sums = select(func.sum(ACTOR.c.acked_seq)).where(ACTOR.c.company == COMPANY)
    acknowledged = (await ledger.connection.execute(sums)).scalar_one()
    if not (given == highest == end and operations == acknowledged):
        raise BrokenPromiseError(
            f"{given} positions up to {highest} of {end}; {operations} operations of {acknowledged}"
        )


async def check_documents(url: str) -> int:
    """Compare the documents with what a rebuild makes of the log, in a database that nobody serves any more.

    Returns how many rows there are in all.
    """
    database = Database(url)
    before = await contents(database)
    async with database.writing() as connection:
        await connection.execute(delete(PROJECTION))
    await prepare(database, lambda _done, _all: None)
    after = await contents(database)
    await database.close()
    if before != after:
        changed = sorted(name for name in after if before.get(name) != after[name])
        raise BrokenPromiseError(f"the documents are not what the log says: {changed}")
    return sum(map(len, after.values()))
