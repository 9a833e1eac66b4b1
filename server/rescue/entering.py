"""One stretch of a rescued chain on its way into the log, as a push of it would have been, wherever it stands now."""

from collections.abc import Sequence

from msgspec import Struct, structs
from sqlalchemy import select

from schemas.problems import Code, Problem
from schemas.rescue import RescueBatch
from server.exchange.arriving import Linked, arrived
from server.exchange.chain_fit import compared
from server.exchange.entering import Newcomers, enter
from server.exchange.identity import known_or_new
from server.platform.caller import Caller
from server.records.ledger import Actor, Logged
from server.records.tables import ACTOR
from server.records.work import Work
from sync.chain import extend, genesis


class Place(Struct, frozen=True):
    """Where a stretch stands: the chain that it is part of, what of it is here, and what is new."""

    actor: Actor
    known: int
    fresh: Sequence[Linked]


async def place_of(work: Work, caller: Caller, batch: RescueBatch, payloads: Sequence[bytes]) -> Place:
    """Return where a stretch of a device's chain stands in this log (SPEC X3).

    Raises ``Problem``: another device's chain, a bad signature, a fork, or something before it that is missing.
    """
    actor = await known_or_new(work, caller, batch.actor) or Actor(batch.actor, 0, genesis(batch.actor))
    try:
        found = await compared(work, actor, arrived(caller, batch, payloads))
    except Problem as problem:
        if problem.code is Code.SYNC_GAP:
            raise Problem(Code.RESCUE_GAP, need_from=actor.acked_seq + 1) from None
        raise
    return await _renamed(work, Place(found.actor, len(found.known), found.fresh))


async def take_in(work: Work, caller: Caller, place: Place, offset_ms: int) -> Sequence[Logged]:
    """Record what is new of a stretch, judged and stamped as at first receipt."""
    if not place.fresh:
        return []
    record, last = place.actor.record, place.fresh[-1]
    await work.ledger.save_actors([Actor(record, last.seq, last.head)])
    (groups,) = await enter(work, [Newcomers(caller, record.actor, offset_ms, place.fresh, work.request_sha256)])
    if isinstance(groups, Problem):
        raise groups
    head = await work.ledger.head()
    is_open = record.epoch == head.epoch
    logged, _ = await (work.record(groups) if is_open else work.record_late(groups))
    return logged


async def _renamed(work: Work, place: Place) -> Place:
    """Follow a chain whose device has moved its tail to another one since: there it goes on sending it (SPEC A3)."""
    query = select(ACTOR.c.actor).where(
        ACTOR.c.company == work.company,
        ACTOR.c.parent == place.actor.record.actor,
        ACTOR.c.parent_seq == place.actor.acked_seq,
        ACTOR.c.device == place.actor.record.device,
    )
    for name in (await work.connection.execute(query.order_by(ACTOR.c.actor))).scalars() if place.fresh else ():
        follower = (await work.ledger.actors([name])).get(name)
        moved = None if follower is None else await _moved(work, place, follower)
        if moved is not None:
            return await _renamed(work, moved)
    return place


async def _moved(work: Work, place: Place, follower: Actor) -> Place | None:
    """Return the stretch as the follower's, None if that one begins with something else."""
    there = await work.ledger.logged(follower.record.actor, 1, min(follower.acked_seq, len(place.fresh)))
    if any(one.sha256 != other.sha256 for one, other in zip(there, place.fresh, strict=False)):
        return None
    head, rest = follower.head, place.fresh[len(there) :]
    linked: list[Linked] = []
    for seq, one in enumerate(rest, start=follower.acked_seq + 1):
        head = extend(head, one.sha256)
        linked.append(structs.replace(one, seq=seq, head=head))
    return Place(follower, place.known + len(there), linked)
