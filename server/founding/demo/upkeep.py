"""What the service managers keep up for their units: how far each district is, and the holidays of the coming year."""

from collections.abc import Awaitable, Callable, Iterator

from schemas.calendars import DistrictZone, HolidayYear
from schemas.rules.service_hours import year_at
from schemas.vocabulary import Role
from server.calendars.changing import load_holidays, set_district
from server.founding.demo.days import TIME_ZONE, Calendar
from server.founding.demo.stage import Stage, doer
from server.founding.demo.tables import CUSTOMERS, UNITS

Deed = Callable[[Stage, str, int], Awaitable[None]]


def upkeep(calendar: Calendar, opening: int) -> Iterator[tuple[int, str, Deed]]:
    """Yield what is done when, in which unit: districts at the opening, each December the next year's holidays."""
    for row in UNITS:
        yield opening, row.unit, set_districts
        for december in calendar.decembers(opening):
            yield december, row.unit, load_next_year


async def set_districts(stage: Stage, unit: str, at: int) -> None:
    """The service manager enters the districts of the unit's customers (F020)."""
    manager = stage.player(unit, Role.SERVICE_MANAGER)
    zones = {row.district: row.zone for row in CUSTOMERS if row.unit == unit}
    for name, zone in zones.items():
        await set_district(stage.work.at(at), manager.caller, doer(manager), unit, DistrictZone(name, zone))


async def load_next_year(stage: Stage, unit: str, at: int) -> None:
    """The service manager puts the public holidays of the next year into the calendar (F021)."""
    manager = stage.player(unit, Role.SERVICE_MANAGER)
    year = HolidayYear(year_at(TIME_ZONE, at) + 1)
    await load_holidays(stage.work.at(at), manager.caller, doer(manager), unit, year)
