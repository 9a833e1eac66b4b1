"""Saying hello: registering an actor, finding where its chain stands, noticing that this log is an older copy."""

from collections.abc import Iterable, Sequence

from schemas.audit import Deed
from schemas.problems import Code, Problem
from schemas.protocol import (
    MAX_HELLO_HEADS,
    MAX_HELLO_MARKS,
    MAX_HELLO_NUMBERS,
    OLDEST_SCHEMA,
    PROTOCOL,
    SCHEMA,
    ActorState,
    EpochLink,
    Hello,
    HelloReply,
)
from server.audit.log import Deeds, Doer
from server.exchange.identity import known_or_new
from server.exchange.marks import Mark, branches_told, read_mark
from server.platform.caller import Caller
from server.platform.installation import Endpoint
from server.platform.keys import base64url
from server.records.ledger import Actor, Head
from server.records.work import Work
from sync.chain import genesis
from sync.lineage import Lineage


async def greet(work: Work, endpoint: Endpoint, caller: Caller, hello: Hello, fresh_epoch: str) -> HelloReply:
    """Return where the server stands towards a device, after registering its actor if it is new (SPEC P1).

    Marks that this log cannot have given out begin the epoch ``fresh_epoch`` before anything else (SPEC E3). Raises
    ``Problem`` for a hello beyond its limits, a protocol or schema that is not spoken here, or an actor not its own.
    """
    for count, limit in _limits(hello):
        if count > limit:
            raise Problem(Code.REQUEST_TOO_LARGE, limit=limit)
    if hello.proto != PROTOCOL or not OLDEST_SCHEMA <= hello.schema <= SCHEMA:
        raise Problem(Code.SYNC_PROTOCOL, spoken=PROTOCOL)
    await _begin_anew_if_older(work, endpoint, caller, hello.marks, fresh_epoch)
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
        schema_range=(OLDEST_SCHEMA, SCHEMA),
        scope_version=caller.scope,
        server_time=work.now,
        receipt_key=base64url(endpoint.keys.receipt_public),
        rescue_key=base64url(endpoint.keys.rescue_key(work.company).public),
    )


def _limits(hello: Hello) -> tuple[tuple[int, int], ...]:
    return (
        (len(hello.heads), MAX_HELLO_HEADS),
        (len(hello.marks), MAX_HELLO_MARKS),
        (len(hello.numbers), MAX_HELLO_NUMBERS),
    )


async def _begin_anew_if_older(
    work: Work, endpoint: Endpoint, caller: Caller, marks: Sequence[str], fresh_epoch: str
) -> None:
    """Begin an epoch if a device proves, by marks of ours, that this log once was longer (SPEC E3).

    What the marks tell of incarnations that this log never had is kept: bases and stamps will name them. A mark of an
    epoch that the log has left proves nothing: what followed it was given up at that fork. An epoch that this copy
    never knew is remembered as a branch without a past, so that it proves this once and not with every hello.
    """
    head = await work.ledger.head()
    known = head.tree()
    read = [mark for token in marks if (mark := read_mark(endpoint.keys, work.company, token)) is not None]
    strange = sorted({mark.epoch for mark in read if not known.knows(mark.epoch)})
    beyond = [mark for mark in read if mark.epoch == head.epoch and await _is_beyond(work, mark)]
    await _learn(work, known, read)
    if strange or beyond:
        for epoch in strange:
            await work.ledger.begin_epoch(EpochLink(epoch, None, head.position))
        await work.ledger.begin_epoch(EpochLink(fresh_epoch, head.epoch or None, head.position))
        doer = Doer(caller.user, caller.device, work.request_sha256)
        await work.note(doer, Deeds(Deed.EPOCH_BEGUN, (f"epoch:{fresh_epoch}",), "hello"))


async def _learn(work: Work, known: Lineage, read: Iterable[Mark]) -> None:
    told = [link for mark in read if not known.knows(mark.incarnation) for link in branches_told(mark)]
    if told:
        await work.ledger.learn_branches(told)


async def _is_beyond(work: Work, mark: Mark) -> bool:
    end = await work.ledger.incarnation_end(mark.incarnation)
    return end is None or mark.position > end


async def _register(work: Work, caller: Caller, hello: Hello, head: Head) -> Actor:
    known = await known_or_new(work, caller, hello.actor)
    if known is not None:
        return known
    actor = Actor(hello.actor, 0, genesis(hello.actor))
    if hello.actor.epoch == head.epoch:
        await work.ledger.save_actors([actor])
    return actor


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
