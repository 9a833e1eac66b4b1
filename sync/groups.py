"""Operations that stand or fall together."""

from collections.abc import Sequence


def split(following: Sequence[int | None]) -> list[range] | None:
    """Return the groups of a push as ranges of indexes, or None if the last one is cut (SPEC G1).

    ``following`` holds each operation's own count of members to come, None where it could not be read; inside a group
    the count of the first member rules, so that a broken member cannot tear its group apart.
    """
    groups: list[range] = []
    start = 0
    while start < len(following):
        end = start + (following[start] or 0) + 1
        if end > len(following):
            return None
        groups.append(range(start, end))
        start = end
    return groups


def is_consistent(following: Sequence[int | None]) -> bool:
    """Tell whether the members of one group count down to nought (SPEC G1)."""
    return all(count == len(following) - 1 - place for place, count in enumerate(following))
