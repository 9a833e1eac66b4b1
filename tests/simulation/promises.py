"""What must be true after every commit, and what must be true in the end."""

from collections.abc import Collection, Iterable, Mapping

from msgspec import structs

from schemas.merge_rules import MERGE_RULES
from schemas.protocol import Dot, PullPut
from schemas.registry import Kind
from server.records.ledger import Key, Logged
from server.records.memory_ledger import MemoryState
from server.records.recorder import stamped
from sync.chain import extend, genesis, link
from sync.document import EMPTY, Document, fold, shown_fields
from sync.lineage import Lineage, Position
from sync.write import Past, StampedOperation
from tests.laws.truth import Truth
from tests.simulation.disk import Disk, Entry


class BrokenError(AssertionError):
    """A promise that did not hold, in words."""


Truths = Mapping[tuple[Dot, bytes], Truth]
"""Dot and bytes of an operation to what its author had really seen; two clones may use one dot for two operations."""


def hold(condition: object, *words: object) -> None:
    """Raise unless a promise holds."""
    if not condition:
        raise BrokenError(" ".join(map(str, words)))


Given = set[tuple[Dot, bytes, tuple[object, ...]]]
"""Every stamp that a server ever gave, with the dot and the bytes that it was given to."""


def after_commit(before: MemoryState, after: MemoryState, truths: Truths, given: Given) -> None:
    """Check one transaction: order, chain, stamps, and that nothing was lost in any document that it changed.

    ``given`` grows by the stamps that were given.
    """
    fresh = [each for dot, each in after.log.items() if dot not in before.log]
    _positions_are_gapless(before, after, fresh)
    _stamps_never_change(before, after)
    _stamps_are_the_servers_own(fresh, given)
    for each in fresh:
        _continues_its_chain(after, each)
    changed = [key for key, stored in after.documents.items() if before.documents.get(key) is not stored]
    hold(fresh or not changed, "P3: what was known already changed", changed)
    for key in changed:
        _nothing_is_lost(before, after, key, truths)


def _positions_are_gapless(before: MemoryState, after: MemoryState, fresh: Iterable[Logged]) -> None:
    used = {position.n for each in fresh for position in _here(after, each)}
    hold(used == set(range(before.position + 1, after.position + 1)), "E1: positions", used, "up to", after.position)


def _here(state: MemoryState, each: Logged) -> list[Position]:
    every = (Position(each.position, each.epoch), *each.readmitted)
    return [position for position in every if position.epoch == state.epoch]


def _stamps_never_change(before: MemoryState, after: MemoryState) -> None:
    for dot, each in before.log.items():
        hold(stamp_of(after.log[dot]) == stamp_of(each), "T1: the stamp of", dot, "changed")


def _stamps_are_the_servers_own(fresh: Iterable[Logged], given: Given) -> None:
    for each in fresh:
        stamp = (each.dot, each.payload, stamp_of(each))
        if not each.readmitted:
            given.add(stamp)
        hold(stamp in given, "H1: a stamp that was never given came back for", each.dot)


def stamp_of(each: Logged) -> tuple[object, ...]:
    """Return what was fixed at first receipt (SPEC T1)."""
    return (each.epoch, each.position, each.received_at, each.effective_at, each.verdict, each.role, each.problem)


def _continues_its_chain(state: MemoryState, each: Logged) -> None:
    record = state.actors[each.dot.actor].record
    previous = state.log.get(Dot(each.dot.actor, each.dot.seq - 1))
    head = previous.head if previous else genesis(record)
    hold(previous or each.dot.seq == 1, "A2: the chain of", record.actor, "has a gap before", each.dot.seq)
    hold(each.head == extend(head, link(each.payload)), "A2: the chain of", record.actor, "is broken at", each.dot.seq)


def past_of(state: MemoryState) -> Past:
    """Return everything that a log knows about who had seen what."""
    renamed = {
        name: (actor.record.parent, actor.record.parent_seq)
        for name, actor in state.actors.items()
        if actor.record.parent is not None
    }
    return Past(Lineage(state.lineage), renamed)


