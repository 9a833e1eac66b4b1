"""TypeScript types and run-time guard shapes for Structs, by way of their JSON Schema.

A shape is what ``pwa/src/core/guard.ts`` interprets: the name of another shape, or an object with one telling key:
``integer: [least, most]``, ``text: [least, most]`` characters, ``pattern``, ``words``, ``maybe`` (or null), ``either``,
``list``, ``map``, ``row`` (a tuple of which the first ``least`` members must be there), ``record`` (optional fields end
with a question mark). Members and fields that a shape does not name are kept: a newer server may send them.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

import msgspec
from msgspec import Struct

from schemas import scalars
from schemas.typescript import WIDTH, Source, comment, enclosed, quoted

Schema = Mapping[str, Any]


class Rendered(NamedTuple):
    """One JSON Schema in TypeScript: the type's source, and the guard's shape."""

    type: str
    shape: object


class Declaration(NamedTuple):
    """One Struct in TypeScript: the exported type's source, and the guard's shape."""

    name: str
    source: str
    shape: object


SCALARS: Mapping[str, Any] = MappingProxyType(
    {
        "Id": scalars.Id,
        "Sha256": scalars.Sha256,
        "Base64Url": scalars.Base64Url,
        "Count": scalars.Count,
        "SignedMs": scalars.SignedMs,
        "ShortText": scalars.ShortText,
        "LongText": scalars.LongText,
        "ContentText": scalars.ContentText,
        "IsoDate": scalars.IsoDate,
        "HoursOfDay": scalars.HoursOfDay,
    }
)
"""The scalars that differ on the wire, where instants, counts and money are one."""


def scalar_shapes() -> dict[str, object]:
    """Return the guard shape of every scalar, by name."""
    return {name: _scalar_shape(msgspec.json.schema(scalar)) for name, scalar in SCALARS.items()}


def _scalar_shape(schema: Schema) -> object:
    if schema["type"] == "integer":
        return {"integer": [schema["minimum"], schema["maximum"]]}
    length = [schema.get("minLength", 0), schema.get("maxLength", Source("Infinity"))]
    measured = {} if set(schema) == {"type", "pattern"} else {"text": length}
    return measured | ({"pattern": Source(f"/{schema['pattern']}/u")} if "pattern" in schema else {})


def _text(schema: Schema) -> str:
    return json.dumps(schema, sort_keys=True)


_SCALAR_NAMES = {_text(msgspec.json.schema(scalar)): name for name, scalar in SCALARS.items()}
_PRIMITIVES: Mapping[str, str] = MappingProxyType({"integer": "number", "string": "string"})
_REMARKS = frozenset({"default", "description", "title"})


def rendered(schema: Schema) -> Rendered:
    """Return the type and the shape of a JSON Schema as msgspec writes it."""
    bare = {key: value for key, value in schema.items() if key not in _REMARKS}
    for key, render in _FORMS:
        if key in bare:
            return render(bare)
    return Rendered("unknown", "any")


def _reference(schema: Schema) -> Rendered:
    name = schema["$ref"].rpartition("/")[2]
    return Rendered(name, name)


def _choice(schema: Schema) -> Rendered:
    members = [rendered(member) for member in schema["anyOf"] if member != {"type": "null"}]
    shape = members[0].shape if len(members) == 1 else {"either": [member.shape for member in members]}
    types = " | ".join(member.type for member in members)
    if len(members) == len(schema["anyOf"]):
        return Rendered(types, shape)
    return Rendered(f"{types} | null", {"maybe": shape})


def _words(schema: Schema) -> Rendered:
    return Rendered(" | ".join(map(quoted, schema["enum"])), {"words": schema["enum"]})


def _row(schema: Schema) -> Rendered:
    members = [rendered(member) for member in schema["prefixItems"]]
    shape = {"row": [member.shape for member in members], "least": schema["minItems"]}
    return Rendered(f"readonly [{', '.join(member.type for member in members)}]", shape)


def _typed(schema: Schema) -> Rendered:
    return _TYPED[schema["type"]](schema)


def _scalar(schema: Schema) -> Rendered:
    return Rendered(_PRIMITIVES[schema["type"]], _SCALAR_NAMES.get(_text(schema)) or _scalar_shape(schema))


def _list(schema: Schema) -> Rendered:
    member = rendered(schema.get("items", {}))
    return Rendered(f"ReadonlyArray<{member.type}>", {"list": member.shape})


def _map(schema: Schema) -> Rendered:
    member = rendered(schema.get("additionalProperties", {}))
    return Rendered(f"Readonly<Record<string, {member.type}>>", {"map": member.shape})


_FORMS: tuple[tuple[str, Callable[[Schema], Rendered]], ...] = (
    ("$ref", _reference),
    ("anyOf", _choice),
    ("enum", _words),
    ("prefixItems", _row),
    ("type", _typed),
)

_TYPED: Mapping[str, Callable[[Schema], Rendered]] = MappingProxyType(
    {
        "integer": _scalar,
        "string": _scalar,
        "boolean": lambda _: Rendered("boolean", "flag"),
        "array": _list,
        "object": _map,
    }
)


def declaration(struct: type[Struct], schema: Schema) -> Declaration:
    """Return the exported type of a Struct and its shape: a tuple with names if it is array-like, else an interface."""
    declare = _tuple if struct.__struct_config__.array_like else _interface
    source, shape = declare(struct, schema)
    return Declaration(struct.__name__, comment(struct.__doc__ or "") + source, shape)


def _tuple(struct: type[Struct], schema: Schema) -> tuple[str, object]:
    tag = struct.__struct_config__.tag_field
    labels = [*([tag] if tag else []), *struct.__struct_encode_fields__]
    members = [rendered(member) for member in schema["prefixItems"]]
    least = schema["minItems"]
    parts = [
        f"{label}{'?' if place >= least else ''}: {member.type}"
        for place, (label, member) in enumerate(zip(labels, members, strict=True))
    ]
    head = f"export type {struct.__name__} = readonly "
    return f"{head}{enclosed(parts, '[]', WIDTH - len(head) - 1)};\n", {
        "row": [member.shape for member in members],
        "least": least,
    }


def _interface(struct: type[Struct], schema: Schema) -> tuple[str, object]:
    required = set(schema["required"])
    fields = {
        name + ("" if name in required else "?"): rendered(member) for name, member in schema["properties"].items()
    }
    lines = "".join(f"  readonly {name}: {field.type};\n" for name, field in fields.items())
    source = f"export interface {struct.__name__} {{\n{lines}}}\n"
    return source, {"record": {name: field.shape for name, field in fields.items()}}


def declarations(structs: Iterable[type[Struct]]) -> list[Declaration]:
    """Return the declarations of Structs, in their order."""
    listed = list(structs)
    _, components = msgspec.json.schema_components(listed)
    return [declaration(struct, components[struct.__name__]) for struct in listed]


def choice(name: str, structs: Iterable[type[Struct]], said: str) -> Declaration:
    """Return the declaration of a value that is one of several Structs."""
    names = [struct.__name__ for struct in structs]
    return Declaration(name, f"{comment(said)}export type {name} = {' | '.join(names)};\n", {"either": names})
