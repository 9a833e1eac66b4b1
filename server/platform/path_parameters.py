"""Parts of an address that are checked before anybody looks them up; ``FromPath[Id]`` would drop the pattern."""

import re
from typing import Annotated, get_args

from litestar.params import PathParameter

from schemas.scalars import MAX_INTEGER, Id, Sha256


def _pattern(scalar: object) -> str:
    _, meta = get_args(scalar)
    return str(meta.pattern)


ID_PATTERN = _pattern(Id)

IdInPath = Annotated[str, PathParameter(pattern=ID_PATTERN)]
"""Identity of a document, a device, an actor."""

WordInPath = Annotated[str, PathParameter(pattern=r"^[a-z][a-z_-]{0,39}$(?!\n)")]
"""A word of a closed vocabulary, such as a kind; whether there is such a one, the domain tells."""

Sha256InPath = Annotated[str, PathParameter(pattern=_pattern(Sha256))]
"""Name of a file: the SHA-256 of its bytes."""

_SHA256 = re.compile(_pattern(Sha256))


def is_sha256(text: str) -> bool:
    """Tell whether a text is the name of a file."""
    return _SHA256.fullmatch(text) is not None


SeqInPath = Annotated[int, PathParameter(ge=1, le=MAX_INTEGER)]
"""Place of an operation in its actor's chain."""

SnapshotName = Annotated[str, PathParameter(pattern=r"^[0-9a-f]{32}$")]
"""Name of what lies ready for first syncs."""

PartInPath = Annotated[int, PathParameter(ge=0, le=MAX_INTEGER)]
"""Place of a part in its snapshot."""
