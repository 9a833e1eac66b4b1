"""Whom and what the rows of a list mean among what a unit has already, and what they say anew of each."""

import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import ClassVar, TypeAlias

from msgspec import Struct

from schemas.erasure import MARK, PERSONAL
from schemas.registry import Kind
from schemas.rules.merging import head_of
from schemas.rules.telephone import digits_of
from schemas.scalars import SHORT_TEXT_MAX
from schemas.vocabulary import RowFault
from server.customers.cells import Field, RowFaultError, Value
from server.customers.row_reading import Row
from server.records.fixed_ids import id_about

Fields: TypeAlias = Mapping[str, Value | None]
_PHONES = ("phone", "mobile")
_CALLED: Mapping[Kind, tuple[str, ...]] = MappingProxyType(
    {
        Kind.CUSTOMER: ("name",),
        Kind.ASSET: ("product", "model_no", "serial_no"),
        Kind.MAINTENANCE_CONTRACT: ("number",),
        Kind.COVERED_ASSET: (),
    }
)
"""Kind to the fields by which people call a document."""

_FOUND_BY: Mapping[Kind, tuple[str, ...]] = MappingProxyType(
    {
        Kind.CUSTOMER: ("tax_id", "name"),
        Kind.ASSET: ("serial_no", "customer"),
        Kind.MAINTENANCE_CONTRACT: ("number",),
    }
)
"""Kind to the fields by which a row finds a document."""

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

    @property
    def is_erased(self) -> bool:
        """Whether it was erased, or something that was merged into it (ADR 44)."""
        return any(each.get(MARK) is not None for each in (self.before, *self.merged))

    def news(self, fields: Fields) -> dict[str, Value]:
        """Return what a row says without what is known of it: from what was merged into it, or as a whole number."""
        return {
            field: value
            for field, value in fields.items()
            if value is not None
            and value not in [each.get(field) for each in self.merged]
            and not (field in _PHONES and _has_lost_its_zero(value, self.value(field)))
        }

    def phones(self) -> set[str]:
        """Return every number under which somebody is reached, as numbers are compared."""
        own = {field: self.value(field) for field in _PHONES}
        return _without_zeros(set().union(*map(_phones, (own, *self.merged))))

    def is_called_without_serial(self, name: str, model: str) -> bool:
        """Tell whether a row that names no serial number means this product; what was merged may have brought one."""
        own = {field: self.value(field) for field in ("product", "model_no")}
        own |= {} if self.merged else {"serial_no": self.value("serial_no")}
        said = [each for each in (own, *self.merged) if not each.get("serial_no")]
        return any((folded(each.get("product")), folded(each.get("model_no"))) == (name, model) for each in said)

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


