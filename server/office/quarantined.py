"""What the office is told of stopped devices: whose last work came, how much of it, and what waits for a decision."""

from collections import Counter

from sqlalchemy import and_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from schemas.office import Quarantine
from schemas.registry import Kind
from server.office.held import held_operations
from server.platform.caller import Caller
from server.records.ledger import Ledger
from server.records.quarantines import QUARANTINE
from server.records.scope import in_scope
from server.records.tables import DOCUMENTS

_DEVICE, _USER = DOCUMENTS[Kind.DEVICE], DOCUMENTS[Kind.USER]
_EVERY = (
    select(QUARANTINE, _DEVICE.c.unit, _DEVICE.c.user, _DEVICE.c.name, _USER.c.name.label("user_name"))
    .join(_DEVICE, and_(_DEVICE.c.company == QUARANTINE.c.company, _DEVICE.c.id == QUARANTINE.c.device))
    .join(_USER, and_(_USER.c.company == _DEVICE.c.company, _USER.c.id == _DEVICE.c.user))
    .order_by(QUARANTINE.c.opened_at, QUARANTINE.c.device)
)


async def quarantines(connection: AsyncConnection, ledger: Ledger, caller: Caller) -> list[Quarantine]:
    """Return the quarantines of the caller's units, oldest first; only the newest of a device has entries waiting."""
    rows = (await connection.execute(_EVERY.where(QUARANTINE.c.company == caller.company))).all()
    own = [row for row in rows if in_scope(caller.units, row.unit)]
    newest = {row.device: row.since for row in own}
    held = await held_operations(connection, ledger, caller) if own else []
    entries = {(each.device, each.logged.dot.actor, each.group) for each in held if each.is_late and not each.closed}
    waiting = Counter(device for device, _, _ in entries)
    return [
        Quarantine(
            device=row.device,
            device_name=row.name or "",
            user=row.user,
            user_name=row.user_name or "",
            cause=row.cause,
            since=row.since,
            opened_at=row.opened_at,
            closed_at=row.closed_at,
            announced=row.announced,
            arrived=row.arrived,
            waiting=waiting[row.device] if newest[row.device] == row.since else 0,
        )
        for row in own
    ]
