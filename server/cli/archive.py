"""A backup's file: a gzipped tar whose last member, the manifest, tells what every other one must be."""

import io
import os
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import IO, Literal

import msgspec
from msgspec import Struct

FORMAT = 1
MANIFEST = "manifest.json"
_PART = 1 << 20
_PACKING = 6

ColumnType = Literal["text", "integer", "boolean", "bytes"]


class TableRows(Struct, frozen=True):
    """One table as it is kept: its columns in the order of each row's values, and how many rows there are."""

    columns: tuple[tuple[str, ColumnType], ...]
    rows: int


class Manifest(Struct, frozen=True, kw_only=True):
    """What a backup holds: ``members`` has the SHA-256 of each, ``missing`` names files that were lost before it."""

    format: int
    revision: str
    created_at: int
    tables: dict[str, TableRows]
    members: dict[str, str]
    missing: tuple[str, ...]


class ArchiveError(Exception):
    """The file is no backup, is damaged, or was made by a newer version."""


class ArchiveWriter:
    """The members of a backup in the making, each with its hash."""

    def __init__(self, tar: tarfile.TarFile, created_at: int) -> None:
        self._tar = tar
        self._created_at = created_at
        self.members: dict[str, str] = {}

    def add(self, name: str, content: IO[bytes]) -> None:
        """Append a member from a seekable file."""
        content.seek(0)
        self.members[name] = _hash(content)
        member = tarfile.TarInfo(name)
        member.size, member.mtime, member.mode = content.tell(), self._created_at // 1_000, 0o600
        content.seek(0)
        self._tar.addfile(member, content)

    def add_manifest(self, manifest: Manifest) -> None:
        """Append the manifest; nothing comes after it."""
        self.add(MANIFEST, io.BytesIO(msgspec.json.format(msgspec.json.encode(manifest))))


@contextmanager
def writing(file: Path, created_at: int) -> Iterator[ArchiveWriter]:
    """Write a new backup, for its owner only; it has its name once it is whole and on the disk.

    Raises ``FileExistsError`` instead of replacing an older one, ``NotADirectoryError`` where there is no such folder.
    """
    if not file.parent.is_dir():
        raise NotADirectoryError(f"沒有 {file.parent} 這個資料夾。先建立它，再備份。")
    if file.exists():
        raise FileExistsError(f"{file} 已經有了，換一個檔名。")
    coming = file.with_name(f".{file.name}.part")
    try:
        with os.fdopen(os.open(coming, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "wb") as raw:
            with tarfile.open(fileobj=raw, mode="w:gz", compresslevel=_PACKING) as tar:
                yield ArchiveWriter(tar, created_at)
            raw.flush()
            os.fsync(raw.fileno())
        coming.rename(file)
        _fsync_folder(file.parent)
    finally:
        coming.unlink(missing_ok=True)


def members(file: Path) -> Iterator[tuple[str, IO[bytes]]]:
    """Yield the name and the content of every member, in order; each content is read before the next is asked for."""
    with tarfile.open(file, "r|gz") as tar:
        for member in tar:
            content = tar.extractfile(member)
            if content is None:
                raise ArchiveError(f"{member.name} 不是檔案。")
            yield member.name, content


def verified(file: Path) -> Manifest:
    """Read a backup from end to end and return its manifest; raises ``ArchiveError`` unless every byte is as it was."""
    try:
        found, manifest = _read(file)
    except (tarfile.TarError, EOFError, OSError, zlib.error) as error:
        raise ArchiveError(f"{file} 讀不出來：{error}") from error
    if manifest is None:
        raise ArchiveError(f"{file} 沒有清單，不是完整的備份。")
    differing = sorted({name for name, _ in found.items() ^ manifest.members.items()})
    if differing:
        raise ArchiveError(f"和清單不符：{'、'.join(differing)}")
    return manifest


def _read(file: Path) -> tuple[dict[str, str], Manifest | None]:
    found: dict[str, str] = {}
    manifest: Manifest | None = None
    for name, content in members(file):
        if name == MANIFEST:
            manifest = _manifest(content.read())
        else:
            found[name] = _hash(content)
    return found, manifest


def _hash(content: IO[bytes]) -> str:
    digest = sha256()
    while part := content.read(_PART):
        digest.update(part)
    return digest.hexdigest()


def _manifest(text: bytes) -> Manifest:
    try:
        manifest = msgspec.json.decode(text, type=Manifest)
    except msgspec.DecodeError as error:
        raise ArchiveError(f"清單讀不懂：{error}") from error
    if manifest.format != FORMAT:
        raise ArchiveError(f"這是第 {manifest.format} 式的備份，這一版讀第 {FORMAT} 式。")
    return manifest


def _fsync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
