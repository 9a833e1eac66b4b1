"""Changing a unit's week, single dates and districts; open calls follow, for whoever reacts to it (F020, F021)."""

from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import structs

from schemas.audit import Deed
from schemas.calendars import (
    FIRST_YEAR,
    LAST_YEAR,
    CalendarChanged,
    DistrictZone,
    HolidayYear,
    SpecialDays,
    UsualDays,
    UsualWeek,
)
from schemas.kinds.calendars import BusinessHours, CalendarDay, District
from schemas.kinds.people import Unit
from schemas.problems import Code, Problem
from schemas.registry import Kind
from schemas.rules.arrival import USUAL_HOURS, intervals_of
from schemas.rules.places import place_key
from schemas.vocabulary import DayKind
from server.audit.log import Deeds, Doer
from server.calendars.holidays_of_taiwan import days_of
from server.platform.caller import Caller
from server.platform.texts import given_text
from server.records.documents import Found
from server.records.fixed_ids import id_about
from server.records.scope import in_scope
from server.records.work import Setting, Work


def day_id(unit: str, day: str) -> str:
    """Return the id of a unit's date: two people who set the same one write the same document."""
    return id_about("calendar-day", unit, day)


def district_id(unit: str, name: str) -> str:
    """Return the id of a unit's district, the same one however its name is written."""
    return id_about("district", unit, place_key(name))


async def set_week(work: Work, caller: Caller, doer: Doer, unit: str, week: UsualWeek) -> None:
    """Set the usual week of a unit; raises ``Problem`` for hours that cannot be, and for a unit out of scope."""
    await _check_unit(work, caller, unit)
    hours = structs.asdict(week)
    _check_hours(hours.values())
    await work.decide(caller.user, [Setting(Kind.BUSINESS_HOURS, unit, {"unit": unit, **hours})])
    await work.note(doer, Deeds(Deed.HOURS_CHANGED, (f"{Kind.UNIT}:{unit}",)))


async def set_days(work: Work, caller: Caller, doer: Doer, unit: str, wish: SpecialDays) -> CalendarChanged:
    """Let a unit work otherwise on some dates; a make-up day without hours has the usual ones.

    Raises ``Problem`` for a date or for hours that cannot be, and for a unit out of scope.
    """
    await _check_unit(work, caller, unit)
    _check_dates(wish.dates)
    _check_hours([wish.hours])
    hours = wish.hours or (await _working_hours(work, unit) if wish.kind is DayKind.MAKE_UP else "")
    said = {"unit": unit, "kind": wish.kind, "name": given_text(wish.name), "hours": hours, "deleted": False}
    days = [Setting(Kind.CALENDAR_DAY, day_id(unit, day), {**said, "date": day}) for day in sorted(wish.dates)]
    return await _decide(work, caller, doer, unit, days)


async def unset_days(work: Work, caller: Caller, doer: Doer, unit: str, wish: UsualDays) -> CalendarChanged:
    """Let dates be like any other again; of one that is so already nothing changes.

    Raises ``Problem`` for a unit out of scope.
    """
    await _check_unit(work, caller, unit)
    known = await work.documents.where(CalendarDay, "id", [day_id(unit, day) for day in wish.dates])
    days = [Setting(Kind.CALENDAR_DAY, each.id, {"deleted": True}) for each in known]
    return await _decide(work, caller, doer, unit, days)


async def load_holidays(work: Work, caller: Caller, doer: Doer, unit: str, wish: HolidayYear) -> CalendarChanged:
    """Put the public holidays and make-up days of a year into a calendar; a date that somebody has set stays as it is.

    One that was taken out comes back. Raises ``Problem`` for a year that nobody knows yet, and for a unit out of scope.
    """
    await _check_unit(work, caller, unit)
    days = await seeded(work, unit, wish.year)
    if days is None:
        raise Problem(Code.CALENDAR_YEAR, year=wish.year)
    return await _decide(work, caller, doer, unit, days)


