"""What each version of the kinds added: all that there is between two versions, for either direction (ADR 17)."""

from collections.abc import Mapping
from types import MappingProxyType

from schemas.registry import SHAPES, Kind

_KINDS_OF_2 = (
    Kind.PHOTO,
    Kind.BUSINESS_HOURS,
    Kind.CALENDAR_DAY,
    Kind.DISTRICT,
    Kind.RECONCILIATION,
    Kind.MAINTENANCE_CONTRACT,
    Kind.COVERED_ASSET,
    Kind.SIGNATURE_COPY,
    Kind.CONTACT_ATTEMPT,
    Kind.ADMIN_TIME,
    Kind.ABSENCE,
    Kind.UNIT_SETTINGS,
    Kind.PRESET,
    Kind.FEE_ITEM,
)

_MERGED = frozenset({"merged_into", "merged_at", "merged_by"})

ADDED: Mapping[int, Mapping[Kind, frozenset[str]]] = MappingProxyType(
    {
        2: MappingProxyType(
            {
                **{kind: frozenset(SHAPES[kind].__struct_fields__) for kind in _KINDS_OF_2},
                Kind.CUSTOMER: _MERGED | {"erased_at"},
                Kind.ASSET: _MERGED | {"erased_at"},
                Kind.SIGNATURE: frozenset({"erased_at"}),
                Kind.SERVICE_CALL: frozenset(
                    {
                        "erased_at",
                        "withdrawn_by",
                        "zone_reason",
                        "category_reason",
                        "due_at",
                        "proposed_technician",
                        "proposed_for",
                        "proposed_by",
                        "breach_reason",
                        "breach_note",
                    }
                ),
                Kind.ROLE_GRANT: frozenset({"starts_at", "until_at", "acting_for"}),
                Kind.DISPATCH: frozenset({"cancelled_reason", "erased_at"}),
                Kind.SERVICE_VISIT: frozenset(
                    {
                        "category_reason",
                        "arrived_stamped_at",
                        "arrived_reason",
                        "arrived_corrected_by",
                        "arrived_latitude",
                        "arrived_longitude",
                        "arrived_accuracy",
                        "confirmed_at",
                        "confirmed_by",
                        "confirmed_note",
                        "confirmed_sha256",
                        "parts",
                        "undone_reason",
                        "undone_note",
                        "undone_next",
                        "undone_wish_at",
                        "erased_at",
                    }
                ),
            }
        )
    }
)
"""Schema to the fields that began with it, by kind: total over the schemas after the oldest.

Fields are only ever added: one never gets another meaning or a narrower type, and none goes. So what was written under
an older schema is read as it stands, and what is served to an older client is the same without what it does not know.
"""
