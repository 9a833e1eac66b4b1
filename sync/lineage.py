"""Epochs, positions, and what a base covers."""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from schemas.protocol import EpochLink


class Position(Struct, frozen=True, gc=False, array_like=True, order=True):
    """A place in the commit order of one epoch; numbers go on from the fork, so they never run backwards."""

    n: int
    epoch: str


class Lineage:
    """The tree of epochs that a company's log went through (SPEC E1, E2)."""

    def __init__(self, links: Iterable[EpochLink]) -> None:
        self._links: Mapping[str, EpochLink] = {link.epoch: link for link in links}

    def knows(self, epoch: str) -> bool:
        """Tell whether the epoch belongs to this lineage."""
        return epoch in self._links

    def committed(self, position: Position) -> Position:
        """Return the same place under the epoch that committed it: up to the fork that is an ancestor (SPEC E1)."""
        epoch = position.epoch
        while (link := self._links.get(epoch)) is not None and link.parent is not None and position.n <= link.fork:
            epoch = link.parent
        return Position(position.n, epoch)

    def contains(self, base: Position, position: Position) -> bool:
        """Tell whether somebody who had seen ``base`` had seen ``position``.

        A position of an ancestor epoch is contained only up to the fork: what the old epoch wrote behind it was never
        part of the new one (SPEC E2).
        """
        epoch: str | None = base.epoch
        limit = base.n
        while epoch is not None:
            if epoch == position.epoch:
                return position.n <= limit
            link = self._links.get(epoch)
            if link is None:
                return False
            limit = min(limit, link.fork)
            epoch = link.parent
        return False