async def seeded(work: Work, unit: str, year: int) -> list[Setting] | None:
    """Return what would put a year's holidays into a calendar, without dates that are set; None for an unknown year."""
    known = days_of(year)
    if not known:
        return None
    here = {each.shown.date for each in await work.documents.where(CalendarDay, "unit", [unit])}
    hours = await _working_hours(work, unit)
    return [
        Setting(
            Kind.CALENDAR_DAY,
            day_id(unit, day),
            {
                "unit": unit,
                "date": day,
                "kind": each.kind,
                "name": each.name,
                "hours": hours if each.kind is DayKind.MAKE_UP else "",
                "deleted": False,
            },
        )
        for day, each in known.items()
        if day not in here
    ]


async def set_district(work: Work, caller: Caller, doer: Doer, unit: str, wish: DistrictZone) -> None:
    """Say whether a district is urban or suburban for a unit, or take it out of the table.

    One of which the county is named is another row than the bare one; a name that is written otherwise is the row that
    there is. Calls that are logged already keep what they have (F020). Raises ``Problem`` for one without a name.
    """
    await _check_unit(work, caller, unit)
    name = given_text(wish.name)
    if not name:
        raise Problem(Code.CALENDAR_DISTRICT)
    known = await _district_here(work, unit, name)
    if wish.zone is None and known is None:
        return
    doc, called = (known.id, known.shown.name) if known else (district_id(unit, name), name)
    said = {"unit": unit, "name": called, "zone": wish.zone, "deleted": False}
    fields = {"deleted": True} if wish.zone is None else said
    await work.decide(caller.user, [Setting(Kind.DISTRICT, doc, fields)])
    await work.note(doer, Deeds(Deed.DISTRICT_CHANGED, (f"{Kind.UNIT}:{unit}", f"{Kind.DISTRICT}:{doc}")))


async def _district_here(work: Work, unit: str, name: str) -> Found[District] | None:
    """Return the row of a unit's table, the one that is written just so before one that is written otherwise."""
    rows = await work.documents.where(District, "unit", [unit])
    alike = [each for each in rows if place_key(each.shown.name or "") == place_key(name)]
    return min(alike, key=lambda each: each.shown.name != name, default=None)


async def _decide(work: Work, caller: Caller, doer: Doer, unit: str, days: Sequence[Setting]) -> CalendarChanged:
    if not days:
        return CalendarChanged(0, 0)
    before = await work.ledger.head()
    await work.decide(caller.user, days)
    objects = (f"{Kind.UNIT}:{unit}", *(f"{Kind.CALENDAR_DAY}:{each.id}" for each in days))
    await work.note(doer, Deeds(Deed.DAYS_CHANGED, objects))
    return CalendarChanged(len(days), await _calls_moved(work, before.position))


async def _calls_moved(work: Work, behind: int) -> int:
    """Return of how many calls something was decided behind a position: what else is decided here is of the days."""
    decided = await work.ledger.servers_own(behind, (await work.ledger.head()).position)
    return sum(each.kind == Kind.SERVICE_CALL for each in decided)


async def _check_unit(work: Work, caller: Caller, unit: str) -> None:
    await work.ledger.head()
    if not in_scope(caller.units, unit) or await work.documents.get(Unit, unit) is None:
        raise Problem(Code.RECORD_MISSING)


async def _working_hours(work: Work, unit: str) -> str:
    """Return the hours of a working day: those of Monday."""
    week = await work.documents.get(BusinessHours, unit)
    return (week.shown.monday if week else None) or USUAL_HOURS


def _check_hours(told: Iterable[str]) -> None:
    if any(intervals_of(each) is None for each in told):
        raise Problem(Code.CALENDAR_HOURS)


def _check_dates(dates: Iterable[str]) -> None:
    for each in dates:
        try:
            year = date.fromisoformat(each).year
        except ValueError:
            raise Problem(Code.CALENDAR_DATE, date=each) from None
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise Problem(Code.CALENDAR_TOO_FAR, first=FIRST_YEAR, last=LAST_YEAR)