class Shelf:
    """A unit's customers and products, as they are and as a list makes them, row by row."""

    READS: ClassVar[tuple[Kind, ...]] = (Kind.CUSTOMER, Kind.ASSET)
    """What has to be known before a row can be taken in."""
    WRITES: ClassVar[tuple[Kind, ...]] = READS
    """What a row may change, in the order in which it is told."""

    def __init__(self, unit: str, here: Mapping[Kind, Mapping[str, Fields]]) -> None:
        """Put up what is here, kind by kind; what was merged stands on the shelf as the one that stays."""
        self._unit = unit
        self._all: dict[tuple[Kind, str], Here] = {}
        self._found: dict[tuple[Kind, str, str], list[Here]] = defaultdict(list)
        customers, products = here[Kind.CUSTOMER], here[Kind.ASSET]
        owners = _heads(customers)
        self._put(Kind.CUSTOMER, customers, owners)
        owned = {doc: {**each, "customer": head_in(owners, each.get("customer"))} for doc, each in products.items()}
        self._put(Kind.ASSET, owned, _heads(products))

    def take(self, row: Row) -> bool:
        """Take in what a row says, and tell whether an earlier one had not said it; raises ``RowFaultError``.

        A row that is wrong leaves nothing behind.
        """
        about = self._about(row)
        for here, fields in about:
            _check(here, fields)
        is_fresh = [self._say(here, fields, row.number) for here, fields in about]
        return any(is_fresh)

    def touched(self) -> list[Here]:
        """Return what rows have spoken of, owners before what they own."""
        spoken_of = {(here.kind, here.id): here for here in self._all.values() if here.said}
        return list(spoken_of.values())

    def _heads(self, kind: Kind) -> Mapping[str, str]:
        """Return document of a kind to the one that stays for it."""
        return {doc: here.id for (which, doc), here in self._all.items() if which is kind}

    def _about(self, row: Row) -> list[tuple[Here, Mapping[str, Value]]]:
        """Return what a row is about, and what it says of each."""
        said = row.said[Kind.CUSTOMER]
        customer = self._known_customer(said) or self._new_customer(said)
        about: list[tuple[Here, Mapping[str, Value]]] = [(customer, customer.news(said))]
        if said := row.said.get(Kind.ASSET, {}):
            product = self._product(said, customer)
            about.append((product, {**product.news(said), "customer": customer.id}))
        check_erased(customer, about)
        return about

    def _put(self, kind: Kind, documents: Mapping[str, Fields], heads: Mapping[str, str]) -> None:
        families: dict[str, list[str]] = defaultdict(list)
        for doc in documents:
            families[heads[doc]].append(doc)
        for head, docs in families.items():
            here = Here(kind, head, documents[head], {}, [documents[doc] for doc in docs if doc != head])
            for doc in docs:
                self._all[(kind, doc)] = here
            self._index(here)

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
        for field in _FOUND_BY.get(here.kind, ()):
            for key in map(folded, here.values(field)):
                if key and here not in (listed := self._found[(here.kind, field, key)]):
                    listed.append(here)

    def _with(self, kind: Kind, field: str, value: Value | None) -> list[Here]:
        """Return the documents of a kind whose field says this, however it is spelled."""
        return self._found.get((kind, field, folded(value)), [])

    def _known_customer(self, said: Mapping[str, Value]) -> Here | None:
        tax_id, name, phones = said.get("tax_id"), said["name"], _without_zeros(_phones(said))
        known = self._with(Kind.CUSTOMER, "tax_id", tax_id)
        if len(known) > 1:
            known = [here for here in known if folded(here.value("name")) == folded(name)] or known
        if not known:
            named = self._with(Kind.CUSTOMER, "name", name)
            known = [here for here in named if phones & here.phones() and not (tax_id and here.value("tax_id"))]
        return the_one(known, RowFault.CUSTOMER_AMBIGUOUS, (Kind.CUSTOMER, "name"))

    def _new_customer(self, said: Mapping[str, Value]) -> Here:
        tax_id = str(said.get("tax_id", ""))
        about = ("tax-id", tax_id) if tax_id else ("name", min(_phones(said)), folded(said["name"]))
        return self._new(Kind.CUSTOMER, *about)

    def _product(self, said: Mapping[str, Value], customer: Here) -> Here:
        serial, name, model = (folded(said.get(field)) for field in ("serial_no", "product", "model_no"))
        if serial:
            known = self._of_serial(serial, model)
            if known is not None and known.value("customer") is not None:
                self._check_owner(known, customer)
            return known or self._new(Kind.ASSET, "serial", f"{serial}\n{model}")
        same = [here for here in self._owned_by(customer) if here.is_called_without_serial(name, model)]
        known = the_one(same, RowFault.PRODUCT_AMBIGUOUS, _SERIAL)
        return known or self._new(Kind.ASSET, "of", customer.id, f"{name}\n{model}")

    def _owned_by(self, customer: Here) -> list[Here]:
        return self._with(Kind.ASSET, "customer", customer.id)

    def _of_serial(self, serial: str, model: str) -> Here | None:
        """Return the product of a serial number; the model tells it from another one, where both name theirs."""
        same = [
            here
            for here in self._with(Kind.ASSET, "serial_no", serial)
            if not model or not here.values("model_no") or model in map(folded, here.values("model_no"))
        ]
        return the_one(same, RowFault.PRODUCT_AMBIGUOUS, _SERIAL)

    def _check_owner(self, product: Here, customer: Here) -> None:
        """Raise ``RowFaultError`` for a product of somebody else."""
        if (owner := product.value("customer")) != customer.id:
            raise RowFaultError(RowFault.PRODUCT_ELSEWHERE, _SERIAL, name=self._name_of(owner), id=product.id)

    def _name_of(self, customer: Value | None) -> str:
        owner = self._all.get((Kind.CUSTOMER, str(customer)))
        return owner.name if owner else ""

    def _new(self, kind: Kind, *about: str) -> Here:
        """Return what nobody has yet, under the id that follows from what it is: the same list makes the same one."""
        doc = id_about("imported", kind.value, self._unit, *about)
        return self._all.get((kind, doc)) or Here(kind, doc, {}, {})


