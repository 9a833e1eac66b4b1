"""What must be true after every commit and every pull, and what must be true in the end."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from enum import StrEnum
from hashlib import sha256

import msgspec
from msgspec import structs

from schemas.merge_rules import MERGE_RULES
from schemas.protocol import Dot, Entrusted, Operation, PullPut
from schemas.registry import COMPANY_WIDE, SHAPES, Kind
from schemas.since import ADDED
from server.records.ledger import SERVER, Key, Logged, Stored, in_log_order
from server.records.memory_ledger import MemoryState
from server.records.recorder import stamped
from sync.chain import SIGNATURE_MEMBERS, extend, genesis, link
from sync.document import EMPTY, Document, fold, is_deleted, shown_fields
from sync.lineage import Position
from sync.write import Past, StampedOperation
from tests.laws.truth import Truth
from tests.simulation.disk import Disk, Entry


class Promise(StrEnum):
    """What the simulator holds the product to; each begins with the rule of sync/SPEC.md that it stands for."""

    KEPT = "M5 nothing acknowledged is lost"
    CONVERGED = "M2 replicas converge"
    FOLDED = "M3 what is stored is what the operations mean"
    SCOPE = "F3 nothing leaks out of its scope"
    COMPLETE = "F1 everything in scope arrives"
    REPLAYS = "P3 replays change nothing"
    SEALED = "N4 what was signed is never rewritten"
    RAW = "A2 bytes stay as they were sent"
    CHAINS = "A2 chains are whole"
    POSITIONS = "E1 positions are gapless"
    STAMPS = "T1 stamps never change"
    PROVEN = "H1 no stamp is believed that was never given"
    OVERLAY = "V2 own work never leaves sight"
    DIGEST = "F4 digests agree"
    RECEIPTS = "P6 receipts prove what was answered"
    REST = "P5 nothing waits for ever"
    REVOKED = "A1 a revoked device writes nothing any more"
    BOTH = "M1 both languages mean the same"
    ANSWERS = "P1 every answer is one of the protocol's"


class BrokenError(AssertionError):
    """A promise that did not hold, in words."""

    def __init__(self, promise: Promise, words: str) -> None:
        super().__init__(f"{promise}: {words}")
        self.promise = promise
        self.words = words


Truths = Mapping[tuple[Dot, bytes], Truth]
"""Dot and bytes of an operation to what its author had really seen; two clones may use one dot for two operations."""


def hold(condition: object, promise: Promise, *words: object) -> None:
    """Raise unless a promise holds."""
    if not condition:
        raise BrokenError(promise, " ".join(map(str, words)))


Given = set[tuple[Dot, bytes, tuple[object, ...]]]
"""Every stamp that a server ever gave, with the dot and the bytes that it was given to."""


def after_commit(before: MemoryState, after: MemoryState, truths: Truths, given: Given) -> None:
    """Check one transaction: order, chain, stamps, seals, and that nothing was lost in any document that it changed.

    ``given`` grows by the stamps that were given.
    """
    fresh = [each for dot, each in after.log.items() if dot not in before.log]
    _nothing_leaves_the_log(before, after)
    if before.horizon != after.horizon:
        _only_forgets(before, after)
        return
    if not fresh:
        _is_unchanged(before, after)
    _positions_are_gapless(before, after, fresh)
    _stamps_are_the_servers_own(fresh, given)
    for each in fresh:
        hold((each.dot, each.payload) in truths, Promise.RAW, "nobody ever wrote", each.dot, each.payload)
        _continues_its_chain(after, each)
        _was_allowed(before, after, each)
    for key in changed(before, after):
        _nothing_is_lost(before, after, key, truths)
        if key[0] is Kind.SIGNATURE:
            _is_sealed(after.documents[key])


def changed(before: MemoryState, after: MemoryState) -> list[Key]:
    """Return the documents that a transaction wrote."""
    return [key for key, stored in after.documents.items() if before.documents.get(key) is not stored]


def _nothing_leaves_the_log(before: MemoryState, after: MemoryState) -> None:
    for dot, each in before.log.items():
        now = after.log.get(dot)
        if now is not each:  # most are the very same object
            hold(now, Promise.KEPT, dot, "is gone from the log")
            hold(now and now.payload == each.payload, Promise.RAW, "the bytes of", dot, "changed")
            hold(now and stamp_of(now) == stamp_of(each), Promise.STAMPS, "the stamp of", dot, "changed")


def _is_unchanged(before: MemoryState, after: MemoryState) -> None:
    """Check that a request which brought nothing new changed nothing; only an epoch may have begun."""
    hold(not changed(before, after), Promise.REPLAYS, "what was known already changed", changed(before, after))
    hold(before.position == after.position, Promise.REPLAYS, "what was known already took a position")
    hold(before.feed == after.feed, Promise.REPLAYS, "what was known already went out again")
    hold(before.digests == after.digests, Promise.REPLAYS, "what was known already changed a digest")


def _only_forgets(before: MemoryState, after: MemoryState) -> None:
    """Check that a horizon takes nothing from anybody but what is gone, and what was deleted and is not contested."""
    hold(before.log == after.log, Promise.KEPT, "the horizon changed the log")
    hold(not changed(before, after), Promise.KEPT, "the horizon changed documents")
    for (audience, kind, doc), entry in before.feed.items():
        now = after.feed.get((audience, kind, doc))
        if now != entry:
            over = entry.gone or is_deleted(after.documents[(Kind(kind), doc)].document)
            hold(over and entry.position <= after.horizon, Promise.COMPLETE, kind, doc, "was withdrawn")
            hold(now is None or now.gone, Promise.COMPLETE, kind, doc, "went out again")


def _positions_are_gapless(before: MemoryState, after: MemoryState, fresh: Iterable[Logged]) -> None:
    used = {position.n for each in fresh for position in _here(after, each)}
    expected = set(range(before.position + 1, after.position + 1))
    hold(used == expected, Promise.POSITIONS, "used", used, "up to", after.position)


def _here(state: MemoryState, each: Logged) -> list[Position]:
    every = (Position(each.position, each.epoch), *each.readmitted)
    return [position for position in every if position.epoch == state.head.branch]


def _stamps_are_the_servers_own(fresh: Iterable[Logged], given: Given) -> None:
    for each in fresh:
        stamp = (each.dot, each.payload, stamp_of(each))
        if not each.readmitted:
            given.add(stamp)
        hold(stamp in given, Promise.PROVEN, "a stamp that was never given came back for", each.dot)


def stamp_of(each: Logged) -> tuple[object, ...]:
    """Return what was fixed at first receipt (SPEC T1)."""
    return (each.epoch, each.position, each.received_at, each.effective_at, each.verdict, each.role, each.problem)


def _continues_its_chain(state: MemoryState, each: Logged) -> None:
    record = state.actors[each.dot.actor].record
    previous = state.log.get(Dot(each.dot.actor, each.dot.seq - 1))
    if previous is None and each.dot.seq > 1 and record.device == SERVER:
        return  # what came back of the server's own is what devices had of it, not all (SPEC H7)
    head = previous.head if previous else genesis(record)
    hold(previous or each.dot.seq == 1, Promise.CHAINS, record.actor, "has a gap before", each.dot.seq)
    hold(each.head == extend(head, link(each.payload)), Promise.CHAINS, record.actor, "is broken at", each.dot.seq)


def _was_allowed(before: MemoryState, after: MemoryState, each: Logged) -> None:
    device = after.actors[each.dot.actor].record.device
    known = before.documents.get((Kind.DEVICE, device))
    revoked = known is not None and known.fields.get("revoked_at") is not None
    came_back = bool(each.readmitted)  # with the stamp that it was given before
    hold(
        not revoked or came_back or each.verdict == "held",
        Promise.REVOKED,
        each.dot,
        "of the revoked",
        device,
        "was applied",
    )


def _is_sealed(stored: Stored) -> None:
    """Check a signature by itself: it says what its id was made of, and no two values of anything stand in it."""
    for name, register in stored.document.registers.items():
        values = {msgspec.json.encode(write.value) for write in register}
        hold(len(values) == 1, Promise.SEALED, name, "of the signature", stored.id, "was written over")
    hold(is_what_it_says(stored.id, stored.fields), Promise.SEALED, "the signature", stored.id, "was rewritten")


def is_what_it_says(doc: str, fields: Mapping[str, object]) -> bool:
    """Tell whether a signature's id and hash are those of what it holds (SPEC N4), reckoned without the core."""
    named = ["fieldproof-signature-id-1", *(fields.get(name) for name in SIGNATURE_MEMBERS)]
    digest = sha256(msgspec.json.encode(named)).hexdigest()
    content = str(fields.get("content")).encode()
    return digest.startswith(doc) and sha256(content).hexdigest() == fields.get("content_sha256")


