"""Yjs through a Hocuspocus server: one Y.Doc for each device, in it a map of records, each a map of fields.

A peer of WebSockets: bytes are messages with their frames' headers. pycrdt writes small numbers wider than Yjs in a
browser does, so what goes up is about 1.4 times what a browser would send; what comes down is the server's own.
"""

import asyncio
import logging
import time
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

import aiohttp
from pycrdt import Doc, Map

from bench.peers.adapter import HERE, Adapter, Found
from bench.peers.wire import Tally
from bench.peers.workload import OFFICE, Create, Edit, by_document

logging.getLogger("asyncio").setLevel(logging.CRITICAL)  # sessions stay open until the run ends

_RECORDS = "r"
_SYNC, _SYNCED = 0, 8
_STEP_ONE, _STEP_TWO, _UPDATE = 0, 1, 2
_SEVEN_BITS = 128
_NOTHING = 2
"""Bytes of an update that says nothing."""
_CONNECT_UP, _CONNECT_DOWN = 250, 130


def _varuint(number: int) -> bytes:
    out = bytearray()
    while number >= _SEVEN_BITS:
        out.append(number % _SEVEN_BITS + _SEVEN_BITS)
        number //= _SEVEN_BITS
    return bytes([*out, number])


def _read(data: bytes, at: int) -> tuple[int, int]:
    value, shift = 0, 0
    while True:
        byte, at = data[at], at + 1
        value |= (byte & 127) << shift
        shift += 7
        if byte < _SEVEN_BITS:
            return value, at


def _bytes(data: bytes) -> bytes:
    return _varuint(len(data)) + data


def _frame(size: int) -> int:
    return 2 if size < 126 else 4 if size < 65_536 else 10


class _Socket:
    """One WebSocket as one device."""

    last = None

    def __init__(self, port: int, tally: Tally | None) -> None:
        self._port, self._tally = port, tally
        self._session: aiohttp.ClientSession | None = None
        self._socket: aiohttp.ClientWebSocketResponse | None = None
        self._open: set[str] = set()
        self.closing: asyncio.Task[None] | None = None

    async def send(self, message: bytes) -> None:
        if self._socket is None:
            self._session = aiohttp.ClientSession()
            url = f"http://127.0.0.1:{self._port}/"
            self._socket = await self._session.ws_connect(url, max_msg_size=0, compress=0)
            self._count(_CONNECT_UP, _CONNECT_DOWN)
        self._count(len(message) + _frame(len(message)) + 4, 0)
        await self._socket.send_bytes(message)

    async def receive(self) -> tuple[str, int, int, bytes]:
        """Return document, type, step (-1 if it has none) and body of the next message."""
        if self._socket is None:
            raise ConnectionError("not connected")
        message = await self._socket.receive()
        if message.type != aiohttp.WSMsgType.BINARY:
            raise ConnectionError(message)
        data: bytes = message.data
        self._count(0, len(data) + _frame(len(data)))
        size, at = _read(data, 0)
        name, at = data[at : at + size].decode(), at + size
        kind, at = _read(data, at)
        if kind != _SYNC:
            return name, kind, -1, data[at:]
        step, at = _read(data, at)
        size, at = _read(data, at)
        return name, kind, step, data[at : at + size]

    async def sync(self, name: str, doc: Any) -> None:  # noqa: ANN401 - a Doc
        """Bring both sides to the same state; return when the server has acknowledged ours."""
        began, head = time.perf_counter(), _bytes(name.encode())
        if name not in self._open:
            await self.send(head + b"\x02\x00" + _bytes(b"x"))
            self._open.add(name)
        await self.send(head + b"\x00\x00" + _bytes(doc.get_state()))
        got = sent = False
        while not (got and sent):
            which, kind, step, body = await self.receive()
            if which == name and step in (_STEP_TWO, _UPDATE):
                _take(doc, body)
                got = True
            elif which == name:
                sent = kind == _SYNCED or not await self._answered(head, doc, body)
        if self._tally is not None:
            self._tally.requests += 1
            self._tally.seconds.append(time.perf_counter() - began)

    async def _answered(self, head: bytes, doc: Any, state: bytes) -> bool:  # noqa: ANN401 - a Doc
        """Send what the server's state lacks; tell whether there was anything."""
        update = doc.get_update(state)
        if len(update) <= _NOTHING:
            return False
        await self.send(head + b"\x00\x01" + _bytes(update))
        return True

    def close(self) -> None:
        if self._session:
            self.closing = asyncio.get_running_loop().create_task(self._session.close())

    def _count(self, up: int, down: int) -> None:
        if self._tally is not None:
            self._tally.up += up
            self._tally.down += down


def _take(doc: Any, update: bytes) -> None:  # noqa: ANN401 - a Doc
    if len(update) > _NOTHING:
        doc.apply_update(update)


