"""A document's history: every operation that was ever received for it, and what became of each value."""

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import get_args

from msgspec import UNSET
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from schemas.kinds.people import User
from schemas.merge_rules import MERGE_RULES
from schemas.office import Closed, DocumentHistory, HistoryEntry, SetUpList, WrittenValue
from schemas.problems import Code, Problem
from schemas.registry import Kind
from server.office.held import decisions, users
from server.platform.caller import Caller
from server.records.documents import Documents
from server.records.ledger import Key, Ledger, Logged, Stored, in_log_order
from server.records.recorder import stamped
from server.records.scope import in_scope, sees
from server.records.sql_ledger import stored_from
from server.records.tables import DOCUMENTS
from sync.history import Fate, fates
from sync.reading import read
from sync.write import Past

SET_UP: Sequence[Kind] = tuple(Kind(kind) for kind in get_args(SetUpList))
"""The lists that are set up for each unit: whoever is in it reads who changed what in them."""

_MOST = 100
"""Documents of one list whose history is told: those that changed last."""


async def history(connection: AsyncConnection, ledger: Ledger, caller: Caller, key: Key) -> list[HistoryEntry]:
    """Return the operations of a document, oldest first.

    Raises ``Problem`` for a document that is not in the caller's scope; whether it exists he does not learn.
    """
    stored = (await ledger.documents([key])).get(key)
    if stored is None or not sees(caller.units, key[0], stored.fields.get("unit")):
        raise Problem(Code.RECORD_MISSING)
    (entries,) = await _told(connection, ledger, caller, [key])
    return entries


async def unit_history(
    connection: AsyncConnection, ledger: Ledger, caller: Caller, unit: str, kinds: Sequence[Kind]
) -> list[DocumentHistory]:
    """Return the histories of what is or was in lists of a unit, of each list those that changed last.

    Raises ``Problem`` for a unit that is not in the caller's scope.
    """
    if not in_scope(caller.units, unit):
        raise Problem(Code.RECORD_MISSING)
    listed: list[Stored] = []
    for kind in kinds:
        table = DOCUMENTS[kind]
        own = select(table).where(table.c.company == caller.company, table.c.unit == unit)
        last = own.order_by(table.c.position.desc(), table.c.id).limit(_MOST)
        listed += [stored_from(kind, row) for row in await connection.execute(last)]
    told = await _told(connection, ledger, caller, [(each.kind, each.id) for each in listed])
    return [
        DocumentHistory(each.kind, each.id, dict(each.fields), tuple(entries))
        for each, entries in zip(listed, told, strict=True)
    ]


async def _told(
    connection: AsyncConnection, ledger: Ledger, caller: Caller, keys: Sequence[Key]
) -> list[list[HistoryEntry]]:
    closed = await decisions(connection, caller.company)
    held: dict[tuple[str, str], list[Logged]] = {(kind.value, doc): [] for kind, doc in keys}
    for each in await ledger.held():
        held.get((each.kind, each.doc), []).append(each)
    applied = {key: await ledger.history(key) for key in keys}
    every = [*chain.from_iterable(applied.values()), *chain.from_iterable(held.values())]
    authors = await users(Documents(connection, caller.company), {each.author for each in every})
    lineage = (await ledger.end()).tree()
    past = Past(lineage, await ledger.ancestry({each.dot.actor for each in chain.from_iterable(applied.values())}))
    told: list[list[HistoryEntry]] = []
    for key in keys:
        found = fates(past, [stamped(each) for each in applied[key]], MERGE_RULES[key[0]])
        ordered = in_log_order((*applied[key], *held[key[0].value, key[1]]))
        told.append([_entry(each, authors, found.get(each.dot, {}), closed.get(each.dot)) for each in ordered])
    return told


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
