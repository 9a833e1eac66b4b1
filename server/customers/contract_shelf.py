"""Which contract a row means, whose it is, and which product it covers (ADR 38, 39)."""

from collections.abc import Mapping
from typing import ClassVar

from schemas.registry import Kind
from schemas.vocabulary import RowFault
from server.customers.cells import RowFaultError, Value
from server.customers.columns import is_reversed
from server.customers.row_reading import Row
from server.customers.shelf import Fields, Here, Shelf, check_erased, folded, head_in, the_one
from server.records.covers import covered_asset_id

_NUMBER = (Kind.MAINTENANCE_CONTRACT, "number")
_FROM, _UNTIL = "valid_from", "valid_until"


class ContractShelf(Shelf):
    """A unit's contracts and what they cover; its customers and products are known, and a row changes none of them."""

    READS: ClassVar = (*Shelf.READS, Kind.MAINTENANCE_CONTRACT, Kind.COVERED_ASSET)
    WRITES: ClassVar = (Kind.MAINTENANCE_CONTRACT, Kind.COVERED_ASSET)

    def __init__(self, unit: str, here: Mapping[Kind, Mapping[str, Fields]]) -> None:
        """Put up what is here; what names somebody or something that was merged names the one that stays."""
        super().__init__(unit, here)
        owners, products = self._heads(Kind.CUSTOMER), self._heads(Kind.ASSET)
        for doc, fields in here[Kind.MAINTENANCE_CONTRACT].items():
            customer = head_in(owners, fields["customer"])
            self._keep(Here(Kind.MAINTENANCE_CONTRACT, doc, {**fields, "customer": customer}, {}))
        for doc, fields in here[Kind.COVERED_ASSET].items():
            contract, product = str(fields["contract"]), str(head_in(products, fields["asset"]))
            listed = {**fields, "contract": contract, "asset": product}
            self._all[_listing(contract, product)] = Here(Kind.COVERED_ASSET, doc, listed, {})

    def _about(self, row: Row) -> list[tuple[Here, Mapping[str, Value]]]:
        customer = self._known_customer(row.said[Kind.CUSTOMER])
        if customer is None:
            raise RowFaultError(RowFault.CUSTOMER_UNKNOWN, (Kind.CUSTOMER, "name"))
        said = row.said[Kind.MAINTENANCE_CONTRACT]
        contract = self._contract(said, customer)
        _check_period(contract, said)
        about: list[tuple[Here, Mapping[str, Value]]] = [(contract, {**said, "customer": customer.id})]
        if named := row.said.get(Kind.ASSET):
            product = self._known_product(named, customer)
            kind, listing = _listing(contract.id, product.id)
            listed = self._all.get((kind, listing)) or Here(kind, listing, {}, {})
            about.append((listed, {"contract": contract.id, "asset": product.id}))
        check_erased(customer, about)
        return about

    def _contract(self, said: Mapping[str, Value], customer: Here) -> Here:
        """Return the contract of a number; next year's is not written over this year's, whose visits would go to it."""
        number = said["number"]
        known = self._with(*_NUMBER, number) or [self._new(Kind.MAINTENANCE_CONTRACT, folded(number))]
        own = [here for here in known if here.value("customer") in {None, customer.id}]
        if not own:
            owner = self._name_of(known[0].value("customer"))
            raise RowFaultError(RowFault.NUMBER_ELSEWHERE, _NUMBER, name=owner, id=known[0].id)
        meant = the_one([here for here in own if not _is_apart(here.before, said)], RowFault.NUMBER_AMBIGUOUS, _NUMBER)
        if meant is None:
            period = {"from": own[0].before[_FROM], "until": own[0].before[_UNTIL]}
            raise RowFaultError(RowFault.PERIOD_APART, (Kind.MAINTENANCE_CONTRACT, _FROM), id=own[0].id, **period)
        return meant

    def _known_product(self, said: Mapping[str, Value], customer: Here) -> Here:
        if serial := folded(said.get("serial_no")):
            known = self._of_serial(serial, folded(said.get("model_no")))
        else:
            same = [here for here in self._owned_by(customer) if _is_called(here, said)]
            known = the_one(same, RowFault.PRODUCT_AMBIGUOUS, (Kind.ASSET, "serial_no"))
        if known is None or known.value("customer") is None:
            field = "serial_no" if serial else next(iter(said))
            raise RowFaultError(RowFault.PRODUCT_UNKNOWN, (Kind.ASSET, field))
        self._check_owner(known, customer)
        return known


def _listing(contract: str, product: str) -> tuple[Kind, str]:
    """Return under what a product in a contract's list stands, also one that is there by the name of a duplicate."""
    return Kind.COVERED_ASSET, covered_asset_id(contract, product)


def _is_called(product: Here, said: Mapping[str, Value]) -> bool:
    """Tell whether a product is everything that a row calls it."""
    return all(folded(value) in map(folded, product.values(field)) for field, value in said.items())


def _is_apart(before: Fields, said: Mapping[str, Value]) -> bool:
    """Tell whether a row speaks of a period of which no day is in the one that is here."""
    start, end = before.get(_FROM), before.get(_UNTIL)
    first, last = said.get(_FROM, start), said.get(_UNTIL, end)
    return is_reversed(first, end) or is_reversed(start, last)


def _check_period(contract: Here, said: Mapping[str, Value]) -> None:
    """Raise ``RowFaultError`` for a new contract without a period, and where one half of it would reverse it."""
    first, last = (said.get(field, contract.value(field)) for field in (_FROM, _UNTIL))
    for field, at in ((_FROM, first), (_UNTIL, last)):
        if at is None and contract.is_new:
            raise RowFaultError(RowFault.PERIOD_MISSING, (Kind.MAINTENANCE_CONTRACT, field))
    if is_reversed(first, last):
        raise RowFaultError(RowFault.PERIOD_REVERSED, (Kind.MAINTENANCE_CONTRACT, _UNTIL))
