"""When a call can have come in (1-3, F010)."""

from collections.abc import Collection

MOST_DAYS_BEFORE = 30
"""Nobody keeps a call for longer before he logs it."""

_DAY_MS = 86_400_000
_YEAR_MS = 366 * _DAY_MS
"""A clock that is further off than this, or ahead, tells nothing of when a call was logged."""


def is_sensible_receipt(received_at: int, logged_at: int | None, arrivals: Collection[int], now: int) -> bool:
    """Tell whether a call can have come in at an instant: before it was logged, if not long, and before any arrival."""
    is_told = logged_at is not None and now - _YEAR_MS <= logged_at <= now
    logged = logged_at if is_told and logged_at is not None else now
    return logged - MOST_DAYS_BEFORE * _DAY_MS <= received_at <= min((logged, *arrivals))
