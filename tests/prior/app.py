"""A frozen app: the files that a version served to browsers, without their compressed copies."""

import lzma
import tarfile
from pathlib import Path

from tests.prior.office import PRIOR

_NAME = "app.tar.xz"
_COPIES = (".br", ".gz", ".zst")


def freeze(app: Path, folder: Path) -> None:
    """Pack a build; the same files give the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    files = sorted(path for path in app.rglob("*") if path.is_file() and path.suffix not in _COPIES)
    with lzma.open(folder / _NAME, "wb") as packed, tarfile.open(fileobj=packed, mode="w") as tar:
        for path in files:
            member = tarfile.TarInfo(path.relative_to(app).as_posix())
            member.size = path.stat().st_size
            with path.open("rb") as content:
                tar.addfile(member, content)


def thaw(version: str, app: Path) -> None:
    """Unpack the app of a version into a folder that is there."""
    with tarfile.open(PRIOR / version / _NAME, "r:xz") as tar:
        tar.extraction_filter = getattr(tarfile, "data_filter", None)  # Python 3.11.2 of Debian 12 has none
        tar.extractall(app)  # noqa: S202 - written by us
