"""A visit that nobody signed, until when the service manager has to confirm it, and as what (1-4; F031)."""

import json
from hashlib import sha256

from schemas.kinds.visits import ServiceVisit
from schemas.rules.service_hours import ServiceCalendar, end_of_next_day
from schemas.rules.signed_content import CONFIRMED_FIELDS, SignatureState

_TEMPLATE = "confirmed-1"


def is_unconfirmed(visit: ServiceVisit, signature: SignatureState) -> bool:
    """Tell whether a visit ended for a reason without a signature, and no manager's word stands for what it says."""
    ended_unsigned = visit.finished_at is not None and visit.unsigned_reason is not None
    return ended_unsigned and signature is SignatureState.UNSIGNED and not _is_confirmed(visit)


def confirmed_hash(visit: ServiceVisit) -> str:
    """Return the SHA-256 of the RFC 8785 text of what a manager confirms of a visit, as it stands."""
    content = {"template": _TEMPLATE, "visit": {field: getattr(visit, field) for field in CONFIRMED_FIELDS}}
    # Of texts, whole numbers and null alone, under names in ASCII, these settings write what RFC 8785 says.
    return sha256(json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def confirm_by(calendar: ServiceCalendar, visit: ServiceVisit) -> int | None:
    """Return until when a manager has to confirm: the end of the next working day; None for what is not finished."""
    return None if visit.finished_at is None else end_of_next_day(calendar, visit.finished_at)


def _is_confirmed(visit: ServiceVisit) -> bool:
    """Tell whether a manager's word stands; of what was erased it stands unless it was amended later (ADR 44)."""
    if visit.confirmed_at is None:
        return False
    if visit.erased_at is not None:
        return visit.amended_at is None or visit.amended_at <= visit.confirmed_at
    return visit.confirmed_sha256 == confirmed_hash(visit)
