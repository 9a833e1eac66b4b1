"""Parts that a technician replaced on a visit, as the lines that stand in its entry (1-4, F030; ADR 47)."""

import re
from collections.abc import Iterable

from msgspec import Struct

from schemas.scalars import PART_NAME_MAX, PART_NUMBER_MAX

MOST_PARTS = 30
"""Lines of one visit."""

MOST_OF_ONE = 999
"""Pieces of one part."""


class PartUsage(Struct, frozen=True):
    """How many pieces of a part were used; ``number`` is the maker's, empty where nobody knows it."""

    name: str
    number: str
    quantity: int


def parts_of(lines: str | None) -> tuple[PartUsage, ...]:
    """Return the parts of a visit's ``parts``; none of null."""
    return tuple(_part(line) for line in lines.split("\n")) if lines else ()


def part_lines(parts: Iterable[PartUsage]) -> str | None:
    """Return parts as a visit keeps them: each name and number once, in the order in which they came; null for none.

    What has no name or no piece is none; tabs and line breaks are blanks. Beyond ``MOST_PARTS``, ``MOST_OF_ONE`` and
    the characters that a line has room for nothing is kept.
    """
    pieces: dict[tuple[str, str], int] = {}
    for each in parts:
        key = (_plain(each.name, PART_NAME_MAX), _plain(each.number, PART_NUMBER_MAX))
        if key[0] and each.quantity > 0:
            pieces[key] = min(MOST_OF_ONE, pieces.get(key, 0) + each.quantity)
    lines = [f"{name}\t{number}\t{quantity}" for (name, number), quantity in pieces.items()]
    return "\n".join(lines[:MOST_PARTS]) or None


def _part(line: str) -> PartUsage:
    name, number, quantity = line.split("\t")
    return PartUsage(name, number, int(quantity))


_BLANKS = re.compile(r"[\s\ufeff\x00-\x1f\x7f-\x9f]+")
"""What either language takes for a blank, and control characters."""


def _plain(text: str, room: int) -> str:
    return _BLANKS.sub(" ", text).strip()[:room].strip()
