"""What a list would change: whom and what its rows mean among what a unit has already, and what they say anew."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType

from msgspec import Struct

from schemas.imports import MAX_CHANGES_TOLD, ImportChange, ImportCount, RowError
from schemas.registry import Kind
from schemas.rules.merging import head_of
from schemas.scalars import SHORT_TEXT_MAX
from schemas.vocabulary import RowFault
from server.customers.columns import RowFaultError, Value
from server.customers.row_reading import Row
from server.records.fixed_ids import id_about
from server.records.work import Setting

Fields = Mapping[str, Value | None]
_PHONES = ("phone", "mobile")
_CALLED: Mapping[Kind, tuple[str, ...]] = MappingProxyType(
    {Kind.CUSTOMER: ("name",), Kind.ASSET: ("product", "model_no", "serial_no")}
)
"""Kind to the fields by which people call a document."""

_MOST_NAMED = 5


class Here(Struct):
    """A document: as it is here, empty for a new one, and what rows of the list have said of it."""

    kind: Kind
    id: str
    before: Fields
    said: dict[str, tuple[Value, int]]
    """Field to its value and the row that said it."""
    merged: list[Fields] = []
    """What was merged into it (ADR 42): a list goes on calling it so."""

    @property
    def is_new(self) -> bool:
        """Whether nobody has it yet."""
        return not self.before

    def value(self, field: str) -> Value | None:
        """Return a field as it will be."""
        return self.said[field][0] if field in self.said else self.before.get(field)

    def values(self, field: str) -> list[Value]:
        """Return a field as it will be, and as it is in what was merged into it."""
        told = [self.value(field), *(each.get(field) for each in self.merged)]
        return [value for value in told if value is not None]

    def news(self, fields: Fields) -> dict[str, Value]:
        """Return what a row says without what is known of it already from what was merged into it."""
        return {
            field: value
            for field, value in fields.items()
            if value is not None and value not in [each.get(field) for each in self.merged]
        }

    def phones(self) -> set[str]:
        """Return every number under which somebody is reached."""
        own = {field: self.value(field) for field in _PHONES}
        return set().union(*map(_phones, (own, *self.merged)))

    def is_called_without_serial(self, name: str, model: str) -> bool:
        """Tell whether a row that names no serial number means this product; what was merged may have brought one."""
        own = {field: self.value(field) for field in ("product", "model_no")}
        own |= {} if self.merged else {"serial_no": self.value("serial_no")}
        said = [each for each in (own, *self.merged) if not each.get("serial_no")]
        return any((_folded(each.get("product")), _folded(each.get("model_no"))) == (name, model) for each in said)

    @property
    def name(self) -> str:
        """How people call it."""
        said = (str(value) for field in _CALLED[self.kind] if (value := self.value(field)) is not None)
        return " ".join(said)[:SHORT_TEXT_MAX]

    @property
    def about(self) -> str:
        """What tells it from another one of the same name; empty if nothing does."""
        return str(self.value("address") or self.value("district") or "")

    def changes(self) -> dict[str, tuple[Value, int]]:
        """Return what is not here yet just so."""
        return {field: said for field, said in self.said.items() if self.before.get(field) != said[0]}


class Planned(Struct, frozen=True):
    """What a list comes to: what to write, the rows that were wrong, and what is told of the others."""

    settings: Sequence[Setting]
    errors: Sequence[RowError]
    wrong: int
    repeated: int
    counts: tuple[ImportCount, ...]
    changes: Sequence[ImportChange]
    changed_fields: int


class Shelf:
    """A unit's customers and products, as they are and as a list makes them, row by row."""

    def __init__(self, unit: str, customers: Mapping[str, Fields], products: Mapping[str, Fields]) -> None:
        """Put up what is here; what was merged stands on the shelf as the one that stays."""
        self._unit = unit
        self._all: dict[tuple[Kind, str], Here] = {}
        self._by_tax_id: dict[str, list[Here]] = defaultdict(list)
        self._by_name: dict[str, list[Here]] = defaultdict(list)
        self._by_serial: dict[str, list[Here]] = defaultdict(list)
        self._by_owner: dict[str, list[Here]] = defaultdict(list)
        owners = _heads(customers)
        owned = {doc: {**each, "customer": _owner(owners, each)} for doc, each in products.items()}
        for kind, documents, heads in ((Kind.CUSTOMER, customers, owners), (Kind.ASSET, owned, _heads(products))):
            families: dict[str, list[str]] = defaultdict(list)
            for doc in documents:
                families[heads[doc]].append(doc)
            for head, docs in families.items():
                here = Here(kind, head, documents[head], {}, [documents[doc] for doc in docs if doc != head])
                for doc in docs:
                    self._all[(kind, doc)] = here
                self._index(here)

    def take(self, row: Row) -> bool:
        """Take in what a row says, and tell whether an earlier one had not said it; raises ``RowFaultError``.

        A row that is wrong leaves nothing behind.
        """
        customer = self._customer(row.said[Kind.CUSTOMER])
        about = [(customer, customer.news(row.said[Kind.CUSTOMER]))]
        if said := row.said.get(Kind.ASSET):
            product = self._product(said, customer)
            about.append((product, {**product.news(said), "customer": customer.id}))
        for here, fields in about:
            _check(here, fields)
        is_fresh = [self._say(here, fields, row.number) for here, fields in about]
        return any(is_fresh)

    def touched(self) -> list[Here]:
        """Return what rows have spoken of, customers before their products."""
        spoken_of = {(here.kind, here.id): here for here in self._all.values() if here.said}
        return list(spoken_of.values())

    def _say(self, here: Here, fields: Mapping[str, Value], row: int) -> bool:
        is_first = not here.said
        fresh = {field: (value, row) for field, value in fields.items() if field not in here.said}
        here.said.update(fresh)
        if here.is_new and is_first:
            self._keep(here)
        elif fresh:
            self._index(here)
        return is_first or bool(fresh)

    def _keep(self, here: Here) -> None:
        self._all[(here.kind, here.id)] = here
        self._index(here)

    def _index(self, here: Here) -> None:
        keys = [
            *((self._by_tax_id, value) for value in here.values("tax_id")),
            *((self._by_name, _folded(value)) for value in here.values("name")),
            *((self._by_serial, _folded(value)) for value in here.values("serial_no")),
            *((self._by_owner, value) for value in here.values("customer")),
        ]
        for index, key in keys:
            if key and here not in (listed := index[str(key)]):
                listed.append(here)

    def _customer(self, said: Mapping[str, Value]) -> Here:
        tax_id, name = str(said.get("tax_id", "")), str(said["name"])
        phones = _phones(said)
        known = self._by_tax_id.get(tax_id, [])
        if len(known) > 1:
            known = [here for here in known if _folded(here.value("name")) == _folded(name)] or known
        if not known:
            named = self._by_name.get(_folded(name), [])
            known = [here for here in named if phones & here.phones() and (not tax_id or not here.value("tax_id"))]
        if len(known) > 1:
            raise _ambiguous(RowFault.CUSTOMER_AMBIGUOUS, (Kind.CUSTOMER, "name"), known)
        about = ("tax-id", tax_id) if tax_id else ("name", min(phones), _folded(name))
        return known[0] if known else self._new(Kind.CUSTOMER, *about)

    def _product(self, said: Mapping[str, Value], customer: Here) -> Here:
        serial, model = _folded(said.get("serial_no")), _folded(said.get("model_no"))
        if not serial:
            name = _folded(said.get("product"))
            same = [here for here in self._by_owner.get(customer.id, []) if here.is_called_without_serial(name, model)]
            if len(same) > 1:
                raise _ambiguous(RowFault.PRODUCT_AMBIGUOUS, (Kind.ASSET, "serial_no"), same)
            return same[0] if same else self._new(Kind.ASSET, "of", customer.id, f"{name}\n{model}")
        listed = self._by_serial.get(serial, [])
        same = [
            here
            for here in listed
            if not model or not here.values("model_no") or model in map(_folded, here.values("model_no"))
        ]
        if len(same) > 1:
            raise _ambiguous(RowFault.PRODUCT_AMBIGUOUS, (Kind.ASSET, "serial_no"), same)
        if same and same[0].value("customer") not in (None, customer.id):
            owner = self._all.get((Kind.CUSTOMER, str(same[0].value("customer"))))
            raise RowFaultError(
                RowFault.PRODUCT_ELSEWHERE, (Kind.ASSET, "serial_no"), name=owner.name if owner else "", id=same[0].id
            )
        return same[0] if same else self._new(Kind.ASSET, "serial", f"{serial}\n{model}")

    def _new(self, kind: Kind, *about: str) -> Here:
        """Return what nobody has yet, under the id that follows from what it is: the same list makes the same one."""
        doc = id_about("imported", kind.value, self._unit, *about)
        return self._all.get((kind, doc)) or Here(kind, doc, {}, {})


