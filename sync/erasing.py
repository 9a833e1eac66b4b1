"""What an erased operation keeps: its frame, without what was written of a person (SPEC section 12, ADR 44)."""

from collections.abc import Mapping
from typing import Any

import msgspec

from schemas.erasure import PERSONAL
from schemas.registry import SHAPES, Kind
from sync.canonical import canonical_bytes

_KIND, _FIELDS = 1, 6
_KINDS = frozenset(kind.value for kind in Kind)


def is_personal(kind: Kind, field: str) -> bool:
    """Tell whether an erasure takes a field of a kind away; what nobody knows may be anything."""
    return field in PERSONAL.get(kind, frozenset()) or field not in SHAPES[kind].__struct_fields__


def has_personal(kind: Kind, fields: Mapping[str, Any]) -> bool:
    """Tell whether a value of these fields would have to be erased."""
    return any(value is not None and is_personal(kind, field) for field, value in fields.items())


def reduced(payload: bytes) -> bytes:
    """Return an operation's frame: its array in RFC 8785 with null for each personal value (SPEC Y1).

    What is reduced already stays as it is, and so does what is no operation of a known kind, or has nothing personal,
    or what RFC 8785 has no one text for, such as a fraction: its bytes are untouched.
    """
    try:
        operation = msgspec.json.decode(payload)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return payload
    if not _is_one(operation) or not has_personal(Kind(operation[_KIND]), operation[_FIELDS]):
        return payload
    kind, fields = Kind(operation[_KIND]), operation[_FIELDS]
    operation[_FIELDS] = {name: None if is_personal(kind, name) else value for name, value in fields.items()}
    try:
        return canonical_bytes(operation)
    except (TypeError, ValueError):
        return payload


def is_frame(payload: bytes) -> bool:
    """Tell whether an operation says something of a person no more: it names a personal field, and no value of one."""
    try:
        operation = msgspec.json.decode(payload)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False
    if not _is_one(operation):
        return False
    kind, fields = Kind(operation[_KIND]), operation[_FIELDS]
    return any(is_personal(kind, name) for name in fields) and not has_personal(kind, fields)


def _is_one(operation: object) -> bool:
    if not isinstance(operation, list) or len(operation) <= _FIELDS:
        return False
    return operation[_KIND] in _KINDS and isinstance(operation[_FIELDS], dict)
