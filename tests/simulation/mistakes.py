"""Mistakes that a server, a device or the core might have in it, each with the promise that it breaks."""

from collections.abc import Callable, Mapping, Sequence
from operator import attrgetter
from typing import NamedTuple

import pytest
from msgspec import structs

from schemas.problems import Problem
from schemas.protocol import Dot, HelloReply, PullEnd, PullHeader, PullLine, PullPut, ReOfferHead, Stamp
from schemas.registry import Kind
from server.exchange import chain_fit, pulling
from server.exchange.arriving import Linked
from server.exchange.marks import Mark
from server.exchange.pulling import Wish
from server.exchange.pushing import Push
from server.exchange.snapshot_files import Snapshot
from server.platform.caller import Caller
from server.platform.installation import Endpoint
from server.records import audiences, recorder
from server.records.ledger import Head, Key, Ledger, Logged, Stored
from server.records.memory_ledger import MemoryLedger
from server.records.recorder import Entry, Recorder
from server.records.work import Work
from sync.ancestry import Ancestry
from sync.document import Document, apply
from sync.lineage import Lineage, Position
from sync.write import Origin, Past, StampedOperation, covers
from tests.simulation import device
from tests.simulation.disk import Disk
from tests.simulation.disk import Entry as Unsent
from tests.simulation.promises import Promise

_APPLY = apply
_AUDIENCES = audiences.audiences_of
_LOOKED_UP = MemoryLedger.logged
_LOGGED = recorder._logged
_RECORD = Recorder.record
_FIT = chain_fit.fit_each
_SHOW = Disk.show
_STANDING = pulling.standing
_WHOLE_GROUPS = device._whole_groups

Show = Callable[[Disk, PullHeader, Sequence[tuple[PullLine, frozenset[Dot]]], PullEnd], None]


_NAMED_BY_EPOCH = property(attrgetter("epoch"))


class Mistake(NamedTuple):
    """One mistake: what is replaced, and by what."""

    promise: Promise
    name: str
    places: Sequence[str]
    instead: object

    def make(self, patch: pytest.MonkeyPatch) -> None:
        """Make the mistake, for as long as the patch holds."""
        for place in self.places:
            patch.setattr(place, self.instead)


def _replaces_every_rival(past: Past, later: StampedOperation, field: str, earlier: Origin) -> bool:
    del field
    return later.origin.dot != earlier.dot and covers(past, later.origin, earlier)


def _contains_past_the_fork(self: Lineage, base: Position, position: Position) -> bool:
    ancestors: list[str | None] = [base.epoch]
    while ancestors[-1] is not None and self.knows(ancestors[-1]):
        ancestors.append(self._links[ancestors[-1]].parent)
    return position.epoch in ancestors and position.n <= base.n


def _claims_all_of_its_parents(ancestry: Ancestry, later: Dot, earlier: Dot) -> bool:
    past = [later.actor]
    while (parent := ancestry.get(past[-1])) is not None:
        past.append(parent[0])
    return earlier.actor in past[1:] or (earlier.actor == later.actor and earlier.seq < later.seq)


def _is_always_right(*_: object) -> bool:
    return True


def _forgets_an_edit(past: Past, document: Document, operation: StampedOperation) -> Document:
    return document if document.registers else _APPLY(past, document, operation)


def _everybody(*_: object) -> frozenset[str]:
    return frozenset({audiences.COMPANY})


def _nobody_hears_of_customers(kind: Kind, fields: dict[str, object]) -> frozenset[str]:
    return frozenset() if kind is Kind.CUSTOMER else _AUDIENCES(kind, fields)


async def _dates_anew_whatever_is_looked_up(self: MemoryLedger, actor: str, first: int, last: int) -> Sequence[Logged]:
    found = await _LOOKED_UP(self, actor, first, last)
    self._state.log |= {each.dot: structs.replace(each, received_at=each.received_at + 1) for each in found}
    return await _LOOKED_UP(self, actor, first, last)


