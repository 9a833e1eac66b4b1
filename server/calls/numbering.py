"""The official number of a call: without gaps, per unit and year (F012)."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from schemas.kinds.people import Unit
from schemas.registry import Kind
from server.records.numbering import Series, give_numbers, unnumbered
from server.records.recorder import Change
from server.records.work import Work

_COMPANY_ZONE = "Asia/Taipei"
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
_LAST_MS = 253_370_764_800_000
"""The year 9999: a device's clock may say anything, and no calendar names a later year."""


async def number_calls(work: Work, changes: Sequence[Change]) -> None:
    """Give each call without a number its unit's next one of the year in which it was received.

    A call keeps its number when it is withdrawn or moved; one of which the time is not known yet waits for it.
    """
    series = {
        change.after.id: _series(unit, change.after.fields["unit"], received_at)
        for change, unit in await unnumbered(work, changes)
        if isinstance(received_at := change.after.fields.get("received_at"), int)
    }
    await give_numbers(work, Kind.SERVICE_CALL, series)


def _series(unit: Unit, unit_id: object, received_at: int) -> Series:
    year = year_at(unit, received_at)
    return Series(f"call:{unit_id}:{year}", f"{unit.code}-{year}")


def year_at(unit: Unit, instant: int) -> int:
    """Return the year of an instant (epoch milliseconds) on the unit's calendar."""
    moment = _BEGINNING + timedelta(milliseconds=min(instant, _LAST_MS))
    return moment.astimezone(ZoneInfo(unit.time_zone or _COMPANY_ZONE)).year
