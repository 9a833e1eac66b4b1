"""A call with all that its commands look at, as the transaction sees it."""

from collections.abc import Iterable

from msgspec import Struct

from schemas.kinds.calls import Dispatch, ServiceCall
from schemas.kinds.visits import ServiceVisit
from schemas.problems import Code, Problem
from schemas.rules.call_state import CALL_ARROWS, CallCommand, CallState, call_state
from server.calls.custody import Errand
from server.platform.caller import Caller
from server.records.documents import Found
from server.records.scope import named_by
from server.records.work import Work


class Case(Struct, frozen=True):
    """One row of the register with everybody who was sent and every visit that was made."""

    call: Found[ServiceCall]
    dispatches: tuple[Found[Dispatch], ...]
    visits: tuple[Found[ServiceVisit], ...]

    @property
    def state(self) -> CallState:
        """Where the call stands."""
        dispatches = {each.id: each.shown for each in self.dispatches}
        visits = {each.id: each.shown for each in self.visits}
        return call_state(self.call.shown, dispatches, visits)

    @property
    def is_open(self) -> bool:
        """Whether the call still needs somebody, or something of the office."""
        return is_open(self.call.shown)

    @property
    def open_dispatches(self) -> tuple[Found[Dispatch], ...]:
        """The dispatches that stand and whose visit is not finished (a visit has its dispatch's id)."""
        finished = {visit.id for visit in self.visits if visit.shown.finished_at is not None}
        return tuple(each for each in self.dispatches if _stands(each.shown) and each.id not in finished)

    @property
    def errands(self) -> tuple[Errand, ...]:
        """Who needs the product's voucher for this call."""
        dispatches = self.open_dispatches if self.is_open else ()
        return tuple(errand_of(each.shown) for each in dispatches)

    @property
    def kept(self) -> tuple[Errand, ...]:
        """Who went for this call and did it, and keeps the product's voucher until it is closed."""
        if self.state is not CallState.COMPLETED_ON_SITE:
            return ()
        done = {visit.id for visit in self.visits if visit.shown.finished_at is not None}
        return tuple(errand_of(each.shown) for each in self.dispatches if each.id in done and _stands(each.shown))

    def allow(self, command: CallCommand) -> None:
        """Raise ``Problem`` if the call's state does not allow a command."""
        if self.state not in CALL_ARROWS[command]:
            raise Problem(Code.STATE_FORBIDS, state=self.state)


ENDED = ("closed_at", "withdrawn_at", "duplicate_of")
"""Fields of a call of which any ends it."""


def is_open(call: ServiceCall) -> bool:
    """Tell whether a call still needs somebody, or something of the office."""
    return all(getattr(call, name) is None for name in ENDED)


async def case_of(work: Work, caller: Caller, call: str) -> Case:
    """Return a call of the caller's units, locked until the transaction ends.

    Raises ``Problem`` for one that is not there; one of another unit is not there either (SPEC F3).
    """
    await work.ledger.head()
    found = await named_by(work.documents, caller, ServiceCall, call)
    return (await cases_of(work, [found]))[0]


async def cases_of(work: Work, calls: Iterable[Found[ServiceCall]]) -> list[Case]:
    """Return each call with its dispatches and visits."""
    calls = list(calls)
    dispatches = await work.documents.children(Dispatch, "call", calls)
    visits = await work.documents.children(ServiceVisit, "call", calls)
    return [
        Case(
            call,
            tuple(each for each in dispatches if each.shown.call == call.id),
            tuple(each for each in visits if each.shown.call == call.id),
        )
        for call in calls
    ]


def errand_of(dispatch: Dispatch) -> Errand:
    """Return the errand on which a dispatch sends its technician."""
    return Errand(dispatch.technician or "", dispatch.call or "")


def _stands(dispatch: Dispatch) -> bool:
    return dispatch.dispatched_at is not None and dispatch.cancelled_at is None
