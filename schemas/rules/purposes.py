"""What the system itself notes in the audit log as a reason: stored for ever, so its wording is never changed.

The page tells it in the words of whoever reads (``pwa/src/rules/purposes.ts``).
"""

from collections.abc import Iterable

_LONGEST_NAME = 100
"""Characters of a file's name that are noted."""


def import_purpose(file_name: str, counts: Iterable[tuple[str, int, int]]) -> str:
    """Return what a list brought: of each kind how many documents are new and how many changed."""
    written = ", ".join(f"{new} new and {changed} changed of {kind}" for kind, new, changed in counts)
    return f"{file_name[:_LONGEST_NAME]}: {written}"


def repair_purpose(ranges: int, rows: int) -> str:
    """Return how many ranges of a device's rows did not add up, and how many rows of them it mended."""
    return f"{ranges} ranges, {rows} rows"
