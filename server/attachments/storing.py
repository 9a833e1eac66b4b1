"""Where files are kept: on the disk, or in an object storage that many servers share (ADR 23)."""

from typing import Protocol

from server.attachments.files import Files
from server.attachments.object_files import ObjectFiles
from server.platform.settings import Settings


class FileStore(Protocol):
    """The files of one company, named by the SHA-256 of their bytes."""

    async def put(self, name: str, content: bytes, unique: str) -> None:
        """Keep a file under its name, all of it or nothing; what returns is durable.

        ``unique`` is a name that nobody else uses meanwhile. The same file again mends one that was damaged.
        """
        ...

    async def get(self, name: str) -> bytes | None:
        """Return a file's bytes, None if it is not there."""
        ...

    async def size(self, name: str) -> int | None:
        """Return a file's length, None if it is not there."""
        ...

    async def remove(self, name: str) -> None:
        """Let nothing be left of a file; one that is not there is gone already."""
        ...


def files_of(settings: Settings, company: str) -> FileStore:
    """Return a company's files where the settings keep them."""
    if settings.blobs_url:
        return ObjectFiles(settings.blobs_url, company)
    return Files(settings.blobs, company)
