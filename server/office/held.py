"""Held operations as the office sees them: who asked for what, why it waits, and what of it could be applied."""

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct, structs
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from schemas.kinds.people import User
from schemas.office import Closed, HeldItem
from schemas.problems import Code
from schemas.protocol import SCHEMA, Dot, Operation
from schemas.registry import Kind
from schemas.rights import FIXED_BY
from server.platform.caller import Caller
from server.records.documents import Documents
from server.records.held_decisions import HELD_DECISION
from server.records.ledger import Ledger, Logged
from server.records.recorder import is_waiting
from server.records.rights import is_in_scope, roles_that_may
from server.records.scope import in_scope
from server.records.tables import ACTOR
from sync.erasing import is_personal
from sync.reading import fault_of, read

_RAW_CHARACTERS = 2_000
"""Of an operation that nobody can read as one, people see the beginning as text."""

_KINDS = frozenset(Kind)


class Held(Struct, frozen=True, kw_only=True):
    """A held operation with what is known around it."""

    logged: Logged
    operation: Operation | None
    author: User
    unit: str | None
    """The unit that its document belongs to already."""
    closed: Closed | None
    device: str
    group: int
    """The seq of the last operation that came with it as one group."""
    is_late: bool
    """It came through the quarantine's door: its device had been stopped."""

    @property
    def units(self) -> frozenset[str]:
        """The units whose office sees it: its author's, and its document's, or the one that it names for a new one."""
        named = self.operation.fields.get("unit") if self.operation else None
        return frozenset(unit for unit in (self.author.unit, self.unit or named) if isinstance(unit, str))

    def applicable(self, caller: Caller) -> dict[str, Any]:
        """Return what the caller could write of it in his own name: fields that he may write, with fitting values.

        Nothing of a customer's signature: it is bound to the device that it was made on (SPEC N3); nothing personal of
        what is held because its customer was erased (SPEC Y3); and nothing that has a command by now (F010), as the
        category of what was signed has (F007).
        """
        operation = self.operation
        if operation is None or operation.kind not in _KINDS or operation.kind == Kind.SIGNATURE:
            return {}
        kind = Kind(operation.kind)
        fields = {
            field: value
            for field, value in operation.fields.items()
            if _fits(operation, field, value) and roles_that_may(caller.roles, kind, (field,))
            if not (is_waiting(self.logged) and is_personal(kind, field))
            if self.unit is None or field not in FIXED_BY.get(kind, {})
            if self.logged.problem != Code.OPERATION_SIGNED or field != "category"
        }
        return fields if fields and is_in_scope(caller.units, kind, self.unit, fields) else {}


def item(caller: Caller, held: Held) -> HeldItem:
    """Return a held operation as the caller's inbox shows it."""
    logged, operation = held.logged, held.operation
    return HeldItem(
        actor=logged.dot.actor,
        seq=logged.dot.seq,
        author=logged.author,
        author_name=held.author.name,
        place=logged.place,
        problem=logged.problem or "",
        received_at=logged.received_at,
        at=operation.at if operation else None,
        kind=operation.kind if operation else None,
        doc=operation.doc if operation else None,
        fields=operation.fields if operation else None,
        raw=None if operation else logged.payload.decode(errors="replace")[:_RAW_CHARACTERS],
        applicable=tuple(held.applicable(caller)),
        device=held.device,
        group=held.group,
    )


async def held_operations(connection: AsyncConnection, ledger: Ledger, caller: Caller) -> list[Held]:
    """Return every held operation of the caller's units, those that were closed included, oldest first."""
    logged = await ledger.held()
    closed = await decisions(connection, caller.company)
    authors = await users(Documents(connection, caller.company), {each.author for each in logged})
    operations = {each.dot: read(each.payload).operation for each in logged}
    units = await _units(ledger, operations.values())
    devices = await _devices(connection, caller.company, {each.dot.actor for each in logged})
    late = {_commit(each) for each in logged if each.problem == Code.OPERATION_QUARANTINE}
    last = {_commit(each): each.dot.seq for each in sorted(logged, key=lambda each: each.dot)}
    every = [
        Held(
            logged=each,
            operation=operations[each.dot],
            author=authors.get(each.author, User()),
            unit=units.get((each.kind, each.doc)),
            closed=closed.get(each.dot),
            device=devices.get(each.dot.actor, ""),
            group=last[_commit(each)],
            is_late=_commit(each) in late,
        )
        for each in logged
    ]
    return [held for held in every if any(in_scope(caller.units, unit) for unit in held.units)]


def _commit(logged: Logged) -> tuple[str, str, int]:
    """Return what only the operations of one group have in common: its position, as its actor's."""
    return logged.dot.actor, logged.epoch, logged.position


async def _devices(connection: AsyncConnection, company: str, actors: set[str]) -> Mapping[str, str]:
    query = select(ACTOR.c.actor, ACTOR.c.device).where(ACTOR.c.company == company, ACTOR.c.actor.in_(actors))
    return {row.actor: row.device for row in await connection.execute(query)}


async def decisions(connection: AsyncConnection, company: str) -> dict[Dot, Closed]:
    """Return every held operation that was closed, with how."""
    rows = await connection.execute(select(HELD_DECISION).where(HELD_DECISION.c.company == company))
    return {Dot(row.actor, row.seq): Closed(row.decision, row.by, row.at, row.reason) for row in rows}


async def users(documents: Documents, ids: set[str]) -> Mapping[str, User]:
    """Return people by their ids."""
    return {user.id: user.shown for user in await documents.where(User, "id", ids)}


async def _units(ledger: Ledger, operations: Iterable[Operation | None]) -> dict[tuple[str, str], str]:
    keys = {(Kind(each.kind), each.doc) for each in operations if each is not None and each.kind in _KINDS}
    stored = await ledger.documents(keys)
    units = {(kind.value, doc): each.fields.get("unit") for (kind, doc), each in stored.items()}
    return {key: unit for key, unit in units.items() if isinstance(unit, str)}


def _fits(operation: Operation, field: str, value: object) -> bool:
    return fault_of(structs.replace(operation, schema=SCHEMA, fields={field: value})) is None
