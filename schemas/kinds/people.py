"""Units, users, what they may be, and the devices they write with."""

from msgspec import Struct

from schemas.scalars import EpochMs, Id, LongText, ShortText
from schemas.vocabulary import AbsenceReason, Place, Role, UnitKind


class Unit(Struct, frozen=True, kw_only=True):
    """A service centre or a branch's service group: the scope that people and calls belong to (1-3)."""

    kind: UnitKind | None = None
    code: ShortText | None = None
    name: ShortText | None = None
    time_zone: ShortText | None = None
    address: ShortText | None = None
    phone: ShortText | None = None
    deleted: bool | None = None


class User(Struct, frozen=True, kw_only=True):
    """A person with an account; how he signs in is kept in server/accounts and never synced."""

    name: ShortText | None = None
    unit: Id | None = None
    phone: ShortText | None = None
    deactivated_at: EpochMs | None = None
    deleted: bool | None = None


class RoleGrant(Struct, frozen=True, kw_only=True):
    """One role of one user at one unit; a set of roles is a set of grants, never an overwritten list.

    With ``until_at`` it holds from ``starts_at`` until then, while its user acts for another one (ADR 41).
    """

    user: Id | None = None
    unit: Id | None = None
    role: Role | None = None
    starts_at: EpochMs | None = None
    until_at: EpochMs | None = None
    acting_for: Id | None = None
    ended_at: EpochMs | None = None
    deleted: bool | None = None


class Absence(Struct, frozen=True, kw_only=True):
    """From when until when somebody of a unit does not work, and who does his work meanwhile (ADR 41)."""

    unit: Id | None = None
    user: Id | None = None
    from_at: EpochMs | None = None
    until_at: EpochMs | None = None
    reason: AbsenceReason | None = None
    substitute: Id | None = None
    note: LongText | None = None
    recorded_by: Id | None = None
    cancelled_at: EpochMs | None = None
    deleted: bool | None = None


class Device(Struct, frozen=True, kw_only=True):
    """A browser that was enrolled with its own P-256 key."""

    user: Id | None = None
    unit: Id | None = None
    name: ShortText | None = None
    place: Place | None = None
    key_thumbprint: ShortText | None = None
    enrolled_at: EpochMs | None = None
    revoked_at: EpochMs | None = None
    deleted: bool | None = None
