"""Documents as the Structs of their kinds, read inside an open transaction."""

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Any, Generic, TypeVar

import msgspec
from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from schemas.registry import SHAPES, Kind
from server.records.sql_ledger import stored_from
from server.records.tables import DOCUMENTS
from sync.document import rivals
from sync.write import Origin

Shape = TypeVar("Shape", bound=Struct)

KINDS: Mapping[type[Struct], Kind] = MappingProxyType({shape: kind for kind, shape in SHAPES.items()})


class Found(Struct, Generic[Shape], frozen=True):
    """A document that is there and not deleted: what is shown of it, and which of its fields hold rivals."""

    id: str
    position: int
    shown: Shape
    rivals: frozenset[str]


class Documents:
    """One company's documents as its rules read them."""

    def __init__(self, connection: AsyncConnection, company: str) -> None:
        self._connection = connection
        self._company = company

    async def get(self, shape: type[Shape], doc: str) -> Found[Shape] | None:
        """Return a document, None if nobody wrote it or it is deleted."""
        return next(iter(await self.where(shape, "id", [doc])), None)

    async def children(self, shape: type[Shape], field: str, parents: Collection[Found[Any]]) -> list[Found[Shape]]:
        """Return the documents that name one of these as their parent, in its own unit: others are no part of it.

        Whoever writes in his own unit about a document of another one changes nothing there (F016, ADR 15).
        """
        units = {parent.id: parent.shown.unit for parent in parents}
        named = await self.where(shape, field, units)
        return [each for each in named if getattr(each.shown, "unit", None) == units[getattr(each.shown, field)]]

    async def where(
        self, shape: type[Shape], field: str, values: Collection[str], *, unset: Collection[str] = ()
    ) -> list[Found[Shape]]:
        """Return the documents of a kind of which a field shows one of the values, and those ``unset`` none, by id."""
        if not values:
            return []
        kind = KINDS[shape]
        table = DOCUMENTS[kind]
        query = select(table).where(table.c.company == self._company, table.c[field].in_(values), ~table.c.gone)
        query = query.where(*(table.c[name].is_(None) for name in unset))
        stored = [stored_from(kind, row) for row in await self._connection.execute(query)]
        return [
            Found(each.id, each.position, msgspec.convert(each.fields, shape), frozenset(rivals(each.document)))
            for each in sorted(stored, key=lambda each: each.id)
        ]

    async def origins(self, kind: Kind, doc: str) -> Mapping[str, Origin]:
        """Return by field where the value of a document comes from; a field with several values is left out."""
        table = DOCUMENTS[kind]
        query = select(table).where(table.c.company == self._company, table.c.id == doc, ~table.c.gone)
        registers = [
            register
            for row in await self._connection.execute(query)
            for register in stored_from(kind, row).document.registers.items()
        ]
        return {field: writes[0].origin for field, writes in registers if len(writes) == 1}
