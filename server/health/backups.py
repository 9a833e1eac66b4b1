"""Which backups were made, as whoever made them wrote it down beside the database.

It is a small file in the data folder, and no table: a backup then writes nothing into the database that it reads, so it
works beside a server that writes and in a database that can only be read, and neither the log nor a restore has rows of
it to carry. The price is that a file knows nothing of the database beside it, which may be put back to yesterday by a
restore, or by a copy of which nobody tells us. Therefore each line names the place in every company's log up to which
the backup goes, and counts only for a log that has come by that very place: a log that was put back forgets by itself
the backups that were made of what it lost, and the one before them is told instead.

The folder is the machine's: of servers on several machines, those that back up tell of it.
"""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec
from msgspec import Struct

from server.records.ledger import Head
from sync.lineage import Position

NAME = "backups.json"
_KEPT = 50
"""Backups that are remembered: more than the days for which anybody would put an older copy back."""


class Backup(Struct, frozen=True, kw_only=True):
    """A backup that was made: when it began, how large its file is, whether that was read back, what it lacks.

    ``places`` is how far it goes in each company's log.
    """

    at: int
    bytes: int
    verified: bool
    missing: int
    places: Mapping[str, Position]


def note_backup(data: Path, made: Backup) -> None:
    """Write a backup down as the newest, making the folder (for its owner only) if it is not there.

    Raises ``OSError`` for a folder that cannot be written in.
    """
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    coming = data / f".{NAME}.{os.getpid()}.part"
    try:
        with os.fdopen(os.open(coming, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "wb") as file:
            file.write(msgspec.json.format(msgspec.json.encode([made, *_kept(data)][:_KEPT])))
            file.flush()
            os.fsync(file.fileno())
        coming.replace(data / NAME)
    finally:
        coming.unlink(missing_ok=True)


def newest_backup(data: Path, company: str, log: Head) -> Backup | None:
    """Return the newest backup that goes up to a place which the company's log has come by, None for none."""
    return max(_of(_kept(data), company, log), key=lambda each: each.at, default=None)


def _of(kept: Iterable[Backup], company: str, log: Head) -> Iterable[Backup]:
    tree, end = log.tree(), Position(log.position, log.branch)
    return (each for each in kept if company in each.places and tree.contains(end, each.places[company]))


def _kept(data: Path) -> list[Backup]:
    """Return what was written down; a file that nobody can read tells of no backup, and is written anew."""
    try:
        return msgspec.json.decode((data / NAME).read_bytes(), type=list[Backup])
    except (OSError, msgspec.DecodeError):
        return []
