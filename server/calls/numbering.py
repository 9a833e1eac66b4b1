"""The official number of a call: without gaps, per unit and year (F012)."""

from collections.abc import Sequence

from schemas.kinds.people import Unit
from schemas.registry import Kind
from schemas.rules.arrival import COMPANY_ZONE
from schemas.rules.service_hours import year_at
from server.records.numbering import Series, give_numbers, unnumbered
from server.records.recorder import Change
from server.records.work import Work


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
    year = year_at(unit.time_zone or COMPANY_ZONE, received_at)
    return Series(f"call:{unit_id}:{year}", f"{unit.code}-{year}")
