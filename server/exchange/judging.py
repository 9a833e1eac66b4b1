"""Whether an operation is applied or held: by itself and by what its base covers, never by what else arrived."""

from collections.abc import Mapping
from hashlib import sha256

import msgspec
from msgspec import Struct

from schemas.problems import Code
from schemas.protocol import Operation
from schemas.registry import Kind
from schemas.rules.signed_content import is_signed_content
from schemas.vocabulary import Role
from server.platform.caller import Caller
from server.platform.keys import from_base64url, verify_device_signature
from server.records.ledger import Head
from server.records.rights import is_in_scope, roles_that_may
from sync.canonical import canonical_text
from sync.chain import SIGNATURE_MEMBERS, signature_id, signature_statement

_ROLE_ORDER = {role: place for place, role in enumerate(Role)}


class Judgement(Struct, frozen=True):
    """In which role the author wrote, and why the operation is held, if it is."""

    role: str
    problem: Code | None


def judge(caller: Caller, head: Head, operation: Operation, unit: str | None) -> Judgement:
    """Return the verdict over one readable operation (SPEC O6, N1, N3, N4, Q2).

    ``unit`` is the unit that the document already belongs to, None for a new one. A stopped device's earlier operations
    are not applied, so what it made itself has no unit yet: it is taken for its own, and releasing it looks again.
    """
    if caller.leaving is not None:
        unit = unit or caller.unit
    fault = fault_of_author(caller, operation, unit)
    if fault is None and not head.knows(operation.base):
        fault = Code.OPERATION_BASE
    if fault is None and caller.leaving is not None:
        fault = Code.OPERATION_QUARANTINE
    return Judgement(role_of(caller, operation), fault)


def role_of(caller: Caller, operation: Operation) -> str:
    """Return the role in which somebody writes: the first that may, else the first that he holds."""
    able = roles_that_may(caller.roles, Kind(operation.kind), operation.fields)
    return min(able or caller.roles, key=_ROLE_ORDER.__getitem__, default=Role.EMPLOYEE).value


def fault_of_author(caller: Caller, operation: Operation, unit: str | None) -> Code | None:
    """Return what its author may not do in an operation: by his rights, his units, or as it is not his device's."""
    kind = Kind(operation.kind)
    if not roles_that_may(caller.roles, kind, operation.fields):
        return Code.OPERATION_RIGHT
    if not is_in_scope(caller.units, kind, unit, operation.fields):
        return Code.OPERATION_SCOPE
    if kind is Kind.SIGNATURE and not _is_signed(caller, operation):
        return Code.OPERATION_SIGNATURE
    return None


def unit_named_by(fields: Mapping[str, object]) -> str | None:
    """Return the unit that these fields name."""
    unit = fields.get("unit")
    return unit if isinstance(unit, str) else None


def _is_signed(caller: Caller, operation: Operation) -> bool:
    fields = operation.fields
    content, digest = fields.get("content"), fields.get("content_sha256")
    if not isinstance(content, str) or sha256(content.encode()).hexdigest() != digest:
        return False
    if fields.get("device") != caller.device or not _is_a_content(content, fields.get("template")):
        return False
    if any(fields.get(name) is None for name in SIGNATURE_MEMBERS) or operation.doc != signature_id(fields):
        return False
    try:
        signature = from_base64url(fields.get("device_signature") or "")
    except ValueError:
        return False
    return verify_device_signature(caller.device_key, signature, signature_statement(operation.doc, fields))


def _is_a_content(text: str, template: object) -> bool:
    try:
        content = msgspec.json.decode(text)
        return is_signed_content(content) and content["template"] == template and canonical_text(content) == text
    except (msgspec.DecodeError, TypeError, ValueError):
        return False