class HocuspocusYjs(Adapter):
    """Hocuspocus without a disk."""

    name = "hocuspocus-yjs"
    encodings = ()
    live = True

    def start(self) -> None:
        """Start it."""
        self._docs: dict[tuple[str, str], Any] = {}
        self._names: list[str] = []
        self._where: dict[str, str] = {}
        self._changed: asyncio.Queue[tuple[str, str]] = asyncio.Queue()
        self._watched: list[Any] = []
        environment = {"PORT": str(self.port), "NODE_PATH": self.options["modules"]}
        self.spawn([self.options["node"], HERE / "hocuspocus_server.cjs"], environment)

    def line(self, who: str, tally: Tally | None = None, encoding: str | None = None) -> _Socket:  # noqa: ARG002 - no roles, no codings
        """Return a WebSocket."""
        return _Socket(self.port, tally)

    def _doc(self, who: str, name: str) -> Any:  # noqa: ANN401 - pycrdt's Doc is generic over more than is known here
        if (who, name) not in self._docs:
            doc: Any = Doc()
            doc.get(_RECORDS, type=Map)
            self._docs[who, name] = doc
        return self._docs[who, name]

    def _records(self, who: str, name: str) -> Any:  # noqa: ANN401 - as above
        return self._doc(who, name).get(_RECORDS, type=Map)

    def prepare(self, who: str, creates: Sequence[Create]) -> None:
        """Put the records into the device's document."""
        records = self._records(who, who)
        with self._doc(who, who).transaction():
            for create in creates:
                records[create.id] = Map({"kind": create.kind, **create.doc})
                self._where[create.id] = who
        if who not in self._names:
            self._names.append(who)

    async def push(self, line: _Socket, who: str, creates: Sequence[Create]) -> None:  # noqa: ARG002 - in the document
        """Sync the device's document."""
        await line.sync(who, self._doc(who, who))

    async def first_sync(self, line: _Socket, who: str) -> tuple[int, None]:
        """Sync every device's document."""
        count = 0
        for name in self._names:
            if who != OFFICE:
                self._docs.pop((who, name), None)
            await line.sync(name, self._doc(who, name))
            count += len(self._records(who, name))
        return count, None

    async def listen(self, line: _Socket, cursor: None) -> None:  # noqa: ARG002 - documents know where they are
        """Open every document and watch it."""
        for name in self._names:
            await line.sync(name, self._doc(OFFICE, name))
            watch = self._records(OFFICE, name).observe_deep(partial(self._note, name))
            self._watched.append(watch)

    def _note(self, name: str, events: Iterable[Any]) -> None:
        for event in events:
            if event.path:
                self._changed.put_nowait((name, event.path[0]))

    async def changes(self, line: _Socket, cursor: None, *, wait: bool) -> tuple[dict[str, Mapping[str, Any]], None]:
        """Take the next update."""
        while wait and self._changed.empty():
            name, kind, step, body = await line.receive()
            if kind == _SYNC and step in (_STEP_TWO, _UPDATE):
                _take(self._doc(OFFICE, name), body)
        found: dict[str, Mapping[str, Any]] = {}
        while not self._changed.empty():
            name, key = self._changed.get_nowait()
            found[key] = dict(self._records(OFFICE, name)[key])
        return found, cursor

    async def push_edits(self, line: _Socket, who: str, edits: Sequence[Edit]) -> None:
        """Set the fields and sync the documents that hold them."""
        touched = set()
        for key, own in by_document(edits).items():
            name = self._where[key]
            touched.add(name)
            for edit in own:
                self._records(who, name)[key][edit.field] = edit.value
        for name in sorted(touched):
            await line.sync(name, self._doc(who, name))

    async def poll_many(self, seconds: float, lines: int) -> tuple[list[float], float]:
        """Send the state vector on every socket, from Python: a lower bound of what the server can."""
        latencies: list[float] = []
        began = time.perf_counter()

        async def one(number: int) -> None:
            line, name = self.line(OFFICE), self._names[number % len(self._names)]
            await line.sync(name, self._doc(OFFICE, name))
            question = _bytes(name.encode()) + b"\x00\x00" + _bytes(self._doc(OFFICE, name).get_state())
            while (asked := time.perf_counter()) < began + seconds:
                await line.send(question)
                while (await line.receive())[1:3] != (_SYNC, _STEP_TWO):
                    pass
                latencies.append(time.perf_counter() - asked)
            line.close()

        await asyncio.gather(*map(one, range(lines)))
        return latencies, time.perf_counter() - began

    async def found(self, line: _Socket, ids: Iterable[str]) -> Mapping[str, Found]:
        """Read every document anew: what lost is in none."""
        wanted = set(ids)
        found: dict[str, Found] = {}
        for name in self._names:
            await line.sync(name, self._doc("reader", name))
            records = self._records("reader", name)
            found |= {key: Found(dict(records[key])) for key in records if key in wanted}
        return found
