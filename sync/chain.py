"""The hash chain of an actor: what it wrote, in order, and nothing else."""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

import msgspec

from schemas.protocol import ActorRecord, Entrusted, Receipt, Stamp
from sync.canonical import canonical_bytes
from sync.erasing import reduced

SIGNATURE_MEMBERS = (
    "unit",
    "visit",
    "role",
    "signer_name",
    "signed_at",
    "template",
    "content_sha256",
    "strokes_sha256",
    "image_sha256",
    "device",
)
"""What a signature's id is made of: all that it says; the content is meant by its hash."""

_STAMP = msgspec.json.Encoder()
"""A stamp is an array of bounded integers and texts, so that its plain JSON is its RFC 8785 form."""

SIGNATURE_ID_LENGTH = 40
"""Hexadecimal digits: 160 bits, as much as an id holds."""


def genesis(record: ActorRecord) -> str:
    """Return the head before the first operation: it binds who writes, where, and from which past (SPEC A1)."""
    named = (
        "fieldproof-actor-1",
        record.company,
        record.actor,
        record.device,
        record.user,
        record.place.value,
        record.epoch,
        record.parent,
        record.parent_seq,
    )
    past = () if record.parent_head is None else (record.parent_head,)
    return sha256(canonical_bytes((*named, *past))).hexdigest()


def link(payload: bytes) -> str:
    """Return SHA-256 of an operation's bytes as they were sent; it outlives the payload's erasure (SPEC A2)."""
    return sha256(payload).hexdigest()


def extend(head: str, operation_hash: str) -> str:
    """Return the head after one more operation: SHA-256 over the two hashes' 64 bytes (SPEC A2)."""
    return sha256(bytes.fromhex(head) + bytes.fromhex(operation_hash)).hexdigest()


def push_statement(actor: str, last_seq: int, head: str) -> bytes:
    """Return the bytes that a device signs with its P-256 key for a push (SPEC A4)."""
    return canonical_bytes(("fieldproof-push-1", actor, last_seq, head))


def signature_statement(doc: str, fields: Mapping[str, Any]) -> bytes:
    """Return the bytes that a device signs for a customer's signature: content, strokes, image, signer (SPEC N3)."""
    named = ("content_sha256", "strokes_sha256", "image_sha256", "signer_name", "signed_at", "visit")
    return canonical_bytes(("fieldproof-signature-1", doc, *(fields.get(name) for name in named)))


def signature_id(fields: Mapping[str, Any]) -> str:
    """Return the id of a signature with these fields: what it says names it, so it is never rewritten (SPEC N4)."""
    digest = sha256(canonical_bytes(("fieldproof-signature-id-1", *(fields.get(name) for name in SIGNATURE_MEMBERS))))
    return digest.hexdigest()[:SIGNATURE_ID_LENGTH]


def stamp_link(stamp: Stamp) -> str:
    """Return SHA-256 of a stamp's canonical bytes (SPEC P6)."""
    return sha256(_STAMP.encode(stamp)).hexdigest()


def stamps_digest(links: Iterable[str]) -> str:
    """Return what a receipt says of the stamps of its stretch: SHA-256 over their hashes, in their order (SPEC P6)."""
    return sha256(b"".join(map(bytes.fromhex, links))).hexdigest()


def sent_hashes(entrusted: Entrusted) -> list[str]:
    """Return the hashes of a group's operations as they were sent, whatever was reduced since (SPEC Y4)."""
    return list(entrusted.hashes) or [link(text.encode()) for text in entrusted.operations]


def entrusted_statement(entrusted: Entrusted) -> bytes:
    """Return the bytes that the server signs for a group: whose it is, its bytes and frames, its stamps (SPEC H7, Y4).

    So it stands when the group is reduced later, and nobody can put another frame in its place.
    """
    frames = [link(reduced(text.encode())) for text in entrusted.operations]
    return canonical_bytes(("fieldproof-entrusted-2", *_entrusted(entrusted), frames))


def whole_statement(entrusted: Entrusted) -> bytes:
    """Return the bytes that servers signed for a group before there were erasures: they know of no frames."""
    return canonical_bytes(("fieldproof-entrusted-1", *_entrusted(entrusted)))


def _entrusted(entrusted: Entrusted) -> tuple[object, ...]:
    return (
        genesis(entrusted.actor),
        [genesis(record) for record in entrusted.past],
        entrusted.first,
        entrusted.author,
        entrusted.place,
        sent_hashes(entrusted),
        list(entrusted.heads),
        [stamp_link(stamp) for stamp in entrusted.stamps],
    )


def receipt_statement(receipt: Receipt) -> bytes:
    """Return the bytes that the server signs for a stretch of a chain (SPEC P6)."""
    return canonical_bytes(
        (
            "fieldproof-receipt-1",
            receipt.company,
            receipt.actor,
            receipt.first,
            receipt.seq,
            receipt.head,
            receipt.stamps,
            receipt.epoch,
            receipt.position,
            receipt.at,
        )
    )
