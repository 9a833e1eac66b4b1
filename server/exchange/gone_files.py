"""What devices say of files that they do not have, and the report of those that nobody brought (SPEC P9, H4)."""

from collections.abc import Collection, Mapping, Sequence
from typing import TypeVar

from msgspec import Struct
from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from schemas.healing import MissingFile
from schemas.kinds.calls import ServiceCall
from schemas.kinds.customers import Customer
from schemas.kinds.visits import ServiceVisit
from schemas.protocol import MAX_WANTED_FILES
from schemas.registry import Kind
from schemas.vocabulary import LossState
from server.exchange.losses import SILENT_MS, Known
from server.exchange.standing import known_of
from server.platform.caller import Caller
from server.platform.database import insert_into
from server.records.documents import Documents, Found
from server.records.kept_files import FILE_GONE
from server.records.ledger import SERVER
from server.records.missing_files import Lacking, lacking, wanted_of
from server.records.quarantines import QUARANTINE
from server.records.scope import named_by
from server.records.tables import ACTOR, DOCUMENTS, OPERATION
from server.records.work import Work

MOST_TOLD = 300
"""Missing files that a report tells: more than anybody reads, and what a page shows at once."""

_USER, _DEVICE = DOCUMENTS[Kind.USER], DOCUMENTS[Kind.DEVICE]


OwnShape = TypeVar("OwnShape", ServiceVisit, ServiceCall, Customer)


class Written(Struct, frozen=True):
    """Who wrote a record first: on which device, when by the server's clock, and when it came here."""

    device: str
    user: str
    captured_at: int
    received_at: int


async def note_gone(work: Work, caller: Caller, files: Collection[str]) -> None:
    """Remember that a device does not have these of the files that are wanted of it; of any other it says nothing."""
    said = sorted(files)
    wanted = await wanted_of(work.connection, work.company, caller.device, MAX_WANTED_FILES, said) if said else ()
    key = {"company": work.company, "device": caller.device}
    rows = [key | {"sha256": name, "at": work.now} for name in wanted]
    if rows:
        await work.connection.execute(insert_into(work.connection.dialect, FILE_GONE).on_conflict_do_nothing(), rows)


async def missing_files(
    connection: AsyncConnection, company: str, known: Known, caller: Caller | None, visits: Collection[str] = ()
) -> tuple[Sequence[MissingFile], bool]:
    """Return records in a caller's scope, None for all, whose files are not here, and whether there are more.

    Those that nobody has come first. ``visits`` asks for those of these visits alone.
    """
    found = await lacking(connection, company, caller, MOST_TOLD + 1, visits)
    told = found[:MOST_TOLD]
    written = await _written(connection, company, told)
    over, gone = await _over(connection, company), await _gone(connection, company, told)
    names = await _Names.read(Documents(connection, company), told)
    missing = [
        _missing(each, by, _state(known, by, over, _is_gone(each, by, gone)), names)
        for each in told
        if (by := written.get((each.kind, each.doc))) is not None
    ]
    return sorted(missing, key=lambda each: each.state in STILL_AWAITED), len(found) > MOST_TOLD


async def missing_of_call(connection: AsyncConnection, caller: Caller, now: int, call: str) -> Sequence[MissingFile]:
    """Return the photos and signatures of a call's visits whose files are not here; raises ``Problem`` for no call."""
    documents = Documents(connection, caller.company)
    found = await named_by(documents, caller, ServiceCall, call)
    visits = {each.id for each in await documents.children(ServiceVisit, "call", [found])}
    if not visits or not await lacking(connection, caller.company, caller, 1, visits):
        return ()
    known = await known_of(connection, caller.company, now)
    return (await missing_files(connection, caller.company, known, caller, visits))[0]


STILL_AWAITED = frozenset({LossState.AWAITED, LossState.SILENT})
"""States of a file that its device may yet bring by itself."""


def _state(known: Known, by: Written, over: Collection[str], is_gone: bool) -> LossState:  # noqa: FBT001
    """Return what may be expected of a file's device: its own word counts, never that it was merely in touch."""
    if by.device in over or is_gone:
        return LossState.GONE
    if by.device in known.stopped:
        return LossState.REVOKED
    if known.emptied.get(by.device, -1) >= by.received_at:
        return LossState.EMPTIED
    return LossState.SILENT if known.now - known.contacts.get(by.device, 0) > SILENT_MS else LossState.AWAITED


