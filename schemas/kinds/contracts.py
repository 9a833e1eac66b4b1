"""Maintenance contracts and the products that they cover (1-1(2); F002, F005)."""

from msgspec import Struct

from schemas.scalars import Count, EpochMs, Id, LongText, Minor, ShortText


class MaintenanceContract(Struct, frozen=True, kw_only=True):
    """What a customer agreed to about the upkeep of his products (1-1(2)): until when, how often, and what more costs.

    ``number`` stands on the paper. From ``valid_from`` to ``valid_until``, both included, ``visits_included`` calls are
    served without a fee, null for any number; each one more costs ``extra_fee``.
    """

    unit: Id | None = None
    customer: Id | None = None
    number: ShortText | None = None
    valid_from: EpochMs | None = None
    valid_until: EpochMs | None = None
    visits_included: Count | None = None
    extra_fee: Minor | None = None
    note: LongText | None = None
    erased_at: EpochMs | None = None
    deleted: bool | None = None


class CoveredAsset(Struct, frozen=True, kw_only=True):
    """One product in the list of one contract; its id follows from both, so that it stands there once."""

    unit: Id | None = None
    contract: Id | None = None
    asset: Id | None = None
    deleted: bool | None = None
