"""When a unit works, and which of its districts are near: what the arrival limit is counted by (1-14; F019 to F021)."""

from msgspec import Struct

from schemas.scalars import HoursOfDay, Id, IsoDate, ShortText
from schemas.vocabulary import DayKind, Zone


class BusinessHours(Struct, frozen=True, kw_only=True):
    """The usual week of a unit, under the unit's id; a day that is null or empty is free."""

    unit: Id | None = None
    monday: HoursOfDay | None = None
    tuesday: HoursOfDay | None = None
    wednesday: HoursOfDay | None = None
    thursday: HoursOfDay | None = None
    friday: HoursOfDay | None = None
    saturday: HoursOfDay | None = None
    sunday: HoursOfDay | None = None
    deleted: bool | None = None


class CalendarDay(Struct, frozen=True, kw_only=True):
    """A date on which a unit works otherwise than usual: ``hours`` of that day, none for a holiday or a closure."""

    unit: Id | None = None
    date: IsoDate | None = None
    kind: DayKind | None = None
    name: ShortText | None = None
    hours: HoursOfDay | None = None
    deleted: bool | None = None


class District(Struct, frozen=True, kw_only=True):
    """Whether a district is urban or suburban for a unit; a call keeps what it was when it was logged (F020).

    The name is the district's alone, or with its county before it where two counties have one: 基隆市信義區.
    """

    unit: Id | None = None
    name: ShortText | None = None
    zone: Zone | None = None
    deleted: bool | None = None
