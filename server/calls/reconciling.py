"""Signing the end of the day: the register held against the vouchers (1-13, F017)."""

from collections.abc import Sequence

from schemas.audit import Deed
from schemas.kinds.calls import ServiceCall
from schemas.kinds.customers import Asset, ServiceVoucher
from schemas.kinds.people import Unit
from schemas.office import DaysEnd
from schemas.problems import Code, Problem
from schemas.registry import Kind
from schemas.rules.arrival import COMPANY_ZONE
from schemas.rules.call_state import CallState
from schemas.rules.reconciliation import Unsettled, astray, unsettled
from schemas.rules.service_hours import date_at
from server.audit.log import Deeds, Doer
from server.calls.register import ENDED, Case, cases_of
from server.platform.caller import Caller
from server.platform.reasons import given_remark
from server.records.fixed_ids import id_about
from server.records.merged import families_of
from server.records.scope import in_scope
from server.records.work import Setting, Work


def reconciliation_id(unit: str, day: str) -> str:
    """Return the id of what is signed of a unit's day: who signs again writes the same document."""
    return id_about("reconciliation", unit, day)


async def reconcile(work: Work, caller: Caller, doer: Doer, unit: str, end: DaysEnd) -> None:
    """Sign what of a unit's calls and vouchers is not settled now, as the reconciliation of its present day.

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
    cases = await cases_of(work, calls)
    lists = unsettled({case.call.id: case.state for case in cases})
    strays = await _astray(work, unit, cases)
    counts = {name.value: len(ids) for name, ids in lists.items()}
    counts[Unsettled.OUT.value] += len(strays)
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
    left = [f"{Kind.SERVICE_CALL}:{call}" for ids in lists.values() for call in ids]
    left += [f"{Kind.SERVICE_VOUCHER}:{product}" for product in strays]
    objects = (f"{Kind.UNIT}:{unit}", f"{Kind.RECONCILIATION}:{doc}", *left)
    await work.note(doer, Deeds(Deed.DAY_RECONCILED, objects))


async def _astray(work: Work, unit: str, cases: Sequence[Case]) -> tuple[str, ...]:
    """Return the unit's products whose voucher is out for none of its open calls (see :func:`astray`)."""
    vouchers = await work.documents.where(ServiceVoucher, "unit", [unit], unset=("retired_at",))
    _, heads = await families_of(work.documents, Asset, {case.call.shown.asset or "" for case in cases})
    states: dict[str, list[CallState]] = {}
    for case in cases:
        asset = case.call.shown.asset or ""
        states.setdefault(heads.get(asset, asset), []).append(case.state)
    return astray({each.id: each.shown for each in vouchers}, states)
