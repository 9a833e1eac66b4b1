"""What can be told of a stretch of a chain by its own bytes, before anybody waits for the log."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any, Generic, TypeVar

from msgspec import Struct

from schemas.protocol import Operation, PushHead, ReOfferHead
from schemas.registry import Kind
from schemas.rescue import RescueBatch
from schemas.rules.signed_content import is_signed_content, read_content
from schemas.scalars import MAX_INTEGER
from server.platform.caller import Caller
from server.platform.keys import from_base64url, verify_device_signature
from sync.canonical import canonical_text
from sync.chain import SIGNATURE_MEMBERS, extend, link, push_statement, signature_id, signature_statement
from sync.erasing import is_frame
from sync.reading import Reading, read

Sent = TypeVar("Sent", PushHead, ReOfferHead, RescueBatch)
"""What announces a stretch of a chain: where it begins, and the device's signature over where it ends."""


class Linked(Struct, frozen=True, gc=False):
    """An operation's bytes with their place in the chain, read; ``is_signed`` is True for all but a bad signature.

    ``is_reduced`` tells that the device calls it what an erasure left: its signature cannot be looked at any more.
    """

    seq: int
    payload: bytes
    sha256: str
    head: str
    reading: Reading
    is_signed: bool
    is_reduced: bool = False


class Arrived(Struct, Generic[Sent], frozen=True):
    """A stretch of a chain: from whom, what announces it, its operations, and the hash of the request it came in.

    ``is_devices`` tells that the caller's device signed where it ends.
    """

    caller: Caller
    sent: Sent
    linked: Sequence[Linked]
    is_devices: bool
    request_sha256: str | None

    @property
    def actor(self) -> str:
        """Name of the actor that the stretch is of, as it says."""
        return _actor(self.sent)


def arrived(caller: Caller, sent: Sent, payloads: Sequence[bytes], request_sha256: str | None = None) -> Arrived[Sent]:
    """Return what the bytes of a stretch tell: hashes and heads, readings, and whose signatures they are (SPEC A2).

    Costs more than all that follows, and needs nothing that another push may change. Of what an erasure reduced on the
    device itself, the hash of what was sent is named beside the frame (SPEC Y6); the device's signature covers it.
    """
    linked: list[Linked] = []
    head = sent.prev
    named = _frames_of(sent)
    for seq, payload in enumerate(payloads, start=sent.first):
        reading = read(payload)
        is_erased = seq in named and is_frame(payload)
        digest = named[seq] if is_erased else link(payload)
        head = extend(head, digest)
        is_signed = is_erased or _is_signed_if_signature(caller, reading)
        linked.append(Linked(seq, payload, digest, head, reading, is_signed, is_erased))
    is_devices = bool(linked) and _is_devices(caller, sent, linked[-1])
    return Arrived(caller, sent, linked, is_devices, request_sha256)


def _frames_of(sent: PushHead | ReOfferHead | RescueBatch) -> Mapping[int, str]:
    return dict(sent.frames) if isinstance(sent, ReOfferHead) else {}


def _actor(sent: PushHead | ReOfferHead | RescueBatch) -> str:
    return sent.actor if isinstance(sent, PushHead) else sent.actor.actor


def _is_devices(caller: Caller, sent: PushHead | ReOfferHead | RescueBatch, last: Linked) -> bool:
    if last.seq > MAX_INTEGER:  # has no canonical text, so nobody can have signed it
        return False
    return _verified(caller, sent.signature, push_statement(_actor(sent), last.seq, last.head))


def _verified(caller: Caller, signature: object, statement: bytes) -> bool:
    try:
        return verify_device_signature(caller.device_key, from_base64url(str(signature)), statement)
    except ValueError:
        return False


def _is_signed_if_signature(caller: Caller, reading: Reading) -> bool:
    operation = reading.operation
    if operation is None or reading.fault is not None or operation.kind != Kind.SIGNATURE:
        return True
    return _is_signed(caller, operation)


def _is_signed(caller: Caller, operation: Operation) -> bool:
    """Tell whether a customer's signature is whole, of this device, and named by what it says (SPEC N1, N3, N4)."""
    fields = operation.fields
    content, digest = fields.get("content"), fields.get("content_sha256")
    if not isinstance(content, str) or sha256(content.encode()).hexdigest() != digest:
        return False
    if fields.get("device") != caller.device or not _is_a_content(content, fields):
        return False
    if any(fields.get(name) is None for name in SIGNATURE_MEMBERS) or operation.doc != signature_id(fields):
        return False
    return _verified(caller, fields.get("device_signature") or "", signature_statement(operation.doc, fields))


def _is_a_content(text: str, fields: Mapping[str, Any]) -> bool:
    content = read_content(text)
    try:
        is_whole = is_signed_content(content) and canonical_text(content) == text
    except (RecursionError, TypeError, ValueError):
        return False
    return is_whole and content["template"] == fields.get("template") and _is_signer_of(content, fields)


def _is_signer_of(content: Mapping[str, Any], fields: Mapping[str, Any]) -> bool:
    """Tell whether the content names whom the signature names; the first template named nobody."""
    signer = content.get("signer")
    return signer is None or (signer["role"], signer["name"]) == (fields.get("role"), fields.get("signer_name"))
