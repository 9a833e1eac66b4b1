"""What is left at the end of the day, when the register is held against the vouchers (1-13, F017)."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType

from schemas.rules.call_state import CallState


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
"""State of a call to the list that it stands on; what is over stands on none."""


def unsettled(states: Mapping[str, CallState]) -> Mapping[Unsettled, tuple[str, ...]]:
    """Return each list with the ids of its calls, in the order in which they are given."""
    return MappingProxyType({one: tuple(_on(one, states.items())) for one in Unsettled})


def _on(wanted: Unsettled, states: Iterable[tuple[str, CallState]]) -> Iterable[str]:
    return (call for call, state in states if UNSETTLED.get(state) is wanted)
