"""Receiving a push: verdicts, stamps, receipt (SPEC P2 to P6)."""

from collections.abc import Mapping, Sequence
from typing import Literal, TypeAlias

import msgspec
from msgspec import structs

from schemas.problems import Code, Problem
from schemas.protocol import MAX_PUSH_OPERATIONS, Operation, PushHead, PushReply, Receipt, Stamp
from schemas.registry import Kind
from server.exchange.chain_fit import Fit, fit
from server.exchange.entering import Entering
from server.exchange.marks import Mark, write_mark
from server.platform.caller import Caller
from server.platform.installation import Endpoint
from server.platform.keys import base64url
from server.records.ledger import Actor, Key, Logged, Stored
from server.records.recorder import Change
from server.records.work import Work
from sync.chain import receipt_statement
from sync.register import has_rivals

Result: TypeAlias = tuple[int, Literal["rivals", "held"], str | None]

_OPERATION = msgspec.json.Decoder(Operation)


async def push(
    work: Work, endpoint: Endpoint, caller: Caller, push_head: PushHead, payloads: Sequence[bytes]
) -> PushReply:
    """Take in whole groups of operations and return their stamps and a signed receipt.

    What was received before is answered with its stored verdict and changes nothing. Raises ``Problem`` for a push
    that does not fit its chain, is not signed by its device, or ends inside a group; nothing is written then.
    """
    if len(payloads) > MAX_PUSH_OPERATIONS:
        raise Problem(Code.SYNC_TOO_MANY, limit=MAX_PUSH_OPERATIONS)
    if not payloads or push_head.count != len(payloads):
        raise Problem(Code.REQUEST_MALFORMED, announced=push_head.count, received=len(payloads))
    found = await fit(work, caller, push_head, payloads)
    logged, changes = await _record(work, caller, push_head, found)
    actor = found.actor
    if logged:
        actor = Actor(actor.record, logged[-1].dot.seq, logged[-1].head)
        await work.ledger.save_actor(actor)
    return await _reply(work, endpoint, actor, [*found.known, *logged], changes)


async def _record(
    work: Work, caller: Caller, push_head: PushHead, found: Fit
) -> tuple[list[Logged], Mapping[Key, Change]]:
    if not found.fresh:
        return [], {}
    entering = Entering(work, caller, push_head.actor, work.now - push_head.now)
    return await work.record(await entering.groups(found.fresh))


async def _reply(
    work: Work, endpoint: Endpoint, actor: Actor, logged: Sequence[Logged], changes: Mapping[Key, Change]
) -> PushReply:
    head = await work.ledger.head()
    mark = Mark(work.company, endpoint.incarnation, head.epoch, head.position, "")
    return PushReply(
        acked_seq=actor.acked_seq,
        head=actor.head,
        epoch=actor.record.epoch,
        stamps=tuple(_stamp(each) for each in logged),
        results=tuple(_results(logged, changes)),
        mark=write_mark(endpoint.keys, mark),
        receipt=_receipt(work, endpoint, actor, head.epoch, head.position),
    )


def _stamp(logged: Logged) -> Stamp:
    return Stamp(
        logged.epoch,
        logged.position,
        logged.received_at,
        logged.effective_at,
        logged.verdict,
        logged.role,
        logged.problem,
    )


def _results(logged: Sequence[Logged], changes: Mapping[Key, Change]) -> list[Result]:
    results: list[Result] = []
    for place, each in enumerate(logged):
        if each.verdict == "held":
            results.append((place, "held", each.problem))
        elif _made_rivals(each, changes):
            results.append((place, "rivals", None))
    return results


def _made_rivals(logged: Logged, changes: Mapping[Key, Change]) -> bool:
    change = changes.get((Kind(logged.kind), logged.doc))
    return change is not None and _holds_rivals(change.after, _OPERATION.decode(logged.payload))


def _holds_rivals(stored: Stored, operation: Operation) -> bool:
    return any(has_rivals(stored.document.registers[field]) for field in operation.fields)


def _receipt(work: Work, endpoint: Endpoint, actor: Actor, epoch: str, position: int) -> Receipt:
    unsigned = Receipt(work.company, actor.record.actor, actor.acked_seq, actor.head, epoch, position, work.now, "")
    signature = endpoint.keys.sign_receipt(receipt_statement(unsigned))
    return structs.replace(unsigned, signature=base64url(signature))
