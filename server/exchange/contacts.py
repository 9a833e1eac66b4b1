"""When devices were last in touch, what they said that they still had to send, and what they mended (ADR 14, 28)."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, and_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from schemas.audit import Deed
from schemas.office import DeviceContact, RowRepairs
from schemas.protocol import Hello, PushHead, Repaired
from schemas.registry import Kind
from schemas.rules.purposes import repair_purpose
from server.audit.log import Deeds, Doer
from server.exchange.tables import DEVICE_CONTACT, ROW_REPAIRS
from server.platform.bulk import put
from server.platform.caller import Caller
from server.platform.database import insert_into
from server.records.scope import in_scope
from server.records.tables import DOCUMENTS
from server.records.work import Work

_DEVICE = DOCUMENTS[Kind.DEVICE]
_COLUMNS = DEVICE_CONTACT.c
_REPAIRS = ROW_REPAIRS.c
_KEY = ("company", "device")


async def note_hello(work: Work, caller: Caller, hello: Hello) -> None:
    """Remember that a device is in touch, its app, and what it has to send since when, told by the server's clock."""
    oldest = by_our_clock(work, hello.now, hello.oldest_pending_at) if hello.pending else None
    said = (work.company, caller.device, work.now, hello.pending, oldest, hello.app)
    await put(work.connection, DEVICE_CONTACT, [said], _KEY)


async def note_pushes(work: Work, pushes: Sequence[tuple[Caller, PushHead]]) -> None:
    """Remember that devices are in touch, and what they have left to send since when, told by the server's clock.

    Of its app a push says nothing: what is known of it stays.
    """
    said = [(work.company, caller.device, work.now, *_left(work, push), "") for caller, push in pushes]
    await put(work.connection, DEVICE_CONTACT, said, _KEY, kept=("app",))


async def note_idle(work: Work, caller: Caller) -> None:
    """Remember that a device is in touch and has nothing to send; of its app that says nothing."""
    said = (work.company, caller.device, work.now, 0, None, "")
    await put(work.connection, DEVICE_CONTACT, [said], _KEY, kept=("app",))


async def note_repaired(work: Work, caller: Caller, doer: Doer, said: Repaired) -> None:
    """Remember how many rows a device has mended that did not add up, and count how often it had to."""
    deeds = Deeds(Deed.ROWS_REPAIRED, (f"device:{caller.device}",), repair_purpose(said.ranges, said.rows))
    await work.note(doer, deeds)
    if said.rows == 0:
        return
    now = {"at": work.now, "rows": said.rows}
    row = {"company": work.company, "device": caller.device, **now, "times": 1}
    statement = insert_into(work.connection.dialect, ROW_REPAIRS).values(row)
    once_more = now | {"times": _REPAIRS.times + 1}
    await work.connection.execute(statement.on_conflict_do_update(index_elements=_KEY, set_=once_more))


def _left(work: Work, push: PushHead) -> tuple[int, int | None]:
    """Return how many operations a device still has behind a push, and since when."""
    left = max(push.pending - push.count, 0)
    return left, by_our_clock(work, push.now, push.oldest_left_at) if left else None


def by_our_clock(work: Work, device_now: int, at: int | None) -> int | None:
    """Return an instant of the device's clock by the server's; nothing waits since before all time or after now."""
    return None if at is None else min(max(at + work.now - device_now, 0), work.now)


async def contacts(connection: AsyncConnection, caller: Caller) -> list[DeviceContact]:
    """Return the last contact of each device in scope that ever had one, revoked ones too, ordered by device."""
    same = and_(_DEVICE.c.company == _COLUMNS.company, _DEVICE.c.id == _COLUMNS.device)
    mended = and_(_REPAIRS.company == _COLUMNS.company, _REPAIRS.device == _COLUMNS.device)
    query = (
        select(DEVICE_CONTACT, _DEVICE.c.unit, _REPAIRS.at.label("mended_at"), _REPAIRS.rows, _REPAIRS.times)
        .select_from(DEVICE_CONTACT)
        .join(_DEVICE, same)
        .outerjoin(ROW_REPAIRS, mended)
        .where(_COLUMNS.company == caller.company)
    )
    rows = await connection.execute(query)
    found = [_contact(row) for row in rows if in_scope(caller.units, row.unit)]
    return sorted(found, key=lambda each: each.device)


def _contact(row: Row[Any]) -> DeviceContact:
    repairs = None if row.mended_at is None else RowRepairs(row.mended_at, row.rows, row.times)
    return DeviceContact(row.device, row.at, row.pending, row.oldest_pending_at, row.app, repairs)
