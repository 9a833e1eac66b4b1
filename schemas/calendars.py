"""What is said to the commands on a unit's service hours, calendar and districts (docs/API.md)."""

from typing import Annotated

from msgspec import Meta, Struct

from schemas.scalars import Count, HoursOfDay, IsoDate, ShortText
from schemas.vocabulary import DayKind, Zone

MOST_DAYS = 62
"""Dates that one command sets: the longest holiday is a matter of days, not of months."""

FIRST_YEAR, LAST_YEAR = 2000, 2100
"""Nobody plans for a year outside of these."""

Dates = Annotated[frozenset[IsoDate], Meta(min_length=1, max_length=MOST_DAYS)]


class UsualWeek(Struct, frozen=True, forbid_unknown_fields=True):
    """The hours of each day of a usual week; an empty text for a free day."""

    monday: HoursOfDay
    tuesday: HoursOfDay
    wednesday: HoursOfDay
    thursday: HoursOfDay
    friday: HoursOfDay
    saturday: HoursOfDay
    sunday: HoursOfDay


class SpecialDays(Struct, frozen=True, forbid_unknown_fields=True):
    """Dates on which a unit works otherwise than usual; an empty text of hours for not at all."""

    dates: Dates
    kind: DayKind
    name: ShortText
    hours: HoursOfDay = ""


class UsualDays(Struct, frozen=True, forbid_unknown_fields=True):
    """Dates that are like any other again."""

    dates: Dates


class HolidayYear(Struct, frozen=True, forbid_unknown_fields=True):
    """A year whose public holidays and make-up days are to be put into the calendar."""

    year: Annotated[int, Meta(ge=1, le=9_999)]


class DistrictZone(Struct, frozen=True, forbid_unknown_fields=True):
    """Whether a district is urban or suburban for a unit; null takes it out of the table."""

    name: ShortText
    zone: Zone | None


class CalendarChanged(Struct, frozen=True):
    """How many dates a command set, and of how many open calls the time to arrive by has moved."""

    days: Count
    calls: Count
