"""What a call's commands write of the product's voucher; its id is the product's.

A call of a product that was merged needs the voucher of the one that stays (ADR 42).
"""

from collections.abc import Sequence
from typing import Any

from msgspec import structs

from schemas.kinds.calls import ServiceCall
from schemas.kinds.customers import Asset, ServiceVoucher
from schemas.registry import Kind
from schemas.vocabulary import VoucherOrigin
from server.calls.custody import Custody, Errand, check_out, file, give_back
from server.calls.register import Case, cases_of
from server.records.documents import Found
from server.records.merged import family_of
from server.records.work import Setting, Work


async def goes_out(work: Work, case: Case, technician: str) -> list[Setting]:
    """Check the voucher out to whoever is sent (see :func:`check_out`)."""
    custody = await _custody(work, case)
    return _written(case, custody, check_out(custody, Errand(technician, case.call.id), work.now), work.now)


async def changes_hands(work: Work, case: Case, ended: Errand, technician: str) -> list[Setting]:
    """Check the voucher out to whoever is sent in the place of somebody else, whose errand ends."""
    custody = await _custody(work, case)
    left = structs.replace(custody, errands=tuple(errand for errand in custody.errands if errand != ended))
    return _written(case, custody, check_out(left, Errand(technician, case.call.id), work.now), work.now)


async def comes_back(work: Work, case: Case, ended: tuple[Errand, ...]) -> list[Setting]:
    """Take the voucher back when errands of a call end without a result (see :func:`give_back`)."""
    custody = await _custody(work, case)
    left = tuple(errand for errand in custody.errands if errand not in ended)
    changed = give_back(custody, left, work.now)
    return _written(case, custody, changed, work.now) if changed else []


async def is_filed(work: Work, case: Case) -> list[Setting]:
    """File the voucher when its call is closed (see :func:`file`)."""
    custody = await _custody(work, case)
    left = tuple(errand for errand in custody.errands if errand.call != case.call.id)
    return _written(case, custody, file(custody, left, work.now), work.now)


async def _custody(work: Work, case: Case) -> Custody:
    """Return the custody of a call's product; one of another unit has its voucher there."""
    call = case.call.shown
    asset, merged = await family_of(work.documents, Asset, call.asset) if call.asset is not None else (None, ())
    if asset is None or asset.shown.unit != call.unit:
        return Custody(None, ServiceVoucher(), (), 0)
    return await custody_of(work, asset.id, merged)


async def custody_of(work: Work, asset: str, products: Sequence[Found[Asset]]) -> Custody:
    """Return who has a product's voucher, and the errands for calls of these: it, and what was merged into it."""
    calls = await work.documents.children(ServiceCall, "asset", products)
    cases = [each for each in await cases_of(work, calls) if each.is_open]
    voucher = await work.documents.get(ServiceVoucher, asset)
    errands = tuple(errand for each in cases for errand in each.errands)
    kept = tuple(errand for each in cases for errand in each.kept)
    return Custody(asset, voucher.shown if voucher else ServiceVoucher(), errands, len(cases), kept)


def _written(case: Case, custody: Custody, changed: dict[str, Any], now: int) -> list[Setting]:
    """Write what changed, and open the voucher if nobody did at the sale (F013)."""
    if custody.voucher.opened_at is None:
        opened = {"unit": case.call.shown.unit, "origin": VoucherOrigin.AT_CALL, "opened_at": now}
        changed = opened | changed
    return [Setting(Kind.SERVICE_VOUCHER, custody.asset, changed)] if custody.asset is not None and changed else []
