"""Whether pushes go on where the server's copies of their chains end."""

from collections.abc import Sequence

from msgspec import Struct, structs

from schemas.problems import Code, Problem
from schemas.protocol import MAX_PUSH_OPERATIONS, PushHead
from schemas.registry import Kind
from server.exchange.arriving import Arrived, Linked, Sent
from server.exchange.identity import check_not_revoked
from server.records.ledger import Actor, Logged
from server.records.work import Work


class Fit(Struct, frozen=True):
    """A push against the chain: what the server has already, and what is new."""

    actor: Actor
    known: Sequence[Logged]
    fresh: Sequence[Linked]


async def fit_each(work: Work, pushes: Sequence[Arrived[PushHead]]) -> list[Fit | Problem]:
    """Return the known and the new part of each push (SPEC P3); a closed actor still learns its stored verdicts.

    The pushes are of different chains. Problems: more operations than announced or allowed, revoked device, unknown
    actor, wrong device, another epoch, gap, fork, bad device signature.
    """
    devices = await work.ledger.documents({(Kind.DEVICE, each.caller.device) for each in pushes})
    actors = await work.ledger.actors({each.actor for each in pushes})
    found: list[Fit | Problem] = []
    for each in pushes:
        try:
            check_not_revoked(each.caller, devices.get((Kind.DEVICE, each.caller.device)))
            found.append(await _fit(work, each, actors.get(each.actor)))
        except Problem as problem:
            found.append(problem)
    return found


async def _fit(work: Work, pushed: Arrived[PushHead], actor: Actor | None) -> Fit:
    count = len(pushed.linked)
    if count > MAX_PUSH_OPERATIONS:
        raise Problem(Code.SYNC_TOO_MANY, limit=MAX_PUSH_OPERATIONS)
    if not count or pushed.sent.count != count:
        raise Problem(Code.REQUEST_MALFORMED, announced=pushed.sent.count, received=count)
    if actor is None:
        raise Problem(Code.SYNC_ACTOR)
    if (actor.record.device, actor.record.user) != (pushed.caller.device, pushed.caller.user):
        raise Problem(Code.DEVICE_WRONG)
    await _refuse_if_closed(work, actor, pushed.linked[-1].seq)
    return await compared(work, actor, pushed)


async def compared(work: Work, actor: Actor, stretch: Arrived[Sent]) -> Fit:
    """Return the known and the new part of a stretch of an actor's chain.

    Raises ``Problem``: gap, fork, bad device signature.
    """
    sent, linked = stretch.sent, stretch.linked
    if not 1 <= sent.first <= actor.acked_seq + 1:
        raise Problem(Code.SYNC_GAP, need_from=actor.acked_seq + 1)
    if not stretch.is_devices:
        raise Problem(Code.DEVICE_SIGNATURE)
    known = await _known(work, actor, sent.first - 1, linked[-1].seq)
    if _differs(actor, stretch, known):
        raise Problem(Code.SYNC_FORK, acked_seq=actor.acked_seq, head=actor.head)
    replayed = [one for one in known if one.dot.seq >= sent.first]
    return Fit(actor, replayed, linked[len(replayed) :])


async def _known(work: Work, actor: Actor, first: int, last: int) -> Sequence[Logged]:
    """Return what the log has of a stretch; of its own end the actor itself knows the head."""
    if first >= actor.acked_seq:
        return ()
    return await work.ledger.logged(actor.record.actor, first, min(actor.acked_seq, last))


async def _refuse_if_closed(work: Work, actor: Actor, last: int) -> None:
    head = await work.ledger.head()
    if actor.record.epoch != head.epoch and last > actor.acked_seq:
        raise Problem(Code.SYNC_EPOCH, epoch=head.epoch, lineage=[structs.astuple(one) for one in head.lineage])


def _differs(actor: Actor, stretch: Arrived[Sent], known: Sequence[Logged]) -> bool:
    heads = {one.dot.seq: one.head for one in known} | {actor.acked_seq: actor.head}
    before = {stretch.sent.first - 1: stretch.sent.prev}
    expected = before | {one.seq: one.head for one in stretch.linked}
    return any(heads[seq] != head for seq, head in expected.items() if seq in heads)
