"""What exactly a customer signs, and whether it still stands (F031, F032)."""

from collections.abc import Collection, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Any

import msgspec
from msgspec import Struct

from schemas.kinds.calls import ServiceCall
from schemas.kinds.customers import Asset, Customer
from schemas.kinds.visits import ServiceVisit
from schemas.vocabulary import SignerRole

TEMPLATE = "visit-3"
"""Version of the content's shape; a stored content is always read with the template it names."""

_NO_SIGNER = frozenset({"visit-1"})
"""Templates that do not say who signs."""

_READ_OF_1 = ("action", "arrived_at", "category", "fault", "fee_total", "outcome")
_READ_OF_2 = (*_READ_OF_1, "undone_next", "undone_note", "undone_reason", "undone_wish_at")
_ABOUT = ("asset", "call", "technician")

READ_FIELDS = (*_READ_OF_2, "parts")
"""Fields of the visit that the customer reads."""

SIGNED_FIELDS = tuple(sorted((*READ_FIELDS, *_ABOUT)))
"""Fields of the visit that the customer's signature binds: what he read, and which product, call and technician it is
about, so that a signed entry cannot be moved to another. The signing group writes every one of them again, so that an
edit by somebody who had not seen the signature becomes a rival instead of replacing what was signed (SPEC N2)."""

CONFIRMED_FIELDS = tuple(sorted((*SIGNED_FIELDS, "unsigned_note", "unsigned_reason")))
"""Fields of the visit that a manager's word binds in place of a signature: those, and why nobody signed (F031)."""

FIELDS_OF: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "visit-1": tuple(sorted((*_READ_OF_1, *_ABOUT))),
        "visit-2": tuple(sorted((*_READ_OF_2, *_ABOUT))),
        TEMPLATE: SIGNED_FIELDS,
    }
)
"""Template to the fields of the visit that it binds: what was signed under an older one stands as it did (ADR 43)."""


class SignedParties(Struct, frozen=True, kw_only=True):
    """Whose names stand on the entry."""

    unit_name: str
    technician_name: str


class Signer(Struct, frozen=True, kw_only=True):
    """Who signs, and in which capacity."""

    role: SignerRole
    name: str


class SignatureState(StrEnum):
    """How an entry stands to what was signed."""

    UNSIGNED = "unsigned"
    EQUAL = "equal"
    RIVAL = "rival"
    AMENDED = "amended"


def signed_content(
    parties: SignedParties, customer: Customer, asset: Asset, call: ServiceCall, visit: ServiceVisit, signer: Signer
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
        "signer": {"role": signer.role, "name": signer.name},
    }


def read_content(text: object) -> Any:  # noqa: ANN401 - whatever JSON says
    """Return what a stored content says; null for what is none, be it that it nests deeper than anybody can read."""
    try:
        return msgspec.json.decode(text) if isinstance(text, str) else None
    except (msgspec.DecodeError, RecursionError, ValueError):  # a ValueError: a half of a pair of surrogates
        return None


def signed_category(text: object) -> str | None:
    """Return the category that a stored content says; null where it says none."""
    content = read_content(text)
    visit = content.get("visit") if isinstance(content, dict) else None
    category = visit.get("category") if isinstance(visit, dict) else None
    return category if isinstance(category, str) else None


def is_signed_content(content: object) -> bool:
    """Tell whether a decoded content has the shape of its template, and the template is known.

    Since the second one it says who signs; whoever signs for the customer has a name.
    """
    if not isinstance(content, dict) or content.get("template") not in FIELDS_OF:
        return False
    visit = content.get("visit")
    is_whole = isinstance(visit, dict) and visit.keys() == set(FIELDS_OF[content["template"]])
    return is_whole and (content["template"] in _NO_SIGNER or _is_signer(content.get("signer")))


def _is_signer(signer: object) -> bool:
    if not isinstance(signer, dict) or signer.keys() != {"role", "name"}:
        return False
    role, name = signer["role"], signer["name"]
    if role not in set(SignerRole) or not isinstance(name, str):
        return False
    return role == SignerRole.CUSTOMER or name.strip() != ""


def erased_signature_state(signed_at: int | None, amended_at: int | None) -> SignatureState:
    """Return the state of an entry of which what was signed was erased (SPEC Y1, ADR 44).

    Nothing can be compared any more: it stands as it was signed unless it was amended after that.
    """
    amended = amended_at is not None and amended_at > (signed_at or 0)
    return SignatureState.AMENDED if amended else SignatureState.EQUAL


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
    fields = FIELDS_OF.get(content.get("template", TEMPLATE), SIGNED_FIELDS)
    if any(field in rivals for field in fields):
        return SignatureState.RIVAL
    signed = content["visit"]
    equal = all(visit.get(field) == signed.get(field) for field in fields)
    return SignatureState.EQUAL if equal else SignatureState.AMENDED
