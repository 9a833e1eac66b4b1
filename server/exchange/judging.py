"""Whether an operation is applied or held: by itself and by what its base covers, never by what else arrived."""

from collections.abc import Mapping
from functools import lru_cache

from msgspec import Struct

from schemas.problems import Code
from schemas.protocol import Operation
from schemas.registry import Kind
from schemas.vocabulary import Role
from server.platform.caller import Caller
from server.records.ledger import Head
from server.records.rights import is_in_scope, roles_that_may

_ROLE_ORDER = {role: place for place, role in enumerate(Role)}


class Judgement(Struct, frozen=True, gc=False):
    """In which role the author wrote, and why the operation is held, if it is."""

    role: str
    problem: Code | None


def judge(caller: Caller, head: Head, operation: Operation, unit: str | None, *, at: int, is_signed: bool) -> Judgement:
    """Return the verdict over one readable operation (SPEC O6, N1, N3, N4, Q2).

    The role is the first that may write it, else the first that its author holds: what he did ``at`` a time at which he
    acted for somebody is not refused because it came later (ADR 41).
    ``unit`` is the unit that the document already belongs to, None for a new one; ``is_signed`` tells that whatever
    is signed in it is its author's device's. A stopped device's earlier operations are not applied, so what it made
    itself has no unit yet: it is taken for its own, and releasing it looks again.
    """
    if caller.leaving is not None:
        unit = unit or caller.unit
    kind = Kind(operation.kind)
    roles = caller.roles_at(at)
    able = roles_that_may(roles, kind, tuple(operation.fields))
    problem: Code | None = None
    if not able:
        problem = Code.OPERATION_RIGHT
    elif not is_in_scope(caller.units, kind, unit, operation.fields):
        problem = Code.OPERATION_SCOPE
    elif not is_signed:
        problem = Code.OPERATION_SIGNATURE
    elif not head.knows(operation.base):
        problem = Code.OPERATION_BASE
    elif caller.leaving is not None:
        problem = Code.OPERATION_QUARANTINE
    return Judgement(_first(able or roles), problem)


@lru_cache(maxsize=256)
def _first(roles: frozenset[Role]) -> str:
    return min(roles, key=_ROLE_ORDER.__getitem__, default=Role.EMPLOYEE).value


def unit_named_by(fields: Mapping[str, object]) -> str | None:
    """Return the unit that these fields name."""
    unit = fields.get("unit")
    return unit if isinstance(unit, str) else None
