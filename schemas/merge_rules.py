"""Which rival of a field is shown, and whether a person is asked: one total table for both languages."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from msgspec import Struct

from schemas.registry import SHAPES, Kind


class Show(StrEnum):
    """Which of several rival values is shown until a person decides (SPEC rules S1 to S4)."""

    LATEST = "latest"
    FIRST = "first"
    FIELD = "field"
    OFFICE = "office"


class MergeRule(Struct, frozen=True):
    """How one field of one kind merges: the rival to show, and whether rivals stand in the inbox."""

    show: Show
    ask: bool


_TOLD = MergeRule(Show.LATEST, ask=False)
_ASK = MergeRule(Show.LATEST, ask=True)
_FIRST = MergeRule(Show.FIRST, ask=False)
_OFFICE = MergeRule(Show.OFFICE, ask=False)
_ON_SITE = MergeRule(Show.FIELD, ask=True)
_ON_SITE_TOLD = MergeRule(Show.FIELD, ask=False)

_EVERY_KIND: Mapping[str, MergeRule] = MappingProxyType({"deleted": _ASK, "unit": _FIRST, "erased_at": _TOLD})

_DEFAULT: Mapping[Kind, MergeRule] = MappingProxyType(
    {
        Kind.UNIT: _TOLD,
        Kind.USER: _TOLD,
        Kind.ROLE_GRANT: _TOLD,
        Kind.DEVICE: _TOLD,
        Kind.CUSTOMER: _ASK,
        Kind.ASSET: _ASK,
        Kind.SERVICE_VOUCHER: _OFFICE,
        Kind.SERVICE_CALL: _ASK,
        Kind.DISPATCH: _OFFICE,
        Kind.SERVICE_VISIT: _ON_SITE,
        Kind.SIGNATURE: _FIRST,
        Kind.PHOTO: _FIRST,
        Kind.BUSINESS_HOURS: _ASK,
        Kind.CALENDAR_DAY: _ASK,
        Kind.DISTRICT: _ASK,
        Kind.RECONCILIATION: _OFFICE,
        Kind.MAINTENANCE_CONTRACT: _ASK,
        Kind.COVERED_ASSET: _ASK,
        Kind.SIGNATURE_COPY: _TOLD,
        Kind.CONTACT_ATTEMPT: _FIRST,
        Kind.ADMIN_TIME: _ASK,
        Kind.ABSENCE: _ASK,
        Kind.UNIT_SETTINGS: _TOLD,
        Kind.PRESET: _TOLD,
        Kind.FEE_ITEM: _TOLD,
    }
)

_MERGED = dict.fromkeys(("merged_into", "merged_at", "merged_by"), _OFFICE)

_EXCEPTIONS: Mapping[Kind, Mapping[str, MergeRule]] = MappingProxyType(
    {
        Kind.CUSTOMER: {"note": _TOLD, **_MERGED},
        Kind.ASSET: {"note": _TOLD, **_MERGED},
        Kind.MAINTENANCE_CONTRACT: {"note": _TOLD},
        Kind.ABSENCE: {"note": _TOLD, "recorded_by": _FIRST},
        Kind.SERVICE_VOUCHER: {"number": _FIRST},
        Kind.SERVICE_CALL: {
            "number": _FIRST,
            "provisional_number": _FIRST,
            "logged_at": _FIRST,
            "logged_by": _FIRST,
            "withdrawn_by": _OFFICE,
            "due_at": _OFFICE,
            "received_at": _OFFICE,
            "received_reason": _OFFICE,
            "proposed_technician": _TOLD,
            "proposed_for": _TOLD,
            "proposed_by": _TOLD,
            "closed_at": _OFFICE,
            "closed_by": _OFFICE,
        },
        Kind.SERVICE_VISIT: {
            "category_reason": _ON_SITE_TOLD,
            "en_route_at": _ON_SITE_TOLD,
            "arrived_clock_offset_ms": _ON_SITE_TOLD,
            "arrived_stamped_at": _FIRST,
            "arrived_reason": _ON_SITE_TOLD,
            "arrived_corrected_by": _ON_SITE_TOLD,
            "arrived_latitude": _FIRST,
            "arrived_longitude": _FIRST,
            "arrived_accuracy": _FIRST,
            "amended_at": _OFFICE,
            "amended_by": _OFFICE,
            "amended_reason": _OFFICE,
            "confirmed_at": _OFFICE,
            "confirmed_by": _OFFICE,
            "confirmed_note": _OFFICE,
            "confirmed_sha256": _OFFICE,
        },
        Kind.PHOTO: {"caption": _ON_SITE_TOLD},
        Kind.ADMIN_TIME: {"user": _FIRST, "note": _TOLD},
        Kind.FEE_ITEM: {"amount": _ASK},
    }
)


def _rules_of(kind: Kind) -> Mapping[str, MergeRule]:
    exceptions = {**_EVERY_KIND, **_EXCEPTIONS.get(kind, {})}
    default = _DEFAULT[kind]
    return MappingProxyType({name: exceptions.get(name, default) for name in SHAPES[kind].__struct_fields__})


MERGE_RULES: Mapping[Kind, Mapping[str, MergeRule]] = MappingProxyType({kind: _rules_of(kind) for kind in Kind})
"""Kind and field to rule, total over every field of every kind.

Money, working hours, diagnosis and whatever a customer signs ask a person; dispatch is the office's; what was done on
site is the field's; signatures, photos, attempts to reach somebody and identities keep the
first.
"""
