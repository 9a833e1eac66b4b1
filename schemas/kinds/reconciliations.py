"""What the clerk signs at the end of the day (1-13)."""

from msgspec import Struct

from schemas.scalars import Count, EpochMs, Id, IsoDate, LongText


class Reconciliation(Struct, frozen=True, kw_only=True):
    """The register held against the vouchers at the end of a unit's day (1-13, F017), signed by its clerk.

    The counts are of the calls that nobody was sent to, those whose voucher is out without a result (with the vouchers
    that are out for no call), and those whose result is here and that are not closed.
    """

    unit: Id | None = None
    date: IsoDate | None = None
    undispatched: Count | None = None
    out: Count | None = None
    unclosed: Count | None = None
    note: LongText | None = None
    signed_at: EpochMs | None = None
    signed_by: Id | None = None
    deleted: bool | None = None
