"""Signing the end of the day: the register held against the vouchers (1-13, F017)."""

from schemas.audit import Deed
from schemas.kinds.calls import ServiceCall
from schemas.kinds.people import Unit
from schemas.office import DaysEnd
from schemas.problems import Code, Problem
from schemas.registry import Kind
from schemas.rules.arrival import COMPANY_ZONE
from schemas.rules.reconciliation import unsettled
from schemas.rules.service_hours import date_at
from server.audit.log import Deeds, Doer
from server.calls.register import ENDED, cases_of
from server.platform.caller import Caller
from server.platform.reasons import given_remark
from server.records.fixed_ids import id_about
from server.records.scope import in_scope
from server.records.work import Setting, Work


def reconciliation_id(unit: str, day: str) -> str:
    """Return the id of what is signed of a unit's day: who signs again writes the same document."""
    return id_about("reconciliation", unit, day)


async def reconcile(work: Work, caller: Caller, doer: Doer, unit: str, end: DaysEnd) -> None:
    """Sign what of a unit's calls is not settled now, as the reconciliation of its present day.

    Signing once more on the same day puts the newer count in place of the older one, which stays in the history. Raises
    ``Problem`` for a unit that the caller does not see, and where the counts are not those that he saw: nobody signs
    what came in meanwhile.
    """
    await work.ledger.head()
    found = await work.documents.get(Unit, unit)
    if found is None or not in_scope(caller.units, unit):
        raise Problem(Code.RECORD_MISSING)
    day = date_at(found.shown.time_zone or COMPANY_ZONE, work.now).isoformat()
    calls = await work.documents.where(ServiceCall, "unit", [unit], unset=ENDED)
    lists = unsettled({case.call.id: case.state for case in await cases_of(work, calls)})
    counts = {name.value: len(ids) for name, ids in lists.items()}
    if any(getattr(end, name) not in {None, count} for name, count in counts.items()):
        raise Problem(Code.CALL_DAY_CHANGED, **counts)
    fields = {
        "unit": unit,
        "date": day,
        **counts,
        "note": given_remark(end.note),
        "signed_at": work.now,
        "signed_by": caller.user,
    }
    doc = reconciliation_id(unit, day)
    await work.decide(caller.user, [Setting(Kind.RECONCILIATION, doc, fields)])
    left = (f"{Kind.SERVICE_CALL}:{call}" for ids in lists.values() for call in ids)
    objects = (f"{Kind.UNIT}:{unit}", f"{Kind.RECONCILIATION}:{doc}", *left)
    await work.note(doer, Deeds(Deed.DAY_RECONCILED, objects))
