"""The number of a service voucher: without gaps, per unit, for the product's life (1-3)."""

from collections.abc import Sequence

from schemas.registry import Kind
from server.records.numbering import Series, give_numbers, unnumbered
from server.records.recorder import Change
from server.records.work import Work


async def number_vouchers(work: Work, changes: Sequence[Change]) -> None:
    """Give each voucher without a number its unit's next one; it keeps it wherever the product goes."""
    series = {
        change.after.id: Series(f"voucher:{change.after.fields['unit']}", f"V-{unit.code}")
        for change, unit in await unnumbered(work, changes)
    }
    await give_numbers(work, Kind.SERVICE_VOUCHER, series)
