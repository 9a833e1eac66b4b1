"""Lines whose columns stand under one another, as a terminal shows them: a Chinese character takes two places."""

from collections.abc import Sequence
from unicodedata import east_asian_width

_GAP = "  "


def aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return one line for each row; every row has as many cells as the first."""
    widths = [max(map(_places, column)) for column in zip(*rows, strict=True)]
    return [
        _GAP.join(cell + " " * (width - _places(cell)) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]


def _places(text: str) -> int:
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
