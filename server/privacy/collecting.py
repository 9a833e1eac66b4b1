"""Everything that is kept of one customer, as it is handed out to him."""

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct
from sqlalchemy.ext.asyncio import AsyncConnection

from schemas.erasure import NAMED_BY
from schemas.kinds.customers import Customer
from schemas.kinds.people import Unit, User
from schemas.registry import Kind
from server.platform.caller import Caller
from server.records.belongings import belongings, operations_about
from server.records.documents import Documents
from server.records.ledger import Stored
from server.records.scope import named_by
from sync.reading import read


class Written(Struct, frozen=True, kw_only=True):
    """One operation on one of his documents: who wrote what, when and in which role; ``verdict`` says if it counts."""

    kind: str
    id: str
    author: str
    place: str
    role: str
    written_at: int
    received_at: int
    verdict: str
    fields: Mapping[str, Any]


class NamedFile(Struct, frozen=True):
    """A file that one of his documents names."""

    kind: Kind
    doc: str
    field: str
    sha256: str


class Collected(Struct, frozen=True, kw_only=True):
    """A customer's data: what is shown of his documents, what was written on them, and which files they name."""

    customer: str
    name: str
    documents: Mapping[Kind, Sequence[Stored]]
    operations: Sequence[Written]
    files: Sequence[NamedFile]
    names: Mapping[str, str]
    """Id to name of the people, units, products and calls that stand in them; a visit is called as its call."""


async def collected(connection: AsyncConnection, caller: Caller, customer: str) -> Collected:
    """Return what is kept of a customer in the caller's scope; raises ``Problem`` for one who is not there."""
    documents = Documents(connection, caller.company)
    found = await named_by(documents, caller, Customer, customer)
    own = await belongings(connection, caller.company, customer)
    operations = [_written(row) for row in await operations_about(connection, caller.company, own)]
    return Collected(
        customer=customer,
        name=found.shown.name or "",
        documents=own,
        operations=operations,
        files=_files(own),
        names=await _names(documents, own, operations),
    )


def _written(row: Any) -> Written:  # noqa: ANN401 - a row of the log
    operation = read(row.payload).operation
    return Written(
        kind=row.kind,
        id=row.doc,
        author=row.author,
        place=row.place,
        role=row.role,
        written_at=operation.at if operation else row.received_at,
        received_at=row.received_at,
        verdict=row.verdict,
        fields=operation.fields if operation else {},
    )


def _files(own: Mapping[Kind, Sequence[Stored]]) -> list[NamedFile]:
    return [
        NamedFile(kind, each.id, field, str(each.fields[field]))
        for kind, fields in NAMED_BY.items()
        for each in own[kind]
        for field in fields
        if field in each.fields
    ]


async def _names(
    documents: Documents, own: Mapping[Kind, Sequence[Stored]], operations: Sequence[Written]
) -> dict[str, str]:
    shown = [value for stored in own.values() for each in stored for value in each.fields.values()]
    said = [value for each in operations for value in (each.author, *each.fields.values())]
    told = sorted({value for value in (*shown, *said) if isinstance(value, str)})
    people = {each.id: each.shown.name for each in await documents.where(User, "id", told)}
    units = {each.id: each.shown.name for each in await documents.where(Unit, "id", told)}
    products = {each.id: _product(each.fields) for each in own[Kind.ASSET]}
    calls = {each.id: each.fields.get("number") for each in own[Kind.SERVICE_CALL]}
    visits = {each.id: calls.get(str(each.fields.get("call"))) for each in own[Kind.SERVICE_VISIT]}
    customers = {each.id: each.fields.get("name") for each in own[Kind.CUSTOMER]}
    every = {**people, **units, **products, **visits, **calls, **customers}
    return {doc: name for doc, name in every.items() if isinstance(name, str) and name}


def _product(fields: Mapping[str, object]) -> str:
    return " ".join(str(fields[name]) for name in ("product", "model_no") if fields.get(name))