def _heads(documents: Mapping[str, Fields]) -> Mapping[str, str]:
    """Return document to the one that stays of those that were merged (ADR 42)."""
    pointers = {doc: _text(fields.get("merged_into")) for doc, fields in documents.items()}
    return {doc: head_of(pointers, doc) for doc in documents}


def _owner(owners: Mapping[str, str], product: Fields) -> str | None:
    named = _text(product.get("customer"))
    return owners.get(named, named) if named is not None else None


def _text(value: Value | None) -> str | None:
    return None if value is None else str(value)


def planned(shelf: Shelf, unit: str, rows: Iterable[Row], told: Callable[[int, RowFaultError], RowError]) -> Planned:
    """Return what rows come to on a shelf; ``told`` words what is wrong with one."""
    errors: list[RowError] = []
    wrong = repeated = 0
    for row in rows:
        found = list(row.errors)
        if not found:
            try:
                repeated += not shelf.take(row)
            except RowFaultError as error:
                found.append(told(row.number, error))
        errors += found
        wrong += bool(found)
    touched = shelf.touched()
    changes = [each for here in touched if not here.is_new for each in _changes(here)]
    return Planned(
        [setting for here in touched if (setting := _setting(here, unit)) is not None],
        errors,
        wrong,
        repeated,
        tuple(_count(kind, touched) for kind in _CALLED),
        changes[:MAX_CHANGES_TOLD],
        len(changes),
    )


