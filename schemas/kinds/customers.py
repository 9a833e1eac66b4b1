"""Customers, the products installed at them, and the life-long voucher of each product."""

from msgspec import Struct

from schemas.scalars import EpochMs, Id, LongText, ShortText
from schemas.vocabulary import VoucherOrigin, Zone


class Customer(Struct, frozen=True, kw_only=True):
    """Whoever owns products that the unit services (customer file, 1-3).

    ``merged_into`` names whom this one was a duplicate of (ADR 42): a pointer, what names this one stays as it is.
    """

    unit: Id | None = None
    name: ShortText | None = None
    phone: ShortText | None = None
    mobile: ShortText | None = None
    address: ShortText | None = None
    district: ShortText | None = None
    zone: Zone | None = None
    tax_id: ShortText | None = None
    note: LongText | None = None
    merged_into: Id | None = None
    merged_at: EpochMs | None = None
    merged_by: Id | None = None
    erased_at: EpochMs | None = None
    deleted: bool | None = None


class Asset(Struct, frozen=True, kw_only=True):
    """One installed product at one customer; ``merged_into`` names of which product it was a duplicate (ADR 42)."""

    unit: Id | None = None
    customer: Id | None = None
    product: ShortText | None = None
    model_no: ShortText | None = None
    serial_no: ShortText | None = None
    sold_at: EpochMs | None = None
    warranty_until: EpochMs | None = None
    note: LongText | None = None
    merged_into: Id | None = None
    merged_at: EpochMs | None = None
    merged_by: Id | None = None
    erased_at: EpochMs | None = None
    deleted: bool | None = None


class ServiceVoucher(Struct, frozen=True, kw_only=True):
    """The card of one asset, for life; its id is the asset's id, so that a second one cannot exist (1-3, 1-4)."""

    unit: Id | None = None
    number: ShortText | None = None
    origin: VoucherOrigin | None = None
    opened_at: EpochMs | None = None
    checked_out_at: EpochMs | None = None
    checked_out_to: Id | None = None
    filed_at: EpochMs | None = None
    retired_at: EpochMs | None = None
    deleted: bool | None = None
