"""Remembering what devices say of their chains, so that what never comes can be told (SPEC P8, H5)."""

import msgspec
from msgspec import Struct, structs
from sqlalchemy import Row, select
from sqlalchemy.ext.asyncio import AsyncConnection

from schemas.audit import Deed
from schemas.protocol import Hello, HelloReply
from server.audit.log import Deeds, Doer
from server.exchange.contacts import by_our_clock
from server.exchange.marks import read_mark
from server.exchange.tables import ANNOUNCED, EMPTIED, EPOCH_REACH, PARTING
from server.platform.caller import Caller
from server.platform.database import insert_into
from server.platform.keys import ServerKeys
from server.records.work import Work


class Announced(Struct, frozen=True, kw_only=True):
    """What is known of one chain from its device's hellos (see the table ``announced``)."""

    actor: str
    device: str
    user: str
    last_seq: int
    last_said: int
    moved: int
    took_over: str | None
    first_at: int
    at: int
    oldest_pending_at: int | None

    def with_earlier(self, known: "Announced", acked_seq: int) -> "Announced":
        """Return this newest word with what stays of an earlier one: its beginning, its furthest end, its age."""
        arrived = acked_seq >= known.last_seq
        ages = [each.oldest_pending_at for each in ((self,) if arrived else (self, known))]
        return structs.replace(
            self,
            last_seq=max(self.last_seq, known.last_seq),
            moved=known.moved,
            took_over=known.took_over,
            first_at=known.first_at,
            oldest_pending_at=min((age for age in ages if age is not None), default=None),
        )


def announced_from(row: Row[tuple[object, ...]]) -> Announced:
    """Return a row of the table."""
    return msgspec.convert({name: getattr(row, name) for name in Announced.__struct_fields__}, Announced)


async def note_announced(work: Work, caller: Caller, hello: Hello, reply: HelloReply) -> None:
    """Remember how far a device says that a chain of it goes, and whether it goes on beside an older branch."""
    record = hello.actor
    began_elsewhere = record.parent is not None or hello.took_over is not None
    query = select(ANNOUNCED).where(ANNOUNCED.c.company == work.company, ANNOUNCED.c.actor == record.actor)
    known = (await work.connection.execute(query)).first()
    if known is None and hello.last_seq == 0 and not began_elsewhere:
        return
    said = Announced(
        actor=record.actor,
        device=caller.device,
        user=caller.user,
        last_seq=hello.last_seq,
        last_said=hello.last_seq,
        moved=hello.last_seq if began_elsewhere else 0,
        took_over=hello.took_over,
        first_at=work.now,
        at=work.now,
        oldest_pending_at=by_our_clock(work, hello.now, hello.oldest_pending_at) if hello.pending else None,
    )
    if known is not None:
        said = said.with_earlier(announced_from(known), reply.acked_seq)
    row = {"company": work.company, **structs.asdict(said)}
    statement = insert_into(work.connection.dialect, ANNOUNCED).values(row)
    await work.connection.execute(statement.on_conflict_do_update(index_elements=["company", "actor"], set_=row))
    if record.parent is not None and record.epoch == reply.epoch:
        await _note_parting(work, caller, hello, record.parent)


async def _note_parting(work: Work, caller: Caller, hello: Hello, parent: str) -> None:
    """A device begins anew in the same epoch for one reason only: the server had more of its chain than it had."""
    older = (await work.ledger.actors([parent])).get(parent)
    if older is None or older.record.epoch != hello.actor.epoch:
        return
    row = {
        "company": work.company,
        "actor": hello.actor.actor,
        "device": caller.device,
        "user": caller.user,
        "parent": parent,
        "parent_seq": hello.actor.parent_seq,
        "parent_acked": older.acked_seq,
        "at": work.now,
    }
    await work.connection.execute(insert_into(work.connection.dialect, PARTING).values(row).on_conflict_do_nothing())


async def note_reach(work: Work, keys: ServerKeys, hello: Hello, reply: HelloReply) -> None:
    """Remember how far a log that was given up had gone, as the marks of this hello prove (SPEC E3)."""
    read = [mark for token in hello.marks if (mark := read_mark(keys, work.company, token)) is not None]
    for mark in read:
        if mark.epoch != reply.epoch:
            await keep_reach(work.connection, work.company, mark.epoch, mark.position)


async def keep_reach(connection: AsyncConnection, company: str, epoch: str, position: int) -> None:
    """Remember that the log of an epoch once went as far as this position."""
    row = {"company": company, "epoch": epoch, "position": position}
    statement = insert_into(connection.dialect, EPOCH_REACH).values(row)
    is_further = EPOCH_REACH.c.position < position
    await connection.execute(
        statement.on_conflict_do_update(
            index_elements=["company", "epoch"], set_={"position": position}, where=is_further
        )
    )


async def note_emptied(work: Work, caller: Caller, doer: Doer) -> None:
    """Remember that a browser has lost what it kept: whatever its device announced and did not bring will not come."""
    said = {"at": work.now}
    row = {"company": work.company, "device": caller.device, **said}
    statement = insert_into(work.connection.dialect, EMPTIED).values(row)
    await work.connection.execute(statement.on_conflict_do_update(index_elements=["company", "device"], set_=said))
    await work.note(doer, Deeds(Deed.DEVICE_EMPTIED, (f"device:{caller.device}", f"user:{caller.user}")))
