"""Actual Budget's sync server: protobuf messages, one for each field, in a log where the last writer wins."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.peers.adapter import Adapter, Found, Question, chunks
from bench.peers.wire import Line
from bench.peers.workload import OFFICE, Create, Edit

_ALL_SINCE = "1970-01-01T00:00:00.000Z-0000-0000000000000000"
_NOTHING_SINCE = "9999-01-01T00:00:00.000Z-0000-0000000000000000"
_BATCH = 2_000
_EMPTY_ZIP = b"PK\x05\x06" + b"\0" * 18
_SEVEN_BITS, _BYTES = 128, 2


def _varint(number: int) -> bytes:
    out = bytearray()
    while number >= _SEVEN_BITS:
        out.append(number % _SEVEN_BITS + _SEVEN_BITS)
        number //= _SEVEN_BITS
    return bytes([*out, number])


def _field(number: int, data: bytes) -> bytes:
    return bytes([number << 3 | _BYTES]) + _varint(len(data)) + data


def _fields(message: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield number and bytes of a protobuf message's fields; of those that are numbers, nothing (not needed here)."""
    at = 0
    while at < len(message):
        key, at = message[at], at + 1
        value, shift = 0, 0
        while True:
            byte, at = message[at], at + 1
            value |= (byte & 127) << shift
            shift += 7
            if byte < _SEVEN_BITS:
                break
        if key & 7 == _BYTES:
            yield key >> 3, message[at : at + value]
            at += value


def _value(value: object) -> bytes:
    if value is None:
        return b"0:"
    if isinstance(value, int | float) and not isinstance(value, bool):
        return b"N:%d" % value
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return b"S:" + text.encode()


def _read_value(data: bytes) -> Any:  # noqa: ANN401 - a value of a record
    if data == b"0:":
        return None
    return json.loads(data[2:]) if data.startswith(b"N") else data[2:].decode()


class ActualServer(Adapter):
    """The server in development mode, which alone has no limit of 500 requests a minute."""

    name = "actual-sync-server"

    def start(self) -> None:
        """Start it with its files in the work folder."""
        self._token, self._tail = "", b""
        program = Path(self.options["modules"]) / "@actual-app" / "sync-server"
        app = next(path for path in (program / "build" / "app.js", program / "app.js") if path.exists())
        for folder in ("server-files", "user-files"):
            (self.work / folder).mkdir()
        environment = {
            "ACTUAL_DATA_DIR": str(self.work),
            "ACTUAL_PORT": str(self.port),
            "ACTUAL_HOSTNAME": "127.0.0.1",
            "NODE_ENV": "development",
        }
        self.spawn([self.options["node"], app], environment, program)

    def headers(self, who: str) -> Mapping[str, str]:  # noqa: ARG002 - one account
        """Return the token."""
        return {"X-ACTUAL-TOKEN": self._token} if self._token else {}

    async def set_up(self, devices: Iterable[str]) -> None:  # noqa: ARG002 - one account
        """Make the account and the file."""
        line = self.line(OFFICE)
        await line.ask("POST", "/account/bootstrap", {"password": "bench"})
        login = {"loginMethod": "password", "password": "bench"}
        self._token = (await line.ask("POST", "/account/login", login)).json()["data"]["token"]
        headers = {
            **self.headers(OFFICE),
            "Content-Type": "application/encrypted-file",
            "X-ACTUAL-FILE-ID": "svc",
            "X-ACTUAL-NAME": "svc",
            "X-ACTUAL-FORMAT": "2",
        }
        made = (await line.ask("POST", "/sync/upload-user-file", _EMPTY_ZIP, headers)).json()
        self._tail = _field(2, b"svc") + _field(3, made["groupId"].encode())

    def _message(self, edit: Edit, counter: int) -> bytes:
        moment = datetime.fromtimestamp(edit.at / 1_000, UTC)
        node = int(edit.by[1:]) + 1 if edit.by[1:].isdigit() else sum(map(ord, edit.by)) + 1_000
        stamp = f"{moment:%Y-%m-%dT%H:%M:%S}.{edit.at % 1_000:03d}Z-{counter:04X}-{node:016x}"
        content = _field(1, b"sync") + _field(2, edit.id.encode()) + _field(3, edit.field.encode())
        return _field(1, _field(1, stamp.encode()) + b"\x10\x00" + _field(3, content + _field(4, _value(edit.value))))

    async def _sync(self, line: Line, messages: Iterable[bytes], since: str) -> bytes:
        body = b"".join(messages) + self._tail + _field(6, since.encode())
        return (await line.ask("POST", "/sync/sync", body, {"Content-Type": "application/actual-sync"})).body

    async def push(self, line: Line, who: str, creates: Sequence[Create]) -> None:
        """Send each field of each record as a message, and ask for none in return."""
        for portion in chunks(creates, _BATCH):
            messages = [
                self._message(Edit(who, create.id, create.at, name, value), counter)
                for create in portion
                for counter, (name, value) in enumerate({"kind": create.kind, **create.doc}.items())
            ]
            await self._sync(line, messages, _NOTHING_SINCE)

    async def first_sync(self, line: Line, who: str) -> tuple[int, str]:  # noqa: ARG002 - edits need no local copy
        """Ask for the whole log: there are no pages."""
        rows, newest = set(), _ALL_SINCE
        for stamp, row, _, _ in _messages(await self._sync(line, [], _ALL_SINCE)):
            rows.add(row)
            newest = max(newest, stamp)
        return len(rows), newest

    async def changes(self, line: Line, cursor: str, *, wait: bool) -> tuple[dict[str, Mapping[str, Any]], str]:  # noqa: ARG002 - nothing tells
        """Ask for what is behind the newest stamp."""
        found: dict[str, dict[str, Any]] = {}
        for stamp, row, column, value in _messages(await self._sync(line, [], cursor)):
            found.setdefault(row, {})[column] = _read_value(value)
            cursor = max(cursor, stamp)
        return {**found}, cursor

    def question(self, cursor: str) -> Question:
        """Sync with nothing to say."""
        body = self._tail + _field(6, cursor.encode())
        return Question("POST", "/sync/sync", {"Content-Type": "application/actual-sync"}, body)

    async def push_edits(self, line: Line, who: str, edits: Sequence[Edit]) -> None:  # noqa: ARG002 - edits say who
        """Send a message for each edit."""
        messages = [self._message(edit, counter % 9) for counter, edit in enumerate(edits)]
        await self._sync(line, messages, _NOTHING_SINCE)

    async def found(self, line: Line, ids: Iterable[str]) -> Mapping[str, Found]:
        """Read the log: what lost stands in it, and no client shows it."""
        wanted, log = set(ids), sorted(_messages(await self._sync(line, [], _ALL_SINCE)))
        found: dict[str, tuple[dict[str, Any], list[dict[str, Any]]]] = {key: ({}, []) for key in wanted}
        for _, row, column, data in log:
            if row in wanted:
                current, others = found[row]
                current[column] = _read_value(data)
                others.append({column: current[column]})
        return {key: Found(current, others) for key, (current, others) in found.items()}


def _messages(body: bytes) -> Iterator[tuple[str, str, str, bytes]]:
    """Yield stamp, row, column and value of an answer's messages."""
    for number, envelope in _fields(body):
        if number == 1:
            outer = dict(_fields(envelope))
            inner = dict(_fields(outer[3]))
            yield outer[1].decode(), inner[2].decode(), inner[3].decode(), inner.get(4, b"0:")
