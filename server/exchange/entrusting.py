"""What the server itself writes, devices keep for it: no outbox would bring it back after a restore (SPEC H7)."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from msgspec import structs

from schemas.problems import Code, Problem
from schemas.protocol import MAX_GIVEN_BACK, ActorRecord, Entrusted, EntrustedPage, TakenBack
from schemas.registry import SHAPES, Kind
from server.exchange.answering import stamp_of
from server.exchange.arriving import Linked
from server.exchange.marks import Mark, mark_at, read_mark, write_mark
from server.exchange.pulling import refuse_lost
from server.exchange.restoring import close_unknown, restored
from server.platform.caller import Caller
from server.platform.installation import Endpoint
from server.platform.keys import ServerKeys, base64url, from_base64url, verify_receipt
from server.records.ledger import SERVER, Actor, Head, Ledger, Logged, is_servers
from server.records.work import Work
from sync.chain import entrusted_statement, genesis, link
from sync.reading import read

POSITIONS_OF_A_PAGE = 250
"""Commits that one answer looks through."""


async def entrusted(
    ledger: Ledger, endpoint: Endpoint, caller: Caller, token: str | None, most: int = POSITIONS_OF_A_PAGE
) -> EntrustedPage:
    """Return what the server wrote or took back behind a mark, as far as all of a group is in the caller's scope.

    Behind a mark of an older epoch everything is told that stands behind the fork that ended it; without one, nothing:
    a device keeps what is written from its first day on. Raises ``Problem`` for a mark that was not given out here, and
    for one that this log has lost without knowing it: the device proves it by its next hello (SPEC E3).
    """
    head = await ledger.end()
    if token is None:
        return EntrustedPage(head.epoch, more=False, mark=_mark(endpoint, caller, head, head.position), groups=())
    mark = read_mark(endpoint.keys, caller.company, token)
    if mark is None:
        raise Problem(Code.SYNC_CURSOR)
    await refuse_lost(ledger, head, mark)
    start = min(_start(head, mark), head.position)
    end = min(start + most, head.position)
    told = await _told(ledger, caller, start, end)
    actors = await _with_pasts(ledger, {group[0].dot.actor for group in told})
    groups = tuple(_entrusted(endpoint.keys, actors, group) for group in told)
    return EntrustedPage(head.epoch, more=end < head.position, mark=_mark(endpoint, caller, head, end), groups=groups)


async def _told(ledger: Ledger, caller: Caller, start: int, end: int) -> list[list[Logged]]:
    """Return the groups between two positions of which everything is there, readable, and in scope."""
    groups = [list(members) for _, members in groupby(await ledger.servers_own(start, end), _group_of)]
    readable = [group for group in groups if all(each.kind in SHAPES for each in group)]
    keys = {(Kind(each.kind), each.doc) for group in readable for each in group}
    held = await ledger.audiences_of(keys, caller.audiences)
    seen = {key for key, audiences in held.items() if audiences}
    return [group for group in readable if all((Kind(each.kind), each.doc) in seen for each in group)]


def _mark(endpoint: Endpoint, caller: Caller, head: Head, position: int) -> str:
    return write_mark(endpoint.keys, mark_at(head, Mark(caller.company, head.incarnation, head.epoch, position, "")))


def _start(head: Head, mark: Mark) -> int:
    """Return where a device goes on that came to a mark: before the earliest fork since its epoch."""
    links = {link.epoch: link for link in head.lineage}
    after = mark.position
    name: str | None = head.epoch
    while name is not None and name != mark.epoch and (step := links.get(name)) is not None and step.parent is not None:
        after, name = min(after, step.fork), step.parent
    return after


def _group_of(logged: Logged) -> tuple[str, str, int]:
    return (logged.dot.actor, logged.epoch, logged.position)


async def _with_pasts(ledger: Ledger, names: Collection[str]) -> dict[str, Actor]:
    """Return actors with all that they were renamed from."""
    found: dict[str, Actor] = {}
    wanted = set(names)
    while wanted:
        found |= (step := await ledger.actors(wanted))
        parents = {actor.record.parent for actor in step.values()}
        wanted = {name for name in parents if name is not None} - found.keys()
    return found


def _past_of(actors: Mapping[str, Actor], actor: Actor) -> Iterator[ActorRecord]:
    """Yield what an actor was renamed from, each once: a device may claim chains that name each other as their past."""
    told: set[str] = set()
    parent = actor.record.parent
    while parent is not None and parent in actors and parent not in told:
        told.add(parent)
        yield actors[parent].record
        parent = actors[parent].record.parent


def _entrusted(keys: ServerKeys, actors: Mapping[str, Actor], group: Sequence[Logged]) -> Entrusted:
    actor = actors[group[0].dot.actor]
    unsigned = Entrusted(
        actor=actor.record,
        past=tuple(_past_of(actors, actor)),
        first=group[0].dot.seq,
        author=group[0].author,
        place=group[0].place,
        operations=tuple(each.payload.decode() for each in group),
        heads=tuple(each.head for each in group),
        stamps=tuple(map(stamp_of, group)),
        signature="",
    )
    return structs.replace(unsigned, signature=base64url(keys.sign_receipt(entrusted_statement(unsigned))))


async def take_back_own(work: Work, endpoint: Endpoint, groups: Sequence[Entrusted]) -> TakenBack:
    """Let what this server once wrote come back with its stamps; what is here is passed over (SPEC H7).

    Who brings it does not matter: the server believes its own signature, and nothing else. Raises ``Problem`` for a log
    that never began another epoch: nothing can be known to be lost of it.
    """
    if len((await work.ledger.head()).lineage) == 1:
        raise Problem(Code.SYNC_RE_OFFER)
    ours = [group for group in groups if _is_ours(work.company, endpoint.keys, group)]
    pasts = {record.actor: record for group in ours for record in group.past}
    known = await work.ledger.actors({group.actor.actor for group in ours} | pasts.keys())
    back = {name: Actor(record, 0, genesis(record)) for name, record in pasts.items() if name not in known}
    fresh: list[Logged] = []
    for group in sorted(ours, key=lambda each: (each.actor.actor, each.first)):
        name, last = group.actor.actor, group.first + len(group.operations) - 1
        if await work.ledger.logged(name, group.first, last) or _is_among(fresh, name, group.first):
            continue
        fresh += _restored(group)
        actor = back.get(name) or known.get(name) or Actor(group.actor, 0, "")
        back[name] = actor if actor.acked_seq > last else Actor(group.actor, last, group.heads[-1])
    await work.ledger.save_actors(list(back.values()))
    await close_unknown(work, fresh)
    await work.readmit(fresh)
    return TakenBack(operations=len(fresh), unproven=len(groups) - len(ours))


async def are_here(ledger: Ledger, endpoint: Endpoint, company: str, groups: Sequence[Entrusted]) -> TakenBack | None:
    """Return the answer to groups of which nothing is lost, without any lock; None where something has to be written.

    Most devices bring what another one has brought already. Raises ``Problem`` for more groups than a request may hold.
    """
    if len(groups) > MAX_GIVEN_BACK:
        raise Problem(Code.SYNC_TOO_MANY, limit=MAX_GIVEN_BACK)
    ours = [group for group in groups if _is_ours(company, endpoint.keys, group)]
    for group in ours:
        if not await ledger.logged(group.actor.actor, group.first, group.first + len(group.operations) - 1):
            return None
    return TakenBack(operations=0, unproven=len(groups) - len(ours))


def _is_among(fresh: Iterable[Logged], actor: str, seq: int) -> bool:
    return any((each.dot.actor, each.dot.seq) == (actor, seq) for each in fresh)


def _is_ours(company: str, keys: ServerKeys, group: Entrusted) -> bool:
    count = len(group.operations)
    if not count or len(group.heads) != count or len(group.stamps) != count:
        return False
    if (group.actor.company, group.actor.device) != (company, SERVER) or not is_servers(group.actor.actor):
        return False
    try:
        return verify_receipt(keys.receipt_public, from_base64url(group.signature), entrusted_statement(group))
    except ValueError:
        return False


def _restored(group: Entrusted) -> Iterator[Logged]:
    members = zip(group.operations, group.heads, group.stamps, strict=True)
    for seq, (text, head, stamp) in enumerate(members, start=group.first):
        payload = text.encode()
        linked = Linked(seq, payload, link(payload), head, read(payload), is_signed=True)
        yield restored(group.actor, linked, stamp, group.author, group.place)
