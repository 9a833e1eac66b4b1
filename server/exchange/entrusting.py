"""What devices keep for the server: what it writes itself, and in an office what other devices wrote (SPEC H2, H7)."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import groupby

from msgspec import structs

from schemas.problems import Code, Problem
from schemas.protocol import ActorRecord, Dot, Entrusted, EntrustedPage
from schemas.registry import SHAPES, Kind
from schemas.vocabulary import Place
from server.exchange.answering import stamp_of
from server.exchange.marks import Mark, end_mark, position_mark, read_mark
from server.exchange.pulling import refuse_lost
from server.platform.caller import Caller
from server.platform.installation import Endpoint
from server.platform.keys import ServerKeys, base64url
from server.records.audiences import COMPANY, unit_audience
from server.records.ledger import Actor, Head, Key, Ledger, Logged, is_servers
from sync.chain import entrusted_statement, link

POSITIONS_OF_A_PAGE = 250
"""Commits that one answer looks through."""

OPERATIONS_OF_A_PAGE = 1_000
"""Operations behind which an office's answer ends, with the commit that it has come to."""

MOST_RENAMED = 64
"""Renamings of a chain that go with each of its groups; one that was renamed oftener is left to its own device."""


async def entrusted(
    ledger: Ledger, endpoint: Endpoint, caller: Caller, token: str | None, most: int = POSITIONS_OF_A_PAGE
) -> EntrustedPage:
    """Return what the server wrote or took back behind a mark, as far as all of a group is in the caller's scope.

    A device of an office also keeps what other devices of its own unit wrote: one that is lost together with the
    server's newest days brings nothing back itself.
    Behind a mark of an older epoch everything is told that stands behind the fork that ended it; without one, nothing:
    a device keeps what is written from its first day on. Raises ``Problem`` for a mark that was not given out here, and
    for one that this log has lost without knowing it: the device proves it by its next hello (SPEC E3).
    """
    head = await ledger.end()
    if token is None:
        return EntrustedPage(head.epoch, more=False, mark=end_mark(endpoint.keys, caller.company, head), groups=())
    mark = read_mark(endpoint.keys, caller.company, token)
    if mark is None:
        raise Problem(Code.SYNC_CURSOR)
    await refuse_lost(ledger, head, mark)
    start = min(_start(head, mark), head.position)
    end = await _end_of_page(ledger, caller, start, min(start + most, head.position))
    told = await _told(ledger, caller, start, end)
    actors = await _with_pasts(ledger, {group[0].dot.actor for group in told})
    groups = tuple(
        _entrusted(endpoint.keys, actor, past, group)
        for group in told
        if (actor := actors[group[0].dot.actor]).record.device != caller.device
        if len(past := tuple(_past_of(actors, actor))) < MOST_RENAMED
    )
    reached = position_mark(endpoint.keys, caller.company, head, end)
    return EntrustedPage(head.epoch, more=end < head.position, mark=reached, groups=groups)


async def _end_of_page(ledger: Ledger, caller: Caller, start: int, end: int) -> int:
    if caller.place is not Place.OFFICE:
        return end
    places = await ledger.places(start, end, OPERATIONS_OF_A_PAGE)
    return places[-1] if len(places) == OPERATIONS_OF_A_PAGE else end


async def _told(ledger: Ledger, caller: Caller, start: int, end: int) -> list[list[Logged]]:
    """Return the groups between two positions of which everything is there, readable, and the caller's to keep."""
    is_office = caller.place is Place.OFFICE
    admitted = await (ledger.admitted if is_office else ledger.servers_own)(start, end)
    groups = [list(members) for _, members in groupby(admitted, _group_of)]
    readable = [group for group in groups if all(each.kind in SHAPES for each in group)]
    keys = {_key(each) for group in readable for each in group}
    audiences = await ledger.audiences_of(keys, caller.audiences)
    homeless = await _held_and_nowhere(ledger, caller, [each for group in readable for each in group])
    own = {COMPANY, unit_audience(caller.unit)}  # what stands in other units, their own offices keep

    def is_to_keep(one: Logged) -> bool:
        return bool(audiences[_key(one)] if is_servers(one.dot.actor) else audiences[_key(one)] & own)

    return [group for group in readable if all(is_to_keep(one) or one.dot in homeless for one in group)]


async def _held_and_nowhere(ledger: Ledger, caller: Caller, admitted: Sequence[Logged]) -> frozenset[Dot]:
    """Return what is held of documents that are not there, by people of the caller's own unit: no feed has it."""
    held = [each for each in admitted if each.verdict == "held"]
    people = [(Kind.USER, each.author) for each in held]
    stored = await ledger.documents({*map(_key, held), *people}) if held else {}
    units = {person: stored[person].fields.get("unit") for person in people if person in stored}
    own = (each for each, person in zip(held, people, strict=True) if units.get(person) == caller.unit)
    return frozenset(each.dot for each in own if _key(each) not in stored)


def _key(logged: Logged) -> Key:
    return Kind(logged.kind), logged.doc


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
    """Return actors with what they were renamed from, as far back as anybody is told."""
    found: dict[str, Actor] = {}
    wanted = set(names)
    for _ in range(MOST_RENAMED + 1):
        if not wanted:
            break
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


def _entrusted(keys: ServerKeys, actor: Actor, past: tuple[ActorRecord, ...], group: Sequence[Logged]) -> Entrusted:
    unsigned = Entrusted(
        actor=actor.record,
        past=past,
        first=group[0].dot.seq,
        author=group[0].author,
        place=group[0].place,
        operations=tuple(each.payload.decode() for each in group),
        heads=tuple(each.head for each in group),
        stamps=tuple(map(stamp_of, group)),
        signature="",
        hashes=_hashes(group),
    )
    return structs.replace(unsigned, signature=base64url(keys.sign_receipt(entrusted_statement(unsigned))))


def _hashes(group: Sequence[Logged]) -> tuple[str, ...]:
    """Return the hashes of what was sent, where the log has frames of it; of a whole group they are its bytes' own."""
    is_whole = all(link(each.payload) == each.sha256 for each in group)
    return () if is_whole else tuple(each.sha256 for each in group)
