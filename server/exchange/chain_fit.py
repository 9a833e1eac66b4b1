"""Whether a push goes on where the server's copy of the chain ends."""

from collections.abc import Sequence
from typing import TypeAlias

from msgspec import Struct, structs

from schemas.problems import Code, Problem
from schemas.protocol import PushHead, ReOfferHead
from server.exchange.identity import check_not_revoked
from server.platform.caller import Caller
from server.platform.keys import from_base64url, verify_device_signature
from server.records.ledger import Actor, Logged
from server.records.work import Work
from sync.chain import extend, link, push_statement

Sent: TypeAlias = PushHead | ReOfferHead
"""What announces a stretch of a chain: where it begins, and the device's signature over where it ends."""


class Linked(Struct, frozen=True):
    """An operation's bytes with their place in the chain."""

    seq: int
    payload: bytes
    sha256: str
    head: str


class Fit(Struct, frozen=True):
    """A push against the chain: what the server has already, and what is new."""

    actor: Actor
    known: Sequence[Logged]
    fresh: Sequence[Linked]


async def fit(work: Work, caller: Caller, push_head: PushHead, payloads: Sequence[bytes]) -> Fit:
    """Return the known and the new part of a push (SPEC P3); a closed actor still learns its stored verdicts.

    Raises ``Problem``: unknown actor, wrong device, another epoch, gap, fork, bad device signature.
    """
    actor = await _own_actor(work, caller, push_head.actor)
    await _refuse_if_closed(work, actor, push_head.first + len(payloads) - 1)
    return await compared(work, caller, actor, push_head, payloads)


async def compared(work: Work, caller: Caller, actor: Actor, sent: Sent, payloads: Sequence[bytes]) -> Fit:
    """Return the known and the new part of a stretch of an actor's chain, given by its head and its operations.

    Raises ``Problem``: gap, fork, bad device signature.
    """
    if not 1 <= sent.first <= actor.acked_seq + 1:
        raise Problem(Code.SYNC_GAP, need_from=actor.acked_seq + 1)
    linked = _chained(sent.first, sent.prev, payloads)
    _check_signature(caller, actor, sent, linked[-1])
    known = await work.ledger.logged(actor.record.actor, sent.first - 1, min(actor.acked_seq, linked[-1].seq))
    if _differs(actor, sent, known, linked):
        raise Problem(Code.SYNC_FORK, acked_seq=actor.acked_seq, head=actor.head)
    replayed = [one for one in known if one.dot.seq >= sent.first]
    return Fit(actor, replayed, linked[len(replayed) :])


def _chained(first: int, prev: str, payloads: Sequence[bytes]) -> list[Linked]:
    """Return the payloads with their hashes and heads, beginning behind the head ``prev`` (SPEC A2)."""
    linked: list[Linked] = []
    for place, payload in enumerate(payloads):
        sha256 = link(payload)
        prev = extend(prev, sha256)
        linked.append(Linked(first + place, payload, sha256, prev))
    return linked


async def _own_actor(work: Work, caller: Caller, name: str) -> Actor:
    await check_not_revoked(work, caller)
    actor = await work.ledger.actor(name)
    if actor is None:
        raise Problem(Code.SYNC_ACTOR)
    if (actor.record.device, actor.record.user) != (caller.device, caller.user):
        raise Problem(Code.DEVICE_WRONG)
    return actor


async def _refuse_if_closed(work: Work, actor: Actor, last: int) -> None:
    head = await work.ledger.head()
    if actor.record.epoch != head.epoch and last > actor.acked_seq:
        raise Problem(Code.SYNC_EPOCH, epoch=head.epoch, lineage=[structs.astuple(one) for one in head.lineage])


def _differs(actor: Actor, sent: Sent, known: Sequence[Logged], linked: Sequence[Linked]) -> bool:
    heads = {one.dot.seq: one.head for one in known} | {actor.acked_seq: actor.head}
    expected = {sent.first - 1: sent.prev} | {one.seq: one.head for one in linked}
    return any(heads[seq] != head for seq, head in expected.items() if seq in heads)


def _check_signature(caller: Caller, actor: Actor, sent: Sent, last: Linked) -> None:
    statement = push_statement(actor.record.actor, last.seq, last.head)
    try:
        signature = from_base64url(sent.signature)
    except ValueError:
        raise Problem(Code.DEVICE_SIGNATURE) from None
    if not verify_device_signature(caller.device_key, signature, statement):
        raise Problem(Code.DEVICE_SIGNATURE)
