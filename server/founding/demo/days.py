"""Instants of a past that always ends now."""

from datetime import date, datetime, time, timedelta, timezone

from msgspec import Struct

from schemas.vocabulary import DayKind
from server.calendars.holidays_of_taiwan import days_of

MINUTE_MS = 60_000
DAY_MS = 24 * 60 * MINUTE_MS
TIME_ZONE = "Asia/Taipei"
_TAIWAN = timezone(timedelta(hours=8))
_FRIDAY = 4
_A_DAY = timedelta(days=1)
_MORNING = time(9, 30)


class Calendar(Struct, frozen=True):
    """Working days of Taiwan counted back from ``now`` (epoch milliseconds)."""

    now: int

    def instant(self, told: str, day_of: int | None = None) -> int:
        """Return the instant that is told, in epoch milliseconds.

        ``205@14:20`` is days ago at a clock time, ``-95`` minutes from now, ``14:20`` on the same day as ``day_of``,
        ``next@09:30`` on the working day after it. For a weekend or a holiday it is the working day before.
        """
        if "@" not in told and ":" not in told:
            return self.now + int(told) * MINUTE_MS
        day, _, clock = told.rpartition("@")
        if day.isdigit():
            return self.at(int(day), time.fromisoformat(clock))
        same = _date(self.now if day_of is None else day_of)
        return _instant(_next_working_day(same) if day == "next" else same, time.fromisoformat(clock))

    def at(self, days: int, clock: time) -> int:
        """Return the instant at a clock time of the working day so many days ago."""
        day = _date(self.now) - timedelta(days=days)
        while not _is_working_day(day):
            day -= _A_DAY
        return _instant(day, clock)

    def octobers(self, since: int) -> list[int]:
        """Return the first working morning of each October between an instant and now, in epoch milliseconds."""
        years = range(_date(since).year, _date(self.now).year + 1)
        mornings = [_instant(_next_working_day(date(year, 9, 30)), _MORNING) for year in years]
        return [morning for morning in mornings if since < morning <= self.now]


def _next_working_day(day: date) -> date:
    following = day + _A_DAY
    while not _is_working_day(following):
        following += _A_DAY
    return following


def _is_working_day(day: date) -> bool:
    known = days_of(day.year).get(day.isoformat())
    return day.weekday() <= _FRIDAY if known is None else known.kind is DayKind.MAKE_UP


def _date(instant: int) -> date:
    return datetime.fromtimestamp(instant / 1_000, _TAIWAN).date()


def _instant(day: date, clock: time) -> int:
    return int(datetime.combine(day, clock, _TAIWAN).timestamp()) * 1_000
