"""Kinds and fields from one schema to another: what a version knows, and a row as an older client can read it."""

from collections.abc import Mapping
from types import MappingProxyType

from msgspec import structs

from schemas.protocol import OLDEST_SCHEMA, SCHEMA, PullPut
from schemas.registry import SHAPES
from schemas.since import ADDED


def known(schema: int) -> Mapping[str, frozenset[str]]:
    """Return kind to its fields in a schema, without the kinds that it has not."""
    later = [kinds for since, kinds in ADDED.items() if since > schema]
    fields = {
        kind.value: frozenset(shape.__struct_fields__).difference(*(kinds.get(kind, ()) for kinds in later))
        for kind, shape in SHAPES.items()
    }
    return MappingProxyType({kind: names for kind, names in fields.items() if names})


FIELDS: Mapping[int, Mapping[str, frozenset[str]]] = MappingProxyType(
    {schema: known(schema) for schema in range(OLDEST_SCHEMA, SCHEMA + 1)}
)
"""Schema to kind to the fields that it has: total over the schemas that are spoken."""


def unknown_kinds(schema: int) -> frozenset[str]:
    """Return the kinds of today that a schema has not (SPEC L6)."""
    return frozenset(FIELDS[SCHEMA]) - FIELDS[schema].keys()


def downcast(schema: int, row: PullPut) -> PullPut:
    """Return a row of a kind that a schema has, as its clients read it: without fields that it has not (SPEC L6)."""
    if schema == SCHEMA:
        return row
    names = FIELDS[schema][row.kind]
    fields = {name: value for name, value in row.fields.items() if name in names}
    rivals = {name: writes for name, writes in row.rivals.items() if name in names}
    return structs.replace(row, fields=fields, rivals=rivals)
