"""The admin's work on units: adding one, changing what it is called, and setting its limits (F011)."""

from collections.abc import Callable
from typing import Any
from zoneinfo import available_timezones

from msgspec import UNSET, structs
from sqlalchemy import exists, select

from schemas.audit import Deed
from schemas.kinds.people import Unit
from schemas.problems import Code, Problem
from schemas.registry import Kind
from schemas.rules.service_hours import year_at
from schemas.rules.telephone import is_number
from schemas.rules.visible import has_visible
from schemas.units import NewUnit, UnitChange, UnitLimits
from server.audit.log import Deeds, Doer
from server.platform.caller import Caller
from server.platform.texts import given_text
from server.records.scope import in_scope
from server.records.tables import DOCUMENTS
from server.records.work import Setting, Work
from server.units.beginning import equip

_UNIT = DOCUMENTS[Kind.UNIT]
_NUMBERED = (DOCUMENTS[Kind.SERVICE_CALL], DOCUMENTS[Kind.SERVICE_VOUCHER])


async def add_unit(work: Work, caller: Caller, doer: Doer, wish: NewUnit, make_id: Callable[[], str]) -> str:
    """Let there be another unit, with public holidays and phrases to begin with, and return its id.

    Raises ``Problem`` for a code that another unit has, a time zone that there is not, a telephone that is none.
    """
    unit, fields = make_id(), structs.asdict(wish)
    await work.ledger.head()  # locks the company's log: two requests cannot both find the code free
    await _write(work, caller, unit, fields)
    await work.note(doer, Deeds(Deed.UNIT_ADDED, (f"{Kind.UNIT}:{unit}",)))
    await equip(work, [unit], year_at(wish.time_zone, work.now))
    return unit


async def change_unit(work: Work, caller: Caller, doer: Doer, unit: str, change: UnitChange) -> None:
    """Change what a unit is called and where it is; what is so already is not said again.

    Raises ``Problem`` for an unknown unit, for a time zone that there is not, and for a code that another unit has or
    that can stay what it is only: numbers begin with it.
    """
    await work.ledger.head()
    found = await work.documents.get(Unit, unit)
    if found is None:
        raise Problem(Code.RECORD_MISSING)
    told = {name: value for name, value in structs.asdict(change).items() if value is not UNSET}
    fields = {name: value for name, value in told.items() if (getattr(found.shown, name) or "") != value}
    if "code" in fields and await _has_numbers(work, unit):
        raise Problem(Code.UNIT_CODE_USED, prefix=found.shown.code)
    if fields:
        await _write(work, caller, unit, fields)
        await work.note(doer, Deeds(Deed.UNIT_CHANGED, (f"{Kind.UNIT}:{unit}",)))


async def set_limits(work: Work, caller: Caller, doer: Doer, unit: str, limits: UnitLimits) -> None:
    """Set the limits of a unit; raises ``Problem`` for one that is out of scope."""
    await work.ledger.head()
    if not in_scope(caller.units, unit) or await work.documents.get(Unit, unit) is None:
        raise Problem(Code.RECORD_MISSING)
    await work.decide(caller.user, [Setting(Kind.UNIT_SETTINGS, unit, {"unit": unit, **structs.asdict(limits)})])
    await work.note(doer, Deeds(Deed.LIMITS_CHANGED, (f"{Kind.UNIT}:{unit}",)))


async def _write(work: Work, caller: Caller, unit: str, fields: dict[str, Any]) -> None:
    typed: dict[str, Any] = {name: given_text(fields[name]) for name in ("name", "address", "phone") if name in fields}
    if "name" in typed and not has_visible(typed["name"]):
        raise Problem(Code.NAME_UNSEEN)
    if typed.get("phone") and not is_number(typed["phone"]):
        raise Problem(Code.UNIT_PHONE)
    if "time_zone" in fields and fields["time_zone"] not in available_timezones():
        raise Problem(Code.UNIT_TIME_ZONE, zone=fields["time_zone"])
    if "code" in fields and await _has_code(work, fields["code"]):
        raise Problem(Code.UNIT_CODE_TAKEN, prefix=fields["code"])
    await work.decide(caller.user, [Setting(Kind.UNIT, unit, {**fields, **typed})])


async def _has_code(work: Work, code: str) -> bool:
    query = select(exists().where(_UNIT.c.company == work.company, _UNIT.c.code == code, ~_UNIT.c.gone))
    return bool((await work.connection.execute(query)).scalar_one())


async def _has_numbers(work: Work, unit: str) -> bool:
    """Tell whether any number was given out in a unit, also to what was taken back since."""
    for table in _NUMBERED:
        query = select(
            exists().where(table.c.company == work.company, table.c.unit == unit, table.c.number.is_not(None))
        )
        if (await work.connection.execute(query)).scalar_one():
            return True
    return False
