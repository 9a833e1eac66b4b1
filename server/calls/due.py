"""Until when somebody has to arrive at each open call, kept in step with its facts and the unit's calendar (1-14)."""

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType

from sqlalchemy import select

from schemas.kinds.calendars import BusinessHours, CalendarDay
from schemas.kinds.calls import ServiceCall
from schemas.kinds.people import Unit
from schemas.kinds.visits import ServiceVisit
from schemas.registry import Kind
from schemas.rules.arrival import calendar_of, due_that_stands, is_carried_over
from schemas.rules.service_hours import ServiceCalendar
from server.calls.register import ENDED
from server.records.documents import Found
from server.records.ledger import SERVER
from server.records.recorder import Change
from server.records.tables import DOCUMENTS
from server.records.work import Setting, Work

_DAY = DOCUMENTS[Kind.CALENDAR_DAY]
_FACTS = ("received_at", "zone", "appointment_at", "unit", "deleted", *ENDED)


async def set_due(work: Work, changes: Sequence[Change]) -> None:
    """Say of calls whose facts changed until when somebody has to arrive (F019, F020)."""
    moved = {each.after.id: _agreed_at(each) or work.now for each in changes if _is_moved(each, _FACTS)}
    calls = await work.documents.where(ServiceCall, "id", list(moved), unset=ENDED)
    await _write(work, await _uncounted(work, calls), moved)


def _agreed_at(change: Change) -> int | None:
    """Return when an appointment was made that is told now: whoever was offline made it before it came (A14)."""
    told = (each.operation for each in change.written if each.operation.fields.get("appointment_at") is not None)
    return max((each.origin.effective_at for each in told), default=None)


async def follow_calendar(work: Work, changes: Sequence[Change]) -> None:
    """Say it anew of a unit's open calls when its calendar changed; their history keeps what was said before (F021)."""
    await _say_anew(work, {str(unit) for each in changes if (unit := each.after.fields.get("unit")) is not None})


async def follow_time_zone(work: Work, changes: Sequence[Change]) -> None:
    """Say it anew of a unit's open calls when its clocks changed, as :func:`follow_calendar` does."""
    await _say_anew(work, {each.after.id for each in changes if _is_moved(each, ("time_zone",))})


async def due_of(work: Work, call: ServiceCall) -> int | None:
    """Return until when somebody has to arrive at a call, as its facts are given."""
    return None if call.unit is None else _due(await _calendars(work, {call.unit}), call, work.now)


async def is_left_over(work: Work, call: ServiceCall) -> bool:
    """Tell whether a call was carried over from an earlier day, by its unit's calendar (F018)."""
    if call.unit is None or call.received_at is None:
        return False
    return is_carried_over((await _calendars(work, {call.unit}))[call.unit], call.received_at, work.now)


async def _say_anew(work: Work, units: Collection[str]) -> None:
    calls = await work.documents.where(ServiceCall, "unit", units, unset=ENDED)
    await _write(work, await _without_arrival(work, calls))


def _is_moved(change: Change, facts: Collection[str]) -> bool:
    before, after = change.before.fields, change.after.fields
    return any(before.get(name) != after.get(name) for name in facts)


async def _write(work: Work, calls: Sequence[Found[ServiceCall]], at: Mapping[str, int] = MappingProxyType({})) -> None:
    calendars = await _calendars(work, {each.shown.unit for each in calls if each.shown.unit is not None})
    due = {each.id: _due(calendars, each.shown, at.get(each.id, work.now)) for each in calls}
    shown = {each.id: each.shown.due_at for each in calls}
    settings = [Setting(Kind.SERVICE_CALL, doc, {"due_at": at}) for doc, at in due.items() if at != shown[doc]]
    if settings:
        await work.decide(SERVER, settings)


async def _uncounted(work: Work, calls: Sequence[Found[ServiceCall]]) -> list[Found[ServiceCall]]:
    """Return those at which nobody has arrived, or at which somebody had before it was said until when he had to.

    A technician may hand in a call together with his visit.
    """
    waiting = {each.id for each in await _without_arrival(work, calls)}
    return [each for each in calls if each.id in waiting or each.shown.due_at is None]


async def _without_arrival(work: Work, calls: Sequence[Found[ServiceCall]]) -> list[Found[ServiceCall]]:
    """Return those at which nobody has arrived: what counted then counts for good."""
    visits = await work.documents.children(ServiceVisit, "call", calls)
    reached = {each.shown.call for each in visits if each.shown.arrived_at is not None}
    return [each for each in calls if each.id not in reached]


async def _calendars(work: Work, units: Collection[str]) -> Mapping[str, ServiceCalendar]:
    zones = {each.id: each.shown.time_zone for each in await work.documents.where(Unit, "id", units)}
    weeks = {each.id: each.shown for each in await work.documents.where(BusinessHours, "id", units)}
    days = await _days(work, units)
    return {unit: calendar_of(zones.get(unit), weeks.get(unit), days.get(unit, ())) for unit in units}


async def _days(work: Work, units: Collection[str]) -> Mapping[str, list[CalendarDay]]:
    """Return the dates of units with what counts of them: there are hundreds, and each call that is logged asks."""
    query = select(_DAY.c.unit, _DAY.c.date, _DAY.c.hours).where(
        _DAY.c.company == work.company, _DAY.c.unit.in_(units), ~_DAY.c.gone
    )
    days: dict[str, list[CalendarDay]] = {}
    for row in await work.connection.execute(query):
        days.setdefault(row.unit, []).append(CalendarDay(date=row.date, hours=row.hours))
    return days


def _due(calendars: Mapping[str, ServiceCalendar], call: ServiceCall, at: int) -> int | None:
    return None if call.unit is None else due_that_stands(calendars[call.unit], call, at)
