"""Turning the bytes of new operations into judged and stamped log entries."""

from collections.abc import Mapping, Sequence

from schemas.problems import Code, Problem
from schemas.protocol import Dot, Operation
from schemas.registry import Kind
from server.exchange.chain_fit import Linked
from server.exchange.judging import Judgement, judge, unit_named_by
from server.platform.caller import Caller
from server.records.ledger import Head, Key
from server.records.recorder import Entry
from server.records.work import Work
from sync.groups import is_consistent, split
from sync.lineage import Position
from sync.reading import Reading, read
from sync.stamping import effective_at

_UNREAD = Judgement("", None)


class Entering:
    """One push's new operations on their way into the log, judged in the order in which they were written."""

    def __init__(self, work: Work, caller: Caller, actor: str, offset_ms: int) -> None:
        self._work = work
        self._caller = caller
        self._actor = actor
        self._offset_ms = offset_ms
        self._units: dict[Key, str | None] = {}
        self._floors: Mapping[Position, int] = {}

    async def groups(self, linked: Sequence[Linked]) -> list[list[Entry]]:
        """Return the operations as groups of entries; raises ``Problem`` if the last group is cut (SPEC G1)."""
        readings = [read(each.payload) for each in linked]
        ranges = split([reading.following for reading in readings])
        if ranges is None:
            raise Problem(Code.SYNC_GROUP_CUT)
        await self._look_up(readings)
        head = await self._work.ledger.head()
        return [self._group(head, linked[each.start : each.stop], readings[each.start : each.stop]) for each in ranges]

    async def _look_up(self, readings: Sequence[Reading]) -> None:
        operations = [each.operation for each in readings if each.operation is not None and each.fault is None]
        keys = {(Kind(each.kind), each.doc) for each in operations}
        stored = await self._work.ledger.documents(keys)
        self._units = {key: unit_named_by(each.fields) for key, each in stored.items()}
        tree = (await self._work.ledger.head()).tree()
        bases = {base: tree.committed(base) for base in map(_position, operations)}
        receipts = await self._work.ledger.receipts(bases.values())
        self._floors = {base: receipts[place] for base, place in bases.items() if place in receipts}

    def _group(self, head: Head, linked: Sequence[Linked], readings: Sequence[Reading]) -> list[Entry]:
        consistent = is_consistent([reading.following for reading in readings])
        named: dict[Key, str | None] = {}
        entries = [
            self._entry(head, one, reading, None if consistent else Code.OPERATION_GROUP, named)
            for one, reading in zip(linked, readings, strict=True)
        ]
        if all(entry.problem is None for entry in entries):
            self._units |= named
        return entries

    def _entry(
        self,
        head: Head,
        linked: Linked,
        reading: Reading,
        group_fault: Code | None,
        named: dict[Key, str | None],
    ) -> Entry:
        now, operation = self._work.now, reading.operation
        judgement, effective = _UNREAD, now
        if operation is not None:
            floor = self._floors.get(_position(operation), 0)
            effective = effective_at(operation.at, self._offset_ms, floor, now)
        if operation is not None and reading.fault is None:
            key = (Kind(operation.kind), operation.doc)
            unit = self._units.get(key) or named.get(key)
            judgement = judge(self._caller, head, operation, unit)
            named[key] = unit or unit_named_by(operation.fields)
        problem = reading.fault or judgement.problem or group_fault
        return Entry(
            dot=Dot(self._actor, linked.seq),
            payload=linked.payload,
            operation=operation,
            sha256=linked.sha256,
            head=linked.head,
            author=self._caller.user,
            place=self._caller.place,
            received_at=now,
            effective_at=effective,
            role=judgement.role,
            problem=problem.value if problem else None,
        )


def _position(operation: Operation) -> Position:
    return Position(operation.base.position, operation.base.epoch)
