"""Which fields can say who a customer is, or what he is like: what an erasure takes away (ADR 44)."""

from collections.abc import Mapping
from types import MappingProxyType

from schemas.registry import Kind

MARK = "erased_at"
"""Field that an erasure sets on each document of its customer; it is written by that command alone."""

PERSONAL: Mapping[Kind, frozenset[str]] = MappingProxyType(
    {
        Kind.CUSTOMER: frozenset({"name", "phone", "mobile", "address", "tax_id", "note"}),
        Kind.ASSET: frozenset({"note"}),
        Kind.MAINTENANCE_CONTRACT: frozenset({"note"}),
        Kind.SERVICE_CALL: frozenset(
            {
                "contact_name",
                "contact_phone",
                "address",
                "symptom",
                "zone_reason",
                "category_reason",
                "received_reason",
                "breach_note",
                "withdrawn_reason",
            }
        ),
        Kind.DISPATCH: frozenset({"cancelled_reason"}),
        Kind.SERVICE_VISIT: frozenset(
            {
                "category_reason",
                "arrived_reason",
                "arrived_latitude",
                "arrived_longitude",
                "arrived_accuracy",
                "fault",
                "action",
                "undone_note",
                "unsigned_note",
                "confirmed_note",
                "amended_reason",
            }
        ),
        Kind.CONTACT_ATTEMPT: frozenset({"note"}),
        Kind.SIGNATURE: frozenset({"signer_name", "content", "strokes_sha256", "image_sha256", "device_signature"}),
        Kind.SIGNATURE_COPY: frozenset({"secret"}),
        Kind.PHOTO: frozenset({"image_sha256", "latitude", "longitude", "accuracy", "caption"}),
    }
)
"""Kind to its personal fields: names and numbers of people, places, what was signed, and whatever is typed freely.

Every other field of these kinds is an id, a time, a choice out of a list, an amount, or the name of a thing; a kind
that is not here is about staff, units or the calendar, or has no such field.
"""

NAMED_BY: Mapping[Kind, tuple[str, ...]] = MappingProxyType(
    {Kind.SIGNATURE: ("strokes_sha256", "image_sha256"), Kind.PHOTO: ("image_sha256",)}
)
"""Kind to its fields that name a file."""

OWNED_BY: Mapping[Kind, tuple[Kind, str]] = MappingProxyType(
    {
        Kind.ASSET: (Kind.CUSTOMER, "customer"),
        Kind.SERVICE_VOUCHER: (Kind.ASSET, "id"),
        Kind.MAINTENANCE_CONTRACT: (Kind.CUSTOMER, "customer"),
        Kind.COVERED_ASSET: (Kind.MAINTENANCE_CONTRACT, "contract"),
        Kind.SERVICE_CALL: (Kind.CUSTOMER, "customer"),
        Kind.DISPATCH: (Kind.SERVICE_CALL, "call"),
        Kind.SERVICE_VISIT: (Kind.SERVICE_CALL, "call"),
        Kind.CONTACT_ATTEMPT: (Kind.SERVICE_CALL, "call"),
        Kind.SIGNATURE: (Kind.SERVICE_VISIT, "visit"),
        Kind.SIGNATURE_COPY: (Kind.SIGNATURE, "signature"),
        Kind.PHOTO: (Kind.SERVICE_VISIT, "visit"),
    }
)
"""Kind to the kind of its owner, and the field that names it; owners come first. A product's calls are their caller's:
it may have had other owners."""
