"""Which actor a chain was renamed from, and up to which operation it shares that past."""

from collections.abc import Mapping

from schemas.protocol import Dot

Ancestry = Mapping[str, tuple[str, int]]
"""Actor to (parent actor, last common seq); an actor without a parent is absent (SPEC A3)."""


def is_own_earlier(ancestry: Ancestry, later: Dot, earlier: Dot) -> bool:
    """Tell whether ``earlier`` lies in the past of ``later``'s own chain, renamings included (SPEC W2)."""
    actor, limit = later.actor, later.seq - 1
    for _ in range(len(ancestry) + 1):
        if actor == earlier.actor:
            return earlier.seq <= limit
        parent = ancestry.get(actor)
        if parent is None:
            return False
        actor, limit = parent
    return False
