"""What changes to a unit's phrases and fee items leave in the audit log: people write them by operations."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from msgspec import Struct

from schemas.audit import Deed
from schemas.registry import Kind
from server.audit.log import Deeds, Doer, Noted
from server.records.ledger import SERVER
from server.records.recorder import Change, Written
from server.records.work import Work
from sync.document import DELETED
from sync.lineage import Position


class _Told(Struct, frozen=True):
    added: Deed
    changed: Deed
    removed: Deed


_DEEDS: Mapping[Kind, _Told] = MappingProxyType(
    {
        Kind.PRESET: _Told(Deed.PHRASES_ADDED, Deed.PHRASES_CHANGED, Deed.PHRASES_REMOVED),
        Kind.FEE_ITEM: _Told(Deed.FEE_ITEMS_ADDED, Deed.FEE_ITEMS_CHANGED, Deed.FEE_ITEMS_REMOVED),
    }
)


class _One(Struct, frozen=True):
    """An operation of somebody's, as the log is told of it."""

    deed: Deed
    about: str
    unit: object
    written: Written


async def note_listed(work: Work, changes: Sequence[Change]) -> None:
    """Append an entry for each group that added, changed or removed rows of a unit's lists, in its author's name.

    What the server writes itself is noted as the command, the decision or the release that it is.
    """
    ones = [one for change in changes for one in _told(change)]
    known = await work.ledger.actors({one.written.operation.origin.dot.actor for one in ones})
    devices = {name: actor.record.device for name, actor in known.items() if actor.record.device != SERVER}
    of_people = [one for one in ones if one.written.operation.origin.dot.actor in devices]
    await work.note_all([_noted(work, devices, group) for group in _groups(of_people)])


def _told(change: Change) -> Iterator[_One]:
    after = change.after
    told = _DEEDS[after.kind]
    is_known = bool(change.before.position)
    for each in change.written:
        fields = each.operation.fields
        if fields.get(DELETED) is True:
            deed = told.removed
        elif not is_known or fields.get(DELETED) is False:
            deed = told.added
        else:
            deed = told.changed
        is_known = True
        yield _One(deed, f"{after.kind}:{after.id}", after.fields.get("unit"), each)


def _groups(ones: Iterable[_One]) -> Iterable[list[_One]]:
    """Return what was captured at once and is the same deed, in the order of the log: a new order of a list is one."""
    groups: dict[tuple[Position, str, Deed], list[_One]] = {}
    for one in sorted(ones, key=lambda each: each.written.operation.origin.positions[-1].n):
        origin = one.written.operation.origin
        groups.setdefault((origin.positions[0], origin.dot.actor, one.deed), []).append(one)
    return groups.values()


def _noted(work: Work, devices: Mapping[str, str], group: Sequence[_One]) -> Noted:
    first = group[0].written
    origin = first.operation.origin
    doer = Doer(origin.author, devices[origin.dot.actor], first.request_sha256 or work.request_sha256, first.acting_for)
    units = {f"{Kind.UNIT}:{one.unit}": None for one in group if isinstance(one.unit, str)}
    return Noted(doer, Deeds(group[0].deed, (*units, *(one.about for one in group))))
