"""What the people of a unit need before all else: the open calls, and whatever these name (SPEC L7)."""

from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Select, Table, select, union
from sqlalchemy.ext.asyncio import AsyncConnection

from schemas.registry import COMPANY_WIDE, Kind
from server.calls.register import ENDED
from server.records.audiences import unit_of
from server.records.ledger import Key
from server.records.tables import DOCUMENTS

_CALL, _VISIT = DOCUMENTS[Kind.SERVICE_CALL], DOCUMENTS[Kind.SERVICE_VISIT]


async def todays_work(connection: AsyncConnection, company: str, audience: str) -> set[Key]:
    """Return the open calls of a unit with their customers, products, vouchers, dispatches, visits and proofs.

    A customer or a product that was merged comes with the one that stays (ADR 42).

    Of the company's own audience it is everything: without the names of its people no call can be read.
    """
    unit = unit_of(audience)
    if unit is None:
        return {key for kind in COMPANY_WIDE for key in await _found(connection, kind, company)}
    open_calls = (
        _CALL.c.company == company,
        _CALL.c.unit == unit,
        ~_CALL.c.gone,
        *(_CALL.c[ended].is_(None) for ended in ENDED),
    )
    calls = select(_CALL.c.id).where(*open_calls)
    assets = _with_merged(Kind.ASSET, company, unit, select(_CALL.c.asset).where(*open_calls))
    customers = _with_merged(Kind.CUSTOMER, company, unit, select(_CALL.c.customer).where(*open_calls))
    visits = select(_VISIT.c.id).where(_VISIT.c.company == company, _VISIT.c.call.in_(calls))
    wanted = {
        Kind.SERVICE_CALL: ("id", calls),
        Kind.CUSTOMER: ("id", customers),
        Kind.ASSET: ("id", assets),
        Kind.SERVICE_VOUCHER: ("id", assets),
        Kind.DISPATCH: ("call", calls),
        Kind.SERVICE_VISIT: ("call", calls),
        Kind.SIGNATURE: ("visit", visits),
        Kind.PHOTO: ("visit", visits),
        Kind.CONTACT_ATTEMPT: ("call", calls),
    }
    return {
        key
        for kind, (field, among) in wanted.items()
        for key in await _found(connection, kind, company, DOCUMENTS[kind].c[field].in_(among))
    }


def _with_merged(kind: Kind, company: str, unit: str, wanted: Select[Any]) -> CompoundSelect[Any]:
    """Return these ids with the unit's merges of their kind: each may lead from one of them to the one that stays."""
    table = DOCUMENTS[kind]
    is_merged = (table.c.company == company, table.c.unit == unit, ~table.c.gone, table.c.merged_into.is_not(None))
    return union(wanted, select(table.c.id).where(*is_merged), select(table.c.merged_into).where(*is_merged))


async def _found(connection: AsyncConnection, kind: Kind, company: str, *which: ColumnElement[bool]) -> list[Key]:
    table: Table = DOCUMENTS[kind]
    query = select(table.c.id).where(table.c.company == company, *which)
    return [(kind, doc) for doc in (await connection.execute(query)).scalars()]
