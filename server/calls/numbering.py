"""The official number of a call: without gaps, per unit and year (F012)."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from schemas.kinds.people import Unit
from schemas.registry import Kind
from server.platform.counters import take
from server.records.recorder import Change
from server.records.work import SERVER, Setting, Work
from sync.document import is_deleted

_COMPANY_ZONE = "Asia/Taipei"
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
_LAST_MS = 253_370_764_800_000
"""The year 9999: a device's clock may say anything, and no calendar names a later year."""


async def number_call(work: Work, change: Change) -> None:
    """Give a call without a number its unit's next one of the year in which it was received.

    A call keeps its number when it is withdrawn, moved or offered again; the number is the document's own field, so
    that two devices which both brought the call in get the same one.
    """
    fields = change.after.fields
    unit_id, received_at = fields.get("unit"), fields.get("received_at")
    if "number" in fields or not isinstance(unit_id, str) or not isinstance(received_at, int):
        return
    unit = await work.documents.get(Unit, unit_id)
    if unit is None or unit.shown.code is None or is_deleted(change.after.document):
        return
    year = year_at(unit.shown, received_at)
    count = await take(work.connection, work.company, f"call:{unit_id}:{year}")
    number = f"{unit.shown.code}-{year}-{count:06d}"
    await work.decide(SERVER, [Setting(Kind.SERVICE_CALL, change.after.id, {"number": number})])


def year_at(unit: Unit, instant: int) -> int:
    """Return the year of an instant (epoch milliseconds) on the unit's calendar."""
    moment = _BEGINNING + timedelta(milliseconds=min(instant, _LAST_MS))
    return moment.astimezone(ZoneInfo(unit.time_zone or _COMPANY_ZONE)).year