async def _takes_a_position_for_nothing(work: Work, pushes: Sequence[Push]) -> list[chain_fit.Fit | Problem]:
    found = await _FIT(work, pushes)
    if any(isinstance(each, chain_fit.Fit) and not each.fresh for each in found):
        await work.ledger.advance((await work.ledger.head()).position + 1)
    return found


def _rewrites_bytes(entry: Entry, epoch: str, position: int, problem: str | None) -> Logged:
    return structs.replace(_LOGGED(entry, epoch, position, problem), payload=entry.payload + b" ")


def _breaks_chains(entry: Entry, epoch: str, position: int, problem: str | None) -> Logged:
    return structs.replace(_LOGGED(entry, epoch, position, problem), head="0" * 64)


async def _leaves_a_gap(
    self: Recorder, groups: Sequence[Sequence[Entry]]
) -> tuple[list[Logged], dict[Key, recorder.Change]]:
    recorded = await _RECORD(self, groups)
    await self.ledger.advance((await self.ledger.head()).position + 1)
    return recorded


def _believes_everything(_keys: object, head: ReOfferHead, lost: Sequence[Linked]) -> Mapping[int, Stamp]:
    return {one.seq: stamp for one, stamp in zip(lost, head.stamps[lost[0].seq - head.first :], strict=True)}


def _lets_the_revoked_in(*_: object) -> None:
    pass


def _refuses_every_group(*_: object) -> None:
    """Find every group cut."""


def _keeps_old_fields(
    self: Disk, header: PullHeader, staged: Sequence[tuple[PullLine, frozenset[Dot]]], end: PullEnd
) -> None:
    old = dict(self.rows)
    _SHOW(self, header, staged, end)
    for key, row in self.rows.items():
        if key in old and key[0] != Kind.SIGNATURE and "unit" in old[key].put.fields:
            fields = {**old[key].put.fields, "unit": row.put.fields.get("unit")}
            self.rows[key] = row._replace(put=structs.replace(row.put, fields=fields))


def _is_made_of_old(
    self: Disk, header: PullHeader, staged: Sequence[tuple[PullLine, frozenset[Dot]]], end: PullEnd
) -> None:
    stale = [
        (line, self.rows[(line.kind, line.id)].made_of if (line.kind, line.id) in self.rows else made_of)
        if isinstance(line, PullPut)
        else (line, made_of)
        for line, made_of in staged
    ]
    _SHOW(self, header, stale, end)


def _waits_before_the_unreadable(entries: Sequence[Unsent]) -> list[Unsent]:
    batch = _WHOLE_GROUPS(entries)
    return batch if all(entry.payload.startswith(b"[") for entry in batch) else []


async def _goes_on_from_anywhere(
    ledger: Ledger, endpoint: Endpoint, caller: Caller, wish: Wish, head: Head
) -> Mark | None:
    return await _STANDING(ledger, endpoint, caller, wish, structs.replace(head, horizon=0))


async def _takes_contested_ones_too(self: MemoryLedger, after: int, until: int) -> Sequence[Stored]:
    every = self._state.documents.values()
    return [each for each in every if after < each.position <= until and "deleted" in each.document.registers]


async def _belongs_anyway(ledger: Ledger, snapshot: Snapshot) -> bool:
    del ledger, snapshot
    return True


async def _keeps_to_itself(*_: object) -> None:
    """Give nothing back."""


def _waits_for_its_own_branch(reply: HelloReply, common: int, acked: int) -> int:
    del reply
    return max(common, acked)