def past_of(state: MemoryState) -> Past:
    """Return everything that a log knows about who had seen what."""
    renamed = {
        name: (actor.record.parent, actor.record.parent_seq)
        for name, actor in state.actors.items()
        if actor.record.parent is not None and state.follows.get(name, False)
    }
    return Past(state.head.tree(), renamed)


def applied(state: MemoryState) -> dict[Key, list[Logged]]:
    """Return each document's applied operations, in the order in which this log admitted them."""
    found: dict[Key, list[Logged]] = {}
    for each in in_log_order(state.log.values()):
        if each.verdict == "applied":
            found.setdefault((Kind(each.kind), each.doc), []).append(each)
    return found


def history(state: MemoryState, key: Key) -> list[StampedOperation]:
    """Return the applied operations of a document."""
    wanted = (key[0].value, key[1], "applied")
    return [stamped(each) for each in state.log.values() if (each.kind, each.doc, each.verdict) == wanted]


def _nothing_is_lost(before: MemoryState, after: MemoryState, key: Key, truths: Truths) -> None:
    operations = history(after, key)
    stored = after.documents[key]
    _is_folded(past_of(after), stored, operations)
    old = before.documents[key].document if key in before.documents else EMPTY
    standing_before = {(name, dot) for name, dot in _standing(old)}
    fresh = {
        (name, each.origin.dot) for each in operations if each.origin.dot not in before.log for name in each.fields
    }
    for name, dot in (standing_before | fresh) - set(_standing(stored.document)):
        known = _knowingly_replaced(after, operations, name, dot, truths)
        hold(known, Promise.KEPT, name, "of", key, "by", dot, "is gone, and nobody who replaced it had seen it")


