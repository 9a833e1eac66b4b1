"""How far the story of a call goes: a table of plots, and every scene at its time."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from types import MappingProxyType

from msgspec import Struct

from server.founding.demo import field_scenes as field
from server.founding.demo import office_scenes as office
from server.founding.demo.case import Case
from server.founding.demo.days import MINUTE_MS
from server.founding.demo.stage import Stage

Deed = Callable[[Stage, Case, int], Awaitable[None]]


class Scene(Struct, frozen=True):
    """What is done, and when: so many minutes after an instant of the case."""

    deed: Deed
    since: Callable[[Case], int]
    minutes: int

    def at(self, case: Case) -> int:
        """Return the scene's instant in epoch milliseconds."""
        return self.since(case) + self.minutes * MINUTE_MS


def _received(case: Case) -> int:
    return case.received_at


def _sent(case: Case) -> int:
    return case.sent_at


def _arrived(case: Case) -> int:
    return case.arrived_at


def _left(case: Case) -> int:
    return case.left_at


_LOG = Scene(office.log, _received, 1)
_SEND = Scene(office.dispatch, _sent, 0)
_CALL_AHEAD = Scene(field.call_ahead, _arrived, -27)
_CALL_IN_VAIN = Scene(field.call_in_vain, _arrived, 2)
_TRAVEL = Scene(field.travel, _arrived, -25)
_ARRIVE = Scene(field.arrive, _arrived, 0)
_CONFIRM = Scene(office.confirm_unsigned, _left, 25)
_CLOSE = Scene(office.close_call, _left, 30)
_WORK = (_LOG, _SEND, _TRAVEL, _ARRIVE)


def _finished(how: Deed, delivered: int) -> tuple[Scene, ...]:
    return (Scene(how, _left, 0), Scene(field.deliver, _left, delivered))


PLOTS: Mapping[str, Sequence[Scene]] = MappingProxyType(
    {
        "received": (_LOG,),
        "withdrawn": (_LOG, _SEND, Scene(office.withdraw_call, _sent, 35)),
        "duplicate": (_LOG, Scene(office.find_duplicate, _received, 2)),
        "dispatched": (_LOG, _SEND),
        "carried_over": (_LOG, _SEND),
        "en_route": (_LOG, _SEND, _CALL_AHEAD, _TRAVEL, Scene(field.deliver, _arrived, -24)),
        "arrived": (*_WORK, Scene(field.deliver, _arrived, 1)),
        "completed": (*_WORK, *_finished(field.sign, 12)),
        "undone": (_LOG, _SEND, _CALL_AHEAD, _TRAVEL, _ARRIVE, *_finished(field.leave_undone, 12)),
        "closed": (*_WORK, *_finished(field.sign, 12), _CLOSE),
        "absent": (*_WORK, _CALL_IN_VAIN, *_finished(field.find_nobody, 12), _CONFIRM, _CLOSE),
        "refused": (*_WORK, *_finished(field.meet_refusal, 12), _CONFIRM, _CLOSE),
        "unseen_arrival": (*_WORK, Scene(office.hear_of_arrival, _arrived, 4), *_finished(field.sign, 22)),
        "amended": (*_WORK, *_finished(field.sign, 12), Scene(office.amend_fee, _left, 60)),
    }
)
"""Plot to its scenes in their order."""
