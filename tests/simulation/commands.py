"""What an office decides by command: written by the server itself, with everything that it knows as its base."""

from collections.abc import Awaitable, Callable
from typing import TypeAlias

from msgspec import structs

from schemas.protocol import SCHEMA, Base, Dot, Operation
from schemas.registry import SHAPES, Kind
from schemas.vocabulary import Role
from server.exchange.judging import belonging
from server.records.horizon import withdraw
from server.records.ledger import SERVER, Logged
from server.records.memory_ledger import MemoryState
from server.records.rights import is_in_scope, roles_that_may
from server.records.work import Setting, Work
from sync.reading import fault_of
from tests.laws.truth import Sight, Truth
from tests.simulation.people import UNITS, Person
from tests.simulation.promises import Truths, operation_of

Command: TypeAlias = Callable[[Work], Awaitable[None]]

MANAGER = "user-manager"
_MANAGER_ROLES = frozenset({Role.SERVICE_DEPARTMENT, Role.SERVICE_MANAGER})


def revoke(device: str, person: Person) -> Command:
    """Revoke a device."""

    async def job(work: Work) -> None:
        fields = {"user": person.user, "unit": person.unit, "revoked_at": work.now}
        await work.decide(MANAGER, [Setting(Kind.DEVICE, device, fields)])

    return job


def reassign(unit: str, technician: str) -> Command:
    """Give a unit's job to another technician."""

    async def job(work: Work) -> None:
        dispatch = {"unit": unit, "call": f"call-{unit}", "technician": technician, "dispatched_at": work.now}
        await work.decide(MANAGER, [Setting(Kind.DISPATCH, f"dispatch-{unit}", dispatch)])

    return job


def forget(position: int) -> Command:
    """Let the feeds forget what was gone up to a position."""

    async def job(work: Work) -> None:
        await withdraw(work, position)

    return job


def cancel(unit: str) -> Command:
    """Withdraw a unit's call and whatever was dispatched for it, as one group."""

    async def job(work: Work) -> None:
        dispatch = {"unit": unit, "cancelled_at": work.now, "cancelled_by": MANAGER}
        call = {"withdrawn_at": work.now, "withdrawn_reason": "重複"}
        known = await work.ledger.documents([(Kind.SERVICE_CALL, f"call-{unit}")])
        await work.decide(
            MANAGER,
            [
                Setting(Kind.DISPATCH, f"dispatch-{unit}", dispatch),
                Setting(Kind.SERVICE_CALL, f"call-{unit}", call if known else {"unit": unit, **call}),
            ],
        )

    return job


def may_be_applied(held: Logged) -> Operation | None:
    """Return what a manager can write of a held operation: fields that he may write, with values that fit."""
    operation = operation_of(held.payload)
    if held.verdict != "held" or operation is None or operation.kind not in SHAPES:
        return None
    kind = Kind(operation.kind)
    fields = {
        name: value
        for name, value in operation.fields.items()
        if fault_of(_with(operation, {name: value})) is None and roles_that_may(_MANAGER_ROLES, kind, (name,))
    }
    return _with(operation, fields) if fields and kind is not Kind.SIGNATURE else None


def _with(operation: Operation, fields: dict[str, object]) -> Operation:
    over = {name: dots for name, dots in operation.over.items() if name in fields}
    return Operation(
        SCHEMA, operation.kind, operation.doc, operation.base, operation.at, 0, fields, operation.resolve, over
    )


def apply_held(held: Dot, operation: Operation) -> Command:
    """Write what a held operation asked for, in a manager's name, with the base of its author (SPEC P5)."""

    async def job(work: Work) -> None:
        key = (Kind(operation.kind), operation.doc)
        known = (await work.ledger.documents([key])).get(key)
        unit = belonging(key[0], known.fields).unit if known else None
        still_there = await work.ledger.logged(held.actor, held.seq, held.seq)
        if still_there and is_in_scope(frozenset(UNITS), key[0], unit, operation.fields):
            head = await work.ledger.head()
            base = operation.base if head.knows(operation.base) else Base(0, head.epoch)
            await work.adopt(MANAGER, held, structs.replace(operation, base=base, at=work.now))

    return job


def truths_of(before: MemoryState, after: MemoryState, truths: Truths) -> dict[tuple[Dot, bytes], Truth]:
    """Return what the server knew when it wrote: everything, or what the author of a held operation had known."""
    found: dict[tuple[Dot, bytes], Truth] = {}
    for dot, each in after.log.items():
        record = after.actors[dot.actor].record if dot not in before.log else None
        if record is None or record.device != SERVER or (dot, each.payload) in truths:
            continue
        own = {Dot(dot.actor, seq) for seq in range(1, dot.seq)}
        wrote = {(one, after.log[one].payload) for one in own if one in after.log}
        if record.parent is None:
            sight = Sight(_made_of(before, each), {})
            found[(dot, each.payload)] = Truth(sight, frozenset(own), frozenset(wrote))
        else:
            held = Dot(record.parent, record.parent_seq)
            past = (held, after.log[held].payload)
            truth = truths[past]
            found[(dot, each.payload)] = Truth(truth.sight, truth.own | {held} | own, truth.wrote | {past} | wrote)
    return found


def _made_of(state: MemoryState, written: Logged) -> frozenset[Dot]:
    key = (written.kind, written.doc, "applied")
    return frozenset(dot for dot, each in state.log.items() if (each.kind, each.doc, each.verdict) == key)
