"""Public holidays and make-up working days of Taiwan, as the ``holidays`` package has them (1-14, F021)."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType

from holidays import country_holidays
from holidays.countries.taiwan import Taiwan
from msgspec import Struct

from schemas.vocabulary import DayKind

_MAKE_UP = "補行上班日"
_EVE, _DAY_BEFORE_EVE, _INSTEAD = "農曆除夕", "小年夜", "{}（補假）"
_A_DAY, _SATURDAY = timedelta(days=1), 5


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
    names = _named({day: name for day, name in known.items() if day.year == year})
    days = {day: KnownDay(DayKind.HOLIDAY, name.replace("; ", "、")) for day, name in names.items()}
    days |= {day: KnownDay(DayKind.MAKE_UP, _MAKE_UP) for day in known.weekend_workdays if day.year == year}
    return MappingProxyType({day.isoformat(): days[day] for day in sorted(days)})


def _named(known: Mapping[date, str]) -> dict[date, str]:
    """Return the days by the names that people know them by.

    Since 2026 the day before New Year's Eve is a holiday, which the package calls the Eve as well. A day off instead
    says which of the two it makes up for: the one that fell on a weekend, in their order.
    """
    eves = [day for day, name in known.items() if name == _EVE]
    called = {day: _DAY_BEFORE_EVE if day + _A_DAY in eves else _EVE for day in eves}
    lost = [name for day, name in sorted(called.items()) if day.weekday() >= _SATURDAY]
    substitutes = sorted(day for day, name in known.items() if name == _INSTEAD.format(_EVE))
    called |= {day: _INSTEAD.format(name) for day, name in zip(substitutes, lost, strict=False)}
    return {**known, **called}
