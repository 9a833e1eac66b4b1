"""Until when somebody has to arrive: the unit's calendar from its documents, and a call's limit in it (1-14)."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from schemas.kinds.calendars import BusinessHours, CalendarDay
from schemas.kinds.calls import ServiceCall
from schemas.kinds.visits import ServiceVisit
from schemas.rules.service_hours import Interval, ServiceCalendar, date_at, due_at
from schemas.vocabulary import Zone

COMPANY_ZONE = "Asia/Taipei"
"""Clock of a unit that names none."""

LIMIT_MINUTES: Mapping[Zone, int] = MappingProxyType({Zone.URBAN: 6 * 60, Zone.SUBURBAN: 7 * 60})
"""Working minutes from receipt to arrival (1-14, F019); nobody knows yet where an address without a zone is."""

CLOCK_TOLERANCE_MS = 60_000
"""How far a phone's clock may be off and still be believed."""

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MIDNIGHT = 24 * 60

USUAL_HOURS = "09:00-12:00 13:00-18:00"
"""Hours of a unit for which nobody has set any, from Monday to Friday; those of a make-up day without its own."""

USUAL_WEEK = BusinessHours(
    monday=USUAL_HOURS, tuesday=USUAL_HOURS, wednesday=USUAL_HOURS, thursday=USUAL_HOURS, friday=USUAL_HOURS
)


def intervals_of(hours: str) -> tuple[Interval, ...] | None:
    """Return the stretches that a text of hours tells, None if they end before they begin, overlap or pass midnight."""
    told = [tuple(map(_minutes, stretch.split("-"))) for stretch in hours.split()]
    intervals = tuple(Interval(opens, closes) for opens, closes in told)
    ends = [0, *(each.closes for each in intervals)]
    fit = all(before <= each.opens < each.closes <= _MIDNIGHT for before, each in zip(ends, intervals, strict=False))
    return intervals if fit else None


def calendar_of(time_zone: str | None, week: BusinessHours | None, days: Iterable[CalendarDay]) -> ServiceCalendar:
    """Return a unit's calendar; hours that say nothing sensible are those of a day on which nobody works."""
    usual = week or USUAL_WEEK
    return ServiceCalendar(
        time_zone=time_zone or COMPANY_ZONE,
        week=tuple(_read(getattr(usual, day)) for day in _WEEKDAYS),
        days={day.date: _read(day.hours) for day in days if day.date is not None},
    )


def call_due_at(calendar: ServiceCalendar, call: ServiceCall) -> int | None:
    """Return until when somebody has to arrive, None where nothing says since when it counts.

    A time that was agreed with the customer stands for the rule. An address without a zone counts as urban: whoever
    sets it to suburban later gains an hour, and nobody loses one.
    """
    return _ruled(calendar, call) if call.appointment_at is None else call.appointment_at


def due_that_stands(calendar: ServiceCalendar, call: ServiceCall, at: int) -> int | None:
    """Return a call's limit as :func:`call_due_at` does, unless it passed before the appointment was made (A14).

    ``call.due_at`` is what was said before, ``at`` when it was agreed on. Whoever agrees on another time once the limit
    is broken does not mend it: it stays the one that was broken, by the rule or by the appointment before.
    """
    said, ruled = call.due_at, _ruled(calendar, call)
    if call.appointment_at is None or said is None or ruled is None:
        return call_due_at(calendar, call)
    is_broken = said < at and ruled < at and said != call.appointment_at
    return max(said, ruled) if is_broken else call.appointment_at


def is_carried_over(calendar: ServiceCalendar, received_at: int, now: int) -> bool:
    """Tell whether a call came in by the closing of an earlier day: it goes before all new ones (1-13, F018).

    What came in after closing, or on a day on which nobody works, is new on the next working day.
    """
    opens = due_at(calendar, received_at, 0)
    return opens is not None and date_at(calendar.time_zone, opens) < date_at(calendar.time_zone, now)


def _ruled(calendar: ServiceCalendar, call: ServiceCall) -> int | None:
    if call.received_at is None:
        return None
    return due_at(calendar, call.received_at, LIMIT_MINUTES[call.zone or Zone.URBAN])


def arrival_instant(visit: ServiceVisit) -> int | None:
    """Return the instant of an arrival that counts, None while nobody has arrived (F024).

    A phone's clock that was off by more than a minute is put right by what was measured at its last contact; a time
    that a person corrected is by no phone's clock.
    """
    at, stamped = visit.arrived_at, visit.arrived_stamped_at
    is_corrected = stamped is not None and stamped != at
    return at if at is None or is_corrected else put_right(at, visit.arrived_clock_offset_ms)


def put_right(at: int, offset_ms: int | None) -> int:
    """Return an instant of a phone's clock by the clock that is right; an error of a minute is none."""
    offset = offset_ms or 0
    return at if abs(offset) <= CLOCK_TOLERANCE_MS else at + offset


def is_unexplained_breach(call: ServiceCall, visits: Iterable[ServiceVisit]) -> bool:
    """Tell whether the first who came to a call came after the limit, and nobody has said why (F023)."""
    arrivals = [at for each in visits if (at := arrival_instant(each)) is not None]
    is_late = call.due_at is not None and bool(arrivals) and min(arrivals) > call.due_at
    return is_late and call.breach_reason is None


def _minutes(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


def _read(hours: str | None) -> tuple[Interval, ...]:
    return intervals_of(hours or "") or ()
