"""What people had really seen when they wrote: the page against which the rules of merging are held."""

from collections.abc import Mapping

from msgspec import Struct

from schemas.protocol import Dot


class Sight(Struct, frozen=True):
    """What a person saw when he began: the operations that the rendered row was made of, and the rivals he let stand.

    ``left`` names, field by field, what was there and was not meant by the edit (SPEC W4).
    """

    seen: frozenset[Dot]
    left: Mapping[str, frozenset[Dot]]


NOTHING_SEEN = Sight(frozenset(), {})


class Truth(Struct, frozen=True):
    """The truth about one operation in the log: its author's sight, and what he had written before.

    ``wrote`` has the bytes of the latter where two copies of a device can write under one dot.
    """

    sight: Sight
    own: frozenset[Dot]
    wrote: frozenset[tuple[Dot, bytes]] = frozenset()

    def knew(self, earlier: Dot) -> bool:
        """Tell whether the author had seen an operation of the same document, or wrote it himself."""
        return earlier in self.own or earlier in self.sight.seen

    def knew_bytes(self, earlier: Dot, payload: bytes) -> bool:
        """Tell whether the author had seen an operation, or wrote it himself: he, and not a copy of his device."""
        return earlier in self.sight.seen or (earlier, payload) in self.wrote

    def left(self, name: str) -> frozenset[Dot]:
        """Return what the author saw in a field and let stand."""
        return self.sight.left.get(name, frozenset()) - self.own

    def replaces(self, name: str, earlier: Dot) -> bool:
        """Tell whether the author knowingly replaced an earlier value of a field."""
        return self.knew(earlier) and earlier not in self.left(name)
