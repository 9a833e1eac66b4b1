"""What people keep up for their units beside the calls, from districts and fees to the end of each day."""

from collections.abc import Awaitable, Callable, Iterator
from datetime import time
from functools import partial

from schemas.accounts import ActingOrder
from schemas.calendars import DistrictZone, HolidayYear
from schemas.office import DaysEnd
from schemas.registry import Kind
from schemas.rules.service_hours import year_at
from schemas.units import SHIPPED_PHRASES
from schemas.vocabulary import Role
from server.accounts.acting import appoint
from server.calendars.changing import load_holidays, set_district
from server.calls.reconciling import reconcile
from server.founding.demo.days import DAY_MS, MINUTE_MS, TIME_ZONE, Calendar
from server.founding.demo.player import Edit
from server.founding.demo.stage import Stage
from server.founding.demo.tables import (
    ABSENCES,
    CUSTOMERS,
    FEE_ITEMS,
    PHRASES,
    TIMES,
    UNITS,
    AbsenceRow,
    TimeRow,
)

Deed = Callable[[Stage, int], Awaitable[None]]

_MINOR = 100
_SHIPPED = max(map(len, SHIPPED_PHRASES.values()))
_SIGNED_DAYS = 14
_EVENING = time(18, 10)


def upkeep(calendar: Calendar, opening: int) -> Iterator[tuple[int, Deed]]:
    """Yield what is done when: districts, fees and phrases at the opening, next year's holidays each October."""
    for row in UNITS:
        yield opening, partial(set_districts, row.unit)
        yield opening, partial(set_fees_and_phrases, row.unit)
        for october in calendar.octobers(opening):
            yield october, partial(load_next_year, row.unit)
        for evening in sorted({calendar.at(days, _EVENING) for days in range(1, _SIGNED_DAYS)}):
            yield evening, partial(sign_the_day, row.unit)
    for worked in TIMES:
        began = calendar.instant(worked.began)
        yield began + worked.minutes * MINUTE_MS, partial(note_time, worked, began)
    for absence in ABSENCES:
        since, until = calendar.instant(absence.since), calendar.instant(absence.until)
        yield min(since, calendar.now - DAY_MS), partial(note_absence, absence, since, until)


async def set_districts(unit: str, stage: Stage, at: int) -> None:
    """The service manager enters the districts of the unit's customers (F020)."""
    manager = stage.player(unit, Role.SERVICE_MANAGER)
    zones = {row.district: row.zone for row in CUSTOMERS if row.unit == unit}
    for name, zone in zones.items():
        await set_district(*await stage.command(manager, at), unit, DistrictZone(name, zone))


async def set_fees_and_phrases(unit: str, stage: Stage, at: int) -> None:
    """The service manager enters what the unit charges at fixed amounts, and what its technicians choose (F038).

    The phrases are those that its products need besides the shipped ones, which every unit has, and stand behind them.
    """
    fees = [
        Edit(Kind.FEE_ITEM, row.item, {"unit": unit, "kind": row.kind, "name": row.name, "amount": row.amount * _MINOR})
        for row in FEE_ITEMS
        if row.unit == unit
    ]
    phrases = [
        Edit(Kind.PRESET, row.phrase, {"unit": unit, "list": row.list, "product": row.product, "text": row.text})
        for row in PHRASES
        if row.unit == unit
    ]
    ranked = [
        Edit(edit.kind, edit.doc, {**edit.fields, "rank": rank})
        for edits, first in ((fees, 0), (phrases, _SHIPPED))
        for rank, edit in enumerate(edits, start=first)
    ]
    await stage.write(stage.player(unit, Role.SERVICE_MANAGER), at, *ranked)


async def load_next_year(unit: str, stage: Stage, at: int) -> None:
    """The service manager puts the public holidays of the next year into the calendar (F021)."""
    manager = stage.player(unit, Role.SERVICE_MANAGER)
    year = HolidayYear(year_at(TIME_ZONE, at) + 1)
    await load_holidays(*await stage.command(manager, at), unit, year)


async def sign_the_day(unit: str, stage: Stage, at: int) -> None:
    """The clerk holds the register against the vouchers, and signs (F017)."""
    clerk = stage.player(unit, Role.CLERK)
    await reconcile(*await stage.command(clerk, at), unit, DaysEnd())


async def note_time(row: TimeRow, began: int, stage: Stage, at: int) -> None:
    """Somebody writes down the general work that he has just done (F006)."""
    player = stage.players[row.user]
    fields = {
        "unit": player.caller.unit,
        "user": row.user,
        "work": row.work,
        "started_at": began,
        "ended_at": at,
        "note": row.note,
    }
    await stage.write(player, at, Edit(Kind.ADMIN_TIME, f"time-{row.user}-{began}", fields))


async def note_absence(row: AbsenceRow, since: int, until: int, stage: Stage, at: int) -> None:
    """The clerk writes somebody's leave down; while the manager is away a clerk acts for him (1-3, ADR 41)."""
    away = stage.players[row.user]
    clerk = stage.player(away.caller.unit, Role.CLERK)
    fields = {
        "unit": away.caller.unit,
        "user": row.user,
        "from_at": since,
        "until_at": until,
        "reason": row.reason,
        "substitute": row.substitute,
        "note": row.note,
        "recorded_by": clerk.caller.user,
    }
    await stage.write(clerk, at, Edit(Kind.ABSENCE, f"absence-{row.user}-{since}", fields))
    if Role.SERVICE_MANAGER in away.caller.roles:
        order = ActingOrder(clerk.caller.user, row.user, since, until)
        await appoint(*await stage.command(away, at), away.caller.unit, order, f"acting-{row.user}-{since}")
