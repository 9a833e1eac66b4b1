"""An HTTP client that counts every byte both ways and does as little else as it can.

On two cores its work is the server's loss.
"""

import asyncio
import json
import time
import zlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import brotli
import httptools
import zstandard

GOOD = frozenset({200, 201, 202, 204, 207, 304})
_GZIP = 31


def _unzstd(body: bytes) -> bytes:
    plain: bytes = zstandard.ZstdDecompressor().decompressobj().decompress(body)
    return plain


_UNPACKERS: Mapping[str, Callable[[bytes], bytes]] = MappingProxyType(
    {
        "gzip": lambda body: zlib.decompress(body, _GZIP),
        "deflate": zlib.decompress,
        "br": brotli.decompress,
        "zstd": _unzstd,
    }
)


@dataclass
class Reply:
    """An answer with what it cost on the wire."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    parts: list[bytes] = field(default_factory=list)
    up: int = 0
    down: int = 0
    seconds: float = 0.0

    @property
    def body(self) -> bytes:
        """The body, unpacked."""
        packed = b"".join(self.parts)
        unpack = _UNPACKERS.get(self.headers.get("content-encoding", ""))
        return unpack(packed) if unpack and packed else packed

    def json(self) -> Any:  # noqa: ANN401 - whatever the peer says
        """The body as JSON."""
        return json.loads(self.body)


@dataclass
class Tally:
    """Sums of one phase."""

    requests: int = 0
    up: int = 0
    down: int = 0
    seconds: list[float] = field(default_factory=list)

    def add(self, reply: Reply) -> None:
        """Count one exchange."""
        self.requests += 1
        self.up += reply.up
        self.down += reply.down
        self.seconds.append(reply.seconds)


class _Wire(asyncio.Protocol):
    """One TCP connection and the answer that it is waiting for."""

    def __init__(self) -> None:
        self.transport: asyncio.Transport | None = None
        self.reply: Reply | None = None
        self.parser: Any = None
        self.done: asyncio.Future[None] | None = None
        self.on_chunk: Callable[[bytes], None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - TCP
        self.transport = transport

    def connection_lost(self, exc: Exception | None) -> None:
        if self.done and not self.done.done():
            self.done.set_exception(ConnectionError(f"closed: {exc}"))
        self.transport = None

    def data_received(self, data: bytes) -> None:
        if self.reply is not None:
            self.reply.down += len(data)
            self.parser.feed_data(data)

    def on_header(self, name: bytes, value: bytes) -> None:
        if self.reply is not None:
            self.reply.headers[name.decode().lower()] = value.decode("latin-1")

    def on_body(self, body: bytes) -> None:
        if self.on_chunk:
            self.on_chunk(body)
        elif self.reply is not None:
            self.reply.parts.append(body)

    def on_message_complete(self) -> None:
        if self.reply is not None:
            self.reply.status = self.parser.get_status_code()
        if not self.parser.should_keep_alive() and self.transport:
            self.transport.close()
            self.transport = None
        if self.done and not self.done.done():
            self.done.set_result(None)


class Line:
    """One kept-alive connection: one device."""

    def __init__(self, port: int, headers: Mapping[str, str], tally: Tally | None = None) -> None:
        self.tally = tally
        self.last: Reply | None = None
        self.headers = {"Host": f"127.0.0.1:{port}", "User-Agent": "bench", "Accept": "*/*", **headers}
        self._port = port
        self._wire: _Wire | None = None

    async def ask(
        self,
        method: str,
        path: str,
        body: object = None,
        headers: Mapping[str, str] = MappingProxyType({}),
        good: Collection[int] = GOOD,
        on_chunk: Callable[[bytes], None] | None = None,
    ) -> Reply:
        """Send a request (a body that is no bytes goes as JSON) and return the answer.

        Raises ``RuntimeError`` for a status that is not among the good ones.
        """
        sent = _request(method, path, {**self.headers, **headers}, body)
        began = time.perf_counter()
        reply = await self._exchanged(sent, on_chunk)
        reply.seconds = time.perf_counter() - began
        self.last = reply
        if self.tally is not None:
            self.tally.add(reply)
        if reply.status not in good:
            raise RuntimeError(f"{method} {path} -> {reply.status} {reply.body[:400]!r}")
        return reply

    async def _exchanged(self, sent: bytes, on_chunk: Callable[[bytes], None] | None) -> Reply:
        for may_try_again in (True, False):
            wire = await self._open()
            wire.reply, wire.on_chunk = Reply(up=len(sent)), on_chunk
            wire.parser = httptools.HttpResponseParser(wire)
            wire.done = asyncio.get_running_loop().create_future()
            reply = wire.reply
            try:
                if wire.transport is not None:
                    wire.transport.write(sent)
                await wire.done
            except ConnectionError:  # a kept connection that the server closed just now
                if reply.down or not may_try_again:
                    raise
                self._wire = None
            else:
                wire.reply = None
                return reply
        raise ConnectionError

    async def _open(self) -> _Wire:
        if self._wire is None or self._wire.transport is None:
            loop = asyncio.get_running_loop()
            _, self._wire = await loop.create_connection(_Wire, "127.0.0.1", self._port)
        return self._wire

    def close(self) -> None:
        """Hang up."""
        if self._wire and self._wire.transport:
            self._wire.transport.close()


def _request(method: str, path: str, headers: Mapping[str, str], body: object) -> bytes:
    plain = b"" if body is None else body if isinstance(body, bytes) else _json(body)
    told = dict(headers)
    if body is not None:
        told.setdefault("Content-Type", "application/json")
        told["Content-Length"] = str(len(plain))
    lines = "".join(f"{name}: {value}\r\n" for name, value in told.items())
    return f"{method} {path} HTTP/1.1\r\n{lines}\r\n".encode() + plain


def _json(body: object) -> bytes:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
