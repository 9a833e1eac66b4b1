"""What devices announced and never brought: read from what they said, never guessed (SPEC P8)."""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from schemas.healing import Loss, Settled
from schemas.vocabulary import LossState
from server.exchange.announcing import Announced

SILENT_MS = 86_400_000
"""A device that has something to bring and was not in touch for a day is told of."""

RETURNING_MS = 600_000
"""A device that has just begun a new chain may still be bringing what the last one lacks."""


class Chain(Struct, frozen=True):
    """A chain of a device as the log has it."""

    actor: str
    device: str
    user: str
    epoch: str
    parent: str | None
    parent_seq: int
    acked_seq: int


class Known(Struct, frozen=True, kw_only=True):
    """Everything that is known of a company's devices, as it bears on losses; times by the server's clock."""

    epoch: str
    now: int
    chains: Sequence[Chain]
    announced: Sequence[Announced]
    parted: frozenset[str]
    """Chains that began beside an older branch: what they brought was never the older one's."""
    contacts: Mapping[str, int]
    """Device to its last contact."""
    stopped: frozenset[str]
    emptied: Mapping[str, int]
    """Device to when its browser said that what it kept had been cleared."""
    successors: Mapping[str, str]
    """Device to the one that its person enrolled since it was last in touch."""
    settled: Mapping[str, tuple[int, Settled]]
    """Actor to the seq up to which somebody wrote off what is missing."""


class _Case(Struct, frozen=True):
    """One chain that must have gone as far as ``end``, by its device's word or by the chain that follows it."""

    actor: str
    device: str
    user: str
    end: int
    chain: Chain | None
    said: Announced | None

    @property
    def acked(self) -> int:
        return self.chain.acked_seq if self.chain else 0


def losses(known: Known) -> list[Loss]:
    """Return what was announced and is not there, the open ones first, the oldest of them first."""
    followed = {each.parent for each in known.chains}
    found: list[Loss] = []
    for case in _cases(known):
        is_current = case.chain is not None and case.chain.epoch == known.epoch and case.actor not in followed
        state, there = _current(known, case) if is_current else _closed(known, case, followed)
        if state is not None and there < case.end:
            found.append(_loss(known, case, state, there))
    return sorted(found, key=lambda each: (each.settled is not None, each.since or each.said_at or 0, each.actor))


def _cases(known: Known) -> list[_Case]:
    chains = {each.actor: each for each in known.chains}
    said = {each.actor: each for each in known.announced}
    moved: dict[str, int] = {}
    followers: dict[str, list[Chain]] = {}
    for chain in known.chains:
        word = said.get(chain.actor)
        older = chain.parent or (word.took_over if word else None)
        if word is not None and older is not None:
            taken = _taken_along(known, chain, word, said.get(older))
            moved[older] = moved.get(older, 0) + taken
        if chain.parent is not None:
            followers.setdefault(chain.parent, []).append(chain)
    cases: list[_Case] = []
    for actor in sorted({*said, *followers}):
        word, next_ones = said.get(actor), followers.get(actor, [])
        end = max([(word.last_seq if word else 0) - moved.get(actor, 0), *(each.parent_seq for each in next_ones)])
        owner = word or next_ones[0]
        cases.append(_Case(actor, owner.device, owner.user, end, chains.get(actor), word))
    return cases


def _taken_along(known: Known, chain: Chain, word: Announced, older: Announced | None) -> int:
    """Return how much of what the older chain announced this one began with.

    Beside an older branch it is all or nothing: either this branch had announced that end, or the other one had.
    """
    if older is None or chain.actor not in known.parted:
        return word.moved
    return older.last_seq if older.last_seq <= chain.parent_seq + word.moved else 0


def _current(known: Known, case: _Case) -> tuple[LossState | None, int]:
    """Return what became of a chain that its device still writes, and how much of it is there or will come."""
    if case.said is None:
        return None, case.end
    if (state := _out_of_reach(known, case)) is not None:
        return state, case.acked
    return LossState.GONE, max(case.acked, case.said.last_said)


def _closed(known: Known, case: _Case, followed: set[str | None]) -> tuple[LossState | None, int]:
    """Return what became of a chain that its device goes on with elsewhere, and how much of it is there."""
    state = _out_of_reach(known, case)
    if state is None:
        begun = [each.first_at for each in known.announced if each.device == case.device and each.actor not in followed]
        since = max([*begun, case.said.at if case.said else 0])
        state = LossState.AWAITED if known.now - since < RETURNING_MS else LossState.GONE
    return state, case.acked


def _out_of_reach(known: Known, case: _Case) -> LossState | None:
    """Return why a device cannot be expected to bring anything soon; None if it can."""
    device, spoke = case.device, case.said.at if case.said else 0
    if device in known.stopped:
        return LossState.REVOKED
    if known.emptied.get(device, -1) >= spoke:
        return LossState.EMPTIED
    return LossState.SILENT if known.now - known.contacts.get(device, 0) > SILENT_MS else None


def _loss(known: Known, case: _Case, state: LossState, there: int) -> Loss:
    upto, settled = known.settled.get(case.actor, (0, None))
    is_settled = settled is not None and upto >= case.end
    return Loss(
        actor=case.actor,
        last_seq=case.end,
        device=case.device,
        user=case.user,
        operations=case.end - (there if is_settled else max(there, upto)),
        since=case.said.oldest_pending_at if case.said else None,
        said_at=case.said.at if case.said else None,
        state=state,
        successor=known.successors.get(case.device),
        settled=settled if is_settled else None,
    )
