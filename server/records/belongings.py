"""What belongs to one customer: every document that is about him, the deleted ones included (ADR 44)."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.ext.asyncio import AsyncConnection

from schemas.erasure import OWNED_BY
from schemas.registry import Kind
from schemas.rules.merging import head_of
from server.records.ledger import Stored
from server.records.sql_ledger import stored_from
from server.records.tables import DOCUMENTS, OPERATION
from sync.document import is_deleted

_CHUNK = 400


async def belongings(connection: AsyncConnection, company: str, customer: str) -> dict[Kind, list[Stored]]:
    """Return a customer with everything that belongs to him, kind by kind and by id; nothing where nobody wrote him.

    He comes first; whoever was merged with him is the same person, and follows (ADR 42).
    """
    found = {Kind.CUSTOMER: await _same_person(connection, company, customer)}
    for kind, (owner, field) in OWNED_BY.items():
        found[kind] = await _named(connection, company, kind, field, [each.id for each in found[owner]])
    return found


async def _same_person(connection: AsyncConnection, company: str, customer: str) -> list[Stored]:
    people = {each.id: each for each in await _named(connection, company, Kind.CUSTOMER, "id", [customer])}
    fresh = list(people.values())
    while fresh:
        into = {pointer for each in fresh if (pointer := _pointer(each)) is not None}
        near = [
            *await _named(connection, company, Kind.CUSTOMER, "id", sorted(into - people.keys())),
            *await _named(connection, company, Kind.CUSTOMER, "merged_into", [each.id for each in fresh]),
        ]
        fresh = list({each.id: each for each in near if each.id not in people}.values())
        people.update((each.id, each) for each in fresh)
    standing = {each.id: _pointer(each) for each in people.values() if not is_deleted(each.document)}
    # Whoever was deleted leads nobody on, but goes on standing for the one that he was merged into.
    heads = {doc: head_of(standing | {doc: _pointer(each)}, doc) for doc, each in people.items()}
    return [each for doc, each in people.items() if heads[doc] == heads[customer]]


def _pointer(person: Stored) -> str | None:
    into = person.fields.get("merged_into")
    return None if into is None else str(into)


async def operations_about(
    connection: AsyncConnection, company: str, documents: Mapping[Kind, Sequence[Stored]]
) -> list[Row[Any]]:
    """Return the rows of every operation on these documents, held ones too, in the order in which they came."""
    rows: list[Row[Any]] = []
    for kind, stored in documents.items():
        for some in _chunks([each.id for each in stored]):
            about = (OPERATION.c.company == company, OPERATION.c.kind == kind.value, OPERATION.c.doc.in_(some))
            rows += (await connection.execute(select(OPERATION).where(*about))).all()
    return sorted(rows, key=lambda row: (row.received_at, row.position, row.actor, row.seq))


async def _named(
    connection: AsyncConnection, company: str, kind: Kind, field: str, values: Sequence[str]
) -> list[Stored]:
    table = DOCUMENTS[kind]
    rows = [
        row
        for some in _chunks(values)
        for row in await connection.execute(
            select(table).where(table.c.company == company, table.c[field].in_(some)).order_by(table.c.id)
        )
    ]
    return [stored_from(kind, row) for row in rows]


def _chunks(values: Sequence[str]) -> Iterable[Sequence[str]]:
    return (values[start : start + _CHUNK] for start in range(0, len(values), _CHUNK))
