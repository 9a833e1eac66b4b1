"""Taking back what a restore lost: acknowledged operations come home with their stamps (SPEC H1)."""

from collections.abc import Mapping, Sequence

from schemas.problems import Code, Problem
from schemas.protocol import MAX_PUSH_OPERATIONS, PushReply, ReOfferHead
from server.exchange.answering import answer, rival_fields
from server.exchange.arriving import arrived
from server.exchange.chain_fit import Fit, compared
from server.exchange.entering import Newcomers, enter
from server.exchange.identity import known_or_new
from server.exchange.proving import proven
from server.exchange.restoring import close_unknown, restored
from server.platform.caller import Caller
from server.platform.installation import Endpoint
from server.records.ledger import Actor, Key, Logged
from server.records.recorder import Change
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
    come_back = ((one, stamps[one.seq]) for one in found.fresh if one.seq in stamps)
    back = [restored(record, one, stamp, record.user, record.place) for one, stamp in come_back]
    await close_unknown(work, back)
    changes = await work.readmit(back, caller.device)
    # Judged last: only now is what it was written in there again.
    unproven = [one for one in found.fresh if one.seq not in stamps]
    newcomers = Newcomers(caller, record.actor, work.now - head.now, unproven, work.request_sha256)
    (groups,) = await enter(work, [newcomers])
    if isinstance(groups, Problem):
        raise groups
    anew, more = await work.record_late(groups)
    return sorted([*back, *anew], key=lambda each: each.dot), {**changes, **more}
