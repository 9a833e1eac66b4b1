"""Working time between two instants, and deadlines that are counted in it (policy 1-14; F019 to F022).

Intervals are told by the clock on the unit's wall. A wall time that a change of the clock leaves out counts by the
clock before the change, one that comes twice counts the first time, as in ``datetime`` with ``fold=0`` (PEP 495).
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

MINUTE_MS = 60_000

_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
_LAST_MS = 253_370_764_800_000
"""The year 9999: a device's clock may say anything, and no calendar names a later year."""

_LAST_DAY = date(9998, 12, 31)
"""Nobody waits for a deadline behind it, and the day after it still has a date in every time zone."""

MAX_DAYS = 1_100
"""How far a deadline is looked for, in days: three years, so that a calendar without any open day has an end."""


class Interval(Struct, frozen=True, array_like=True, order=True):
    """A stretch of a day in which people work, in minutes since midnight on the wall; ``closes`` is not part of it."""

    opens: int
    closes: int


class ServiceCalendar(Struct, frozen=True, kw_only=True):
    """When a unit works: seven usual days, Monday first, and the dates that differ from them.

    ``days`` has ISO dates: none at all for a holiday or a closure, a usual day's intervals for a make-up working day.
    The intervals of a day do not overlap and stand in their order; a night shift is two of them.
    """

    time_zone: str
    week: tuple[tuple[Interval, ...], ...]
    days: Mapping[str, tuple[Interval, ...]] = {}


def due_at(calendar: ServiceCalendar, since: int, minutes: int) -> int | None:
    """Return the instant at which so many working minutes have passed since another; None if it is years away.

    Instants are epoch milliseconds. A deadline that falls on the end of an interval falls there, not on the next
    opening: whoever arrives at that very instant has kept it (F019).
    """
    left = minutes * MINUTE_MS
    for opens, closes in _stretches(calendar, since):
        begins = max(opens, since)
        if left <= closes - begins:
            return begins + left
        left -= max(0, closes - begins)
    return None


def worked_ms(calendar: ServiceCalendar, since: int, until: int) -> int:
    """Return how many milliseconds of working time lie between two instants, of the first three years.

    It is 0 where the later one is given first.
    """
    worked = 0
    for opens, closes in _stretches(calendar, since):
        if opens >= until:
            break
        worked += max(0, min(closes, until) - max(opens, since))
    return worked


def is_open(calendar: ServiceCalendar, at: int) -> bool:
    """Tell whether people work at an instant."""
    return any(opens <= at < closes for opens, closes in _of_day(calendar, date_at(calendar.time_zone, at)))


def end_of_next_day(calendar: ServiceCalendar, at: int) -> int | None:
    """Return when work ends on the next date on which anybody works; None if that is years away."""
    today = date_at(calendar.time_zone, at)
    for number in range(1, min(MAX_DAYS, (_LAST_DAY - today).days)):
        closing = [closes for _, closes in _of_day(calendar, today + timedelta(days=number))]
        if closing:
            return closing[-1]
    return None


def year_at(time_zone: str, at: int) -> int:
    """Return the year of an instant by the clock on the wall."""
    return _moment(time_zone, at).year


def date_at(time_zone: str, at: int) -> date:
    """Return the date of an instant by the clock on the wall."""
    return _moment(time_zone, at).date()


def _stretches(calendar: ServiceCalendar, since: int) -> Iterator[tuple[int, int]]:
    """Yield the stretches of working time that end after an instant, as instants, for as long as anybody may look."""
    first = date_at(calendar.time_zone, since)
    for number in range(min(MAX_DAYS, (_LAST_DAY - first).days)):
        for opens, closes in _of_day(calendar, first + timedelta(days=number)):
            if closes > since:
                yield opens, closes


def _of_day(calendar: ServiceCalendar, day: date) -> Iterator[tuple[int, int]]:
    intervals = calendar.days.get(day.isoformat(), calendar.week[day.weekday()])
    zone = ZoneInfo(calendar.time_zone)
    for each in intervals:
        yield _instant(zone, day, each.opens), _instant(zone, day, each.closes)


def _moment(time_zone: str, at: int) -> datetime:
    return (_BEGINNING + timedelta(milliseconds=min(at, _LAST_MS))).astimezone(ZoneInfo(time_zone))


def _instant(zone: ZoneInfo, day: date, minute: int) -> int:
    wall = datetime(day.year, day.month, day.day, tzinfo=zone) + timedelta(minutes=minute)
    return int(wall.timestamp()) * 1_000
