"""What a device is told of the operations that it brought: stamps, results, mark, receipt (SPEC P3, P6)."""

from collections.abc import Collection, Mapping, Sequence
from typing import Literal, TypeAlias

import msgspec
from msgspec import structs

from schemas.protocol import Operation, PushReply, Receipt, Stamp
from server.exchange.marks import end_mark
from server.platform.installation import Endpoint
from server.platform.keys import base64url
from server.records.ledger import Actor, Head, Key, Logged
from server.records.recorder import Change
from server.records.work import Work
from sync.chain import receipt_statement, stamp_link, stamps_digest
from sync.document import rivals

Result: TypeAlias = tuple[int, Literal["rivals", "held"], str | None]

RivalFields: TypeAlias = Mapping[tuple[str, str], frozenset[str]]
"""Kind and id of a document to those of its fields that hold rivals."""

_OPERATION = msgspec.json.Decoder(Operation)


async def answer(
    work: Work, endpoint: Endpoint, actor: Actor, logged: Sequence[Logged], rival: RivalFields
) -> PushReply:
    """Return what a device is told of a stretch of its chain, which the log has by now from its first to its last."""
    head = await work.ledger.head()
    stamps = tuple(map(stamp_of, logged))
    return PushReply(
        acked_seq=actor.acked_seq,
        head=actor.head,
        epoch=actor.record.epoch,
        stamps=stamps,
        results=tuple(_results(logged, rival)),
        mark=end_mark(endpoint.keys, work.company, head),
        receipt=_receipt(work, endpoint, head, logged, stamps),
    )


def stamp_of(logged: Logged) -> Stamp:
    """Return what first receipt fixed of an operation (SPEC T1)."""
    return Stamp(
        logged.epoch,
        logged.position,
        logged.received_at,
        logged.effective_at,
        logged.verdict,
        logged.role,
        logged.problem,
    )


def rival_fields(changes: Mapping[Key, Change]) -> RivalFields:
    """Return which fields of the changed documents hold rivals."""
    found = {(kind.value, doc): frozenset(rivals(each.after.document)) for (kind, doc), each in changes.items()}
    return {key: fields for key, fields in found.items() if fields}


def _results(logged: Sequence[Logged], rival: RivalFields) -> list[Result]:
    results: list[Result] = []
    for place, each in enumerate(logged):
        fields = rival.get((each.kind, each.doc))
        if each.verdict == "held":
            results.append((place, "held", each.problem))
        elif fields and not fields.isdisjoint(_written_by(each)):
            results.append((place, "rivals", None))
    return results


def _written_by(logged: Logged) -> Collection[str]:
    return _OPERATION.decode(logged.payload).fields


def _receipt(work: Work, endpoint: Endpoint, head: Head, logged: Sequence[Logged], stamps: Sequence[Stamp]) -> Receipt:
    last = logged[-1]
    unsigned = Receipt(
        company=work.company,
        actor=last.dot.actor,
        first=logged[0].dot.seq,
        seq=last.dot.seq,
        head=last.head,
        stamps=stamps_digest(map(stamp_link, stamps)),
        epoch=head.epoch,
        position=head.position,
        at=work.now,
        signature="",
    )
    signature = endpoint.keys.sign_receipt(receipt_statement(unsigned))
    return structs.replace(unsigned, signature=base64url(signature))
