"""How long a line of somebody's time is, and what of it he spent elsewhere at the same time (1-1(4), F006)."""

from collections.abc import Iterable

from msgspec import Struct

from schemas.kinds.visits import ServiceVisit
from schemas.kinds.working_time import AdminTime
from schemas.rules.arrival import arrival_instant, put_right
from schemas.vocabulary import AdminWork

_MINUTE_MS = 60_000


class TimeSpan(Struct, frozen=True):
    """A stretch of somebody's time in whole minutes since 1970, as the clock on the wall shows both ends.

    So a line from 09:00 to 09:30 is half an hour whatever its seconds were, and two that touch add up.
    """

    since: int
    until: int


def admin_span(time: AdminTime, now: int) -> TimeSpan | None:
    """Return when somebody did general work, until now while it runs; None for a line without a beginning."""
    return None if time.started_at is None else _span(time.started_at, time.ended_at, now)


def visit_span(visit: ServiceVisit, now: int) -> TimeSpan | None:
    """Return when somebody was at a customer's, until now while he is there; None before he arrived.

    Both ends are put right by the clock's error that was measured at the arrival (F024).
    """
    arrived, finished = arrival_instant(visit), visit.finished_at
    if arrived is None:
        return None
    return _span(arrived, None if finished is None else put_right(finished, visit.arrived_clock_offset_ms), now)


def minutes_of(span: TimeSpan) -> int:
    """Return how long a stretch is; one that ends before it begins is of no length."""
    return max(0, span.until - span.since)


def overlap_minutes(one: TimeSpan, other: TimeSpan) -> int:
    """Return for how long two stretches ran at the same time."""
    return minutes_of(_common(one, other))


def total_minutes(spans: Iterable[TimeSpan]) -> int:
    """Return how long somebody was at work, what he did at the same time counted once."""
    total, reached = 0, -1
    for span in sorted(spans, key=lambda each: (each.since, each.until)):
        total += minutes_of(TimeSpan(max(span.since, reached), span.until))
        reached = max(reached, span.until)
    return total


def overlapped_minutes(span: TimeSpan, others: Iterable[TimeSpan]) -> int:
    """Return what of a stretch others cover, however many of them do."""
    return total_minutes(_common(span, each) for each in others)


def lacks_note(time: AdminTime) -> bool:
    """Tell whether a line of other work does not say which."""
    return time.work is AdminWork.OTHER and not (time.note or "").strip()


def _common(one: TimeSpan, other: TimeSpan) -> TimeSpan:
    return TimeSpan(max(one.since, other.since), min(one.until, other.until))


def _span(since: int, until: int | None, now: int) -> TimeSpan:
    return TimeSpan(since // _MINUTE_MS, (now if until is None else until) // _MINUTE_MS)
