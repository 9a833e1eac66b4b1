"""One process at a time works on an installation's folder."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class InUseError(Exception):
    """Another process works on this folder."""


@contextmanager
def alone(data: Path) -> Iterator[None]:
    """Hold the folder for as long as the block runs, making it (for its owner only) if it is not there.

    Raises ``InUseError`` if another process holds it. Two servers on one SQLite file would each believe to be the only
    writer; a restore under a running server would be overwritten by it.
    """
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(data / "lock", os.O_CREAT | os.O_RDWR, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise InUseError(str(data)) from None
        yield
    finally:
        os.close(handle)
