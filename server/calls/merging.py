"""Two customers, or two products, turn out to be one: a pointer is written, and taken back (F013, F014; ADR 42)."""

from collections.abc import Collection, Mapping
from types import MappingProxyType

from schemas.audit import Deed
from schemas.erasure import MARK, PERSONAL
from schemas.kinds.customers import Asset, Customer
from schemas.problems import Code, Problem
from schemas.registry import Kind
from schemas.rules.merging import FILLED_IN, filled_in, head_of
from schemas.rules.voucher_state import VoucherState
from server.audit.log import Deeds, Doer
from server.calls.custody import Custody
from server.calls.vouchers import custody_of
from server.platform.caller import Caller
from server.records.documents import KINDS
from server.records.merged import MergedShape, Standing, families_of
from server.records.scope import named_by
from server.records.work import Setting, Work

_POINTER = "merged_into"

_DEEDS: Mapping[Kind, tuple[Deed, Deed]] = MappingProxyType(
    {
        Kind.CUSTOMER: (Deed.CUSTOMERS_MERGED, Deed.CUSTOMERS_UNMERGED),
        Kind.ASSET: (Deed.PRODUCTS_MERGED, Deed.PRODUCTS_UNMERGED),
    }
)
"""Kind to what the audit log calls its merge, and the undoing of it."""


async def merge(work: Work, caller: Caller, doer: Doer, shape: type[MergedShape], doc: str, into: str) -> str:
    """Let a duplicate stand for another one from now on; return the id of the one that stays.

    Whatever names the duplicate goes on naming it. The one that stays takes over what it lacks; a product's voucher is
    retired. Into one that was merged itself means into the one that it stands for. Raises ``Problem`` where both are
    one already, belong to different units, or, for products, to different customers, for a customer who was erased,
    and while somebody is out with the duplicate's voucher.
    """
    await work.ledger.head()
    duplicate = await named_by(work.documents, caller, shape, doc)
    await named_by(work.documents, caller, shape, into)
    known, heads = await families_of(work.documents, shape, [doc, into])
    stays = known[heads[into]]
    if stays.id == doc:
        raise Problem(Code.MERGE_SAME)
    if heads[doc] != doc:
        raise Problem(Code.MERGE_SAME if heads[doc] == stays.id else Code.MERGE_ALREADY)
    if stays.shown.unit != duplicate.shown.unit:
        raise Problem(Code.MERGE_OTHER_UNIT)
    kind = KINDS[shape]
    if kind is Kind.CUSTOMER and (_is_erased(duplicate.shown) or _is_erased(stays.shown)):
        raise Problem(Code.CUSTOMER_ERASED)
    settings = [Setting(kind, doc, {_POINTER: stays.id, "merged_at": work.now, "merged_by": caller.user})]
    if taken_over := filled_in(kind, stays.shown, duplicate.shown):
        settings.append(Setting(kind, stays.id, taken_over))
    if kind is Kind.ASSET:
        await _check_customers(work, {doc, stays.id})
        settings += await _retired(work, doc, {each for each, head in heads.items() if head == doc})
    await work.decide(caller.user, settings)
    await work.note(doer, Deeds(_DEEDS[kind][0], _objects(kind, doc, stays.id)))
    return stays.id


async def unmerge(work: Work, caller: Caller, doer: Doer, shape: type[MergedShape], doc: str) -> None:
    """Let a duplicate stand for itself again: everything is as it was, but for what somebody changed since.

    Raises ``Problem`` where it is not merged, while somebody is sent to one of its calls or has the voucher from one,
    and for a customer of whose products one was merged with one of the other's.
    """
    await work.ledger.head()
    duplicate = await named_by(work.documents, caller, shape, doc)
    into = duplicate.shown.merged_into
    if into is None:
        raise Problem(Code.MERGE_NOT_MERGED)
    kind = KINDS[shape]
    known, heads = await families_of(work.documents, shape, [doc])
    if kind is Kind.ASSET:
        await _check_nobody_is_out(work, known, doc, heads[doc])
    else:
        await _check_products_apart(work, known, doc)
    settings = [
        Setting(kind, doc, dict.fromkeys((_POINTER, "merged_at", "merged_by"))),
        *await _taken_back(work, kind, doc, into),
    ]
    await work.decide(caller.user, settings)
    await work.note(doer, Deeds(_DEEDS[kind][1], _objects(kind, doc, into)))


