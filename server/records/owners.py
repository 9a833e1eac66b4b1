"""Whose a document is: its owner, the owner's owner, and so on up to the customer (``OWNED_BY``, ADR 44)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from itertools import chain

from msgspec import Struct

from schemas.erasure import OWNED_BY
from schemas.registry import Kind
from server.records.ledger import Key, Ledger, Stored


class Owners(Struct, frozen=True):
    """What is known of documents and of everybody above them."""

    stored: Mapping[Key, Stored] = {}
    named: Mapping[Key, Collection[Key]] = {}
    """Each document's owners: the one that the log shows, and those that operations on it name."""

    def line(self, key: Key) -> set[Key]:
        """Return a document with all owners above it."""
        return {key, *chain.from_iterable(map(self.line, self.named.get(key, ())))}


async def owners_of(ledger: Ledger, written: Iterable[tuple[Key, Mapping[str, object]]]) -> Owners:
    """Return the owners of documents, of which each operation says its fields.

    An operation names an owner where it begins a document; of what follows it the log knows whose it is.
    """
    stored: dict[Key, Stored] = {}
    named: defaultdict[Key, set[Key]] = defaultdict(set)
    for key, fields in written:
        named[key] |= _owner(key[0], fields)
    asked: set[Key] = set()
    while new := {*named, *chain.from_iterable(named.values())} - asked:
        asked |= new
        for key, found in (await ledger.documents(new)).items():
            stored[key] = found
            named[key] |= _owner(key[0], found.fields)
    return Owners(stored, named)


def owner_named_by(kind: Kind, fields: Mapping[str, object]) -> Key | None:
    """Return the document that the fields of a kind name as its owner."""
    above, field = OWNED_BY.get(kind, (None, ""))
    named = fields.get(field)
    return (above, named) if above is not None and isinstance(named, str) else None


def _owner(kind: Kind, fields: Mapping[str, object]) -> set[Key]:
    owner = owner_named_by(kind, fields)
    return set() if owner is None else {owner}