def _is_folded(past: Past, stored: Stored, operations: Sequence[StampedOperation]) -> None:
    key = (stored.kind, stored.id)
    hold(stored.document == fold(past, operations), Promise.FOLDED, key)
    hold(stored.fields == shown_fields(stored.document, MERGE_RULES[key[0]]), Promise.FOLDED, "shown fields of", key)


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
        truth = truths[(dot, state.log[dot].payload)]
        replaced = name in other.fields and dot != lost and truth.replaces(name, lost)
        if replaced and truth.knew_bytes(lost, state.log[lost].payload):
            return True
    return False


def after_pull(disk: Disk, units: Collection[str], state: MemoryState) -> None:
    """Check a device that has just shown a pull: nothing of another unit, and nothing of its own gone from sight."""
    for row in disk.rows.values():
        _is_in_scope(row.put, units)
        if row.put.kind == Kind.SIGNATURE:
            hold(is_what_it_says(row.put.id, row.put.fields), Promise.SEALED, row.put.id, "on", disk.record.device)
    for entry in disk.entries:
        known = state.log.get(entry.dot)
        if entry.stamp and known and known.verdict == "applied" and known.payload == entry.payload:
            _stays_visible(disk, entry, known, state)


def _is_in_scope(put: PullPut, units: Collection[str]) -> None:
    visible = Kind(put.kind) in COMPANY_WIDE or put.fields.get("unit") in units
    hold(visible, Promise.SCOPE, put.kind, put.id, "of", put.fields.get("unit"), "leaked to", sorted(units))


