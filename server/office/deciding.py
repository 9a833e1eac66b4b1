"""Closing held operations: applied in the manager's name, or rejected; the original stays in the log either way."""

from schemas.audit import Deed
from schemas.office import Applied
from schemas.problems import Code, Problem
from schemas.protocol import SCHEMA, Base, Dot, Operation
from schemas.registry import Kind
from server.audit.log import Doer
from server.office.closing import Closing, close_held
from server.office.held import Held, held_operations
from server.platform.caller import Caller
from server.records.work import Work


async def apply_held(work: Work, caller: Caller, doer: Doer, dot: Dot, reason: str) -> Applied:
    """Write what can be written of a held operation, with the base that its author had seen, and close it.

    Whatever came since stands beside it as a rival. Raises ``Problem`` if it is not open in the caller's units, is a
    signature, or holds nothing that the caller may write.
    """
    held = await _open(work, caller, dot)
    operation = held.operation
    if operation is not None and operation.kind == Kind.SIGNATURE:
        raise Problem(Code.HELD_SIGNATURE)
    fields = held.applicable(caller)
    if operation is None or not fields:
        raise Problem(Code.HELD_NOTHING_TO_APPLY)
    base = await _base(work, operation)
    over = {field: dots for field, dots in operation.over.items() if field in fields}
    written = Operation(SCHEMA, operation.kind, operation.doc, base, work.now, 0, fields, operation.resolve, over)
    await work.adopt(caller.user, dot, written)
    await close_held(work, doer, [[held]], Closing("applied", Deed.HELD_APPLIED, reason))
    return Applied(tuple(fields), tuple(field for field in operation.fields if field not in fields))


async def reject_held(work: Work, caller: Caller, doer: Doer, dot: Dot, reason: str) -> None:
    """Close a held operation without applying it; raises ``Problem`` if it is not open in the caller's units."""
    held = await _open(work, caller, dot)
    await close_held(work, doer, [[held]], Closing("rejected", Deed.HELD_REJECTED, reason))


async def _open(work: Work, caller: Caller, dot: Dot) -> Held:
    await work.ledger.head()
    every = await held_operations(work.connection, work.ledger, caller)
    held = next((each for each in every if each.logged.dot == dot), None)
    if held is None:
        raise Problem(Code.RECORD_MISSING)
    if held.closed is not None:
        raise Problem(Code.HELD_NOT_OPEN)
    return held


async def _base(work: Work, operation: Operation) -> Base:
    """Return what the author had seen; where that cannot be told, he is taken to have seen nothing."""
    head = await work.ledger.head()
    return operation.base if head.knows(operation.base) else Base(0, head.epoch)
