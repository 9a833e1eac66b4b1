"""Which incarnation of a log goes on from which: only so a copy and what it was copied from are told apart (ADR 27)."""

from collections.abc import Iterable, Iterator, Sequence

from schemas.protocol import EpochLink
from server.records.ledger import Head


def gone_on(head: Head, incarnation: str) -> tuple[EpochLink, ...]:
    """Return a log's branches after an incarnation begins at its end.

    One under which nothing was committed is passed over: several processes that start together are one step.
    """
    links = {link.epoch: link for link in head.branches}
    epochs = {link.epoch for link in head.lineage}
    before = head.branch
    while before not in epochs and (link := links[before]).fork == head.position and link.parent is not None:
        before = link.parent
    return (*head.branches, EpochLink(incarnation, before, head.position))


def with_learnt(head: Head, links: Iterable[EpochLink]) -> tuple[EpochLink, ...]:
    """Return a log's branches after it heard of others; what it knows stays as it is, what is current stays last."""
    known = head.tree()
    told = sorted(links, key=lambda link: link.parent is not None)  # what has a past stands for what has none
    learnt = {link.epoch: link for link in told if not known.knows(link.epoch)}
    return (*learnt.values(), *head.branches)


def descent(head: Head) -> Iterator[EpochLink]:
    """Yield whence the current branch comes, the newest step first."""
    links = {link.epoch: link for link in head.branches}
    name: str | None = head.branch
    while name is not None and (link := links.get(name)) is not None:
        yield link
        name = link.parent


def epochs_of(head: Head) -> dict[str, str]:
    """Return name of a branch to the epoch that it belongs to, for every one whose past is known."""
    parents = {link.epoch: link.parent for link in head.branches}
    found = {link.epoch: link.epoch for link in head.lineage}
    for link in head.branches:
        passed: list[str] = []
        name: str | None = link.epoch
        while name is not None and name not in found:
            passed.append(name)
            name = parents.get(name)
        if name is not None:
            found |= dict.fromkeys(passed, found[name])
    return found


def closed(head: Head, names: Iterable[str]) -> Sequence[EpochLink]:
    """Return those of the branches that a log never heard of, as ones whose past stays unknown for ever."""
    known = head.tree()
    return [EpochLink(name, None, 0) for name in sorted(set(names)) if not known.knows(name)]
