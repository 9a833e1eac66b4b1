"""Facts that break a rule together: recomputed after each merge, shown in the inbox, gone when mended.

A contested delete is none of them: it asks like rivals do (SPEC D1).
"""

from collections.abc import Callable
from enum import StrEnum

from msgspec import Struct

from schemas.kinds.calls import Dispatch, ServiceCall
from schemas.kinds.visits import ServiceVisit
from schemas.rules.category import Cover, is_contracted_in_vain, is_free_in_vain, is_free_with_fee
from schemas.rules.signed_content import SignatureState
from schemas.rules.unsigned import is_unconfirmed


class Finding(StrEnum):
    """What is wrong with one visit entry; the sentence for people stands in the texts."""

    CHANGED_UNSEEN = "changed_unseen"
    CHANGED_AFTER_SIGNING = "changed_after_signing"
    FINISHED_UNSIGNED = "finished_unsigned"
    CLOSED_UNSIGNED = "closed_unsigned"
    UNCONFIRMED = "unconfirmed"
    FREE_WITH_FEE = "free_with_fee"
    FREE_IN_VAIN = "free_in_vain"
    CONTRACTED_IN_VAIN = "contracted_in_vain"
    WORK_ON_WITHDRAWN_CALL = "work_on_withdrawn_call"
    WORK_AFTER_CALLING_BACK = "work_after_calling_back"


class VisitFacts(Struct, frozen=True, kw_only=True):
    """All that the checks of one visit look at."""

    visit: ServiceVisit
    call: ServiceCall
    dispatch: Dispatch
    cover: Cover = Cover()
    signature: SignatureState


def _changed_unseen(facts: VisitFacts) -> bool:
    return facts.signature is SignatureState.RIVAL


def _changed_after_signing(facts: VisitFacts) -> bool:
    return facts.signature is SignatureState.AMENDED


def _finished_unsigned(facts: VisitFacts) -> bool:
    return (
        facts.visit.finished_at is not None
        and facts.signature is SignatureState.UNSIGNED
        and facts.visit.unsigned_reason is None
    )


def _closed_unsigned(facts: VisitFacts) -> bool:
    return facts.call.closed_at is not None and _finished_unsigned(facts)


def _unconfirmed(facts: VisitFacts) -> bool:
    return facts.call.closed_at is None and is_unconfirmed(facts.visit, facts.signature)


def _free_with_fee(facts: VisitFacts) -> bool:
    return is_free_with_fee(facts.visit)


def _free_in_vain(facts: VisitFacts) -> bool:
    """What was free when it was closed stays as it was booked."""
    open_call = facts.call.closed_at is None
    return open_call and is_free_in_vain(facts.visit.category, facts.cover, facts.call.received_at)


def _contracted_in_vain(facts: VisitFacts) -> bool:
    open_call = facts.call.closed_at is None
    return open_call and is_contracted_in_vain(facts.visit.category, facts.cover, facts.call.received_at)


def _work_on_withdrawn_call(facts: VisitFacts) -> bool:
    withdrawn = facts.call.withdrawn_at is not None or facts.call.duplicate_of is not None
    return withdrawn and facts.visit.arrived_at is not None


def _work_after_calling_back(facts: VisitFacts) -> bool:
    """Whoever was offline could not know; it is settled when the call is closed."""
    called_back = facts.dispatch.cancelled_at is not None and facts.call.closed_at is None
    return called_back and facts.visit.arrived_at is not None


_CHECKS: tuple[tuple[Finding, Callable[[VisitFacts], bool]], ...] = (
    (Finding.CHANGED_UNSEEN, _changed_unseen),
    (Finding.CHANGED_AFTER_SIGNING, _changed_after_signing),
    (Finding.FINISHED_UNSIGNED, _finished_unsigned),
    (Finding.CLOSED_UNSIGNED, _closed_unsigned),
    (Finding.UNCONFIRMED, _unconfirmed),
    (Finding.FREE_WITH_FEE, _free_with_fee),
    (Finding.FREE_IN_VAIN, _free_in_vain),
    (Finding.CONTRACTED_IN_VAIN, _contracted_in_vain),
    (Finding.WORK_ON_WITHDRAWN_CALL, _work_on_withdrawn_call),
    (Finding.WORK_AFTER_CALLING_BACK, _work_after_calling_back),
)


def visit_findings(facts: VisitFacts) -> tuple[Finding, ...]:
    """Return every finding of one visit entry, in the order of the table (F002 to F004, F031, F032)."""
    return tuple(finding for finding, holds in _CHECKS if holds(facts))
