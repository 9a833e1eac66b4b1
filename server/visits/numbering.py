"""The number of a service voucher: without gaps, per unit, for the product's life (1-3)."""

from schemas.kinds.people import Unit
from schemas.registry import Kind
from server.platform.counters import take
from server.records.recorder import Change
from server.records.work import SERVER, Setting, Work
from sync.document import is_deleted


async def number_voucher(work: Work, change: Change) -> None:
    """Give a voucher without a number its unit's next one; it keeps it wherever the product goes."""
    unit_id = change.after.fields.get("unit")
    if "number" in change.after.fields or not isinstance(unit_id, str) or is_deleted(change.after.document):
        return
    unit = await work.documents.get(Unit, unit_id)
    if unit is None or unit.shown.code is None:
        return
    count = await take(work.connection, work.company, f"voucher:{unit_id}")
    number = f"V-{unit.shown.code}-{count:06d}"
    await work.decide(SERVER, [Setting(Kind.SERVICE_VOUCHER, change.after.id, {"number": number})])
