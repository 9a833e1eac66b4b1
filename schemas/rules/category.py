"""Which category a service may have: what the product's warranty and contracts allow (1-1; F002, F003)."""

from collections.abc import Sequence

from msgspec import Struct

from schemas.kinds.calls import ServiceCall
from schemas.kinds.contracts import MaintenanceContract
from schemas.kinds.customers import Asset
from schemas.kinds.visits import ServiceVisit
from schemas.problems import Code
from schemas.vocabulary import Category, UndoneReason, UnsignedReason, VisitOutcome


class Cover(Struct, frozen=True):
    """What one product's service is covered by: its warranty, and the contracts that list it."""

    asset: Asset = Asset()
    contracts: tuple[MaintenanceContract, ...] = ()


def is_active(contract: MaintenanceContract, at: int) -> bool:
    """Tell whether a contract is active at an instant; one without a beginning or an end never is."""
    begins, ends = contract.valid_from, contract.valid_until
    return begins is not None and ends is not None and begins <= at <= ends


def proposed_category(cover: Cover, at: int) -> Category | None:
    """Return the category of a call that comes in now: free, by contract, or paid; None where nobody knows (F003)."""
    until = cover.asset.warranty_until
    if until is not None and at <= until:
        return Category.WARRANTY
    if any(is_active(each, at) for each in cover.contracts):
        return Category.CONTRACT
    return None if until is None else Category.PAID


def booked_category(call: ServiceCall, visits: Sequence[ServiceVisit]) -> Category | None:
    """Return what a call is served as: what its last visit says, else what the desk took it for (F007)."""
    return next((each.category for each in reversed(visits) if each.category is not None), call.category)


def is_free_in_vain(category: Category | None, cover: Cover, received_at: int | None) -> bool:
    """Tell whether a service is called free although the warranty had ended when the call came in (F003).

    A product of which nobody knows until when it is covered may be free: that is for a person to say.
    """
    until = cover.asset.warranty_until
    if category is not Category.WARRANTY or until is None or received_at is None:
        return False
    return received_at > until


def is_contracted_in_vain(category: Category | None, cover: Cover, received_at: int | None) -> bool:
    """Tell whether a service is called contracted although no contract was active when the call came in (F002)."""
    if category is not Category.CONTRACT or received_at is None:
        return False
    return not any(is_active(each, received_at) for each in cover.contracts)


def is_paid_unexplained(category: Category | None, reason: str | None, cover: Cover, received_at: int | None) -> bool:
    """Tell whether a product under warranty is to be paid for and nobody says why, as where he broke it (F004)."""
    until = cover.asset.warranty_until
    if category is not Category.PAID or until is None or received_at is None:
        return False
    return received_at <= until and not (reason or "").strip()


def is_free_with_fee(visit: ServiceVisit) -> bool:
    """Tell whether a customer is charged for what is free (F004)."""
    return visit.category is Category.WARRANTY and (visit.fee_total or 0) > 0


def takes_included_visit(visit: ServiceVisit) -> bool:
    """Tell whether a visit uses up one of those that a contract includes: finished under it, and not in vain (F005).

    Where nobody was at home and nothing was done, the customer got no service.
    """
    if visit.category is not Category.CONTRACT or visit.finished_at is None:
        return False
    return not _met_nobody(visit) or _was_worked(visit)


def _met_nobody(visit: ServiceVisit) -> bool:
    if visit.undone_reason is None:
        return visit.unsigned_reason is UnsignedReason.ABSENT
    return visit.undone_reason is UndoneReason.CUSTOMER_ABSENT


def _was_worked(visit: ServiceVisit) -> bool:
    done = visit.outcome in {VisitOutcome.FIXED, VisitOutcome.NO_FAULT}
    return done or (visit.action or "").strip() != "" or (visit.fee_total or 0) > 0


def category_obstacle(visit: ServiceVisit, cover: Cover, call: ServiceCall) -> Code | None:
    """Return what is wrong with the category of work that is done, None if nothing is (F001 to F004, F006)."""
    if visit.category is None:
        return Code.VISIT_NO_CATEGORY
    if is_free_with_fee(visit):
        return Code.VISIT_FREE_WITH_FEE
    if is_visit_unexplained(visit, cover, call):
        return Code.VISIT_CATEGORY_REASON
    return Code.VISIT_CATEGORY if is_in_vain(visit.category, cover, call.received_at) else None


def is_visit_unexplained(visit: ServiceVisit, cover: Cover, call: ServiceCall) -> bool:
    """Tell whether a visit under warranty is to be paid for and neither it nor its call says why (F004)."""
    reason = visit.category_reason or call.category_reason
    return is_paid_unexplained(visit.category, reason, cover, call.received_at)


def is_in_vain(category: Category | None, cover: Cover, received_at: int | None) -> bool:
    """Tell whether a service may not have the category that it has: a customer's never is general work (F001, F006)."""
    if category is Category.ADMIN:
        return True
    return is_free_in_vain(category, cover, received_at) or is_contracted_in_vain(category, cover, received_at)
