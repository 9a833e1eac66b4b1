"""Who may write which field by an operation; whatever no role is listed for is written by commands only."""

from collections.abc import Mapping
from types import MappingProxyType

from schemas.erasure import MARK
from schemas.registry import SHAPES, Kind
from schemas.vocabulary import Role

_DESK = frozenset({Role.CLERK, Role.SERVICE_MANAGER, Role.BRANCH_MANAGER, Role.SERVICE_DEPARTMENT})
_FIELD = frozenset({Role.TECHNICIAN, Role.SERVICE_MANAGER})
_SERVICE = _DESK | _FIELD
_TIMEKEEPERS = frozenset({Role.CLERK, Role.TECHNICIAN, Role.SERVICE_MANAGER})
_SETUP = frozenset({Role.SERVICE_MANAGER, Role.ADMIN})
_NOBODY: frozenset[Role] = frozenset()

_MERGED = frozenset({"merged_into", "merged_at", "merged_by"})

_DEFAULT: Mapping[Kind, frozenset[Role]] = MappingProxyType(
    {
        Kind.UNIT: _NOBODY,
        Kind.USER: _NOBODY,
        Kind.ROLE_GRANT: _NOBODY,
        Kind.DEVICE: _NOBODY,
        Kind.CUSTOMER: _SERVICE,
        Kind.ASSET: _SERVICE,
        Kind.SERVICE_VOUCHER: _NOBODY,
        Kind.SERVICE_CALL: _SERVICE,
        Kind.DISPATCH: _NOBODY,
        Kind.SERVICE_VISIT: _SERVICE,
        Kind.SIGNATURE: _FIELD,
        Kind.PHOTO: _FIELD,
        Kind.BUSINESS_HOURS: _NOBODY,
        Kind.CALENDAR_DAY: _NOBODY,
        Kind.DISTRICT: _NOBODY,
        Kind.RECONCILIATION: _NOBODY,
        Kind.MAINTENANCE_CONTRACT: _DESK,
        Kind.COVERED_ASSET: _DESK,
        Kind.SIGNATURE_COPY: _SERVICE,
        Kind.CONTACT_ATTEMPT: _SERVICE,
        Kind.ADMIN_TIME: _TIMEKEEPERS,
        Kind.ABSENCE: _DESK,
        Kind.UNIT_SETTINGS: _NOBODY,
        Kind.PRESET: _SETUP,
        Kind.FEE_ITEM: _SETUP,
    }
)

_COMMAND_ONLY: Mapping[Kind, frozenset[str]] = MappingProxyType(
    {
        Kind.CUSTOMER: _MERGED,
        Kind.ASSET: _MERGED,
        Kind.SERVICE_CALL: frozenset(
            {
                "number",
                "closed_at",
                "closed_by",
                "withdrawn_at",
                "withdrawn_by",
                "withdrawn_reason",
                "duplicate_of",
                "due_at",
                "deleted",
            }
        ),
        Kind.SERVICE_VISIT: frozenset(
            {"amended_at", "amended_by", "amended_reason"}
            | {"confirmed_at", "confirmed_by", "confirmed_note", "confirmed_sha256", "deleted"}
        ),
        Kind.SIGNATURE: frozenset({"deleted"}),
    }
)

_EXCEPTIONS: Mapping[Kind, Mapping[str, frozenset[Role]]] = MappingProxyType(
    {
        Kind.SERVICE_VOUCHER: {
            "unit": _SERVICE,
            "origin": _SERVICE,
            "opened_at": _SERVICE,
        },
        Kind.CUSTOMER: {"deleted": _DESK},
        Kind.ASSET: {"deleted": _DESK},
        Kind.SERVICE_CALL: {
            "zone_reason": _DESK,
            "breach_reason": _DESK,
            "breach_note": _DESK,
            "appointment_at": _DESK,
            "proposed_technician": _DESK,
            "proposed_for": _DESK,
            "proposed_by": _DESK,
        },
        Kind.SERVICE_VISIT: {
            "technician": _FIELD,
            "en_route_at": _FIELD,
            "arrived_clock_offset_ms": _FIELD,
            "arrived_latitude": _FIELD,
            "arrived_longitude": _FIELD,
            "arrived_accuracy": _FIELD,
            "unsigned_reason": _FIELD,
            "unsigned_note": _FIELD,
        },
    }
)


def _writers(kind: Kind, field: str) -> frozenset[Role]:
    if field == MARK or field in _COMMAND_ONLY.get(kind, frozenset()):
        return _NOBODY
    return _EXCEPTIONS.get(kind, {}).get(field, _DEFAULT[kind])


WRITERS: Mapping[Kind, Mapping[str, frozenset[Role]]] = MappingProxyType(
    {
        kind: MappingProxyType({field: _writers(kind, field) for field in SHAPES[kind].__struct_fields__})
        for kind in Kind
    }
)
"""Kind and field to the roles that may write it by an operation: total over every field of every kind.

The right to write implies the right to read (design of sync, section 1). An empty set means: by a command only.
"""

FIXED_BY: Mapping[Kind, Mapping[str, str]] = MappingProxyType(
    {
        Kind.SERVICE_CALL: MappingProxyType(
            {"received_reason": "received_at"}
            | {field: field for field in ("received_at", "logged_at", "logged_by", "provisional_number")}
        )
    }
)
"""Kind and field to the field after whose first value operations leave it as it is.

A command changes when a call came in (F010); when and by whom it was logged, and how it was called until it had its
number, nobody does (F011, F012).
"""

RECONCILERS: frozenset[Role] = frozenset({Role.CLERK, Role.SERVICE_MANAGER})
"""Roles that may sign the end of a unit's day (1-13, F017)."""

SEES_EVERY_UNIT: frozenset[Role] = frozenset({Role.SERVICE_DEPARTMENT, Role.ADMIN, Role.VICE_GM, Role.AUDITOR})
"""Roles whose scope is the whole company; everybody else sees his own unit (F016)."""

OWN: Mapping[Kind, tuple[str, frozenset[Role]]] = MappingProxyType(
    {Kind.ADMIN_TIME: ("user", frozenset({Role.SERVICE_MANAGER}))}
)
"""Kind to its field that names whose a document is, and to the roles that write other people's as well (F006)."""
