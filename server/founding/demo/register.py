"""Customers, their products with vouchers, entered when they were sold, and what was agreed on their upkeep."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import time
from types import MappingProxyType

from schemas.registry import Kind
from schemas.vocabulary import Role, VoucherOrigin
from server.founding.demo.days import DAY_MS, Calendar
from server.founding.demo.player import Edit
from server.founding.demo.stage import Stage
from server.founding.demo.tables import ASSETS, CONTRACTS, CUSTOMERS, AssetRow, ContractRow, CustomerRow
from server.records.covers import covered_asset_id

CUSTOMER_OF: Mapping[str, CustomerRow] = MappingProxyType(
    {row.asset: next(one for one in CUSTOMERS if one.customer == row.customer) for row in ASSETS}
)
"""Asset to its customer."""

Group = Sequence[Edit]

_YEAR_DAYS = 365
_SALE = time(11, 0)
_SIGNING = time(11, 30)
_MINOR = 100


def entries(calendar: Calendar, opening: int) -> Mapping[tuple[int, str], Sequence[Group]]:
    """Return what is entered, by instant and unit: products when they were sold, older ones at the opening.

    A customer is entered with the first of his products.
    """
    found: dict[tuple[int, str], list[Group]] = defaultdict(list)
    known: set[str] = set()
    for asset in sorted(ASSETS, key=lambda row: -row.sold_days):
        customer, sold = CUSTOMER_OF[asset.asset], calendar.at(asset.sold_days, _SALE)
        groups = found[max(sold, opening), customer.unit]
        if customer.customer not in known:
            known.add(customer.customer)
            groups.append([_customer(customer)])
        groups.append(_product(asset, customer.unit, sold))
    for contract in CONTRACTS:
        began = calendar.at(contract.began_days, _SIGNING)
        found[began, CUSTOMER_OF[_assets(contract)[0]].unit].append(_contract(contract, began))
    return found


async def enter(stage: Stage, unit: str, at: int, groups: Sequence[Group]) -> None:
    """Let the unit's clerk enter groups, and take them in at once."""
    clerk = stage.player(unit, Role.CLERK)
    for group in groups:
        clerk.capture(at, await stage.head(), group)
    await stage.deliver(clerk, at)


def _customer(row: CustomerRow) -> Edit:
    fields = {
        "unit": row.unit,
        "name": row.name,
        "phone": row.phone,
        "mobile": row.mobile,
        "address": row.address,
        "district": row.district,
        "zone": row.zone,
        "tax_id": row.tax_id,
        "note": row.note,
    }
    return Edit(Kind.CUSTOMER, row.customer, fields)


def _product(row: AssetRow, unit: str, sold: int) -> Group:
    """Return the product with its voucher: they are entered together or not at all."""
    product = {
        "unit": unit,
        "customer": row.customer,
        "product": row.product,
        "model_no": row.model_no,
        "serial_no": row.serial_no,
        "sold_at": sold,
        "warranty_until": sold + row.warranty_years * _YEAR_DAYS * DAY_MS,
    }
    voucher = {"unit": unit, "origin": VoucherOrigin.AT_SALE, "opened_at": sold}
    return [Edit(Kind.ASSET, row.asset, product), Edit(Kind.SERVICE_VOUCHER, row.asset, voucher)]


def _contract(row: ContractRow, began: int) -> Group:
    """Return the contract with the list of its products."""
    first, *_ = _assets(row)
    customer = CUSTOMER_OF[first]
    agreed = {
        "unit": customer.unit,
        "customer": customer.customer,
        "number": row.number,
        "valid_from": began,
        "valid_until": began + row.days * DAY_MS,
        "visits_included": row.visits_included,
        "extra_fee": row.extra_fee * _MINOR,
        "note": row.note,
    }
    listed = [
        Edit(
            Kind.COVERED_ASSET,
            covered_asset_id(row.contract, asset),
            {"unit": customer.unit, "contract": row.contract, "asset": asset},
        )
        for asset in _assets(row)
    ]
    return [Edit(Kind.MAINTENANCE_CONTRACT, row.contract, agreed), *listed]


def _assets(row: ContractRow) -> Sequence[str]:
    return row.assets.split()
