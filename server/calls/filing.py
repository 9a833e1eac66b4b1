"""Taking in a voucher that is out although no open call tells who is out with it (1-13; F014, F017)."""

from schemas.audit import Deed
from schemas.kinds.calls import ServiceCall
from schemas.kinds.customers import Asset, ServiceVoucher
from schemas.problems import Code, Problem
from schemas.registry import Kind
from schemas.rules.reconciliation import astray
from schemas.rules.voucher_state import voucher_state
from server.audit.log import Deeds, Doer
from server.calls.register import ENDED, cases_of
from server.platform.caller import Caller
from server.records.merged import family_of
from server.records.scope import named_by
from server.records.work import Setting, Work


async def take_in(work: Work, caller: Caller, doer: Doer, asset: str) -> None:
    """File the voucher of a product that somebody brought back; the list of what is out ends with it.

    Raises ``Problem`` while a call has it: closing the call files it, calling its technician back brings it back.
    """
    await work.ledger.head()
    found = await named_by(work.documents, caller, ServiceVoucher, asset)
    _, products = await family_of(work.documents, Asset, asset)
    calls = await work.documents.where(ServiceCall, "asset", [each.id for each in products], unset=ENDED)
    own = [each for each in calls if each.shown.unit == found.shown.unit]
    states = {asset: [case.state for case in await cases_of(work, own)]}
    if not astray({asset: found.shown}, states):
        raise Problem(Code.STATE_FORBIDS, state=voucher_state(found.shown, len(own)))
    filed = {"filed_at": max(work.now, found.shown.checked_out_at or 0)}
    await work.decide(caller.user, [Setting(Kind.SERVICE_VOUCHER, asset, filed)])
    await work.note(doer, Deeds(Deed.VOUCHER_FILED, (f"{Kind.SERVICE_VOUCHER}:{asset}",)))
