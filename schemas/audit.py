"""The shape of an audit entry: typed and allow-listed, without free payload (design of the vault, section 4)."""

from enum import StrEnum

from msgspec import Struct

from schemas.scalars import Count, EpochMs, Id, Sha256, ShortText


class Deed(StrEnum):
    """What was done; stored for ever, so no word is renamed or reused."""

    COMPANY_FOUNDED = "company.founded"
    SIGNED_IN = "session.signed_in"
    SIGN_IN_REFUSED = "session.refused"
    SIGNED_OUT = "session.signed_out"
    SESSION_BOUND = "session.bound"
    PASSWORD_RESET = "account.password_reset"  # noqa: S105 - a word for a deed
    PASSWORD_CHANGED = "account.password_changed"  # noqa: S105 - a word for a deed
    PASSWORD_REFUSED = "account.password_refused"  # noqa: S105 - a word for a deed
    RESET_REFUSED = "account.reset_refused"
    USER_ADDED = "account.user_added"
    USER_CHANGED = "account.user_changed"
    LOGIN_GIVEN = "account.login_given"
    ACTING_APPOINTED = "acting.appointed"
    ACTING_ENDED = "acting.ended"
    DEVICE_ENROLLED = "device.enrolled"
    DEVICE_REVOKED = "device.revoked"
    DEVICE_EMPTIED = "device.emptied"
    VISIT_SIGNED = "visit.signed"
    VISIT_AMENDED = "visit.amended"
    VISIT_CONFIRMED = "visit.confirmed"
    RECEIPT_CORRECTED = "call.receipt_corrected"
    CALL_DISPATCHED = "call.dispatched"
    DISPATCH_CANCELLED = "call.dispatch_cancelled"
    DISPATCH_MOVED = "call.dispatch_moved"
    CALL_WITHDRAWN = "call.withdrawn"
    CALL_DUPLICATE = "call.duplicate"
    CALL_REINSTATED = "call.reinstated"
    CATEGORY_CHANGED = "call.category_changed"
    CALL_CLOSED = "call.closed_and_filed"
    VOUCHER_FILED = "voucher.filed"
    CUSTOMERS_MERGED = "customer.merged"
    CUSTOMERS_UNMERGED = "customer.unmerged"
    PRODUCTS_MERGED = "asset.merged"
    PRODUCTS_UNMERGED = "asset.unmerged"
    DAY_RECONCILED = "call.day_reconciled"
    UNIT_ADDED = "unit.added"
    UNIT_CHANGED = "unit.changed"
    LIMITS_CHANGED = "unit.limits_changed"
    HOURS_CHANGED = "calendar.hours_changed"
    DAYS_CHANGED = "calendar.days_changed"
    DISTRICT_CHANGED = "calendar.district_changed"
    PHRASES_ADDED = "preset.added"
    PHRASES_CHANGED = "preset.changed"
    PHRASES_REMOVED = "preset.removed"
    FEE_ITEMS_ADDED = "fee_item.added"
    FEE_ITEMS_CHANGED = "fee_item.changed"
    FEE_ITEMS_REMOVED = "fee_item.removed"
    HELD_APPLIED = "held.applied"
    HELD_REJECTED = "held.rejected"
    HELD_RELEASED = "held.released"
    RESCUE_IMPORTED = "rescue.imported"
    LIST_IMPORTED = "list.imported"
    CUSTOMER_EXPORTED = "customer.exported"
    CUSTOMER_ERASED = "customer.erased"
    QUARANTINE_OPENED = "quarantine.opened"
    QUARANTINE_CLOSED = "quarantine.closed"
    EPOCH_BEGUN = "sync.epoch_begun"
    LOSS_SETTLED = "sync.loss_settled"
    PARTING_SETTLED = "sync.parting_settled"
    ROWS_REPAIRED = "sync.rows_repaired"


class AuditEntry(Struct, frozen=True, kw_only=True):
    """One deed: who, from which device, what, to which objects, for which purpose, by which request.

    ``objects`` are document or account ids with their kind, as ``kind:id``; ``request_sha256`` is the hash of the
    request's canonical bytes, null where no request asked and where one held a password or a code: whoever reads the
    log could try them against it. ``acting_for`` is whose place the user took, where only that gave him the right; the
    entries from before there was anybody acting have none. The leaf of the log is the RFC 8785 encoding of this entry.
    """

    seq: Count
    at: EpochMs
    user: Id | None
    device: Id | None
    deed: Deed
    objects: tuple[ShortText, ...]
    purpose: ShortText | None
    request_sha256: Sha256 | None
    acting_for: Id | None = None


class AuditPage(Struct, frozen=True):
    """A stretch of the audit log, the newest entry first.

    ``more`` tells whether older ones follow; ``broken`` names entries whose bytes are not those that were written.
    """

    entries: tuple[AuditEntry, ...]
    more: bool
    broken: tuple[Count, ...]
