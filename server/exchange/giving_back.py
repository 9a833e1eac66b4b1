"""Taking back what devices kept for the server, after a restore (SPEC H2, H7)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from schemas.problems import Code, Problem
from schemas.protocol import MAX_GIVEN_BACK, Entrusted, GivenBack, TakenBack
from server.exchange.arriving import Linked
from server.exchange.marks import end_mark, read_mark
from server.exchange.pulling import refuse_lost
from server.exchange.restoring import close_unknown, restored
from server.platform.caller import Caller
from server.platform.installation import Endpoint
from server.platform.keys import ServerKeys, from_base64url, verify_receipt
from server.records.ledger import SERVER, Actor, Head, Ledger, Logged, is_servers
from server.records.work import Work
from sync.chain import entrusted_statement, extend, genesis, sent_hashes, whole_statement
from sync.reading import read


async def take_back_kept(work: Work, endpoint: Endpoint, caller: Caller, given: GivenBack) -> TakenBack:
    """Let what devices kept for this server come back with its stamps; what is here is passed over (SPEC H2, H7).

    Who brings it does not matter: the server believes its own signature, and nothing else. What a device wrote comes
    back where its chain goes on: what lies behind a hole waits until somebody has filled it, for the device itself may
    bring it yet. Raises ``Problem`` for a log that never began another epoch: nothing can be lost of it; and
    for a mark that this log has lost: then what it took back before is lost with it (SPEC E3).
    """
    head = await work.ledger.head()
    if len(head.lineage) == 1:
        raise Problem(Code.SYNC_RE_OFFER)
    await _refuse_lost(work.ledger, endpoint, work.company, given.mark)
    ours = [group for group in given.groups if is_ours(work.company, endpoint.keys, group)]
    pasts = {record.actor: record for group in ours for record in group.past}
    known = await work.ledger.actors({group.actor.actor for group in ours} | pasts.keys())
    back = {name: Actor(record, 0, genesis(record)) for name, record in pasts.items() if name not in known}
    fresh: list[Logged] = []
    for group in sorted(ours, key=lambda each: (each.actor.actor, each.first)):
        name, last = group.actor.actor, group.first + len(group.operations) - 1
        actor = back.get(name) or known.get(name) or Actor(group.actor, 0, genesis(group.actor))
        if await _is_here(work.ledger, fresh, group, last) or not _may_follow(head, actor, group):
            continue
        fresh += _restored(group)
        back[name] = actor if actor.acked_seq > last else Actor(group.actor, last, group.heads[-1])
    await work.ledger.save_actors(list(back.values()))
    await close_unknown(work, fresh)
    await work.readmit(fresh, caller.device)
    mark = end_mark(endpoint.keys, work.company, await work.ledger.head())
    return _taken_back(len(fresh), given, ours, known | back, mark)


async def are_here(ledger: Ledger, endpoint: Endpoint, company: str, given: GivenBack) -> TakenBack | None:
    """Return the answer to groups of which nothing may be taken, without any lock; None where something is to be.

    Most devices bring what another one has brought already, or what waits for somebody to fill a hole. Raises
    ``Problem`` for more groups than a request may hold, and for a mark as :func:`take_back_kept` does.
    """
    if len(given.groups) > MAX_GIVEN_BACK:
        raise Problem(Code.SYNC_TOO_MANY, limit=MAX_GIVEN_BACK)
    await _refuse_lost(ledger, endpoint, company, given.mark)
    ours = [group for group in given.groups if is_ours(company, endpoint.keys, group)]
    head = await ledger.end()
    actors = await ledger.actors({group.actor.actor for group in ours})
    for group in ours:
        actor = actors.get(group.actor.actor) or Actor(group.actor, 0, genesis(group.actor))
        last = group.first + len(group.operations) - 1
        if not await _is_here(ledger, (), group, last) and _may_follow(head, actor, group):
            return None
    return _taken_back(0, given, ours, actors, end_mark(endpoint.keys, company, head))


async def _refuse_lost(ledger: Ledger, endpoint: Endpoint, company: str, token: str | None) -> None:
    if token is None:
        return
    mark = read_mark(endpoint.keys, company, token)
    if mark is None:
        raise Problem(Code.SYNC_CURSOR)
    await refuse_lost(ledger, await ledger.end(), mark)


def is_ours(company: str, keys: ServerKeys, group: Entrusted) -> bool:
    """Tell whether a group is of this company, and this server signed it as it is."""
    count = len(group.operations)
    if not count or len(group.heads) != count or len(group.stamps) != count or len(group.hashes) not in (0, count):
        return False
    if group.actor.company != company or is_servers(group.actor.actor) != (group.actor.device == SERVER):
        return False
    statements = [entrusted_statement(group), *([] if group.hashes else [whole_statement(group)])]
    try:
        signature = from_base64url(group.signature)
        return any(verify_receipt(keys.receipt_public, signature, statement) for statement in statements)
    except ValueError:
        return False


async def _is_here(ledger: Ledger, fresh: Iterable[Logged], group: Entrusted, last: int) -> bool:
    name = group.actor.actor
    among_fresh = any((each.dot.actor, each.dot.seq) == (name, group.first) for each in fresh)
    return among_fresh or bool(await ledger.logged(name, group.first, last))


def _may_follow(head: Head, actor: Actor, group: Entrusted) -> bool:
    """Tell whether a group may come back behind what is there of its chain.

    The server's own chains may have holes. A device's must not: it takes what is acknowledged of one for all of it up
    to there. A chain of the present epoch is its device's to go on with.
    """
    if is_servers(actor.record.actor):
        return True
    follows = group.first == actor.acked_seq + 1 and actor.record == group.actor and actor.record.epoch != head.epoch
    return follows and group.heads[0] == extend(actor.head, sent_hashes(group)[0])


def _restored(group: Entrusted) -> Iterator[Logged]:
    members = zip(group.operations, sent_hashes(group), group.heads, group.stamps, strict=True)
    for seq, (text, digest, head, stamp) in enumerate(members, start=group.first):
        payload = text.encode()
        linked = Linked(seq, payload, digest, head, read(payload), is_signed=True)
        yield restored(group.actor, linked, stamp, group.author, group.place)


def _taken_back(
    operations: int, given: GivenBack, ours: Sequence[Entrusted], actors: Mapping[str, Actor], mark: str
) -> TakenBack:
    """Return the answer: of devices' chains it tells how far they are here, so that no more of that is brought."""
    names = {group.actor.actor for group in ours if group.actor.device != SERVER}
    reached = tuple((name, actors[name].acked_seq if name in actors else 0) for name in sorted(names))
    return TakenBack(operations=operations, unproven=len(given.groups) - len(ours), reached=reached, mark=mark)