MISTAKES: tuple[Mistake, ...] = (
    Mistake(
        Promise.KEPT,
        "a device keeps the server's own work to itself",
        ["tests.simulation.device.Session._give_back"],
        _keeps_to_itself,
    ),
    Mistake(Promise.KEPT, "an edit replaces rivals it let stand", ["sync.document.supersedes"], _replaces_every_rival),
    Mistake(Promise.KEPT, "a base reaches past the fork", ["sync.lineage.Lineage.contains"], _contains_past_the_fork),
    Mistake(
        Promise.KEPT, "a copy gives out its positions anew", ["server.records.ledger.Head.branch"], _NAMED_BY_EPOCH
    ),
    Mistake(Promise.KEPT, "a renamed actor claims all", ["sync.write.is_own_earlier"], _claims_all_of_its_parents),
    Mistake(Promise.FOLDED, "an edit is not applied", ["server.records.recorder.apply"], _forgets_an_edit),
    Mistake(Promise.SCOPE, "everybody gets everything", ["server.records.recorder.audiences_of"], _everybody),
    Mistake(
        Promise.COMPLETE,
        "nobody hears of customers",
        ["server.records.recorder.audiences_of"],
        _nobody_hears_of_customers,
    ),
    Mistake(
        Promise.COMPLETE,
        "a horizon takes what is contested",
        ["server.records.memory_ledger.MemoryLedger.deleted"],
        _takes_contested_ones_too,
    ),
    Mistake(
        Promise.DIGEST,
        "a cursor goes on from before the horizon",
        ["server.exchange.pulling.standing"],
        _goes_on_from_anywhere,
    ),
    Mistake(
        Promise.DIGEST,
        "snapshots outlive the log they were made of",
        ["tests.simulation.host.belongs"],
        _belongs_anyway,
    ),
    Mistake(
        Promise.REPLAYS,
        "a replay takes a position",
        ["server.exchange.pushing.fit_each"],
        _takes_a_position_for_nothing,
    ),
    Mistake(
        Promise.STAMPS,
        "a replay is stamped again",
        ["server.records.memory_ledger.MemoryLedger.logged"],
        _dates_anew_whatever_is_looked_up,
    ),
    Mistake(
        Promise.SEALED, "a signature can be written over", ["server.exchange.arriving._is_signed"], _is_always_right
    ),
    Mistake(Promise.RAW, "bytes are rewritten", ["server.records.recorder._logged"], _rewrites_bytes),
    Mistake(Promise.CHAINS, "heads are not the chain's", ["server.records.recorder._logged"], _breaks_chains),
    Mistake(
        Promise.KEPT,
        "every past that is named is believed",
        ["server.records.memory_ledger.MemoryLedger._has_past"],
        _is_always_right,
    ),
    Mistake(
        Promise.CHAINS,
        "kept work is taken behind a hole",
        ["server.exchange.giving_back._may_follow"],
        _is_always_right,
    ),
    Mistake(Promise.POSITIONS, "a position is left out", ["server.records.recorder.Recorder.record"], _leaves_a_gap),
    Mistake(Promise.PROVEN, "every stamp is believed", ["server.exchange.offering.proven"], _believes_everything),
    Mistake(Promise.CONVERGED, "a row keeps its old fields", ["tests.simulation.disk.Disk.show"], _keeps_old_fields),
    Mistake(Promise.OVERLAY, "a row lacks what was sent", ["tests.simulation.disk.Disk.show"], _is_made_of_old),
    Mistake(Promise.DIGEST, "digests are not kept up", ["server.records.recorder._gained_and_lost"], lambda *_: {}),
    Mistake(
        Promise.RECEIPTS, "receipts prove no stamps", ["server.exchange.answering.stamps_digest"], lambda _: "0" * 64
    ),
    Mistake(
        Promise.REST,
        "an unreadable operation stops the queue",
        ["tests.simulation.device._whole_groups"],
        _waits_before_the_unreadable,
    ),
    Mistake(
        Promise.REST,
        "a device waits for its branch to be taken back",
        ["tests.simulation.device._end_of"],
        _waits_for_its_own_branch,
    ),
    Mistake(
        Promise.REVOKED,
        "a revoked device is let in",
        ["server.exchange.identity.check_not_revoked", "server.exchange.chain_fit.check_not_revoked"],
        _lets_the_revoked_in,
    ),
    Mistake(Promise.ANSWERS, "every group is refused", ["server.exchange.entering.split"], _refuses_every_group),
)


def mistake_named(name: str) -> Mistake:
    """Return the mistake of a name; raises ``KeyError`` for one that there is not."""
    return {mistake.name: mistake for mistake in MISTAKES}[name]
