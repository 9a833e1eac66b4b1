"""Facts that break a rule together: recomputed after each merge, shown in the inbox, gone when mended.

A contested delete is none of them: it asks like rivals do (SPEC D1).
"""

from collections.abc import Callable
from enum import StrEnum

from msgspec import Struct

from schemas.kinds.calls import Dispatch, ServiceCall
from schemas.kinds.contracts import MaintenanceContract
from schemas.kinds.visits import ServiceVisit
from schemas.rules.arrival import CLOCK_TOLERANCE_MS
from schemas.rules.category import (
    Cover,
    is_contracted_in_vain,
    is_free_in_vain,
    is_free_with_fee,
    is_paid_unexplained,
    is_visit_unexplained,
)
from schemas.rules.receipt import MOST_DAYS_BEFORE
from schemas.rules.signed_content import SignatureState
from schemas.rules.unsigned import is_unconfirmed
from schemas.vocabulary import Category

_DAY_MS = 86_400_000


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
    PAID_UNEXPLAINED = "paid_unexplained"
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


def _paid_unexplained(facts: VisitFacts) -> bool:
    """Nobody pays for a call that is over without service, and of whoever was erased the reason is gone too."""
    call = facts.call
    over = (call.closed_at, call.withdrawn_at, call.duplicate_of, facts.visit.erased_at)
    return all(each is None for each in over) and is_visit_unexplained(facts.visit, facts.cover, call)


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
    (Finding.PAID_UNEXPLAINED, _paid_unexplained),
    (Finding.WORK_ON_WITHDRAWN_CALL, _work_on_withdrawn_call),
    (Finding.WORK_AFTER_CALLING_BACK, _work_after_calling_back),
)


def visit_findings(facts: VisitFacts) -> tuple[Finding, ...]:
    """Return every finding of one visit entry, in the order of the table (F002 to F004, F031, F032)."""
    return tuple(finding for finding, holds in _CHECKS if holds(facts))


class CallFinding(StrEnum):
    """What is wrong with one call that is open: its forms let nobody write it, whatever else pushes may."""

    INCOMPLETE = "incomplete"
    NO_CATEGORY = "no_category"
    CALLED_FREE_IN_VAIN = "called_free_in_vain"
    CALLED_CONTRACTED_IN_VAIN = "called_contracted_in_vain"
    CALLED_PAID_UNEXPLAINED = "called_paid_unexplained"
    LOGGED_BEFORE_IT_CAME = "logged_before_it_came"
    LOGGED_TOO_LATE = "logged_too_late"
    APPOINTMENT_BEFORE_IT_CAME = "appointment_before_it_came"


class CallFacts(Struct, frozen=True, kw_only=True):
    """All that the checks of one call look at; of one that a visit has a category for, the visit's counts (F007)."""

    call: ServiceCall
    cover: Cover = Cover()
    is_booked: bool = False


def call_findings(facts: CallFacts) -> tuple[CallFinding, ...]:
    """Return every finding of one call, in the order of the table (F001 to F004, F010, F011, A14)."""
    call = facts.call
    if any(ended is not None for ended in (call.closed_at, call.withdrawn_at, call.duplicate_of, call.erased_at)):
        return ()
    return tuple(finding for finding, holds in _CALL_CHECKS if holds(facts))


def _incomplete(facts: CallFacts) -> bool:
    """Name, telephone, address and product are what a call is nothing without (F010)."""
    call = facts.call
    return any(not (text or "").strip() for text in (call.contact_name, call.contact_phone, call.address, call.asset))


def _no_category(facts: CallFacts) -> bool:
    return not facts.is_booked and facts.call.category in {None, Category.ADMIN}


def _called_free_in_vain(facts: CallFacts) -> bool:
    call = facts.call
    return not facts.is_booked and is_free_in_vain(call.category, facts.cover, call.received_at)


def _called_contracted_in_vain(facts: CallFacts) -> bool:
    call = facts.call
    return not facts.is_booked and is_contracted_in_vain(call.category, facts.cover, call.received_at)


def _called_paid_unexplained(facts: CallFacts) -> bool:
    call = facts.call
    is_unexplained = is_paid_unexplained(call.category, call.category_reason, facts.cover, call.received_at)
    return not facts.is_booked and is_unexplained


def _logged_before_it_came(facts: CallFacts) -> bool:
    received, logged = facts.call.received_at, facts.call.logged_at
    return received is not None and logged is not None and received > logged + CLOCK_TOLERANCE_MS


def _logged_too_late(facts: CallFacts) -> bool:
    """A year that was typed wrong gives a number of that year, which stays (F012)."""
    received, logged = facts.call.received_at, facts.call.logged_at
    return received is not None and logged is not None and received < logged - MOST_DAYS_BEFORE * _DAY_MS


def _appointment_before_it_came(facts: CallFacts) -> bool:
    received, appointment = facts.call.received_at, facts.call.appointment_at
    return received is not None and appointment is not None and appointment < received


_CALL_CHECKS: tuple[tuple[CallFinding, Callable[[CallFacts], bool]], ...] = (
    (CallFinding.INCOMPLETE, _incomplete),
    (CallFinding.NO_CATEGORY, _no_category),
    (CallFinding.CALLED_FREE_IN_VAIN, _called_free_in_vain),
    (CallFinding.CALLED_CONTRACTED_IN_VAIN, _called_contracted_in_vain),
    (CallFinding.CALLED_PAID_UNEXPLAINED, _called_paid_unexplained),
    (CallFinding.LOGGED_BEFORE_IT_CAME, _logged_before_it_came),
    (CallFinding.LOGGED_TOO_LATE, _logged_too_late),
    (CallFinding.APPOINTMENT_BEFORE_IT_CAME, _appointment_before_it_came),
)


class ContractFinding(StrEnum):
    """What is wrong with one maintenance contract."""

    NO_PERIOD = "no_period"
    REVERSED_PERIOD = "reversed_period"


def contract_findings(contract: MaintenanceContract) -> tuple[ContractFinding, ...]:
    """Return the findings of one contract: without a period that has a length it covers nothing (F002)."""
    begins, ends = contract.valid_from, contract.valid_until
    if begins is None or ends is None:
        return (ContractFinding.NO_PERIOD,)
    return (ContractFinding.REVERSED_PERIOD,) if ends < begins else ()