def _is_erased(customer: Customer | Asset) -> bool:
    """Tell whether nothing says any more who a customer is; one who came back since says it again (ADR 44)."""
    personal = PERSONAL[Kind.CUSTOMER]
    return getattr(customer, MARK) is not None and all(getattr(customer, field) is None for field in personal)


async def _retired(work: Work, doc: str, family: Collection[str]) -> list[Setting]:
    """Retire the duplicate's voucher; one that nobody opened, or that is retired already, is left alone."""
    custody = await custody_of(work, doc, await work.documents.where(Asset, "id", family))
    if custody.errands or custody.state is VoucherState.CHECKED_OUT:
        raise Problem(Code.MERGE_VOUCHER_OUT)
    if custody.voucher.opened_at is None or custody.state is VoucherState.RETIRED:
        return []
    return [Setting(Kind.SERVICE_VOUCHER, doc, {"retired_at": work.now})]


async def _check_customers(work: Work, products: Collection[str]) -> None:
    owners = {each.shown.customer or "" for each in await work.documents.where(Asset, "id", products)}
    _, heads = await families_of(work.documents, Customer, owners)
    if len({heads.get(owner, owner) for owner in owners}) > 1:
        raise Problem(Code.MERGE_OTHER_CUSTOMER)


async def _check_nobody_is_out(work: Work, known: Standing[MergedShape], doc: str, stays: str) -> None:
    """Raise ``Problem`` while somebody is sent to a call of the product, or has the voucher from one.

    Of the one that stays the voucher may be out for its own calls; otherwise nothing would bring it back once the call
    for which it went out is another product's.
    """
    leaving, staying = [await _custody_apart(work, known, doc, head) for head in (doc, stays)]
    holds = {errand.technician for errand in (*staying.errands, *staying.kept)}
    if leaving.errands or (staying.state is VoucherState.CHECKED_OUT and staying.holder not in holds):
        raise Problem(Code.MERGE_VOUCHER_OUT)


async def _custody_apart(work: Work, known: Standing[MergedShape], doc: str, head: str) -> Custody:
    """Return the custody of one of the two once ``doc`` stands for itself."""
    own = {each for each, stands_for in _apart(known, doc).items() if stands_for == head}
    return await custody_of(work, head, await work.documents.where(Asset, "id", own))


async def _check_products_apart(work: Work, known: Standing[MergedShape], doc: str) -> None:
    """Raise ``Problem`` where a product would stand for one of another customer once these two are apart."""
    apart = _apart(known, doc)
    owned = await work.documents.where(Asset, "customer", known)
    products, heads = await families_of(work.documents, Asset, {each.id for each in owned})
    for product, head in heads.items():
        one, other = (products[each].shown.customer or "" for each in (product, head))
        if apart.get(one, one) != apart.get(other, other):
            raise Problem(Code.MERGE_PRODUCTS_JOINED)


def _apart(known: Standing[MergedShape], doc: str) -> Mapping[str, str]:
    """Return whom each would stand for if this one stood for itself."""
    pointers = {each: None if each == doc else found.shown.merged_into for each, found in known.items()}
    return {each: head_of(pointers, each) for each in known}


async def _taken_back(work: Work, kind: Kind, doc: str, into: str) -> list[Setting]:
    """Return what takes back the rest of a merge: every value that was written with its pointer and still stands."""
    merged = (await work.documents.origins(kind, doc)).get(_POINTER)
    candidates = [(kind, into, FILLED_IN[kind])]
    if kind is Kind.ASSET:
        candidates.append((Kind.SERVICE_VOUCHER, doc, ("retired_at",)))
    settings = []
    for each, written, names in candidates:
        origins = await work.documents.origins(each, written)
        same = [
            name
            for name in names
            if merged is not None
            and (origin := origins.get(name)) is not None
            and (origin.dot.actor, origin.positions[0]) == (merged.dot.actor, merged.positions[0])
        ]
        if same:
            settings.append(Setting(each, written, dict.fromkeys(same)))
    return settings


def _objects(kind: Kind, doc: str, into: str) -> tuple[str, ...]:
    return f"{kind}:{doc}", f"{kind}:{into}"
