"""What closes held operations for ever: a person's decision, with its reason and its entry in the audit log."""

from collections.abc import Sequence

from msgspec import Struct
from sqlalchemy import insert

from schemas.audit import Deed
from schemas.erasure import PERSONAL
from schemas.office import HeldDecision
from schemas.registry import Kind
from server.audit.log import Deeds, Doer
from server.office.held import Held
from server.records.held_decisions import HELD_DECISION
from server.records.work import Work

_NAMED_TOGETHER = 100
"""Groups that one entry of the audit log names at the most."""


class Closing(Struct, frozen=True):
    """What somebody decided, and why."""

    decision: HeldDecision
    deed: Deed
    reason: str


async def close_held(work: Work, doer: Doer, groups: Sequence[Sequence[Held]], closing: Closing) -> None:
    """Close groups of operations that were decided about together; the audit log names every one of them."""
    rows = [_row(work, doer, each, closing) for group in groups for each in group]
    await work.connection.execute(insert(HELD_DECISION), rows)
    await work.erase_again(
        (Kind(each.logged.kind), each.logged.doc)
        for group in groups
        for each in group
        if each.logged.kind in PERSONAL  # whatever it was held for: its customer may have been erased since
    )
    for start in range(0, len(groups), _NAMED_TOGETHER):
        named = [each for group in groups[start : start + _NAMED_TOGETHER] for each in group]
        operations = [f"operation:{each.logged.dot.actor}/{each.logged.dot.seq}" for each in named]
        about = [f"{each.operation.kind}:{each.operation.doc}" for each in named if each.operation is not None]
        await work.note(doer, Deeds(closing.deed, (*operations, *dict.fromkeys(about)), closing.reason))


def _row(work: Work, doer: Doer, held: Held, closing: Closing) -> dict[str, object]:
    return {
        "company": work.company,
        "actor": held.logged.dot.actor,
        "seq": held.logged.dot.seq,
        "decision": closing.decision,
        "by": doer.user,
        "at": work.now,
        "reason": closing.reason,
    }
