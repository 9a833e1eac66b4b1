"""What is left at the end of the day, when the register is held against the vouchers (1-13, F017)."""

from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType

from schemas.kinds.customers import ServiceVoucher
from schemas.rules.call_state import CallState
from schemas.rules.voucher_state import VoucherState, voucher_state


class Unsettled(StrEnum):
    """Why a call is not settled at the end of the day."""

    UNDISPATCHED = "undispatched"
    OUT = "out"
    UNCLOSED = "unclosed"


UNSETTLED: Mapping[CallState, Unsettled] = MappingProxyType(
    {
        CallState.RECEIVED: Unsettled.UNDISPATCHED,
        CallState.DISPATCHED: Unsettled.OUT,
        CallState.EN_ROUTE: Unsettled.OUT,
        CallState.ARRIVED: Unsettled.OUT,
        CallState.SEND_AGAIN: Unsettled.UNDISPATCHED,
        CallState.COMPLETED_ON_SITE: Unsettled.UNCLOSED,
    }
)
"""State of a call to the list that it stands on; what is over stands on none.

On the list of what is out stands also a voucher that went out and that no call accounts for (:func:`astray`).
"""


def unsettled(states: Mapping[str, CallState]) -> Mapping[Unsettled, tuple[str, ...]]:
    """Return each list with the ids of its calls, in the order in which they are given."""
    return MappingProxyType({one: tuple(_on(one, states.items())) for one in Unsettled})


def astray(vouchers: Mapping[str, ServiceVoucher], states: Mapping[str, Collection[CallState]]) -> tuple[str, ...]:
    """Return the products whose voucher is out although no call tells who is out with it, in their order.

    ``states`` are those of the open calls of each product. A call that somebody is sent to needs the voucher, and
    whoever did one has it until it is closed: these stand on a list themselves.
    """
    out = (each for each, voucher in vouchers.items() if voucher_state(voucher, 0) is VoucherState.CHECKED_OUT)
    return tuple(each for each in out if not any(UNSETTLED.get(state) in _HAS_IT for state in states.get(each, ())))


_HAS_IT = frozenset({Unsettled.OUT, Unsettled.UNCLOSED})


def _on(wanted: Unsettled, states: Iterable[tuple[str, CallState]]) -> Iterable[str]:
    return (call for call, state in states if UNSETTLED.get(state) is wanted)
