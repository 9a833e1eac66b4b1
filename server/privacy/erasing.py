"""Erasing what is personal of one customer (ADR 44)."""

from collections.abc import Iterable, Mapping, Sequence

from msgspec import convert

from schemas.audit import Deed
from schemas.erasure import MARK, OWNED_BY, PERSONAL
from schemas.kinds.calls import ServiceCall
from schemas.kinds.visits import ServiceVisit
from schemas.merge_rules import MERGE_RULES
from schemas.office import Erasing
from schemas.problems import Code, Problem
from schemas.registry import Kind
from schemas.rules.billing import is_billing_open
from server.audit.log import Deeds, Doer
from server.calls.register import is_open
from server.office.held import decisions
from server.platform.caller import Caller
from server.platform.texts import given_text
from server.records.belongings import belongings
from server.records.ledger import Key, Logged, Stored
from server.records.owners import owner_named_by
from server.records.scope import sees
from server.records.work import Setting, Work
from sync.document import asks, is_deleted
from sync.erasing import has_personal
from sync.reading import read

_AT_ONCE = 250
"""Documents that are marked by one group: devices keep it as a whole."""

_Own = Mapping[Kind, Sequence[Stored]]


async def erase(work: Work, caller: Caller, doer: Doer, customer: str, told: Erasing, reason: str) -> int:
    """Mark every document of a customer as erased, which reduces all that was written on them; return how many.

    Raises ``Problem`` for one who is not in the caller's scope, for another name than his, for one of whom nothing is
    left to erase, and while a call of his is open, he owes for one that nobody says is settled, an entry about him
    waits for a decision, nobody has decided whether something is his or another one's, or a contract of his runs.
    """
    await work.ledger.head()
    own = await belongings(work.connection, work.company, customer)
    _check_name(caller, own, told.name)
    _check_owners(own)
    held = _held_about(own, await work.ledger.held())
    owed = _owed(own)
    unsaid = {call: number for call, number in owed.items() if call not in told.settled}
    _check_calls_and_contracts(own, unsaid, work.now)
    await _check_decided(work, held)
    marked = [(kind, each.id) for kind in PERSONAL for each in own[kind]]
    for start in range(0, len(marked), _AT_ONCE):
        some = marked[start : start + _AT_ONCE]
        await work.decide(caller.user, [Setting(kind, doc, {MARK: work.now}) for kind, doc in some])
    await work.erase_again({(Kind(each.kind), each.doc) for each in held})
    objects = (f"{Kind.CUSTOMER}:{customer}", *(f"{Kind.SERVICE_CALL}:{call}" for call in owed))
    await work.note(doer, Deeds(Deed.CUSTOMER_ERASED, objects, reason))
    return len(marked)


def _check_name(caller: Caller, own: _Own, typed: str) -> None:
    found = next(iter(own[Kind.CUSTOMER]), None)
    if found is None or not sees(caller.units, Kind.CUSTOMER, found.fields.get("unit")):
        raise Problem(Code.RECORD_MISSING)
    if MARK in found.fields and not any(has_personal(kind, each.fields) for kind in PERSONAL for each in own[kind]):
        raise Problem(Code.CUSTOMER_ERASED)
    if given_text(typed) != given_text(str(found.fields.get("name") or found.id)):
        raise Problem(Code.CUSTOMER_NAME)


def _check_owners(own: _Own) -> None:
    """Raise ``Problem`` while a person is asked whose one of these is: what is shown may be another customer's."""
    for kind, (_, field) in OWNED_BY.items():
        if any(field in asks(each.document, MERGE_RULES[kind]) for each in own[kind]):
            raise Problem(Code.CUSTOMER_HELD)


def _owed(own: _Own) -> dict[str, str]:
    """Return the numbers of his calls whose billing is open, by their ids; of what was erased nobody is billed."""
    visits: dict[str | None, list[ServiceVisit]] = {}
    entries = (each for each in own[Kind.SERVICE_VISIT] if not is_deleted(each.document))
    for visit in (convert(each.fields, ServiceVisit) for each in entries):
        visits.setdefault(visit.call, []).append(visit)
    standing = (each for each in own[Kind.SERVICE_CALL] if not is_deleted(each.document) and MARK not in each.fields)
    calls = {each.id: convert(each.fields, ServiceCall) for each in standing}
    return {each: call.number or "" for each, call in calls.items() if is_billing_open(call, visits.get(each, ()))}


def _check_calls_and_contracts(own: _Own, owed: Mapping[str, str], now: int) -> None:
    calls = (each for each in own[Kind.SERVICE_CALL] if not is_deleted(each.document))
    if any(is_open(convert(each.fields, ServiceCall)) for each in calls):
        raise Problem(Code.CUSTOMER_OPEN_CALL)
    if owed:
        raise Problem(Code.CUSTOMER_OWES, calls=list(owed), numbers=list(owed.values()))
    contracts = (each for each in own[Kind.MAINTENANCE_CONTRACT] if not is_deleted(each.document))
    if any(now <= int(str(each.fields.get("valid_until", -1))) for each in contracts):
        raise Problem(Code.CUSTOMER_CONTRACT)


async def _check_decided(work: Work, held: Sequence[Logged]) -> None:
    closed = await decisions(work.connection, work.company)
    if any(each.dot not in closed for each in held):
        raise Problem(Code.CUSTOMER_HELD)


def _held_about(own: _Own, held: Iterable[Logged]) -> list[Logged]:
    """Return held operations on his documents, and on ones that nothing applied ever wrote and that name him."""
    keys: set[Key] = {(kind, each.id) for kind, stored in own.items() for each in stored}
    known = [each for each in held if each.kind in PERSONAL]
    return [each for each in known if (Kind(each.kind), each.doc) in keys or _owner(each) in keys]


def _owner(held: Logged) -> Key | None:
    operation = read(held.payload).operation
    return None if operation is None else owner_named_by(Kind(operation.kind), operation.fields)
