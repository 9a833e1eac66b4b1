"""Public holidays and make-up working days of Taiwan, as the ``holidays`` package has them (1-14, F021)."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from holidays import country_holidays
from holidays.countries.taiwan import Taiwan
from msgspec import Struct

from schemas.vocabulary import DayKind

_MAKE_UP = "補行上班日"


class KnownDay(Struct, frozen=True):
    """What a date is, and how it is called."""

    kind: DayKind
    name: str


@cache
def days_of(year: int) -> Mapping[str, KnownDay]:
    """Return ISO date to what is known of it, of one year: holidays, and Saturdays on which people work instead.

    Empty for a year that the package does not know.
    """
    if not Taiwan.start_year <= year <= Taiwan.end_year:
        return MappingProxyType({})
    known = country_holidays("TW", years=year, language="zh_TW")
    days = {day: KnownDay(DayKind.HOLIDAY, name.replace("; ", "、")) for day, name in known.items() if day.year == year}
    days |= {day: KnownDay(DayKind.MAKE_UP, _MAKE_UP) for day in known.weekend_workdays if day.year == year}
    return MappingProxyType({day.isoformat(): days[day] for day in sorted(days)})
