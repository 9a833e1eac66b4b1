"""The folder of snapshots, which several processes may share: nothing in it is worth more than the time it took."""

import os
import shutil
from contextlib import suppress
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import msgspec
from msgspec import Struct, structs

KEPT_MS = 3_600_000
"""How long a snapshot stays when there is a newer one, for whoever is fetching it."""

UNASKED_MS = 7 * 86_400_000
"""How long a snapshot stays that no first sync asks for: of a unit that was closed, as an older version tells it."""

_ABOUT = "about.json"


class Subject(Struct, frozen=True):
    """Whose documents a snapshot holds, as which schema tells them, and by which shapes and merge rules."""

    company: str
    audience: str
    schema: int
    rules: str

    @property
    def name(self) -> str:
        """What the names of all its snapshots begin with."""
        return _hashed(self)


class Snapshot(Struct, frozen=True):
    """What lies ready of one subject, the place in the log where it stands, and the SHA-256 of each part."""

    subject: Subject
    incarnation: str
    epoch: str
    position: int
    at: int
    today: int
    """How many of the parts are needed before all others; they come first."""
    parts: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The name of its folder and in its addresses."""
        return self.subject.name + _hashed(structs.replace(self, parts=()))


def _hashed(what: Struct) -> str:
    return sha256(msgspec.json.encode(what)).hexdigest()[:16]


_SNAPSHOT = msgspec.json.Decoder(Snapshot)


class SnapshotFiles:
    """Snapshots on the disk, each in a folder of its own that appears when it is whole; it waits for the disk.

    None is ever half there: what is written lies in a folder that nobody looks into, until that is renamed, and a part
    is given out only if it is what the description says. So nothing has to be forced to the disk: what a power cut left
    of it is not given out.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def named(self, name: str) -> Snapshot | None:
        """Return what a snapshot is about; None for one that is not there."""
        try:
            return _SNAPSHOT.decode((self._folder / name / _ABOUT).read_bytes())
        except (OSError, msgspec.DecodeError, UnicodeDecodeError):
            return None

    def newest(self, subject: Subject) -> Snapshot | None:
        """Return the newest snapshot of a subject."""
        return next(iter(self.of(subject)), None)

    def part(self, snapshot: Snapshot, number: int) -> bytes | None:
        """Return a part as it was put; None if it is not there or not whole, as after a power cut."""
        try:
            packed = (self._folder / snapshot.name / str(number)).read_bytes()
        except OSError:
            packed = b""
        if sha256(packed).hexdigest() == snapshot.parts[number]:
            return packed
        self._drop(snapshot)
        return None

    def begin(self, coming: str) -> None:
        """Make room for a snapshot that is being made under the name ``coming``."""
        (self._folder / f".{coming}").mkdir(mode=0o700, parents=True)

    def put(self, coming: str, number: int, packed: bytes) -> str:
        """Write a part of a snapshot that was begun; return its SHA-256."""
        (self._folder / f".{coming}" / str(number)).write_bytes(packed)
        return sha256(packed).hexdigest()

    def finish(self, coming: str, snapshot: Snapshot) -> None:
        """Show a snapshot whose parts were all put, and let go of those that another one took the place of long ago."""
        folder = self._folder / f".{coming}"
        (folder / _ABOUT).write_bytes(msgspec.json.encode(snapshot))
        folder.rename(self._folder / snapshot.name)
        self.asked(snapshot, snapshot.at)
        for older, newer in pairwise(reversed(self.of(snapshot.subject))):
            if newer.at < snapshot.at - KEPT_MS:
                self._drop(older)

    def give_up(self, coming: str) -> None:
        """Let go of a snapshot that is not finished."""
        shutil.rmtree(self._folder / f".{coming}", ignore_errors=True)

    def asked(self, snapshot: Snapshot, now: int) -> None:
        """Note that somebody begins to fetch a snapshot; one that is gone meanwhile stays so."""
        with suppress(FileNotFoundError):
            os.utime(self._folder / snapshot.name, (now / 1_000, now / 1_000))

    def sweep(self, now: int) -> None:
        """Let go of what was not finished for an hour, for others may be at work, and of what nobody asks for."""
        for each in self._folder.glob("*"):
            kept_ms = KEPT_MS if each.name.startswith(".") else UNASKED_MS
            with suppress(FileNotFoundError):  # somebody else lets go of it just now
                if each.stat().st_mtime * 1_000 < now - kept_ms:
                    shutil.rmtree(each, ignore_errors=True)

    def forget(self, company: str) -> None:
        """Let go of every snapshot of a company, and of what is unfinished, whosever it is."""
        for each in self._folder.glob("*"):
            about = self.named(each.name)
            if about is None or about.subject.company == company:
                shutil.rmtree(each, ignore_errors=True)

    def of(self, subject: Subject) -> list[Snapshot]:
        """Return what there is of a subject, the newest first."""
        found = (self.named(each.name) for each in self._folder.glob(f"{subject.name}*"))
        return sorted((each for each in found if each is not None), key=lambda each: each.at, reverse=True)

    def _drop(self, snapshot: Snapshot) -> None:
        shutil.rmtree(self._folder / snapshot.name, ignore_errors=True)
