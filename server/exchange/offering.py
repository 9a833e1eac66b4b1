"""Taking back what a restore lost: acknowledged operations come home with their stamps (SPEC H1)."""

from collections.abc import Iterable, Mapping, Sequence

from schemas.problems import Code, Problem
from schemas.protocol import MAX_PUSH_OPERATIONS, ActorRecord, Dot, PushReply, ReOfferHead, Stamp
from server.exchange.answering import answer, rival_fields
from server.exchange.arriving import Linked, arrived
from server.exchange.chain_fit import Fit, compared
from server.exchange.entering import Newcomers, enter
from server.exchange.identity import known_or_new
from server.exchange.proving import proven
from server.platform.caller import Caller
from server.platform.installation import Endpoint
from server.records.branches import closed
from server.records.ledger import Actor, Key, Logged
from server.records.recorder import Change, stamped
from server.records.work import Work
from sync.chain import genesis


async def take_back(
    work: Work, endpoint: Endpoint, caller: Caller, head: ReOfferHead, payloads: Sequence[bytes]
) -> PushReply:
    """Take back what this log lost of a closed actor's chain, and answer as if it had been pushed.

    A stamp that a receipt of this server proves stands; whatever else comes is judged and stamped as at first receipt.
    What the log has already is passed over. Raises ``Problem`` for somebody else's actor, for one of the current
    epoch, which nothing can have lost, for a gap, a chain that does not fit, or a bad device signature.
    """
    record = head.actor
    actor = await known_or_new(work, caller, record) or Actor(record, 0, genesis(record))
    await _check_whole(work, head, payloads)
    found = await compared(work, actor, arrived(caller, head, payloads))
    back, changes = await _readmit(work, endpoint, caller, head, found)
    if back:
        actor = Actor(record, back[-1].dot.seq, back[-1].head)
    return await answer(work, endpoint, actor, [*found.known, *back], rival_fields(changes))


async def _check_whole(work: Work, head: ReOfferHead, payloads: Sequence[bytes]) -> None:
    if len(payloads) > MAX_PUSH_OPERATIONS:
        raise Problem(Code.SYNC_TOO_MANY, limit=MAX_PUSH_OPERATIONS)
    end = await work.ledger.head()
    if not payloads or len(payloads) != len(head.stamps) or head.actor.epoch == end.epoch:
        raise Problem(Code.SYNC_RE_OFFER)


async def _readmit(
    work: Work, endpoint: Endpoint, caller: Caller, head: ReOfferHead, found: Fit
) -> tuple[list[Logged], Mapping[Key, Change]]:
    if not found.fresh:
        return [], {}
    record, last = head.actor, found.fresh[-1]
    await work.ledger.save_actors([Actor(record, last.seq, last.head)])
    stamps = proven(endpoint.keys, head, found.fresh)
    restored = [_restored(record, one, stamps[one.seq]) for one in found.fresh if one.seq in stamps]
    await _close_unknown(work, restored)
    changes = await work.readmit(restored)
    # Judged last: only now is what it was written in there again.
    unproven = [one for one in found.fresh if one.seq not in stamps]
    newcomers = Newcomers(caller, record.actor, work.now - head.now, unproven, work.request_sha256)
    (groups,) = await enter(work, [newcomers])
    if isinstance(groups, Problem):
        raise groups
    anew, more = await work.record_late(groups)
    return sorted([*restored, *anew], key=lambda each: each.dot), {**changes, **more}


async def _close_unknown(work: Work, restored: Iterable[Logged]) -> None:
    """Fix what bases and stamps of unknown branches cover: else a later mark would change what documents mean."""
    origins = [stamped(each).origin for each in restored if each.verdict == "applied"]
    named = [position.epoch for origin in origins for position in (origin.base, *origin.positions)]
    unknown = closed(await work.ledger.head(), named)
    if unknown:
        await work.ledger.learn_branches(unknown)


def _restored(record: ActorRecord, linked: Linked, stamp: Stamp) -> Logged:
    """Return an operation as it was logged; one that this version cannot read is held until a newer one can."""
    operation, fault = linked.reading.operation, linked.reading.fault
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
        verdict="held" if fault else stamp.verdict,
        role=stamp.role,
        problem=fault.value if fault else stamp.problem,
    )
