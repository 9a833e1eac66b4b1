"""Files on the disk, named by the SHA-256 of their bytes, a folder for each company."""

import asyncio
import os
from pathlib import Path

_NEW_FOLDERS = 4
"""Of the folders above a file, those whose entries may be as new as the file itself."""


class Files:
    """The files of one company below the folder ``root``."""

    def __init__(self, root: Path, company: str) -> None:
        self._folder = root / company

    def path(self, name: str) -> Path:
        """Return where the file of that SHA-256 lies, if it is there."""
        return self._folder / name[:2] / name

    async def put(self, name: str, content: bytes, unique: str) -> None:
        """Keep a file under its name, all of it or nothing; what returns is durable.

        It is written under a name of its own (``unique``) first. The same file again mends one that was damaged.
        """
        await asyncio.to_thread(self._put, name, content, unique)

    async def get(self, name: str) -> bytes | None:
        """Return a file's bytes, None if it is not there."""
        return await asyncio.to_thread(self._get, name)

    async def size(self, name: str) -> int | None:
        """Return a file's length, None if it is not there."""
        path = self.path(name)
        return path.stat().st_size if path.is_file() else None

    async def remove(self, name: str) -> None:
        """Let nothing be left of a file; one that is not there is gone already."""
        await asyncio.to_thread(self._remove, name)

    def _remove(self, name: str) -> None:
        path = self.path(name)
        if path.is_file():
            path.unlink(missing_ok=True)
            sync_folder(path.parent)

    def _get(self, name: str) -> bytes | None:
        path = self.path(name)
        return path.read_bytes() if path.is_file() else None

    def _put(self, name: str, content: bytes, unique: str) -> None:
        target = self.path(name)
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        coming = target.with_name(f".{unique}.part")
        try:
            with coming.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            coming.replace(target)
        finally:
            coming.unlink(missing_ok=True)
        for folder in target.parents[:_NEW_FOLDERS]:
            sync_folder(folder)


def sync_folder(path: Path) -> None:
    """Make a folder's entries durable."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
