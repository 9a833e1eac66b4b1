"""Turning the bytes of new operations into judged and stamped log entries."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import TypeAlias

from msgspec import Struct, structs

from schemas.problems import Code, Problem
from schemas.protocol import Base, Dot
from schemas.registry import Kind
from server.exchange.arriving import Linked
from server.exchange.forgetting import Forgotten, forgotten
from server.exchange.judging import Belongs, Judgement, belonging, judge
from server.exchange.signed_categories import SignedCategories, signed_categories
from server.platform.caller import Caller
from server.records.ledger import Head, Key
from server.records.recorder import Entry
from server.records.work import Work
from sync.groups import is_consistent, split
from sync.lineage import Position
from sync.reading import Reading
from sync.stamping import effective_at

_UNREAD = Judgement("", None)
_LESS_THAN_ERASED = (None, Code.OPERATION_QUARANTINE)
"""What does not tell why something about an erased customer is held: nobody may release it either."""

_LESS_THAN_SIGNED = (None, Code.OPERATION_BASE, Code.OPERATION_QUARANTINE)
"""What does not tell why a signed category is held: nobody may release it, or apply it without a reason."""


class Newcomers(Struct, frozen=True):
    """New operations of one chain: who wrote them, by how much his clock is behind ours, and in which request."""

    caller: Caller
    actor: str
    offset_ms: int
    linked: Sequence[Linked]
    request_sha256: str | None = None


Groups: TypeAlias = list[list[Entry]]
"""Operations that are judged, group by group."""


async def enter(work: Work, every: Sequence[Newcomers]) -> list[Groups | Problem]:
    """Return the operations of each chain as groups of entries, judged in the order in which they are given.

    The problem of a chain is that its last group is cut (SPEC G1); what is judged behind it is then as without it.
    """
    ranges = [split([each.reading.following for each in newcomers.linked]) for newcomers in every]
    whole = [newcomers.linked for newcomers, cut in zip(every, ranges, strict=True) if cut is not None]
    entering = await _looked_up(
        work, {each.actor for each in every}, [each.reading for each in chain.from_iterable(whole)]
    )
    return [
        Problem(Code.SYNC_GROUP_CUT)
        if cut is None
        else [entering.group(newcomers, newcomers.linked[each.start : each.stop]) for each in cut]
        for newcomers, cut in zip(every, ranges, strict=True)
    ]


async def _looked_up(work: Work, actors: Iterable[str], readings: Iterable[Reading]) -> "_Entering":
    operations = [each.operation for each in readings if each.operation is not None and each.fault is None]
    stored = await work.ledger.documents({(Kind(each.kind), each.doc) for each in operations})
    belong = {key: belonging(key[0], each.fields) for key, each in stored.items()}
    head = await work.ledger.head()
    floors = await _floors(work, head, {each.base for each in operations if each.base.position})
    signed = await signed_categories(work.ledger, head, actors, operations, stored)
    return _Entering(work.now, head, belong, floors, await forgotten(work.ledger, operations), signed)


async def _floors(work: Work, head: Head, bases: Iterable[Base]) -> Mapping[Base, int]:
    """Return when the commits were received that these bases end with; an operation was written after them."""
    tree = head.tree()
    committed = {base: tree.committed(Position(base.position, base.epoch)) for base in bases}
    receipts = await work.ledger.receipts(committed.values()) if committed else {}
    return {base: receipts[place] for base, place in committed.items() if place in receipts}


class _Entering:
    """What is known while operations enter: the log's end, what documents belong to, the times of bases."""

    def __init__(
        self,
        now: int,
        head: Head,
        belong: dict[Key, Belongs],
        floors: Mapping[Base, int],
        forgotten: Forgotten,
        signed: SignedCategories,
    ) -> None:
        self._now = now
        self._signed = signed
        self._forgotten = forgotten
        self._head = head
        self._belong = belong
        self._floors = floors

    def group(self, newcomers: Newcomers, linked: Sequence[Linked]) -> list[Entry]:
        """Return one group's entries; what it names its documents to belong to counts behind it, unless it is held."""
        fault = None if is_consistent([each.reading.following for each in linked]) else Code.OPERATION_GROUP
        named: dict[Key, Belongs] = {}
        read = [self._entry(newcomers, one, fault, named) for one in linked]
        entries = [self._as_signed(entry, read) for entry in read]
        if all(entry.problem is None for entry in entries):
            self._belong |= named
            self._signed.learn(entries)
        return entries

    def _as_signed(self, entry: Entry, group: Sequence[Entry]) -> Entry:
        is_held = entry.problem in _LESS_THAN_SIGNED and self._signed.forbid(entry, group)
        return structs.replace(entry, problem=Code.OPERATION_SIGNED.value) if is_held else entry

    def _entry(
        self,
        newcomers: Newcomers,
        linked: Linked,
        group_fault: Code | None,
        named: dict[Key, Belongs],
    ) -> Entry:
        reading, caller = linked.reading, newcomers.caller
        operation = reading.operation
        judgement, effective = _UNREAD, self._now
        if operation is not None:
            floor = self._floors.get(operation.base, 0)
            effective = effective_at(operation.at, newcomers.offset_ms, floor, self._now)
        if operation is not None and reading.fault is None:
            key = (Kind(operation.kind), operation.doc)
            to = named.get(key) or self._belong.get(key) or Belongs()
            # Only where an erasure is known is a signature without its content anything but forged (SPEC Y6).
            is_signed = linked.is_signed and (not linked.is_reduced or self._forgotten.knows(operation))
            judgement = judge(caller, self._head, operation, to, at=effective, is_signed=is_signed)
            if self._forgotten.holds(self._head, operation) and judgement.problem in _LESS_THAN_ERASED:
                judgement = Judgement(judgement.role, Code.OPERATION_ERASED)
            named[key] = to.and_by(belonging(key[0], operation.fields))
        problem = reading.fault or judgement.problem or group_fault
        return Entry(
            dot=Dot(newcomers.actor, linked.seq),
            payload=linked.payload,
            operation=operation,
            sha256=linked.sha256,
            head=linked.head,
            author=caller.user,
            place=caller.place,
            received_at=self._now,
            effective_at=effective,
            role=judgement.role,
            problem=problem.value if problem else None,
            request_sha256=newcomers.request_sha256,
            acting_for=caller.acted_for(judgement.role, effective),
        )
