"""The state of a service call, derived from facts (features, section 4; policy 1-3, 1-4)."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from schemas.kinds.calls import Dispatch, ServiceCall
from schemas.kinds.visits import ServiceVisit
from schemas.rules.visit_state import VisitState, visit_state
from schemas.vocabulary import VisitOutcome


class CallState(StrEnum):
    """Where a call stands, from the register's point of view."""

    RECEIVED = "received"
    DISPATCHED = "dispatched"
    EN_ROUTE = "en_route"
    ARRIVED = "arrived"
    SEND_AGAIN = "send_again"
    COMPLETED_ON_SITE = "completed_on_site"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    DUPLICATE = "duplicate"


class CallCommand(StrEnum):
    """Deeds on a call that need the server's judgement."""

    DISPATCH = "dispatch"
    CANCEL_DISPATCH = "cancel_dispatch"
    MOVE_DISPATCH = "move_dispatch"
    WITHDRAW = "withdraw"
    MARK_DUPLICATE = "mark_duplicate"
    REINSTATE = "reinstate"
    CLOSE_AND_FILE = "close_and_file"


CALL_ARROWS: Mapping[CallCommand, frozenset[CallState]] = MappingProxyType(
    {
        CallCommand.DISPATCH: frozenset({CallState.RECEIVED, CallState.DISPATCHED, CallState.SEND_AGAIN}),
        CallCommand.CANCEL_DISPATCH: frozenset({CallState.DISPATCHED, CallState.EN_ROUTE, CallState.COMPLETED_ON_SITE}),
        CallCommand.MOVE_DISPATCH: frozenset({CallState.DISPATCHED, CallState.EN_ROUTE}),
        CallCommand.WITHDRAW: frozenset({CallState.RECEIVED, CallState.DISPATCHED, CallState.SEND_AGAIN}),
        CallCommand.MARK_DUPLICATE: frozenset({CallState.RECEIVED, CallState.DISPATCHED, CallState.SEND_AGAIN}),
        CallCommand.REINSTATE: frozenset({CallState.WITHDRAWN, CallState.DUPLICATE}),
        CallCommand.CLOSE_AND_FILE: frozenset({CallState.COMPLETED_ON_SITE}),
    }
)
"""Command to the states in which it is allowed.

Whoever was sent in somebody's place is called back also when it turns out that the work was done already.
"""

ENDS_THE_WORK = frozenset({VisitOutcome.FIXED, VisitOutcome.NO_FAULT, VisitOutcome.NOT_REPAIRED})
"""How a visit ends after which nobody is to come again."""


def call_state(call: ServiceCall, dispatches: Mapping[str, Dispatch], visits: Mapping[str, ServiceVisit]) -> CallState:
    """Return the state of a call from the call, its dispatches and its visits by id; a visit has its dispatch's id.

    A visit that ended with a follow-up leaves the call waiting to be sent again; whoever was called back before he
    arrived is on his way no longer. A duplicate was withdrawn as well, and says so.
    """
    if call.closed_at is not None:
        return CallState.CLOSED
    if call.duplicate_of is not None:
        return CallState.DUPLICATE
    if call.withdrawn_at is not None:
        return CallState.WITHDRAWN
    return _state_of_work(dispatches, visits)


def _state_of_work(dispatches: Mapping[str, Dispatch], visits: Mapping[str, ServiceVisit]) -> CallState:
    states = {name: visit_state(visit) for name, visit in visits.items()}
    if VisitState.ON_SITE in states.values():
        return CallState.ARRIVED
    if any(state is VisitState.EN_ROUTE and not _is_called_back(dispatches, name) for name, state in states.items()):
        return CallState.EN_ROUTE
    finished = {name: visit for name, visit in visits.items() if visit.finished_at is not None}
    if any(visit.outcome in ENDS_THE_WORK for visit in finished.values()):
        return CallState.COMPLETED_ON_SITE
    waiting = any(_is_active(dispatch) for name, dispatch in dispatches.items() if name not in finished)
    if waiting:
        return CallState.DISPATCHED
    return CallState.SEND_AGAIN if finished else CallState.RECEIVED


def _is_active(dispatch: Dispatch) -> bool:
    return dispatch.dispatched_at is not None and dispatch.cancelled_at is None


def _is_called_back(dispatches: Mapping[str, Dispatch], name: str) -> bool:
    return name in dispatches and dispatches[name].cancelled_at is not None