async def _written(
    connection: AsyncConnection, company: str, told: Sequence[Lacking]
) -> Mapping[tuple[Kind, str], Written]:
    """Return record to who wrote it first: whoever released or applied it later wrote it again (SPEC P5, Q5)."""
    found: dict[tuple[Kind, str], Written] = {}
    for kind in {each.kind for each in told}:
        docs = [each.doc for each in told if each.kind is kind]
        query = (
            select(
                OPERATION.c.doc, OPERATION.c.author, OPERATION.c.effective_at, OPERATION.c.received_at, ACTOR.c.device
            )
            .join(ACTOR, and_(ACTOR.c.company == OPERATION.c.company, ACTOR.c.actor == OPERATION.c.actor))
            .where(OPERATION.c.company == company, OPERATION.c.kind == kind.value, OPERATION.c.doc.in_(docs))
            .order_by(OPERATION.c.received_at.desc(), OPERATION.c.seq.desc())
        )
        for row in await connection.execute(query):
            if row.device != SERVER or (kind, row.doc) not in found:
                found[kind, row.doc] = Written(row.device, row.author, row.effective_at, row.received_at)
    return found


async def _over(connection: AsyncConnection, company: str) -> frozenset[str]:
    """Return the stopped devices that have handed in everything they had: no file of theirs will come any more."""
    is_stopped = or_(_DEVICE.c.revoked_at.is_not(None), _USER.c.deactivated_at.is_not(None))
    closed: ColumnElement[bool] = QUARANTINE.c.closed_at.is_not(None)
    query = (
        select(QUARANTINE.c.device)
        .join(_DEVICE, and_(_DEVICE.c.company == QUARANTINE.c.company, _DEVICE.c.id == QUARANTINE.c.device))
        .join(_USER, and_(_USER.c.company == _DEVICE.c.company, _USER.c.id == _DEVICE.c.user))
        .where(QUARANTINE.c.company == company, closed, is_stopped)
    )
    return frozenset((await connection.execute(query)).scalars())


async def _gone(connection: AsyncConnection, company: str, told: Sequence[Lacking]) -> frozenset[tuple[str, str]]:
    names = {name for each in told for name in each.files}
    query = select(FILE_GONE.c.device, FILE_GONE.c.sha256).where(
        FILE_GONE.c.company == company, FILE_GONE.c.sha256.in_(names)
    )
    return frozenset((row.device, row.sha256) for row in await connection.execute(query))


def _is_gone(record: Lacking, by: Written, gone: Collection[tuple[str, str]]) -> bool:
    return any((by.device, name) in gone for name in record.files)


class _Names(Struct, frozen=True):
    """The visits, calls and customers that records are about, by their ids."""

    visits: Mapping[str, Found[ServiceVisit]]
    calls: Mapping[str, Found[ServiceCall]]
    customers: Mapping[str, Found[Customer]]

    @classmethod
    async def read(cls, documents: Documents, told: Sequence[Lacking]) -> "_Names":
        """Read what these records are about."""
        visits = await documents.where(ServiceVisit, "id", {each.visit for each in told if each.visit})
        calls = await documents.where(ServiceCall, "id", {each.shown.call for each in visits if each.shown.call})
        named = {each.shown.customer for each in calls if each.shown.customer}
        customers = await documents.where(Customer, "id", named)
        return cls(_by_id(visits), _by_id(calls), _by_id(customers))

    def of(self, record: Lacking) -> tuple[str | None, str | None]:
        """Return the number of a record's call and the name of its customer, null where its unit knows of none.

        Whoever writes in his own unit of another one's visit learns nothing of it (F016).
        """
        visit = _own(record, self.visits.get(record.visit or ""))
        call = _own(record, self.calls.get(visit.call or "")) if visit else None
        if call is None:
            return None, None
        customer = _own(record, self.customers.get(call.customer or ""))
        return call.number or call.provisional_number, customer.name if customer else call.contact_name


def _by_id(found: Sequence[Found[OwnShape]]) -> Mapping[str, Found[OwnShape]]:
    return {each.id: each for each in found}


def _own(record: Lacking, found: Found[OwnShape] | None) -> OwnShape | None:
    return found.shown if found is not None and found.shown.unit == record.unit else None


def _missing(record: Lacking, by: Written, state: LossState, names: _Names) -> MissingFile:
    number, customer = names.of(record)
    return MissingFile(
        kind=record.kind.value,
        doc=record.doc,
        visit=record.visit,
        number=number,
        customer=customer,
        device=by.device,
        user=by.user,
        captured_at=by.captured_at,
        since=record.lost_at or by.received_at,
        was_here=record.lost_at is not None,
        state=state,
    )
