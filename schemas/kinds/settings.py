"""What a company sets up for each of its units: its limits, the phrases of its technicians, and what it charges."""

from msgspec import Struct

from schemas.scalars import Count, Id, Minor, ShortText
from schemas.vocabulary import FeeKind, PhraseList


class UnitSettings(Struct, frozen=True, kw_only=True):
    """The limits of a unit, under the unit's id; of one that is null what was shipped counts (``schemas.units``).

    From ``lag_minutes`` on a call was not logged at once (1-3, F011); ``copy_days`` is how long a customer's link to
    what he signed is good for.
    """

    unit: Id | None = None
    lag_minutes: Count | None = None
    copy_days: Count | None = None
    deleted: bool | None = None


class Preset(Struct, frozen=True, kw_only=True):
    """A phrase that a unit's technicians choose instead of typing; with ``product`` only at products of that word."""

    unit: Id | None = None
    list: PhraseList | None = None
    product: ShortText | None = None
    text: ShortText | None = None
    rank: Count | None = None
    deleted: bool | None = None


class FeeItem(Struct, frozen=True, kw_only=True):
    """Something that a unit charges at a fixed amount (1-5, F038): technicians put the fee together from them."""

    unit: Id | None = None
    kind: FeeKind | None = None
    name: ShortText | None = None
    amount: Minor | None = None
    rank: Count | None = None
    deleted: bool | None = None
