"""A visit that nobody signed, and until when the service manager has to confirm it (1-4; F031)."""

from schemas.kinds.visits import ServiceVisit
from schemas.rules.service_hours import ServiceCalendar, end_of_next_day
from schemas.rules.signed_content import SignatureState


def is_unconfirmed(visit: ServiceVisit, signature: SignatureState) -> bool:
    """Tell whether a visit ended for a reason without a signature, and no manager has confirmed that yet."""
    ended_unsigned = visit.finished_at is not None and visit.unsigned_reason is not None
    return ended_unsigned and signature is SignatureState.UNSIGNED and visit.confirmed_at is None


def confirm_by(calendar: ServiceCalendar, visit: ServiceVisit) -> int | None:
    """Return until when a manager has to confirm: the end of the next working day; None for what is not finished."""
    return None if visit.finished_at is None else end_of_next_day(calendar, visit.finished_at)