def _setting(here: Here, unit: str) -> Setting | None:
    fields = {field: value for field, (value, _) in here.changes().items()}
    if here.is_new:  # one that was deleted comes back
        return Setting(here.kind, here.id, {"unit": unit, **fields, "deleted": False})
    return Setting(here.kind, here.id, fields) if fields else None


def _changes(here: Here) -> list[ImportChange]:
    return [
        ImportChange(
            row=row,
            kind=here.kind.value,
            doc=here.id,
            name=here.name,
            field=field,
            before=here.before.get(field),
            after=value,
        )
        for field, (value, row) in here.changes().items()
    ]


def _count(kind: Kind, touched: Sequence[Here]) -> ImportCount:
    mine = [here for here in touched if here.kind is kind]
    new = sum(here.is_new for here in mine)
    changed = sum(not here.is_new and bool(here.changes()) for here in mine)
    return ImportCount(kind.value, new, changed, len(mine) - new - changed)


def _check(here: Here, said: Mapping[str, Value]) -> None:
    """Raise ``RowFaultError`` where an earlier row said something else of the same document."""
    for field, value in said.items():
        earlier = here.said.get(field)
        if earlier is not None and earlier[0] != value:
            raise RowFaultError(RowFault.CONTRADICTS, (here.kind, field), row=earlier[1], before=earlier[0])


def _ambiguous(fault: RowFault, where: tuple[Kind, str], among: Sequence[Here]) -> RowFaultError:
    named = [{"id": here.id, "name": here.name, "about": here.about} for here in among[:_MOST_NAMED]]
    return RowFaultError(fault, where, count=len(among), among=named)


def _folded(value: Value | None) -> str:
    return "".join(unicodedata.normalize("NFKC", str(value)).casefold().split()) if value is not None else ""


def _phones(fields: Fields) -> set[str]:
    """Return the numbers under which somebody is reached, as digits; without the country's code."""
    told = (re.sub(r"\D", "", unicodedata.normalize("NFKC", str(fields.get(each) or ""))) for each in _PHONES)
    return {re.sub(r"^886", "0", digits) for digits in told if digits}
