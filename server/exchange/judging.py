"""Whether an operation is applied or held: by itself and by what its base covers, never by what else arrived."""

from collections.abc import Mapping
from functools import lru_cache

from msgspec import Struct

from schemas.problems import Code
from schemas.protocol import Operation
from schemas.registry import Kind
from schemas.rights import FIXED_BY
from schemas.vocabulary import Role
from server.platform.caller import Caller
from server.records.ledger import Head
from server.records.rights import is_in_scope, owner_named_by, roles_for_owner, roles_that_may

_ROLE_ORDER = {role: place for place, role in enumerate(Role)}


class Judgement(Struct, frozen=True, gc=False):
    """In which role the author wrote, and why the operation is held, if it is."""

    role: str
    problem: Code | None


class Belongs(Struct, frozen=True, gc=False):
    """To which unit a document belongs already, and whose it is: None for what is new, and where it does not say.

    ``fixed`` are the fields that operations leave as they are by now.
    """

    unit: str | None = None
    owner: object = None
    fixed: frozenset[str] = frozenset()

    def and_by(self, later: "Belongs") -> "Belongs":
        """Return what it belongs to once a later operation has said more."""
        return Belongs(self.unit or later.unit, self.owner or later.owner, self.fixed | later.fixed)


def judge(caller: Caller, head: Head, operation: Operation, to: Belongs, *, at: int, is_signed: bool) -> Judgement:
    """Return the verdict over one readable operation (SPEC O6, N1, N3, N4, Q2).

    The role is the first that may write it, else the first that its author holds: what he did ``at`` a time at which he
    acted for somebody is not refused because it came later (ADR 41).
    ``to`` is what the document belongs to already; ``is_signed`` tells that whatever is signed in it is its author's
    device's. A stopped device's earlier operations are not applied, so what it made itself has no unit yet: it is taken
    for its own, and releasing it looks again.
    """
    unit = to.unit or (caller.unit if caller.leaving is not None else None)
    kind = Kind(operation.kind)
    roles = caller.roles_at(at)
    able = roles_that_may(roles, kind, tuple(operation.fields))
    own = able & roles_for_owner(kind, caller.user, (to.owner, owner_named_by(kind, operation.fields)))
    problem: Code | None = None
    if not able:
        problem = Code.OPERATION_RIGHT
    elif not is_in_scope(caller.units, kind, unit, operation.fields):
        problem = Code.OPERATION_SCOPE
    elif not own:
        problem = Code.OPERATION_RIGHT
    elif not is_signed:
        problem = Code.OPERATION_SIGNATURE
    elif not to.fixed.isdisjoint(operation.fields):
        problem = Code.OPERATION_FIXED
    elif not head.knows(operation.base):
        problem = Code.OPERATION_BASE
    elif caller.leaving is not None:
        problem = Code.OPERATION_QUARANTINE
    return Judgement(_first(own or able or roles), problem)


@lru_cache(maxsize=256)
def _first(roles: frozenset[Role]) -> str:
    return min(roles, key=_ROLE_ORDER.__getitem__, default=Role.EMPLOYEE).value


def belonging(kind: Kind, fields: Mapping[str, object]) -> Belongs:
    """Return what a document belongs to by these fields."""
    unit = fields.get("unit")
    # A command's correction may come back before the document that it corrects, which alone names its unit.
    fixing = FIXED_BY.get(kind, {}) if isinstance(unit, str) else {}
    fixed = frozenset(field for field, by in fixing.items() if fields.get(by) is not None)
    return Belongs(unit if isinstance(unit, str) else None, owner_named_by(kind, fields), fixed)
