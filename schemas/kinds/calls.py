"""The call register: service calls and who was sent."""

from msgspec import Struct

from schemas.scalars import EpochMs, Id, LongText, ShortText
from schemas.vocabulary import BreachReason, Category, Channel, Priority, Zone


class ServiceCall(Struct, frozen=True, kw_only=True):
    """One row of the call register (1-3); name, phone and address as given when the call came in.

    ``category`` is what the desk takes it for; once a visit has one, that counts (F007). ``category_reason`` is why a
    product under warranty is served for a fee (F004). ``due_at`` is until when somebody has to arrive (1-14); it is
    the server's, and stands still once somebody has.
    ``proposed_…`` is whom the desk thinks of, for when, and who said so (F015); it counts while nobody was sent.
    """

    unit: Id | None = None
    number: ShortText | None = None
    provisional_number: ShortText | None = None
    channel: Channel | None = None
    customer: Id | None = None
    asset: Id | None = None
    contact_name: ShortText | None = None
    contact_phone: ShortText | None = None
    address: ShortText | None = None
    district: ShortText | None = None
    zone: Zone | None = None
    zone_reason: ShortText | None = None
    symptom: LongText | None = None
    category: Category | None = None
    category_reason: ShortText | None = None
    received_at: EpochMs | None = None
    received_reason: ShortText | None = None
    logged_at: EpochMs | None = None
    logged_by: Id | None = None
    appointment_at: EpochMs | None = None
    due_at: EpochMs | None = None
    proposed_technician: Id | None = None
    proposed_for: EpochMs | None = None
    proposed_by: Id | None = None
    breach_reason: BreachReason | None = None
    breach_note: ShortText | None = None
    withdrawn_at: EpochMs | None = None
    withdrawn_by: Id | None = None
    withdrawn_reason: ShortText | None = None
    duplicate_of: Id | None = None
    closed_at: EpochMs | None = None
    closed_by: Id | None = None
    erased_at: EpochMs | None = None
    deleted: bool | None = None


class Dispatch(Struct, frozen=True, kw_only=True):
    """One technician sent to one call by a service manager (1-3, F015)."""

    unit: Id | None = None
    call: Id | None = None
    technician: Id | None = None
    priority: Priority | None = None
    planned_at: EpochMs | None = None
    dispatched_at: EpochMs | None = None
    dispatched_by: Id | None = None
    cancelled_at: EpochMs | None = None
    cancelled_by: Id | None = None
    cancelled_reason: ShortText | None = None
    erased_at: EpochMs | None = None
    deleted: bool | None = None
