"""What a person may write by an operation: in which role, and in which units."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from schemas.registry import Kind
from schemas.rights import OWN, WRITERS
from schemas.vocabulary import Role
from server.records.scope import sees

_EVERYBODY = frozenset(Role)


@lru_cache(maxsize=4_096)
def roles_that_may(roles: frozenset[Role], kind: Kind, fields: tuple[str, ...]) -> frozenset[Role]:
    """Return those of somebody's roles that may write all of these fields of a kind."""
    able = roles
    for field in fields:
        able &= WRITERS[kind][field]
    return able


def owner_named_by(kind: Kind, fields: Mapping[str, object]) -> object:
    """Return whose a document is by these fields; None where they do not say, and of a kind that is nobody's own."""
    field, _ = OWN.get(kind, ("", None))
    return fields.get(field)


def roles_for_owner(kind: Kind, user: str, owners: Iterable[object]) -> frozenset[Role]:
    """Return the roles in which a person writes a document that is, or is to be, these people's."""
    _, for_others = OWN.get(kind, ("", _EVERYBODY))
    return _EVERYBODY if all(owner in {None, user} for owner in owners) else for_others


def is_in_scope(units: frozenset[str], kind: Kind, unit: str | None, fields: Mapping[str, object]) -> bool:
    """Tell whether an operation touches nothing but documents of these units (F016).

    ``unit`` is the one that the document belongs to already, None for a new one. An operation that takes its unit away
    from a document is out of every scope: nobody would see it any more, and the next who names a unit would own it.
    """
    concerned = {fields.get("unit", unit)} | ({unit} - {None})
    return all(sees(units, kind, each) for each in concerned)