def history(state: MemoryState, key: Key) -> list[StampedOperation]:
    """Return the applied operations of a document."""
    wanted = (key[0].value, key[1], "applied")
    return [stamped(each) for each in state.log.values() if (each.kind, each.doc, each.verdict) == wanted]


def _nothing_is_lost(before: MemoryState, after: MemoryState, key: Key, truths: Truths) -> None:
    operations = history(after, key)
    stored = after.documents[key]
    hold(stored.document == fold(past_of(after), operations), "M3: stored is not folded:", key)
    hold(stored.fields == shown_fields(stored.document, MERGE_RULES[key[0]]), "M5: shown is not stored:", key)
    old = before.documents[key].document if key in before.documents else EMPTY
    standing_before = {(name, dot) for name, dot in _standing(old)}
    fresh = {
        (name, each.origin.dot) for each in operations if each.origin.dot not in before.log for name in each.fields
    }
    for name, dot in (standing_before | fresh) - set(_standing(stored.document)):
        hold(_knowingly_replaced(after, operations, name, dot, truths), "M5: lost", dot, name, "of", key)


def standing_though_replaced(state: MemoryState, key: Key, truths: Truths) -> set[tuple[str, Dot]]:
    """Return rivals that are none: safe, but a question that nobody needed to be asked.

    A server that forgot an epoch, or a second position of what came back, can no longer tell who had seen what.
    """
    operations = history(state, key)
    standing = set(_standing(state.documents[key].document))
    return {(name, dot) for name, dot in standing if _knowingly_replaced(state, operations, name, dot, truths)}


def _standing(document: Document) -> Iterable[tuple[str, Dot]]:
    return ((name, write.origin.dot) for name, register in document.registers.items() for write in register)


def _knowingly_replaced(
    state: MemoryState, operations: Iterable[StampedOperation], name: str, lost: Dot, truths: Truths
) -> bool:
    for other in operations:
        dot = other.origin.dot
        if name in other.fields and dot != lost and truths[(dot, state.log[dot].payload)].replaces(name, lost):
            return True
    return False


def after_pull(disk: Disk, units: Collection[str], state: MemoryState) -> None:
    """Check a device that has just shown a pull: nothing of another unit, and nothing of its own gone from sight."""
    for key, row in disk.rows.items():
        hold(row.put.fields.get("unit") in units, "F3:", key, "leaked to", sorted(units))
    for entry in disk.entries:
        known = state.log.get(entry.dot)
        if entry.stamp and known and known.verdict == "applied" and known.payload == entry.payload:
            _stays_visible(disk, entry, known, state)


def _stays_visible(disk: Disk, entry: Entry, known: Logged, state: MemoryState) -> None:
    """What was acknowledged before the pull began leaves the overlay now, so the row that came must be made of it.

    After a restore the log may have got it back only now, from a clone or from a request that was late.
    """
    lineage = Lineage(state.lineage)
    began = Position(disk.reached, disk.epoch)
    there = any(lineage.contains(began, each) for each in (Position(known.position, known.epoch), *known.readmitted))
    late = (
        known.readmitted
        or not lineage.knows(disk.epoch)
        or stamp_of(known) != (entry.stamp and structs.astuple(entry.stamp))
    )
    hold(there or late, "V2:", entry.dot, "was acknowledged, and the pull that began afterwards does not reach it")
    for row in disk.rows.values() if there else ():
        if _is_of(row.put, entry.payload):
            hold(entry.dot in row.made_of, "V2:", entry.dot, "left the overlay but does not stand in the row")


def _is_of(put: PullPut, payload: bytes) -> bool:
    return payload.startswith(f'[1,"{put.kind}","{put.id}",'.encode())


def in_the_end(state: MemoryState, disks: Iterable[Disk]) -> None:
    """Check what must be true once everybody has met the server."""
    for disk in disks:
        hold(not list(disk.unstamped()), "P5: something waits for ever on", disk.record.device)
        for entry in disk.entries:
            hold(entry.dot in state.log, "M5: an acknowledged operation did not come back:", entry.dot)
    for key, stored in state.documents.items():
        hold(stored.document == fold(past_of(state), history(state, key)), "M3: stored is not folded:", key)


def key_of(put: PullPut) -> Key:
    """Return the key of a document as the server names it."""
    return (Kind(put.kind), put.id)
