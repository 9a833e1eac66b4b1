"""The report of what a company's log lost and got back: read from the log itself and from what devices said."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple, TypeAlias

import msgspec
from msgspec import structs
from sqlalchemy import CTE, Row, and_, func, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from schemas.audit import AuditEntry, Deed
from schemas.healing import Awaited, EpochChange, HealReport, Loss, Parting, Returned
from schemas.kinds.people import Device, User
from schemas.registry import Kind
from server.audit.tables import AUDIT_ENTRY
from server.exchange.gone_files import missing_files
from server.exchange.losses import Known, losses
from server.exchange.partings import partings
from server.exchange.standing import known_of
from server.exchange.tables import EPOCH_REACH
from server.platform.caller import Caller
from server.platform.statements import looked_up
from server.records.branches import epochs_of
from server.records.documents import Documents
from server.records.ledger import SERVER
from server.records.scope import in_scope
from server.records.sql_ledger import SqlLedger
from server.records.tables import ACTOR, DOCUMENTS, EPOCH, OPERATION, READMISSION
from sync.lineage import Position

Rows: TypeAlias = Sequence[Row[tuple[object, ...]]]

_DEVICE = DOCUMENTS[Kind.DEVICE]
_SAME_OPERATION = and_(
    READMISSION.c.company == OPERATION.c.company,
    READMISSION.c.actor == OPERATION.c.actor,
    READMISSION.c.seq == OPERATION.c.seq,
)
_SAME_ACTOR = and_(ACTOR.c.company == OPERATION.c.company, ACTOR.c.actor == OPERATION.c.actor)


async def heal_report(connection: AsyncConnection, company: str, now: int, caller: Caller | None = None) -> HealReport:
    """Return everything that there is to tell of one company, at ``now`` (epoch milliseconds).

    Files are those in a caller's scope, None for all: of a great many only the newest are told.
    """
    known = await known_of(connection, company, now)
    files, more = await missing_files(connection, company, known, caller)
    return HealReport(
        changes=tuple(await _changes(connection, company, known)),
        losses=tuple(losses(known)),
        partings=tuple(await partings(connection, company, known)),
        files=tuple(files),
        more_files=more,
    )


class Whose(NamedTuple):
    """A device and its person, as a report names them."""

    device: str
    user: str


async def seen_by(connection: AsyncConnection, caller: Caller, report: HealReport) -> HealReport:
    """Return of a report of the caller's units what is about devices and people of these too (SPEC F3)."""
    told: list[Loss | Parting | Returned | Awaited] = [*report.losses, *report.partings]
    for change in report.changes:
        told += [*change.returned, *change.awaited]
    seen = await in_units_of(connection, caller, [Whose(each.device, each.user) for each in told])

    def mine(one: Loss | Parting | Returned | Awaited) -> bool:
        return one.device == SERVER or Whose(one.device, one.user) in seen  # the server's own is everybody's

    changes = [
        structs.replace(each, returned=tuple(filter(mine, each.returned)), awaited=tuple(filter(mine, each.awaited)))
        for each in report.changes
    ]
    return structs.replace(
        report,
        changes=tuple(changes),
        losses=tuple(filter(mine, report.losses)),
        partings=tuple(filter(mine, report.partings)),
    )


async def in_units_of(connection: AsyncConnection, caller: Caller, told: Collection[Whose]) -> frozenset[Whose]:
    """Return those of the devices that belong to the caller's units; one that nobody knows, by its person's unit."""
    documents = Documents(connection, caller.company)
    devices = {each.id: each.shown.unit for each in await documents.where(Device, "id", {one.device for one in told})}
    users = {each.id: each.shown.unit for each in await documents.where(User, "id", {one.user for one in told})}
    return frozenset(each for each in told if in_scope(caller.units, devices.get(each.device) or users.get(each.user)))


