"""Taking back what a restore lost: acknowledged operations come home with their stamps (SPEC H1)."""

from collections.abc import Sequence

from schemas.problems import Code, Problem
from schemas.protocol import ActorRecord, Dot, ReOfferHead, ReOfferReply, Stamp
from schemas.registry import Kind
from server.exchange.chain_fit import Linked, chained
from server.platform.caller import Caller
from server.platform.keys import from_base64url, verify_device_signature
from server.records.ledger import Actor, Logged
from server.records.work import Work
from sync.chain import genesis, push_statement
from sync.lineage import Position
from sync.reading import read


async def take_back(work: Work, caller: Caller, head: ReOfferHead, payloads: Sequence[bytes]) -> ReOfferReply:
    """Readmit what this log lost of a closed actor's chain and return how far it reaches again.

    What the log has already is passed over. Raises ``Problem`` for somebody else's actor, a gap, a chain that does not
    fit, or a bad device signature.
    """
    record = head.actor
    if (record.company, record.device, record.user) != (caller.company, caller.device, caller.user):
        raise Problem(Code.DEVICE_WRONG)
    if not payloads or len(payloads) != len(head.stamps):
        raise Problem(Code.SYNC_RE_OFFER)
    actor = await work.ledger.actor(record.actor) or Actor(record, 0, genesis(record))
    linked = chained(head.first, head.prev, payloads)
    _check(caller, actor, head, linked)
    lost = [(one, stamp) for one, stamp in zip(linked, head.stamps, strict=True) if one.seq > actor.acked_seq]
    if not lost:
        return ReOfferReply(actor.acked_seq, actor.head, 0)
    await _readmit(work, record, lost)
    last = lost[-1][0]
    await work.ledger.save_actor(Actor(actor.record, last.seq, last.head))
    return ReOfferReply(last.seq, last.head, len(lost))


def _check(caller: Caller, actor: Actor, head: ReOfferHead, linked: Sequence[Linked]) -> None:
    if head.first > actor.acked_seq + 1:
        raise Problem(Code.SYNC_GAP, need_from=actor.acked_seq + 1)
    heads = {head.first - 1: head.prev} | {one.seq: one.head for one in linked}
    if heads.get(actor.acked_seq) != actor.head and linked[-1].seq > actor.acked_seq:
        raise Problem(Code.SYNC_FORK, acked_seq=actor.acked_seq, head=actor.head)
    statement = push_statement(actor.record.actor, linked[-1].seq, linked[-1].head)
    try:
        signature = from_base64url(head.signature)
    except ValueError:
        raise Problem(Code.DEVICE_SIGNATURE) from None
    if not verify_device_signature(caller.device_key, signature, statement):
        raise Problem(Code.DEVICE_SIGNATURE)


async def _readmit(work: Work, record: ActorRecord, lost: Sequence[tuple[Linked, Stamp]]) -> None:
    head = await work.ledger.head()
    logged = [_logged(record, one, stamp) for one, stamp in lost]
    await work.ledger.append(logged)
    await work.ledger.readmit([each.dot for each in logged], Position(head.position + 1, head.epoch))
    await work.ledger.advance(head.position + 1)
    keys = {(Kind(each.kind), each.doc) for each in logged if each.verdict == "applied"}
    changes = await work.recorder.refold(keys, head.position + 1)
    await work.react(changes.values())


def _logged(record: ActorRecord, linked: Linked, stamp: Stamp) -> Logged:
    operation = read(linked.payload).operation
    readable = operation is not None
    return Logged(
        dot=Dot(record.actor, linked.seq),
        kind=operation.kind if operation else "",
        doc=operation.doc if operation else "",
        payload=linked.payload,
        sha256=linked.sha256,
        head=linked.head,
        author=record.user,
        place=record.place,
        epoch=stamp.epoch,
        position=stamp.position,
        received_at=stamp.received_at,
        effective_at=stamp.effective_at,
        verdict=stamp.verdict if readable else "held",
        role=stamp.role,
        problem=stamp.problem,
    )
