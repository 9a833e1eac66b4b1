"""The public holidays of Taiwan by the names that people know them by (F021)."""

import pytest

from schemas.vocabulary import DayKind
from server.calendars.holidays_of_taiwan import KnownDay, days_of

NEW_YEARS: dict[int, dict[str, str]] = {
    2025: {
        "01-27": "放假日（2025-02-08 補班）",
        "01-28": "農曆除夕",
        "01-29": "春節",
        "01-30": "春節",
        "01-31": "春節",
    },
    2026: {
        "02-15": "小年夜",
        "02-16": "農曆除夕",
        "02-17": "春節",
        "02-18": "春節",
        "02-19": "春節",
        "02-20": "小年夜（補假）",
    },
    2027: {
        "02-04": "小年夜",
        "02-05": "農曆除夕",
        "02-06": "春節",
        "02-07": "春節",
        "02-08": "春節",
        "02-09": "春節（補假）",
        "02-10": "春節（補假）",
    },
    2028: {"01-24": "小年夜", "01-25": "農曆除夕", "01-26": "春節", "01-27": "春節", "01-28": "春節"},
}
"""Year to the holidays around New Year's Day of the lunar calendar; 2026-02-15 is a Sunday."""


@pytest.mark.parametrize("year", NEW_YEARS)
def test_f021_new_years_eve_is_one_day_and_what_is_made_up_for_is_named(year: int) -> None:
    told = {day[5:]: known.name for day, known in days_of(year).items() if "01-20" < day[5:] < "02-21"}
    told = {day: name for day, name in told.items() if name != "補行上班日"}
    assert told == NEW_YEARS[year]


@pytest.mark.parametrize("year", range(2025, 2029))
def test_f021_a_day_off_instead_is_named_by_a_holiday_of_its_year_that_fell_on_a_weekend(year: int) -> None:
    known = days_of(year)
    instead = [each.name for each in known.values() if each.name.endswith("（補假）")]
    named = {each.name for each in known.values()}
    elsewhere = {"中華民國開國紀念日"}  # the day off for the first of January lies in the year before
    assert {name.removesuffix("（補假）") for name in instead} - {*named, *_parts(named)} <= elsewhere
    assert known[next(iter(known))] == KnownDay(DayKind.HOLIDAY, "中華民國開國紀念日")


def _parts(names: set[str]) -> set[str]:
    return {part for name in names for part in name.split("、")}
