"""What a file is, by its own bytes; what its sender calls it plays no part."""

import re

_STROKES = re.compile(rb"s1\.[A-Za-z0-9_-]+")
_STROKES_TYPE = "application/vnd.fieldproof.strokes"
_WEBP_FORM = slice(8, 12)


def media_type_of(data: bytes) -> str | None:
    """Return the media type of a PNG, JPEG or WebP image or of a drawing's strokes, None for anything else."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if data.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if data.startswith(b"RIFF") and data[_WEBP_FORM] == b"WEBP":
        return "image/webp"
    return _STROKES_TYPE if _STROKES.fullmatch(data) else None
