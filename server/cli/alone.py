"""One process at a time works on an installation's folder."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_LOCK = "lock"
_TRIES, _BETWEEN_S = 3, 0.02
"""Whoever only looks holds the folder for an instant, and must not keep a server from starting."""


class InUseError(Exception):
    """Another process works on this folder."""


@contextmanager
def alone(data: Path) -> Iterator[None]:
    """Hold the folder for as long as the block runs, making it (for its owner only) if it is not there.

    Raises ``InUseError`` if another process holds it. Two servers on one SQLite file would each believe to be the only
    writer; a restore under a running server would be overwritten by it.
    """
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(data / _LOCK, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        _take(handle, data)
        os.utime(handle)
        yield
    finally:
        os.close(handle)


def held_since(data: Path) -> int | None:
    """Return since when another process works on the folder (epoch milliseconds), None if none does."""
    try:
        handle = os.open(data / _LOCK, os.O_RDONLY)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return os.fstat(handle).st_mtime_ns // 1_000_000
    else:
        return None
    finally:
        os.close(handle)


def _take(handle: int, data: Path) -> None:
    for left in reversed(range(_TRIES)):
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if left == 0:
                raise InUseError(str(data)) from None
            time.sleep(_BETWEEN_S)
        else:
            return
