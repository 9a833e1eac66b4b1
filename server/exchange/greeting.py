"""Saying hello: registering an actor, finding where its chain stands, noticing that this log is an older copy."""

from collections.abc import Sequence

from schemas.problems import Code, Problem
from schemas.protocol import PROTOCOL, SCHEMA, ActorState, EpochLink, Hello, HelloReply
from server.exchange.marks import read_mark
from server.platform.caller import Caller
from server.platform.installation import Endpoint
from server.records.ledger import Actor, Head
from server.records.work import Work
from sync.chain import genesis


async def greet(work: Work, endpoint: Endpoint, caller: Caller, hello: Hello, fresh_epoch: str) -> HelloReply:
    """Return where the server stands towards a device, after registering its actor if it is new (SPEC P1).

    Marks that this log cannot have given out begin the epoch ``fresh_epoch`` before anything else (SPEC E3). Raises
    ``Problem`` for a protocol that is not spoken here and for an actor of somebody else.
    """
    if hello.proto != PROTOCOL or not 1 <= hello.schema <= SCHEMA:
        raise Problem(Code.SYNC_PROTOCOL, spoken=PROTOCOL)
    if await is_older_copy(work, endpoint, hello.marks):
        await begin_epoch(work, fresh_epoch)
    head = await work.ledger.head()
    actor = await _register(work, caller, hello, head)
    common, differs = await _common_seq(work, actor, hello)
    return HelloReply(
        epoch=head.epoch,
        lineage=head.lineage,
        acked_seq=actor.acked_seq,
        head=actor.head,
        common_seq=common,
        actor_state=_state(actor, hello, head, differs=differs),
        proto_range=(PROTOCOL, PROTOCOL),
        schema_range=(1, SCHEMA),
        scope_version=caller.scope,
        server_time=work.now,
    )


async def is_older_copy(work: Work, endpoint: Endpoint, marks: Sequence[str]) -> bool:
    """Tell whether a device proves, by marks of ours, that this log once was longer (SPEC E3)."""
    for token in marks:
        mark = read_mark(endpoint.keys, work.company, token)
        if mark is None:
            continue
        end = await work.ledger.incarnation_end(mark.incarnation)
        if end is None or mark.position > end:
            return True
    return False


async def begin_epoch(work: Work, epoch: str) -> None:
    """Begin a new epoch where the log ends."""
    head = await work.ledger.head()
    await work.ledger.begin_epoch(EpochLink(epoch, head.epoch or None, head.position))


async def _register(work: Work, caller: Caller, hello: Hello, head: Head) -> Actor:
    record = hello.actor
    if (record.company, record.device, record.user, record.place) != (
        caller.company,
        caller.device,
        caller.user,
        caller.place,
    ):
        raise Problem(Code.DEVICE_WRONG)
    known = await work.ledger.actor(record.actor)
    if known is not None:
        if known.record != record:
            raise Problem(Code.SYNC_ACTOR)
        return known
    actor = Actor(record, 0, genesis(record))
    if record.epoch == head.epoch:
        await _check_parent(work, caller, record.parent)
        await work.ledger.save_actor(actor)
    return actor


async def _check_parent(work: Work, caller: Caller, parent: str | None) -> None:
    known = await work.ledger.actor(parent) if parent is not None else None
    if known is not None and known.record.device != caller.device:
        raise Problem(Code.DEVICE_WRONG)


async def _common_seq(work: Work, actor: Actor, hello: Hello) -> tuple[int, bool]:
    """Return the last seq at which both chains have the same head, and whether they differ at one behind it."""
    offered = dict(hello.heads) | {hello.last_seq: hello.chain_head}
    differs = False
    for seq in sorted((seq for seq in offered if 0 < seq <= actor.acked_seq), reverse=True):
        known = await work.ledger.logged(actor.record.actor, seq, seq)
        if known and known[0].head == offered[seq]:
            return seq, differs
        differs = True
    return 0, differs


def _state(actor: Actor, hello: Hello, head: Head, *, differs: bool) -> ActorState:
    if actor.record.epoch != head.epoch:
        return "closed"
    if differs:
        return "forked"
    return "behind" if hello.last_seq < actor.acked_seq else "open"
