"""Files on the disk, named by the SHA-256 of their bytes, a folder for each company."""

import asyncio
import os
from collections.abc import AsyncIterator
from hashlib import sha256
from pathlib import Path

from msgspec import Struct

from schemas.problems import Code, Problem
from server.attachments.media_types import media_type_of

_NEW_FOLDERS = 4
"""Of the folders above a file, those whose entries may be as new as the file itself."""


class Arrived(Struct, frozen=True):
    """A file that is safe on the disk."""

    size: int
    media_type: str


class Files:
    """The files of one company below the folder ``root``."""

    def __init__(self, root: Path, company: str) -> None:
        self._folder = root / company

    def path(self, name: str) -> Path:
        """Return where the file of that SHA-256 lies, if it is there."""
        return self._folder / name[:2] / name

    async def receive(self, name: str, parts: AsyncIterator[bytes], unique: str) -> Arrived:
        """Take in a file as it arrives and put it under its name when it is whole, all of it or nothing.

        It is written under a name of its own (``unique``) first; what returns is durable. Raises ``Problem`` if the
        bytes have another hash or are of no type that is taken in.
        """
        target = self.path(name)
        coming = target.with_name(f".{unique}.part")
        await asyncio.to_thread(target.parent.mkdir, parents=True, exist_ok=True)
        try:
            digest = await _write(coming, parts)
            if digest != name:
                raise Problem(Code.BLOB_HASH)
            return await asyncio.to_thread(_settle, coming, target)
        finally:
            coming.unlink(missing_ok=True)


async def _write(path: Path, parts: AsyncIterator[bytes]) -> str:
    digest = sha256()
    file = await asyncio.to_thread(path.open, "wb")
    with file:
        async for part in parts:
            digest.update(part)
            await asyncio.to_thread(file.write, part)
    return digest.hexdigest()


def _settle(coming: Path, target: Path) -> Arrived:
    data = coming.read_bytes()
    media_type = media_type_of(data)
    if media_type is None:
        raise Problem(Code.BLOB_TYPE)
    _fsync(coming)
    coming.replace(target)
    for folder in target.parents[:_NEW_FOLDERS]:
        _fsync(folder)
    return Arrived(len(data), media_type)


def _fsync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
