"""What is said to the commands on units and their limits, and what counts where nobody has set any (docs/API.md)."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from schemas.accounts import Line
from schemas.scalars import Id, ShortText
from schemas.start import UnitCode
from schemas.vocabulary import PhraseList, UnitKind

USUAL_LAG_MINUTES = 15
"""From here on a call was not logged at once (1-3, F011), at a unit that has set nothing."""

USUAL_COPY_DAYS = 30
"""So long a customer's link is good for, at a unit that has set nothing."""

MOST_LAG_MINUTES = 1_440
MOST_COPY_DAYS = 365

SHIPPED_PHRASES: Mapping[PhraseList, tuple[str, ...]] = MappingProxyType(
    {
        PhraseList.FAULT: ("不冷", "異音", "漏水", "結霜", "不通電"),
        PhraseList.ACTION: ("更換零件", "清潔", "調整", "疏通排水", "檢查"),
    }
)
"""What a new unit's technicians choose from until somebody changes it."""


class NewUnit(Struct, frozen=True, forbid_unknown_fields=True):
    """A unit that shall be: ``code`` is what its numbers begin with, ``time_zone`` a name of the IANA's."""

    kind: UnitKind
    code: UnitCode
    name: Line
    time_zone: Line
    address: ShortText = ""
    phone: ShortText = ""


class AddedUnit(Struct, frozen=True):
    """The unit that now is."""

    unit: Id


class UnitChange(Struct, frozen=True, forbid_unknown_fields=True):
    """What shall be different about a unit; a field that is not sent stays as it is."""

    kind: UnitKind | UnsetType = UNSET
    code: UnitCode | UnsetType = UNSET
    name: Line | UnsetType = UNSET
    time_zone: Line | UnsetType = UNSET
    address: ShortText | UnsetType = UNSET
    phone: ShortText | UnsetType = UNSET


class UnitLimits(Struct, frozen=True, forbid_unknown_fields=True):
    """The limits of a unit."""

    lag_minutes: Annotated[int, Meta(ge=0, le=MOST_LAG_MINUTES)]
    copy_days: Annotated[int, Meta(ge=1, le=MOST_COPY_DAYS)]