async def _changes(connection: AsyncConnection, company: str, known: Known) -> list[EpochChange]:
    """Return every epoch that began from another one, newest first."""
    query = select(EPOCH).where(EPOCH.c.company == company).order_by(EPOCH.c.fork, EPOCH.c.begun_at)
    epochs = (await connection.execute(query)).all()
    begun = [row for row in epochs if row.parent is not None]
    if not begun:
        return []
    told = await _told(connection, company)
    replaced = _replaced(epochs)
    reached = await _reached(connection, company, begun, replaced)
    end = await SqlLedger(connection, company, 0).end()
    tree, epoch_of = end.tree(), epochs_of(end)
    returned = await _returned(connection, company, epoch_of)
    back = await _back(connection, company, epoch_of)
    devices = (await connection.execute(select(_DEVICE).where(_DEVICE.c.company == company))).all()
    changes = [
        EpochChange(
            epoch=row.epoch,
            at=row.begun_at,
            cause=told[row.epoch].purpose or "" if row.epoch in told else "",
            device=told[row.epoch].device if row.epoch in told else None,
            fork=row.fork,
            reached=reached.get(row.epoch),
            back=sum(
                not tree.contains(Position(row.fork, row.epoch), position)
                for first in replaced[row.epoch]
                for position in back.get((row.epoch, first), ())
            ),
            returned=tuple(returned.get(row.epoch, ())),
            awaited=_awaited(devices, known, row.begun_at),
        )
        for row in begun
    ]
    return _told_once(changes)[::-1]


def _told_once(changes: Sequence[EpochChange]) -> list[EpochChange]:
    """Join what the first hello began right upon a restore into the restore, in the order in which they came.

    A backup may be older than an epoch that devices have met: then they prove a log that the restore could not know of,
    and another epoch begins where its own did. It is one restore all the same.
    """
    told: list[EpochChange] = []
    for change in changes:
        if told and change.cause == "hello" and (told[-1].cause, told[-1].fork) == ("restore", change.fork):
            told[-1] = _joined(told[-1], change)
        else:
            told.append(change)
    return told


def _joined(restore: EpochChange, noticed: EpochChange) -> EpochChange:
    returned: dict[Whose, Returned] = {}
    for one in (*restore.returned, *noticed.returned):
        whose = Whose(one.device, one.user)
        returned[whose] = _together(returned[whose], one) if whose in returned else one
    return structs.replace(
        restore,
        reached=max((end for end in (restore.reached, noticed.reached) if end is not None), default=None),
        back=restore.back + noticed.back,
        returned=tuple(one for _, one in sorted(returned.items())),
    )


def _replaced(epochs: Rows) -> Mapping[str, frozenset[str]]:
    """Return epoch to the epochs whose logs it replaced: its parent, and those that this copy never knew.

    Such a one is remembered at the place where it was given up. What was begun at the same place replaced the same.
    """
    begun = [row for row in epochs if row.parent is not None]
    root = next(row.epoch for row in epochs if row.parent is None)
    found: dict[str, frozenset[str]] = {}
    for row in begun:
        strange = {
            each.epoch for each in epochs if each.parent is None and each.epoch != root and each.fork == row.fork
        }
        earlier = {each.parent for each in begun if each.fork == row.fork and each.begun_at <= row.begun_at}
        found[row.epoch] = frozenset(strange | earlier) - {row.epoch}
    return found


async def _told(connection: AsyncConnection, company: str) -> Mapping[str, AuditEntry]:
    """Return epoch to the audit entry that says why it began."""
    query = select(AUDIT_ENTRY.c.leaf).where(
        AUDIT_ENTRY.c.company == company, AUDIT_ENTRY.c.deed == Deed.EPOCH_BEGUN.value
    )
    entries = [msgspec.json.decode(leaf, type=AuditEntry) for leaf in (await connection.execute(query)).scalars()]
    return {entry.objects[0].removeprefix("epoch:"): entry for entry in entries}


async def _reached(
    connection: AsyncConnection, company: str, begun: Rows, replaced: Mapping[str, frozenset[str]]
) -> dict[str, int]:
    """Return epoch to how far the log that it replaced is known to have gone.

    One of an epoch that has no place at all was what the newest epoch replaced.
    """
    query = select(EPOCH_REACH).where(EPOCH_REACH.c.company == company)
    reach = {row.epoch: row.position for row in (await connection.execute(query)).all()}
    placed = {row.epoch for row in begun}.union(*replaced.values())
    found: dict[str, int] = {}
    for row in begun:
        logs = replaced[row.epoch] | (reach.keys() - placed if row is begun[-1] else frozenset())
        known = [reach[epoch] for epoch in logs if epoch in reach and reach[epoch] > row.fork]
        if known:
            found[row.epoch] = max(known)
    return found


