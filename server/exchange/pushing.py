"""Receiving a push (SPEC P2, P3)."""

from collections.abc import Mapping, Sequence

from schemas.problems import Code, Problem
from schemas.protocol import MAX_PUSH_OPERATIONS, PushHead, PushReply
from server.exchange.answering import answer
from server.exchange.chain_fit import Fit, fit
from server.exchange.entering import Entering
from server.platform.caller import Caller
from server.platform.installation import Endpoint
from server.records.ledger import Actor, Key, Logged
from server.records.recorder import Change
from server.records.work import Work


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
    return await answer(work, endpoint, actor, [*found.known, *logged], changes)


async def _record(
    work: Work, caller: Caller, push_head: PushHead, found: Fit
) -> tuple[list[Logged], Mapping[Key, Change]]:
    if not found.fresh:
        return [], {}
    entering = Entering(work, caller, push_head.actor, work.now - push_head.now)
    return await work.record(await entering.groups(found.fresh))
