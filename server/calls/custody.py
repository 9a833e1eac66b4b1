"""Who has a product's voucher: it goes out with a technician, is shared, handed on, and comes back (1-3, 1-4; F014)."""

from typing import Any

from msgspec import Struct

from schemas.kinds.customers import ServiceVoucher
from schemas.problems import Code, Problem
from schemas.rules.voucher_state import VoucherState, voucher_state


class Errand(Struct, frozen=True):
    """An open dispatch for an open call of the product: the technician needs the voucher."""

    technician: str
    call: str


class Custody(Struct, frozen=True):
    """A product's voucher, and every open errand that needs it, in the order of their ids.

    ``asset`` is None for a call without a product: there is no voucher to go out.
    """

    asset: str | None
    voucher: ServiceVoucher
    errands: tuple[Errand, ...]
    open_calls: int
    kept: tuple[Errand, ...] = ()
    """Errands of open calls that are done and wait to be closed: whoever went still has the voucher."""

    @property
    def state(self) -> VoucherState:
        """Where the voucher is."""
        return voucher_state(self.voucher, self.open_calls)

    @property
    def holder(self) -> str | None:
        """The technician who is out with the voucher."""
        return self.voucher.checked_out_to if self.state is VoucherState.CHECKED_OUT else None

    def calls_of(self, technician: str | None) -> frozenset[str]:
        """Return the open calls of this product that a technician is out for."""
        return frozenset(errand.call for errand in self.errands if errand.technician == technician)


def check_out(custody: Custody, errand: Errand, now: int) -> dict[str, Any]:
    """Return what changes in the voucher when somebody is sent; nothing where its check-out is shared.

    One technician shares his check-out between two open calls of the product, and two technicians share it on one call.
    Raises ``Problem`` if somebody else is out with it for another open call, or if the product is retired.
    """
    if custody.state is VoucherState.RETIRED:
        raise Problem(Code.STATE_FORBIDS, state=VoucherState.RETIRED)
    holder = custody.holder
    out_for = custody.calls_of(holder)
    if holder is not None and (holder == errand.technician or errand.call in out_for):
        return {}
    kept_for = {each.call for each in custody.kept if each.technician == holder} - {errand.call}
    if out_for or kept_for:
        raise Problem(Code.VOUCHER_CHECKED_OUT, technician=holder)
    return _out(custody, errand.technician, now)


def give_back(custody: Custody, left: tuple[Errand, ...], now: int) -> dict[str, Any]:
    """Return what changes in the voucher when only these errands are left: kept, handed on, or never gone out."""
    return _kept_or_handed_on(custody, left, now, {"checked_out_at": None, "checked_out_to": None})


def file(custody: Custody, left: tuple[Errand, ...], now: int) -> dict[str, Any]:
    """Return what changes in the voucher when a call is closed: filed, unless an errand of another call is left."""
    filed = {"filed_at": max(now, custody.voucher.checked_out_at or 0)}
    return filed if custody.holder is None else _kept_or_handed_on(custody, left, now, filed)


def _kept_or_handed_on(
    custody: Custody, left: tuple[Errand, ...], now: int, otherwise: dict[str, Any]
) -> dict[str, Any]:
    if custody.holder is None or any(errand.technician == custody.holder for errand in left):
        return {}
    if left:
        return _out(custody, left[0].technician, now)
    return otherwise


def _out(custody: Custody, technician: str, now: int) -> dict[str, Any]:
    """Check out behind the last filing, even if the clock was put back since."""
    filed_at = custody.voucher.filed_at
    return {"checked_out_at": now if filed_at is None else max(now, filed_at + 1), "checked_out_to": technician}
