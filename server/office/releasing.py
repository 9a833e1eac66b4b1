"""Releasing what was quarantined: it becomes what it would have been, in its author's name (SPEC Q5)."""

from collections.abc import Iterable, Sequence

from schemas.audit import Deed
from schemas.kinds.people import Device
from schemas.office import Released
from schemas.problems import Code, Problem
from schemas.protocol import Dot
from schemas.registry import Kind
from server.audit.log import Doer
from server.office.closing import Closing, close_held
from server.office.held import Held, held_operations
from server.platform.caller import Caller
from server.records.rights import is_in_scope
from server.records.scope import named_by
from server.records.work import Work

Group = Sequence[Held]
"""Held operations that have one position: they stand or fall together (SPEC G1)."""


async def release_held(work: Work, caller: Caller, doer: Doer, dot: Dot, reason: str) -> Released:
    """Write a quarantined entry as its author wrote it, with the earlier ones of the same documents.

    A later edit was made on top of the earlier ones, so it does not go without them; one that was rejected stays so.
    Raises ``Problem`` if it is not open in the caller's units, or was held for another reason too.
    """
    await work.ledger.head()
    groups = groups_of(await held_operations(work.connection, work.ledger, caller))
    wanted = next((group for group in groups if dot in {each.logged.dot for each in group}), None)
    if wanted is None:
        raise Problem(Code.RECORD_MISSING)
    if not _is_open(wanted):
        raise Problem(Code.HELD_NOT_OPEN)
    if not is_quarantined(wanted):
        raise Problem(Code.HELD_NOT_QUARANTINED)
    return await _release(work, caller, doer, _with_what_it_stands_on(groups, wanted), reason)


async def release_all(work: Work, caller: Caller, doer: Doer, device: str, reason: str) -> Released:
    """Release every open entry of a device's quarantine; those with another fault stay.

    Raises ``Problem`` for a device that is not in the caller's units, and where nothing is to be released.
    """
    groups = [each for each in await _open(work, caller, device) if is_quarantined(each)]
    return await _release(work, caller, doer, groups, reason)


async def reject_all(work: Work, caller: Caller, doer: Doer, device: str, reason: str) -> Released:
    """Close every open entry of a device's quarantine without applying it; raises as ``release_all`` does."""
    groups = await _open(work, caller, device)
    if not groups:
        raise Problem(Code.HELD_NOT_OPEN)
    await close_held(work, doer, groups, Closing("rejected", Deed.HELD_REJECTED, reason))
    return Released(len(groups))


def groups_of(every: Iterable[Held]) -> list[Group]:
    """Return held operations as the groups in which they came, oldest first."""
    groups: dict[tuple[str, str, int], list[Held]] = {}
    for each in every:
        logged = each.logged
        groups.setdefault((logged.dot.actor, logged.epoch, logged.position), []).append(each)
    return [sorted(group, key=lambda each: each.logged.dot.seq) for group in groups.values()]


def is_quarantined(group: Group) -> bool:
    """Tell whether a group is held for nothing but that its device was stopped."""
    return all(each.logged.problem == Code.OPERATION_QUARANTINE for each in group)


def _is_open(group: Group) -> bool:
    return all(each.closed is None for each in group)


async def _open(work: Work, caller: Caller, device: str) -> list[Group]:
    await work.ledger.head()
    await named_by(work.documents, caller, Device, device)
    own = [each for each in await held_operations(work.connection, work.ledger, caller) if each.device == device]
    came_late = [group for group in groups_of(own) if any(each.is_late for each in group)]
    return [group for group in came_late if _is_open(group)]


def _with_what_it_stands_on(groups: Sequence[Group], wanted: Group) -> list[Group]:
    """Return a group behind the open ones of its actor that came before it and touch what it touches."""
    released, touched = [wanted], _documents(wanted)
    for group in sorted(groups, key=_place, reverse=True):
        before = group[0].logged.dot.actor == wanted[0].logged.dot.actor and _place(group) < _place(wanted)
        if before and _is_open(group) and is_quarantined(group) and touched & _documents(group):
            released.append(group)
            touched |= _documents(group)
    return released


def _documents(group: Group) -> set[tuple[str, str]]:
    return {(each.logged.kind, each.logged.doc) for each in group}


def _place(group: Group) -> tuple[str, int]:
    return group[0].logged.dot.actor, group[0].logged.dot.seq


async def _check_scope(work: Work, caller: Caller, every: Iterable[Held]) -> None:
    """Raise ``Problem`` if a document would ever be out of every scope, or in none of the caller's (F016)."""
    operations = [each.operation for each in every if each.operation is not None]
    stored = await work.ledger.documents({(Kind(each.kind), each.doc) for each in operations})
    units = {key: each.fields.get("unit") for key, each in stored.items()}
    for each in operations:
        key, unit = (Kind(each.kind), each.doc), units.get((Kind(each.kind), each.doc))
        if not is_in_scope(caller.units, key[0], unit if isinstance(unit, str) else None, each.fields):
            raise Problem(Code.HELD_NOTHING_TO_APPLY)
        units[key] = unit or each.fields.get("unit")


async def _release(work: Work, caller: Caller, doer: Doer, groups: Sequence[Group], reason: str) -> Released:
    if not groups:
        raise Problem(Code.HELD_NOT_OPEN)
    ordered = sorted(groups, key=_place)
    await _check_scope(work, caller, [each for group in ordered for each in group])
    await work.release([[each.logged for each in group] for group in ordered])
    await close_held(work, doer, ordered, Closing("released", Deed.HELD_RELEASED, reason))
    return Released(len(groups))
