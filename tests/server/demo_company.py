"""The demonstration, founded for tests."""

from pathlib import Path

from server.accounts.passwords import Passwords
from server.app import REACTIONS
from server.cli.preparing import prepare
from server.founding.demonstration import found_demo
from server.platform.ambient import RealAmbient
from server.platform.database import Database
from server.records.journal import Journal


async def found(url: str, blobs: Path) -> None:
    """Found the demonstration in an empty database, its files in the folder ``blobs``."""
    database, ambient = Database(url), RealAmbient()
    await prepare(database, ignore)
    journal = Journal(database, ambient, REACTIONS)
    await journal.start()
    await found_demo(journal, Passwords(ambient), blobs)
    await journal.stop()
    await database.close()


def ignore(done: int, total: int) -> None:
    """Take no notice of progress."""
