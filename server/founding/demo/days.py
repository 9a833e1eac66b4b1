"""Instants of a past that always ends now."""

from datetime import date, datetime, time, timedelta, timezone

from msgspec import Struct

MINUTE_MS = 60_000
DAY_MS = 24 * 60 * MINUTE_MS
TIME_ZONE = "Asia/Taipei"
_TAIWAN = timezone(timedelta(hours=8))
_FRIDAY = 4


class Calendar(Struct, frozen=True):
    """Working days of Taiwan counted back from ``now`` (epoch milliseconds)."""

    now: int

    def instant(self, told: str, day_of: int | None = None) -> int:
        """Return the instant that is told, in epoch milliseconds.

        ``205@14:20`` is days ago at a clock time, ``-95`` minutes from now, ``14:20`` on the same day as ``day_of``,
        ``next@09:30`` on the working day after it. A day that falls on a weekend is the Friday before.
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
        return _instant(day - timedelta(days=max(0, day.weekday() - _FRIDAY)), clock)


def _next_working_day(day: date) -> date:
    return day + timedelta(days=7 - day.weekday() if day.weekday() >= _FRIDAY else 1)


def _date(instant: int) -> date:
    return datetime.fromtimestamp(instant / 1_000, _TAIWAN).date()


def _instant(day: date, clock: time) -> int:
    return int(datetime.combine(day, clock, _TAIWAN).timestamp()) * 1_000
