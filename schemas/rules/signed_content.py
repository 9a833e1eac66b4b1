"""What exactly a customer signs, and whether it still stands (F031, F032)."""

from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Any

from msgspec import Struct

from schemas.kinds.calls import ServiceCall
from schemas.kinds.customers import Asset, Customer
from schemas.kinds.visits import ServiceVisit

TEMPLATE = "visit-1"
"""Version of the content's shape; a stored content is always read with the template it names."""

READ_FIELDS = ("action", "arrived_at", "category", "fault", "fee_total", "outcome")
"""Fields of the visit that the customer reads."""

SIGNED_FIELDS = tuple(sorted((*READ_FIELDS, "asset", "call", "technician")))
"""Fields of the visit that the customer's signature binds: what he read, and which product, call and technician it is
about, so that a signed entry cannot be moved to another. The signing group writes every one of them again, so that an
edit by somebody who had not seen the signature becomes a rival instead of replacing what was signed (SPEC N2)."""


class SignedParties(Struct, frozen=True, kw_only=True):
    """Whose names stand on the entry."""

    unit_name: str
    technician_name: str


class SignatureState(StrEnum):
    """How an entry stands to what was signed."""

    UNSIGNED = "unsigned"
    EQUAL = "equal"
    RIVAL = "rival"
    AMENDED = "amended"


def signed_content(
    parties: SignedParties, customer: Customer, asset: Asset, call: ServiceCall, visit: ServiceVisit
) -> dict[str, Any]:
    """Return the content to be signed: names as they stand now, the visit's fields, no server-assigned number.

    The visit's own id is bound beside it, by the signature that holds the content (SPEC N3, N4).
    """
    return {
        "template": TEMPLATE,
        "unit": parties.unit_name,
        "technician": parties.technician_name,
        "customer": {"name": customer.name, "address": call.address, "phone": call.contact_phone},
        "asset": {"product": asset.product, "model_no": asset.model_no, "serial_no": asset.serial_no},
        "visit": {field: getattr(visit, field) for field in SIGNED_FIELDS},
    }


def is_signed_content(content: object) -> bool:
    """Tell whether a decoded content has the shape of its template, and the template is known."""
    if not isinstance(content, dict) or content.get("template") != TEMPLATE:
        return False
    visit = content.get("visit")
    return isinstance(visit, dict) and visit.keys() == set(SIGNED_FIELDS)


def signature_state(
    content: Mapping[str, Any] | None, visit: Mapping[str, Any], rivals: Collection[str]
) -> SignatureState:
    """Return how the visit's shown fields stand to the signed content.

    ``rivals`` names the visit's fields that hold rival values: a signed field among them was changed by somebody who
    had not seen the signature, and the signed value stays shown. Without one, a difference is an amendment made in
    knowledge of the signature, which asks for a new one.
    """
    if content is None:
        return SignatureState.UNSIGNED
    if any(field in rivals for field in SIGNED_FIELDS):
        return SignatureState.RIVAL
    signed = content["visit"]
    equal = all(visit.get(field) == signed.get(field) for field in SIGNED_FIELDS)
    return SignatureState.EQUAL if equal else SignatureState.AMENDED
