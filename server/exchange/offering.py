"""Taking back what a restore lost: acknowledged operations come home with their stamps (SPEC H1)."""

from collections.abc import Sequence

from msgspec import structs

from schemas.problems import Code, Problem
from schemas.protocol import ActorRecord, Dot, Operation, ReOfferHead, ReOfferReply, Stamp
from schemas.registry import Kind
from server.exchange.chain_fit import Linked, chained
from server.exchange.identity import known_or_new
from server.exchange.judging import fault_of_author, unit_named_by
from server.platform.caller import Caller
from server.platform.keys import from_base64url, verify_device_signature
from server.records.ledger import Actor, Head, Logged
from server.records.work import Work
from sync.chain import genesis, push_statement
from sync.lineage import Position
from sync.reading import Reading, read
from sync.wellformed import is_wellformed


async def take_back(work: Work, caller: Caller, head: ReOfferHead, payloads: Sequence[bytes]) -> ReOfferReply:
    """Readmit what this log lost of a closed actor's chain and return how far it reaches again.

    What the log has already is passed over; what its author may not write is held, whatever its stamp says. Raises
    ``Problem`` for somebody else's actor, for one of the current epoch, which nothing can have lost, for stamps that
    are not of the actor's epoch, for a gap, a chain that does not fit, or a bad device signature.
    """
    record = head.actor
    actor = await known_or_new(work, caller, record) or Actor(record, 0, genesis(record))
    _check_stamps(await work.ledger.head(), head, payloads)
    linked = chained(head.first, head.prev, payloads)
    _check(caller, actor, head, linked)
    lost = [(one, stamp) for one, stamp in zip(linked, head.stamps, strict=True) if one.seq > actor.acked_seq]
    if not lost:
        return ReOfferReply(actor.acked_seq, actor.head, 0)
    last = lost[-1][0]
    await work.ledger.save_actor(Actor(actor.record, last.seq, last.head))
    await _readmit(work, caller, record, lost)
    return ReOfferReply(last.seq, last.head, len(lost))


def _check_stamps(end: Head, head: ReOfferHead, payloads: Sequence[bytes]) -> None:
    whole = bool(payloads) and len(payloads) == len(head.stamps)
    if not whole or head.actor.epoch == end.epoch or not all(_is_stamp_of(head.actor, each) for each in head.stamps):
        raise Problem(Code.SYNC_RE_OFFER)


def _is_stamp_of(record: ActorRecord, stamp: Stamp) -> bool:
    return (
        stamp.epoch == record.epoch
        and stamp.effective_at <= stamp.received_at
        and is_wellformed(stamp.role)
        and is_wellformed(stamp.problem or "")
    )


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


async def _readmit(work: Work, caller: Caller, record: ActorRecord, lost: Sequence[tuple[Linked, Stamp]]) -> None:
    head = await work.ledger.head()
    readings = [read(one.payload) for one, _ in lost]
    faults = await _faults(work, caller, readings)
    logged = [
        _logged(record, one, reading.operation, structs.replace(stamp, **_verdict(stamp, fault)))
        for (one, stamp), reading, fault in zip(lost, readings, faults, strict=True)
    ]
    await work.ledger.append(logged)
    await work.ledger.readmit([each.dot for each in logged], Position(head.position + 1, head.epoch))
    await work.ledger.advance(head.position + 1)
    keys = {(Kind(each.kind), each.doc) for each in logged if each.verdict == "applied"}
    changes = await work.recorder.refold(keys, head.position + 1)
    await work.react(changes.values())


async def _faults(work: Work, caller: Caller, readings: Sequence[Reading]) -> list[Code | None]:
    """Judge what came back by itself; a document that did not come back yet belongs to whoever says so."""
    sound = [each.operation for each in readings if each.operation is not None and each.fault is None]
    stored = await work.ledger.documents({(Kind(each.kind), each.doc) for each in sound})
    units = {key: unit_named_by(each.fields) for key, each in stored.items()}
    faults: list[Code | None] = []
    for reading in readings:
        operation = reading.operation
        if operation is None or reading.fault is not None:
            faults.append(reading.fault)
            continue
        key = (Kind(operation.kind), operation.doc)
        faults.append(fault_of_author(caller, operation, units.get(key) or caller.unit))
        units[key] = units.get(key) or unit_named_by(operation.fields)
    return faults


def _verdict(stamp: Stamp, fault: Code | None) -> dict[str, object]:
    if stamp.verdict == "held" or fault is None:
        return {}
    return {"verdict": "held", "problem": fault.value}


def _logged(record: ActorRecord, linked: Linked, operation: Operation | None, stamp: Stamp) -> Logged:
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
        verdict=stamp.verdict,
        role=stamp.role,
        problem=stamp.problem,
    )
