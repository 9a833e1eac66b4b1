"""Signatures that nobody wrote: strokes and their image, drawn from a name."""

import struct
import zlib
from base64 import urlsafe_b64encode
from collections.abc import Iterator, Sequence
from hashlib import sha256
from itertools import pairwise

from msgspec import Struct

Path = Sequence[tuple[int, int, int]]
"""Points of one stroke: x and y in tenths of a CSS pixel, milliseconds since the first touch."""

_WIDTH, _HEIGHT = 3_580, 2_100
_GLYPH, _GAP = 700, 160
_STEP_MS, _LIFT_MS = 14, 90
_STEPS = 6
_PEN = 3

_SHAPES: tuple[tuple[tuple[float, float], ...], ...] = (
    ((0.0, 0.12), (0.5, 0.08), (1.0, 0.0)),
    ((0.5, 0.0), (0.48, 0.5), (0.5, 1.0)),
    ((0.6, 0.0), (0.45, 0.55), (0.0, 1.0)),
    ((0.3, 0.1), (0.6, 0.6), (1.0, 0.95)),
    ((0.4, 0.2), (0.6, 0.45)),
    ((0.0, 0.1), (0.85, 0.06), (0.8, 0.9), (0.62, 0.8)),
    ((0.2, 0.0), (0.2, 0.8), (0.5, 0.9), (0.95, 0.75)),
)
"""The strokes that characters are written with, in a square: across, down, left, right, dot, hook, bend."""


class Handwriting(Struct, frozen=True):
    """A signature as the phone keeps it: the strokes' text and the image."""

    strokes: bytes
    image: bytes


def written(name: str, occasion: str) -> Handwriting:
    """Return a signature of a name; the same name is written a little differently on every occasion."""
    paths = list(_paths(name, sha256(f"{name}\n{occasion}".encode()).digest()))
    return Handwriting(encoded(_WIDTH, _HEIGHT, paths).encode(), _png(paths))


def _paths(name: str, wobble: bytes) -> Iterator[Path]:
    at = 0
    pitch = min(_GLYPH + _GAP, (_WIDTH - 2 * _GAP) // len(name))
    glyph = pitch * _GLYPH // (_GLYPH + _GAP)
    left, top = (_WIDTH - len(name) * pitch) // 2, (_HEIGHT - glyph) // 2
    for place, character in enumerate(name):
        digits = sha256(character.encode()).digest()
        for number in range(6 + digits[0] % 4):
            shape = _SHAPES[digits[1 + number] % len(_SHAPES)]
            size = glyph * (4 + digits[11 + number] % 5) // 8
            x = left + place * pitch + (glyph - size) * (digits[21 - number] % 9) // 8
            y = top + (glyph - size) * (digits[31 - number] % 9) // 8 + wobble[(place + number) % 32] // 4
            path = [(x + int(u * size), y + int(v * size), 0) for u, v in _smoothed(shape)]
            yield [(px, py, at + _STEP_MS * step) for step, (px, py, _) in enumerate(path)]
            at += _STEP_MS * len(path) + _LIFT_MS


def _smoothed(shape: Sequence[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    for (x0, y0), (x1, y1) in pairwise(shape):
        for step in range(_STEPS):
            share = step / _STEPS
            yield x0 + (x1 - x0) * share, y0 + (y1 - y0) * share
    yield shape[-1]


def encoded(width: int, height: int, paths: Sequence[Path]) -> str:
    """Return a drawing as the app writes it: ``s1.`` and base64url of varints (see pwa/src/ui/parts/strokes.ts)."""
    numbers = [width, height, len(paths)]
    last = (0, 0, 0)
    for path in paths:
        numbers.append(len(path))
        for point in path:
            numbers += [_zigzag(new - old) for new, old in zip(point, last, strict=True)]
            last = point
    return "s1." + urlsafe_b64encode(b"".join(map(_varint, numbers))).rstrip(b"=").decode()


def _zigzag(value: int) -> int:
    return -2 * value - 1 if value < 0 else 2 * value


def _varint(value: int) -> bytes:
    parts = bytearray()
    while value >= 128:  # noqa: PLR2004 - seven bits to a byte
        parts.append(value % 128 + 128)
        value //= 128
    return bytes([*parts, value])


def _png(paths: Sequence[Path]) -> bytes:
    """Draw black on white, one image pixel to a CSS pixel and one bit to a pixel (PNG, ISO/IEC 15948)."""
    width, height = _WIDTH // 10, _HEIGHT // 10
    ink = [0] * height
    for path in paths:
        for (x0, y0, _), (x1, y1, _) in pairwise(path):
            for x, y in _dots(x0 / 10, y0 / 10, x1 / 10, y1 / 10):
                for row in range(y, y + _PEN):
                    ink[row] |= ((1 << _PEN) - 1) << (width - _PEN - x)
    stride = -(-width // 8)
    white = (1 << width) - 1
    lines = (b"\x00" + ((white ^ row) << (8 * stride - width)).to_bytes(stride, "big") for row in ink)
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(b"".join(lines), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in parts)


def _dots(x0: float, y0: float, x1: float, y1: float) -> Iterator[tuple[int, int]]:
    count = max(1, int(max(abs(x1 - x0), abs(y1 - y0))))
    for step in range(count + 1):
        yield int(x0 + (x1 - x0) * step / count), int(y0 + (y1 - y0) * step / count)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
