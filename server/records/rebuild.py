"""Building the tables of documents anew from the log, whenever their shape or the merge rules changed."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from hashlib import sha256

import msgspec
from sqlalchemy import Connection, Table, delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from schemas.merge_rules import MERGE_RULES
from schemas.registry import Kind
from server.platform.database import METADATA
from server.platform.installation import companies
from server.records.ledger import Logged, Stored
from server.records.recorder import stamped
from server.records.sql_ledger import SqlLedger
from server.records.tables import DOCUMENTS, OPERATION, PROJECTION
from sync.document import fold, shown_fields
from sync.lineage import Lineage
from sync.state import FORM
from sync.write import Past

Progress = Callable[[int, int], None]
"""Told how many operations are done, of how many."""

_DOCUMENTS_AT_ONCE = 400


async def ensure_documents(connection: AsyncConnection, progress: Progress) -> bool:
    """Rebuild the tables of documents if they are not as this version builds them; tell whether that was needed.

    All of it happens in the caller's transaction: a start that is cut short finds the old tables and begins again.
    """
    current = fingerprint()
    known = (await connection.execute(select(PROJECTION.c.fingerprint))).scalar_one_or_none()
    if known == current:
        return False
    await connection.run_sync(_make_empty)
    await _fill(connection, progress)
    await connection.execute(delete(PROJECTION))
    await connection.execute(insert(PROJECTION), {"one": 1, "fingerprint": current})
    return True


def fingerprint() -> str:
    """Return a hash of what the tables of documents follow from: columns, indexes, merge rules, form of the state."""
    tables = [_described(table) for table in DOCUMENTS.values()]
    rules = [(kind, dict(MERGE_RULES[kind])) for kind in Kind]
    return sha256(msgspec.json.encode((tables, rules, FORM), order="deterministic")).hexdigest()


def _described(table: Table) -> tuple[object, ...]:
    columns = [(str(column.name), repr(column.type), column.nullable) for column in table.columns]
    indexes = sorted((str(index.name), [str(column.name) for column in index.columns]) for index in table.indexes)
    return str(table.name), columns, indexes


def _make_empty(connection: Connection) -> None:
    tables = list(DOCUMENTS.values())
    METADATA.drop_all(connection, tables)
    METADATA.create_all(connection, tables)


async def _fill(connection: AsyncConnection, progress: Progress) -> None:
    applied = select(func.count()).select_from(OPERATION).where(OPERATION.c.verdict == "applied")
    total, done = (await connection.execute(applied)).scalar_one(), 0
    for company in await companies(connection):
        ledger = SqlLedger(connection, company, 0)
        lineage = (await ledger.end()).tree()
        async for kind, histories in _histories(ledger):
            await ledger.store(await _documents(ledger, lineage, kind, histories), ())
            done += sum(map(len, histories.values()))
            progress(done, total)


async def _histories(ledger: SqlLedger) -> AsyncIterator[tuple[Kind, Mapping[str, Sequence[Logged]]]]:
    for kind in Kind:
        after = ""
        while histories := await ledger.histories(kind, after, _DOCUMENTS_AT_ONCE):
            yield kind, histories
            *_, after = histories  # the last in the database's own order of text


async def _documents(
    ledger: SqlLedger, lineage: Lineage, kind: Kind, histories: Mapping[str, Sequence[Logged]]
) -> list[Stored]:
    actors = {each.dot.actor for history in histories.values() for each in history}
    past = Past(lineage, await ledger.ancestry(actors))
    return [_stored(past, kind, doc, history) for doc, history in histories.items()]


def _stored(past: Past, kind: Kind, doc: str, history: Sequence[Logged]) -> Stored:
    operations = [stamped(each) for each in history]
    document = fold(past, operations)
    position = max(operation.origin.positions[-1].n for operation in operations)
    return Stored(kind, doc, position, document, shown_fields(document, MERGE_RULES[kind]))