def _epochs(epoch_of: Mapping[str, str]) -> CTE:
    """Return branch to epoch as rows, for every branch that is not an epoch itself: one for each start of a server."""
    return looked_up({branch: epoch for branch, epoch in epoch_of.items() if branch != epoch}, "epoch_of")


async def _returned(
    connection: AsyncConnection, company: str, epoch_of: Mapping[str, str]
) -> dict[str, list[Returned]]:
    """Return epoch to what each device brought back in it: what was readmitted, and what was stamped anew."""
    whose = (ACTOR.c.device, ACTOR.c.user)
    told = (
        func.count(),
        func.count(func.distinct(OPERATION.c.kind + "/" + OPERATION.c.doc)),
        func.min(OPERATION.c.received_at),
        func.max(OPERATION.c.received_at),
    )
    epochs = _epochs(epoch_of)
    came_back = func.coalesce(epochs.c.value, READMISSION.c.epoch).label("back")
    elsewhere = func.count().filter(READMISSION.c.brought_by != ACTOR.c.device)
    again = (
        select(came_back, *whose, *told, elsewhere)
        .select_from(READMISSION)
        .join(OPERATION, _SAME_OPERATION)
        .join(ACTOR, _SAME_ACTOR)
        .outerjoin(epochs, epochs.c.key == READMISSION.c.epoch)
        .where(READMISSION.c.company == company)
        .group_by(came_back, *whose)
    )
    received = func.coalesce(epochs.c.value, OPERATION.c.epoch).label("received")
    late = (
        select(received, *whose, *told, literal(0))
        .select_from(OPERATION)
        .join(ACTOR, _SAME_ACTOR)
        .outerjoin(epochs, epochs.c.key == OPERATION.c.epoch)
        .where(OPERATION.c.company == company, ACTOR.c.epoch != received, ACTOR.c.device != SERVER)
        .group_by(received, *whose)
    )
    found: dict[tuple[str, str, str], Returned] = {}
    for query, unproven in ((again, False), (late, True)):
        for epoch, device, user, operations, documents, first, last, elsewhere in await connection.execute(query):
            one = Returned(
                device=device,
                user=user,
                operations=operations,
                documents=documents,
                unproven=operations if unproven else 0,
                first_at=first,
                last_at=last,
                kept_elsewhere=elsewhere,
            )
            known = found.get((epoch, device, user))
            found[epoch, device, user] = _together(known, one) if known else one
    by_epoch: dict[str, list[Returned]] = {}
    for (epoch, _, _), one in sorted(found.items()):
        by_epoch.setdefault(epoch, []).append(one)
    return by_epoch


def _together(one: Returned, other: Returned) -> Returned:
    return structs.replace(
        one,
        operations=one.operations + other.operations,
        documents=one.documents + other.documents,
        unproven=one.unproven + other.unproven,
        first_at=min(one.first_at, other.first_at),
        last_at=max(one.last_at, other.last_at),
        kept_elsewhere=one.kept_elsewhere + other.kept_elsewhere,
    )


async def _back(
    connection: AsyncConnection, company: str, epoch_of: Mapping[str, str]
) -> dict[tuple[str, str], list[Position]]:
    """Return epoch, and the one that its operations were first received in, to the positions that came back."""
    query = (
        select(READMISSION.c.epoch, OPERATION.c.epoch.label("first"), OPERATION.c.position)
        .join(OPERATION, _SAME_OPERATION)
        .where(READMISSION.c.company == company)
        .distinct()
    )
    found: dict[tuple[str, str], list[Position]] = {}
    for row in await connection.execute(query):
        epochs = epoch_of.get(row.epoch, row.epoch), epoch_of.get(row.first, row.first)
        found.setdefault(epochs, []).append(Position(row.position, row.first))
    return found


def _awaited(devices: Rows, known: Known, begun_at: int) -> tuple[Awaited, ...]:
    waiting = [
        Awaited(row.id, row.user or "", known.contacts.get(row.id))
        for row in devices
        if row.revoked_at is None
        and not row.gone
        and (row.enrolled_at or 0) < begun_at
        and known.contacts.get(row.id, 0) < begun_at
    ]
    return tuple(sorted(waiting, key=lambda each: (-(each.seen_at or 0), each.device)))
