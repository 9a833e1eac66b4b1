"""Request bodies made of lines: a head, then operations as the bytes that were sent."""

import zlib
from typing import Any, TypeVar

import msgspec
from litestar import Request

from schemas.problems import Code, Problem
from schemas.protocol import MAX_PUSH_BYTES

Head = TypeVar("Head")

_GZIP = 31
_LEVEL = 4
_WORTH_PACKING = 1_000


async def lines(request: Request[Any, Any, Any], decoder: msgspec.json.Decoder[Head]) -> tuple[Head, list[bytes]]:
    """Return the decoded first line and the raw others of a request's body.

    Raises ``Problem`` for a body that is too large (packed or unpacked), does not unpack, or whose head is malformed.
    """
    first, *rest = (await _plain(request)).removesuffix(b"\n").split(b"\n")
    return _decoded(first, decoder), rest


async def whole(request: Request[Any, Any, Any], decoder: msgspec.json.Decoder[Head]) -> Head:
    """Return a request's body decoded; raises ``Problem`` as :func:`lines` does."""
    return _decoded(await _plain(request), decoder)


def _decoded(text: bytes, decoder: msgspec.json.Decoder[Head]) -> Head:
    try:
        return decoder.decode(text)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Problem(Code.REQUEST_MALFORMED, why=str(error)[:200]) from None


async def _plain(request: Request[Any, Any, Any]) -> bytes:
    return unpacked(await _received(request), request.headers.get("content-encoding", ""))


def unpacked(body: bytes, encoding: str) -> bytes:
    """Return a body without its content encoding; a gzip bomb stops at the limit."""
    if encoding in ("", "identity"):
        return body
    if encoding != "gzip":
        raise Problem(Code.REQUEST_ENCODING)
    unpacker = zlib.decompressobj(_GZIP)
    try:
        plain = unpacker.decompress(body, MAX_PUSH_BYTES + 1)
    except zlib.error:
        raise Problem(Code.REQUEST_ENCODING) from None
    if len(plain) > MAX_PUSH_BYTES:
        raise Problem(Code.REQUEST_TOO_LARGE, limit=MAX_PUSH_BYTES)
    if not unpacker.eof:
        raise Problem(Code.REQUEST_ENCODING)
    return plain


def packed(body: bytes, accepted: str) -> tuple[bytes, dict[str, str]]:
    """Return a body as the other side accepts it, with the headers that say so; a small one goes as it is."""
    if "gzip" not in accepted or len(body) < _WORTH_PACKING:
        return body, {"vary": "accept-encoding"}
    packer = zlib.compressobj(_LEVEL, wbits=_GZIP)
    return packer.compress(body) + packer.flush(), {"vary": "accept-encoding", "content-encoding": "gzip"}


async def _received(request: Request[Any, Any, Any]) -> bytes:
    parts: list[bytes] = []
    size = 0
    async for part in request.stream():
        size += len(part)
        if size > MAX_PUSH_BYTES:
            raise Problem(Code.REQUEST_TOO_LARGE, limit=MAX_PUSH_BYTES)
        parts.append(part)
    return b"".join(parts)