_SERIAL = (Kind.ASSET, "serial_no")


def _heads(documents: Mapping[str, Fields]) -> Mapping[str, str]:
    """Return document to the one that stays of those that were merged (ADR 42)."""
    standing = {doc: fields for doc, fields in documents.items() if "unit" in fields}  # nothing stands for what is gone
    pointers = {doc: _text(fields.get("merged_into")) for doc, fields in standing.items()}
    return {doc: head_of(pointers, doc) for doc in documents}


def head_in(heads: Mapping[str, str], named: Value | None) -> str | None:
    """Return the one that stays of those that were merged; one that nobody knows stands for itself."""
    doc = _text(named)
    return heads.get(doc, doc) if doc is not None else None


def _text(value: Value | None) -> str | None:
    return None if value is None else str(value)


def _check(here: Here, said: Mapping[str, Value]) -> None:
    """Raise ``RowFaultError`` where an earlier row said something else of the same document."""
    for field, value in said.items():
        earlier = here.said.get(field)
        if earlier is not None and earlier[0] != value:
            raise RowFaultError(
                RowFault.CONTRADICTS, (here.kind, field), row=earlier[1], before=earlier[0], field=field
            )


def check_erased(customer: Here, about: Sequence[tuple[Here, Mapping[str, Value]]]) -> None:
    """Raise ``RowFaultError`` where a row of an erased customer would write something personal on what was erased.

    A list may be older than the erasure. What was erased of a former owner does not bind the present one.
    """
    for here, fields in about if customer.is_erased else ():
        personal = PERSONAL.get(here.kind, frozenset())
        if here.is_erased and any(field in personal and here.before.get(field) != fields[field] for field in fields):
            raise RowFaultError(RowFault.CUSTOMER_ERASED, (Kind.CUSTOMER, "name"))


def the_one(among: Sequence[Here], fault: RowFault, where: Field) -> Here | None:
    """Return the only one that is meant, None for none; raises ``RowFaultError`` that names several."""
    if len(among) > 1:
        named = [{"id": here.id, "name": here.name, "about": here.about} for here in among[:_MOST_NAMED]]
        raise RowFaultError(fault, where, count=len(among), among=named)
    return among[0] if among else None


def folded(value: Value | None) -> str:
    """Return a value as it is compared: without case, width and spaces."""
    return "".join(unicodedata.normalize("NFKC", str(value)).casefold().split()) if value is not None else ""


def _phones(fields: Fields) -> set[str]:
    """Return the numbers under which somebody is reached, as digits; without the country's code."""
    return {digits for each in _PHONES if (digits := _digits(fields.get(each)))}


def _digits(number: Value | None) -> str:
    return digits_of(str(number or ""))


def _without_zeros(phones: set[str]) -> set[str]:
    """Return numbers as those of one name are compared.

    A spreadsheet takes the zero from 03-312-3456 too, and the eight digits that are left could be a number of Taipei:
    they are no reason to write one, but to know one by.
    """
    return {digits.lstrip("0") for digits in phones}


def _has_lost_its_zero(said: Value, known: Value | None) -> bool:
    """Tell whether a number is the known one without the zero at its beginning."""
    digits, whole = _digits(said), _digits(known)
    return digits != whole and digits == whole.lstrip("0")
