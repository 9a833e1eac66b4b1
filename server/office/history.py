"""A document's history: every operation that was ever received for it, and what became of each value."""

from collections.abc import Mapping, Sequence

from msgspec import UNSET
from sqlalchemy.ext.asyncio import AsyncConnection

from schemas.kinds.people import User
from schemas.merge_rules import MERGE_RULES
from schemas.office import Closed, HistoryEntry, WrittenValue
from schemas.problems import Code, Problem
from schemas.protocol import Dot
from schemas.registry import Kind
from server.office.held import decisions, users
from server.platform.caller import Caller
from server.records.documents import Documents
from server.records.ledger import Key, Ledger, Logged, in_log_order
from server.records.recorder import stamped
from server.records.scope import sees
from sync.history import Fate, fates
from sync.reading import read
from sync.write import Past


async def history(connection: AsyncConnection, ledger: Ledger, caller: Caller, key: Key) -> list[HistoryEntry]:
    """Return the operations of a document, oldest first.

    Raises ``Problem`` for a document that is not in the caller's scope; whether it exists he does not learn.
    """
    stored = (await ledger.documents([key])).get(key)
    if stored is None or not sees(caller.units, key[0], stored.fields.get("unit")):
        raise Problem(Code.RECORD_MISSING)
    applied = await ledger.history(key)
    held = [each for each in await ledger.held() if (each.kind, each.doc) == (key[0].value, key[1])]
    found = await _fates(ledger, key[0], applied)
    closed = await decisions(connection, caller.company)
    authors = await users(Documents(connection, caller.company), {each.author for each in (*applied, *held)})
    return [
        _entry(each, authors, found.get(each.dot, {}), closed.get(each.dot)) for each in in_log_order((*applied, *held))
    ]


async def _fates(ledger: Ledger, kind: Kind, applied: Sequence[Logged]) -> dict[Dot, dict[str, Fate]]:
    lineage = (await ledger.end()).tree()
    past = Past(lineage, await ledger.ancestry({each.dot.actor for each in applied}))
    return fates(past, [stamped(each) for each in applied], MERGE_RULES[kind])


def _entry(
    logged: Logged, authors: Mapping[str, User], found: Mapping[str, Fate], closed: Closed | None
) -> HistoryEntry:
    operation = read(logged.payload).operation
    fields = operation.fields if operation else {}
    return HistoryEntry(
        actor=logged.dot.actor,
        seq=logged.dot.seq,
        author=logged.author,
        author_name=authors.get(logged.author, User()).name,
        place=logged.place,
        role=logged.role,
        at=operation.at if operation else logged.received_at,
        received_at=logged.received_at,
        effective_at=logged.effective_at,
        position=logged.position,
        verdict=logged.verdict,
        problem=logged.problem,
        closed=closed or UNSET,
        fields={field: _written(value, found.get(field)) for field, value in fields.items()},
    )


def _written(value: object, fate: Fate | None) -> WrittenValue:
    if fate is None:
        return WrittenValue(value, "held")
    return WrittenValue(value, fate.standing.value, (fate.by.actor, fate.by.seq) if fate.by else None)
