"""Which years of public holidays a unit's calendar lacks, so that somebody loads them in time (1-14; F021)."""

from collections.abc import Iterable
from datetime import date

NEXT_YEAR_FROM = (11, 1)
"""Month and day from which on next year's holidays have to be known: two months in which somebody finds the time."""


def missing_years(today: date, holidays: Iterable[str]) -> tuple[int, ...]:
    """Return the years that are needed today and of which no holiday is known; ``holidays`` are ISO dates.

    One holiday of a year is enough: whoever takes the others out knows that year.
    """
    known = {day[:4] for day in holidays}
    needed = (today.year, today.year + 1) if (today.month, today.day) >= NEXT_YEAR_FROM else (today.year,)
    return tuple(year for year in needed if f"{year:04}" not in known)
