"""Files that are still arriving: what came is kept and can be gone on with, whoever was killed in between.

They lie on this machine's disk. Whoever asks another machine for one begins anew; only what is whole is shared.
"""

import asyncio
import fcntl
import os
from collections.abc import AsyncIterator, Collection, Iterator
from contextlib import contextmanager
from io import FileIO
from pathlib import Path

import msgspec
from msgspec import Struct

from schemas.problems import Code, Problem
from schemas.protocol import MAX_UPLOADS_OPEN
from server.attachments.files import sync_folder

_ABOUT, _BYTES = ".json", ".part"


class Upload(Struct, frozen=True):
    """What an upload will be when it is whole: name and length of the file; it is given up at ``expires_at``."""

    sha256: str
    length: int
    expires_at: int


_UPLOAD = msgspec.json.Decoder(Upload)


class Uploads:
    """The uploads that one person has begun, below the folder ``root``; nobody else's are found here."""

    def __init__(self, root: Path, company: str, user: str) -> None:
        self._folder = root / company / user

    def begin(self, name: str, upload: Upload, now: int) -> None:
        """Begin an upload under a new name; what is too old goes, and beyond ``MAX_UPLOADS_OPEN`` the oldest."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        begun = sorted(path.stem for path in self._folder.glob(f"*{_ABOUT}"))
        kept = [each for each in begun if not self._drop_if_over(each, now)]
        for oldest in kept[: max(0, len(kept) + 1 - MAX_UPLOADS_OPEN)]:
            self.drop(oldest)
        self._path(name, _BYTES).touch(0o600)
        with self._path(name, _ABOUT).open("wb") as about:
            about.write(msgspec.json.encode(upload))
            about.flush()
            os.fsync(about.fileno())
        sync_folder(self._folder)

    def find(self, name: str, now: int) -> tuple[Upload, int]:
        """Return an upload and how many of its bytes are here; raises ``Problem`` for none, or one that has expired."""
        if self._drop_if_over(name, now):
            raise Problem(Code.UPLOAD_MISSING)
        return self._about(name), self._path(name, _BYTES).stat().st_size

    async def append(self, name: str, offset: int, parts: AsyncIterator[bytes]) -> int:
        """Add what comes behind ``offset`` and return how far the file goes then; what returns is durable.

        A line that breaks leaves what came. Raises ``Problem`` where the file does not end at ``offset``, for more
        than its length, and while another request adds to it.
        """
        length = self._about(name).length
        with self._locked(name) as file:
            end = file.seek(0, os.SEEK_END)
            if end != offset:
                raise Problem(Code.UPLOAD_OFFSET, offset=end)
            try:
                async for part in parts:
                    if end + len(part) > length:
                        raise Problem(Code.REQUEST_TOO_LARGE, limit=length)
                    await asyncio.to_thread(file.write, part)
                    end += len(part)
            finally:
                await asyncio.to_thread(os.fsync, file.fileno())
            return end

    def content(self, name: str) -> bytes:
        """Return what has come."""
        return self._path(name, _BYTES).read_bytes()

    def drop(self, name: str) -> None:
        """Let go of an upload."""
        for kind in (_ABOUT, _BYTES):
            self._path(name, kind).unlink(missing_ok=True)

    def is_of(self, name: str, files: Collection[str]) -> bool:
        """Tell whether an upload is of one of these files."""
        try:
            return self._about(name).sha256 in files
        except (Problem, msgspec.DecodeError):
            return False

    def _drop_if_over(self, name: str, now: int) -> bool:
        try:
            over = self._about(name).expires_at <= now
        except (Problem, msgspec.DecodeError):
            over = True
        if over:
            self.drop(name)
        return over

    def _about(self, name: str) -> Upload:
        try:
            return _UPLOAD.decode(self._path(name, _ABOUT).read_bytes())
        except FileNotFoundError:
            raise Problem(Code.UPLOAD_MISSING) from None

    @contextmanager
    def _locked(self, name: str) -> Iterator[FileIO]:
        """Open the file for one request at a time, of any process; a process that is killed lets go."""
        try:
            file = self._path(name, _BYTES).open("r+b", buffering=0)
        except FileNotFoundError:
            raise Problem(Code.UPLOAD_MISSING) from None
        with file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise Problem(Code.UPLOAD_BUSY) from None
            yield file

    def _path(self, name: str, kind: str) -> Path:
        return self._folder / f"{name}{kind}"


def sweep(root: Path, now: int) -> None:
    """Let go of everybody's uploads that have expired; a server does so when it starts."""
    for folder in root.glob("*/*"):
        uploads = Uploads(root, folder.parent.name, folder.name)
        for about in folder.glob(f"*{_ABOUT}"):
            uploads._drop_if_over(about.stem, now)  # noqa: SLF001 - its own module


def drop_of(root: Path, company: str, names: Collection[str]) -> None:
    """Let go of whatever part of these files anybody has begun to send."""
    for folder in root.glob(f"{company}/*"):
        uploads = Uploads(root, company, folder.name)
        for about in folder.glob(f"*{_ABOUT}"):
            if uploads.is_of(about.stem, names):
                uploads.drop(about.stem)
