"""Any value that a Struct's shape allows, for Hypothesis: derived from the shape itself."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import msgspec
from hypothesis import strategies as st
from msgspec import inspect as shapes

MAX_ITEMS = 3
MAX_TEXT = 300

Strategy = st.SearchStrategy[Any]

ANY_JSON: Strategy = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=MAX_ITEMS) | st.dictionaries(st.text(), inner, max_size=MAX_ITEMS),
    max_leaves=5,
)


def any_message(shape: type[msgspec.Struct]) -> Strategy:
    """Return the strategy of a Struct as it goes over the wire, as plain JSON values."""
    return _any(shapes.type_info(shape))


def _any(shape: shapes.Type) -> Strategy:
    return _OF[type(shape)](shape)


def _text(shape: shapes.StrType) -> Strategy:
    if shape.pattern is not None:
        return st.from_regex(shape.pattern)
    return st.text(min_size=shape.min_length or 0, max_size=min(shape.max_length or MAX_TEXT, MAX_TEXT))


def _struct(shape: shapes.StructType) -> Strategy:
    fields = {field.encode_name: _any(field.type) for field in shape.fields}
    if shape.array_like:
        return st.tuples(*fields.values())
    needed = {field.encode_name for field in shape.fields if field.required}
    optional = {name: one for name, one in fields.items() if name not in needed}
    return st.fixed_dictionaries({name: fields[name] for name in needed}, optional=optional)


def _choice(shape: shapes.UnionType) -> Strategy:
    return st.one_of(*(_any(each) for each in shape.types))


def _list(shape: Any) -> Strategy:  # noqa: ANN401 - lists and tuples of any length share this shape
    return st.lists(_any(shape.item_type), max_size=MAX_ITEMS)


_OF: Mapping[type[shapes.Type], Callable[[Any], Strategy]] = MappingProxyType(
    {
        shapes.AnyType: lambda _: ANY_JSON,
        shapes.NoneType: lambda _: st.none(),
        shapes.BoolType: lambda _: st.booleans(),
        shapes.IntType: lambda shape: st.integers(shape.ge, shape.le),
        shapes.StrType: _text,
        shapes.LiteralType: lambda shape: st.sampled_from(shape.values),
        shapes.EnumType: lambda shape: st.sampled_from([each.value for each in shape.cls]),
        shapes.StructType: _struct,
        shapes.UnionType: _choice,
        shapes.ListType: _list,
        shapes.VarTupleType: _list,
        shapes.TupleType: lambda shape: st.tuples(*(_any(each) for each in shape.item_types)),
        shapes.DictType: lambda shape: st.dictionaries(
            _any(shape.key_type), _any(shape.value_type), max_size=MAX_ITEMS
        ),
    }
)
"""Kind of a shape to the strategy of its values; a shape that is missing here fails the test that meets it."""
