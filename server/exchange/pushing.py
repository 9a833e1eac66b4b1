"""Receiving pushes (SPEC P2, P3): those that wait together are taken in together."""

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeAlias, TypeVar

from schemas.problems import Problem
from schemas.protocol import PushHead, PushReply
from server.exchange.answering import RivalFields, answer, rival_fields
from server.exchange.arriving import Arrived, arrived
from server.exchange.chain_fit import Fit, fit_each
from server.exchange.contacts import note_pushes
from server.exchange.entering import Groups, Newcomers, enter
from server.platform.caller import Caller
from server.platform.installation import Endpoint
from server.records.journal import Journal
from server.records.ledger import Actor, Logged
from server.records.work import Work

Answered: TypeAlias = PushReply | Problem
"""What becomes of a push: a problem means that nothing of it was written."""

Push: TypeAlias = Arrived[PushHead]

Result = TypeVar("Result")

_FEW = 16
"""Operations that are read in less time than a thread needs to be told of them."""


async def hand_in(
    journal: Journal, caller: Caller, head: PushHead, payloads: Sequence[bytes], request_sha256: str | None = None
) -> PushReply:
    """Return the answer to a push once it is durable; what waits beside it shares its commit (SPEC P4).

    Raises the push's ``Problem``.
    """

    async def job(work: Work, pushes: Sequence[Push]) -> list[Answered]:
        answered = await push_together(work, journal.endpoint, pushes)
        both = zip(pushes, answered, strict=True)
        await note_pushes(work, [(each.caller, each.sent) for each, reply in both if not isinstance(reply, Problem)])
        return answered

    if len(payloads) > _FEW:  # in a thread, so that whoever brings few need not wait for it
        pushed = await asyncio.to_thread(arrived, caller, head, payloads, request_sha256)
    else:
        pushed = arrived(caller, head, payloads, request_sha256)
    return await journal.write_together(caller.company, "push", pushed, job, len(payloads))


async def push(
    work: Work, endpoint: Endpoint, caller: Caller, push_head: PushHead, payloads: Sequence[bytes]
) -> PushReply:
    """Take in one push and return its answer (see :func:`push_together`); raises its ``Problem``."""
    (answered,) = await push_together(work, endpoint, [arrived(caller, push_head, payloads, work.request_sha256)])
    if isinstance(answered, Problem):
        raise answered
    return answered


async def push_together(work: Work, endpoint: Endpoint, pushes: Sequence[Push]) -> list[Answered]:
    """Take in whole groups of operations of several pushes, as if each had come behind the one before it.

    The answer to each is its operations' stamps and a signed receipt. What was received before is answered with its
    stored verdict and changes nothing. A push that does not fit its chain, is not signed by its device, or ends inside
    a group gets its problem, and the others go on.
    """
    return [each for turn in _turns(pushes) for each in await _take_in(work, endpoint, turn)]


def _turns(pushes: Sequence[Push]) -> Iterator[list[Push]]:
    """Cut the pushes so that no turn has a chain twice: its later push goes on where its earlier one ends."""
    turn: list[Push] = []
    for pushed in pushes:
        if any(pushed.actor == each.actor for each in turn):
            yield turn
            turn = []
        turn.append(pushed)
    yield turn


async def _take_in(work: Work, endpoint: Endpoint, pushes: Sequence[Push]) -> list[Answered]:
    answered: dict[int, Answered] = {}
    fits = _good(answered, enumerate(await fit_each(work, pushes)))
    newcomers = [_newcomers(work, pushes[place], found) for place, found in fits.items()]
    groups = _good(answered, zip(fits, await enter(work, newcomers), strict=True))
    logged, rival = await _record(work, list(groups.values()))
    actors = {place: _extended(fits[place].actor, own) for place, own in zip(groups, logged, strict=True)}
    await work.ledger.save_actors([actors[place] for place, own in zip(groups, logged, strict=True) if own])
    for place, own in zip(groups, logged, strict=True):
        stretch = [*fits[place].known, *own]
        answered[place] = await answer(work, endpoint, actors[place], stretch, rival)
    return [answered[place] for place in range(len(pushes))]


def _good(answered: dict[int, Answered], results: Iterable[tuple[int, Result | Problem]]) -> dict[int, Result]:
    """Return the results that are no problems, by the places of their pushes; a problem is its push's answer."""
    good: dict[int, Result] = {}
    for place, result in results:
        if isinstance(result, Problem):
            answered[place] = result
        else:
            good[place] = result
    return good


def _newcomers(work: Work, pushed: Push, found: Fit) -> Newcomers:
    offset_ms = work.now - pushed.sent.now
    return Newcomers(pushed.caller, pushed.actor, offset_ms, found.fresh, pushed.request_sha256)


async def _record(work: Work, entered: Sequence[Groups]) -> tuple[list[list[Logged]], RivalFields]:
    """Record all groups in their order; return what was logged of each push, and which fields hold rivals now."""
    groups = [group for each in entered for group in each]
    if not groups:
        return [[] for _ in entered], {}
    logged, changes = await work.record(groups)
    rest = iter(logged)
    return [list(islice(rest, sum(map(len, each)))) for each in entered], rival_fields(changes)


def _extended(actor: Actor, logged: Sequence[Logged]) -> Actor:
    return Actor(actor.record, logged[-1].dot.seq, logged[-1].head) if logged else actor
