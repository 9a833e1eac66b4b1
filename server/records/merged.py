"""Customers and products that turned out to be one: read through the pointer of a merge (ADR 42)."""

from collections.abc import Collection, Mapping, Sequence
from typing import TypeAlias, TypeVar

from schemas.kinds.customers import Asset, Customer
from schemas.rules.merging import head_of
from server.records.documents import Documents, Found

MergedShape = TypeVar("MergedShape", bound=Customer | Asset)

Standing: TypeAlias = Mapping[str, Found[MergedShape]]
"""Documents that stand, by their ids."""


async def families_of(
    documents: Documents, shape: type[MergedShape], docs: Collection[str]
) -> tuple[Standing[MergedShape], Mapping[str, str]]:
    """Return these documents with all that were merged with them, and id to the id of the one that stays."""
    known = {each.id: each for each in await documents.where(shape, "id", docs)}
    fresh: Sequence[Found[MergedShape]] = tuple(known.values())
    while fresh:
        targets = {each.shown.merged_into for each in fresh if each.shown.merged_into is not None}
        near = [
            *await documents.where(shape, "id", targets - known.keys()),
            *await documents.where(shape, "merged_into", {each.id for each in fresh}),
        ]
        fresh = tuple({each.id: each for each in near if each.id not in known}.values())
        known.update((each.id, each) for each in fresh)
    pointers = {doc: each.shown.merged_into for doc, each in known.items()}
    return known, {doc: head_of(pointers, doc) for doc in known}


async def family_of(
    documents: Documents, shape: type[MergedShape], doc: str
) -> tuple[Found[MergedShape] | None, tuple[Found[MergedShape], ...]]:
    """Return the one that a document stands for, and it with all that were merged into it, by id; None for none."""
    known, heads = await families_of(documents, shape, [doc])
    head = heads.get(doc)
    if head is None:
        return None, ()
    return known[head], tuple(known[each] for each in sorted(known) if heads[each] == head)
