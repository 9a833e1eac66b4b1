"""Whether what a closed call costs its customer is still open (1-4, 1-5; F033)."""

from collections.abc import Sequence

from schemas.kinds.calls import ServiceCall
from schemas.kinds.visits import ServiceVisit
from schemas.vocabulary import Category


def is_owed(call: ServiceCall, visits: Sequence[ServiceVisit]) -> bool:
    """Tell whether a call's customer owes something: a fee that was told, or paid work of which no fee was told.

    An entry without a category counts as its call does; a fee of nothing owes nothing.
    """
    done = [visit for visit in visits if visit.finished_at is not None]
    fees = [visit.fee_total for visit in done if visit.fee_total is not None]
    is_paid = any((visit.category or call.category) is Category.PAID for visit in done)
    return any(fee > 0 for fee in fees) or (is_paid and not fees)


def is_billing_open(call: ServiceCall, visits: Sequence[ServiceVisit]) -> bool:
    """Tell whether a call was closed although its customer owes something: nothing says yet that it was settled."""
    return call.closed_at is not None and is_owed(call, visits)