def _stays_visible(disk: Disk, entry: Entry, known: Logged, state: MemoryState) -> None:
    """What was acknowledged before the pull began leaves the overlay now, so the row that came must be made of it.

    After a restore the log may have got it back only now, from a clone or from a request that was late.
    """
    lineage = state.head.tree()
    began = Position(disk.reached, disk.epoch)
    there = any(lineage.contains(began, each) for each in (Position(known.position, known.epoch), *known.readmitted))
    late = (
        known.readmitted
        or not lineage.knows(disk.epoch)
        or stamp_of(known) != (entry.stamp and structs.astuple(entry.stamp))
    )
    hold(there or late, Promise.OVERLAY, entry.dot, "is not reached by the pull that began after its acknowledgement")
    row = disk.rows.get((known.kind, known.doc)) if there else None
    made_of_it = row is None or entry.dot in row.made_of
    hold(made_of_it, Promise.OVERLAY, entry.dot, "left the overlay but does not stand in the row")


def in_the_end(state: MemoryState, disks: Sequence[Disk]) -> None:
    """Check what must be true once everybody has met the server."""
    for disk in disks:
        hold(not list(disk.unstamped()), Promise.REST, "something waits for ever on", disk.record.device)
        for entry in disk.entries:
            hold(entry.dot in state.log, Promise.KEPT, "an acknowledged operation did not come back:", entry.dot)
        for first, group in disk.entrusted.items():
            for seq, text in enumerate(group.operations if _fits(state, group) else (), start=first.seq):
                known = state.log.get(Dot(first.actor, seq))
                same = known is not None and known.payload == text.encode()
                hold(same, Promise.KEPT, "what was entrusted to", disk.record.device, "did not come back:", first)
    for each in state.log.values():
        _continues_its_chain(state, each)
    past, every = past_of(state), applied(state)
    for key, stored in state.documents.items():
        _is_folded(past, stored, list(map(stamped, every[key])))


def _fits(state: MemoryState, group: Entrusted) -> bool:
    """Tell whether a group of a device's chain has its place there: behind what was before it, and nobody else's (H2).

    Of a copied device the other one may have brought its own branch first; two cannot stand under the same numbers.
    """
    if group.actor.device == SERVER:
        return True
    there = state.log.get(Dot(group.actor.actor, group.first))
    if there is not None or group.first == 1:
        return there is None or there.head == group.heads[0]
    before = state.log.get(Dot(group.actor.actor, group.first - 1))
    return before is not None and group.heads[0] == extend(before.head, link(group.operations[0].encode()))


def everything_arrived(disk: Disk, units: Collection[str], state: MemoryState, schema: int) -> None:
    """Check that a device holds every document of its person's scope that its app can read, and no other."""
    later = [kinds for since, kinds in ADDED.items() if since > schema]
    whole = {kind: frozenset(shape.__struct_fields__) for kind, shape in SHAPES.items()}
    unread = {kind for kinds in later for kind, fields in kinds.items() if fields == whole[kind]}
    expected = {
        (key[0].value, key[1])
        for key, stored in state.documents.items()
        if key[0] not in unread and (key[0] in COMPANY_WIDE or stored.fields.get("unit") in units)
        if not (is_deleted(stored.document) and stored.position <= state.horizon)
    }
    missing, strange = expected - disk.rows.keys(), disk.rows.keys() - expected
    hold(not missing, Promise.COMPLETE, sorted(missing), "never came to", disk.record.device)
    hold(not strange, Promise.SCOPE, sorted(strange), "stayed on", disk.record.device)


def operation_of(payload: bytes) -> Operation | None:
    """Return the operation that some bytes hold, None if they hold none."""
    try:
        return msgspec.json.decode(payload, type=Operation)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


def key_of(put: PullPut) -> Key:
    """Return the key of a document as the server names it."""
    return (Kind(put.kind), put.id)
