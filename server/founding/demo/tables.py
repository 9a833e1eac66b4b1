"""The demonstration's data, read from the .csv files beside this one."""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

import msgspec
from msgspec import Struct

from schemas.scalars import Id
from schemas.vocabulary import (
    AbsenceReason,
    AdminWork,
    BreachReason,
    Category,
    Channel,
    FeeKind,
    PhraseList,
    Place,
    Role,
    UnitKind,
    VisitOutcome,
    Zone,
)

Row = TypeVar("Row", bound=Struct)


class UnitRow(Struct, frozen=True):
    """A service centre or a branch's service group."""

    unit: Id
    kind: UnitKind
    code: str
    name: str
    address: str
    phone: str


class PersonRow(Struct, frozen=True):
    """Somebody with an account and one device."""

    user: Id
    login: str
    name: str
    unit: Id
    role: Role
    place: Place
    device: str


class CustomerRow(Struct, frozen=True):
    """A customer; an empty cell is a field that nobody filled in, and a customer without a signer signs himself."""

    customer: Id
    unit: Id
    name: str
    district: str
    address: str
    zone: Zone
    signer: str | None = None
    phone: str | None = None
    mobile: str | None = None
    tax_id: str | None = None
    note: str | None = None


class AssetRow(Struct, frozen=True):
    """A product, sold so many days ago."""

    asset: Id
    customer: Id
    product: str
    model_no: str
    serial_no: str
    sold_days: int
    warranty_years: int


class ContractRow(Struct, frozen=True):
    """A maintenance contract over products of one customer, begun so many days ago; the fee is in whole dollars."""

    contract: Id
    number: str
    assets: str
    began_days: int
    days: int
    visits_included: int
    extra_fee: int
    note: str | None = None


class CallRow(Struct, frozen=True):
    """A call and what came of it: ``plot`` names how far the story goes, ``stay`` the minutes on site.

    Instants are told as ``days.Calendar`` reads them; the fee is in whole dollars; ``parts`` are told as
    ``name/number/pieces``; ``remark`` is the reason that a plot asks for. Whoever was late has a ``breach_reason``, or
    his call could not be closed (F023).
    """

    plot: str
    asset: Id
    received: str
    channel: Channel
    category: Category
    symptom: str
    technician: Id | None = None
    sent: str | None = None
    arrived: str | None = None
    stay: int = 0
    fault: str | None = None
    action: str | None = None
    parts: str | None = None
    outcome: VisitOutcome | None = None
    fee: int = 0
    remark: str | None = None
    breach_reason: BreachReason | None = None
    breach_note: str | None = None


class TimeRow(Struct, frozen=True):
    """General work of somebody, begun at an instant and done after so many minutes."""

    user: Id
    work: AdminWork
    began: str
    minutes: int
    note: str | None = None


class AbsenceRow(Struct, frozen=True):
    """Somebody's leave; for the time of a manager's leave a clerk of the unit acts."""

    user: Id
    since: str
    until: str
    reason: AbsenceReason
    substitute: Id | None = None
    note: str | None = None


class FeeItemRow(Struct, frozen=True):
    """What a unit charges at a fixed amount, in whole dollars."""

    item: Id
    unit: Id
    kind: FeeKind
    name: str
    amount: int


class PhraseRow(Struct, frozen=True):
    """A phrase that technicians choose."""

    phrase: Id
    unit: Id
    list: PhraseList
    text: str
    product: str | None = None


def rows(shape: type[Row], name: str) -> Sequence[Row]:
    """Return the rows of one file."""
    with (Path(__file__).parent / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        filled = [{field: cell for field, cell in row.items() if cell} for row in csv.DictReader(file)]
    return msgspec.convert(filled, list[shape], strict=False)  # type: ignore[valid-type]


UNITS = rows(UnitRow, "units")
PEOPLE = rows(PersonRow, "people")
CUSTOMERS = rows(CustomerRow, "customers")
ASSETS = rows(AssetRow, "assets")
CONTRACTS = rows(ContractRow, "contracts")
TIMES = rows(TimeRow, "times")
ABSENCES = rows(AbsenceRow, "absences")
FEE_ITEMS = rows(FeeItemRow, "fee_items")
PHRASES = rows(PhraseRow, "phrases")
CALLS = (*rows(CallRow, "past_calls"), *rows(CallRow, "present_calls"))
