"""Instants as the operator reads them on the console: by the company's clock."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

_ZONE = ZoneInfo("Asia/Taipei")
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
_LAST_MS = 253_370_764_800_000
"""The year 9999: a device's clock may say anything, and no calendar names a later year."""


def moment(at: int) -> str:
    """Return an instant (epoch milliseconds) as ``2026/11/25 12:00``."""
    instant = _BEGINNING + timedelta(milliseconds=min(at, _LAST_MS))
    return instant.astimezone(_ZONE).strftime("%Y/%m/%d %H:%M")
