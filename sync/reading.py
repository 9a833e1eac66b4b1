"""Reading operations one by one, so that a broken one never costs its neighbours."""

import re
from typing import Any

import msgspec
from msgspec import Struct

from schemas.problems import Code
from schemas.protocol import MAX_OPERATION_BYTES, Operation
from schemas.registry import SHAPES
from sync.casting import FIELDS
from sync.wellformed import is_wellformed, is_wellformed_json, is_wellformed_value

_FOLLOWING = re.compile(rb'^\[\d+,"[^"]*","[^"]*",\[\d+,"[^"]*"\],\d+,(\d{1,4}),')
_SHAPES: dict[str, type[Struct]] = {kind.value: shape for kind, shape in SHAPES.items()}
_CUT_PAIR = re.compile(rb"\\u[dD][89abAB]..(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB]..)\\u[dD][c-fC-F]")
_OPERATION = msgspec.json.Decoder(Operation)


class Reading(Struct, frozen=True, gc=False):
    """An operation's bytes as far as they could be read: the operation, or the code of its fault."""

    following: int | None
    operation: Operation | None
    fault: Code | None


def read(payload: bytes) -> Reading:
    """Return the operation that the bytes hold, or the fault for which it is held (SPEC O1 to O7); never raises.

    A fault of an operation depends on nothing but its own bytes.
    """
    if len(payload) > MAX_OPERATION_BYTES:
        return Reading(_following_of(payload), None, Code.OPERATION_MALFORMED)
    try:
        operation = _OPERATION.decode(payload)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return Reading(_following_of(payload), None, _why(error, payload))
    if not is_wellformed(operation.kind):
        return Reading(operation.following, None, Code.OPERATION_TEXT)
    return Reading(operation.following, operation, fault_of(operation, payload))


def fault_of(operation: Operation, payload: bytes | None = None) -> Code | None:
    """Return why a decoded operation cannot be applied by this version, or None; ``payload`` is what it was read of."""
    kinds = FIELDS.get(operation.schema)
    if kinds is None:
        return Code.OPERATION_SCHEMA
    known = kinds.get(operation.kind)
    if known is None:
        return Code.OPERATION_KIND
    if not operation.fields or not operation.fields.keys() <= known:
        return Code.OPERATION_FIELD
    if not _fits(_SHAPES[operation.kind], operation.fields):
        return Code.OPERATION_VALUE
    if payload is not None and is_wellformed_json(payload):
        return None
    return None if all(map(is_wellformed_value, operation.fields.values())) else Code.OPERATION_TEXT


def _fits(shape: type[Struct], fields: dict[str, Any]) -> bool:
    try:
        msgspec.convert(fields, shape)
    except msgspec.ValidationError:
        return False
    return True


def _why(error: Exception, payload: bytes) -> Code:
    if isinstance(error, msgspec.ValidationError):
        return Code.OPERATION_MALFORMED
    try:
        payload.decode()
    except UnicodeDecodeError:
        return Code.OPERATION_TEXT
    return Code.OPERATION_TEXT if _CUT_PAIR.search(payload) else Code.OPERATION_MALFORMED


def _following_of(payload: bytes) -> int | None:
    found = _FOLLOWING.match(payload)
    return int(found[1]) if found else None
