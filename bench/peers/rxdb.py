"""RxDB Server's replication endpoint: pull by checkpoint, push with the assumed master state, a stream of changes.

On a conflict the client takes the server's version, RxDB's default.
"""

import asyncio
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.peers.adapter import HERE, Adapter, Found, Question, chunks
from bench.peers.wire import Line
from bench.peers.workload import OFFICE, Create, Edit, by_document

_AT = "/sync/0"
_BATCH = 25
_PULLED = 1_000


class RxDbServer(Adapter):
    """rxdb-server over Express, without a disk."""

    name = "rxdb-server"
    live = True

    def start(self) -> None:
        """Start it."""
        environment = {"PORT": str(self.port), "MODULES": str(Path(self.options["modules"]).parent)}
        self.spawn([self.options["node"], HERE / "rxdb_server.mjs"], environment)
        self._told: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._stream: asyncio.Task[Any] | None = None

    async def _push(self, line: Line, rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        conflicts: list[dict[str, Any]] = []
        for portion in chunks(rows, _BATCH):
            conflicts += (await line.ask("POST", f"{_AT}/push", portion)).json()
        return conflicts

    async def push(self, line: Line, who: str, creates: Sequence[Create]) -> None:
        """Push new documents."""
        made: list[dict[str, Any]] = [
            {"id": each.id, "kind": each.kind, "doc": each.doc, "_deleted": False} for each in creates
        ]
        if await self._push(line, [{"newDocumentState": each} for each in made]):
            raise RuntimeError("a new record was in conflict")
        self.local |= {(who, each["id"]): each for each in made}

    async def _pull(self, line: Line, cursor: Mapping[str, Any], limit: int) -> tuple[list[dict[str, Any]], Any]:
        path = f"{_AT}/pull?id={cursor['id']}&lwt={cursor['lwt']}&limit={limit}"
        told = (await line.ask("GET", path)).json()
        return told["documents"], told["checkpoint"]

    async def first_sync(self, line: Line, who: str) -> tuple[int, Any]:
        """Pull page by page."""
        cursor: Any = {"id": "", "lwt": 0}
        count = 0
        while True:
            documents, cursor = await self._pull(line, cursor, _PULLED)
            count += len(documents)
            if who == OFFICE:
                self.local |= {(who, each["id"]): _clean(each) for each in documents}
            if len(documents) < _PULLED:
                return count, cursor

    async def changes(self, line: Line, cursor: Any, *, wait: bool) -> tuple[dict[str, Mapping[str, Any]], Any]:  # noqa: ANN401 - a checkpoint
        """Read the stream; without waiting, pull."""
        if not wait:
            documents, cursor = await self._pull(line, cursor, _PULLED)
            return {each["id"]: each["doc"] for each in documents}, cursor
        if self._stream is None:
            events = _Events(self._told)
            self._stream = asyncio.create_task(line.ask("GET", f"{_AT}/pullStream", on_chunk=events.take))
        told = await self._told.get()
        return {each["id"]: each["doc"] for each in told["documents"]}, told["checkpoint"]

    def question(self, cursor: Any) -> Question:  # noqa: ANN401 - a checkpoint
        """Pull."""
        return Question("GET", f"{_AT}/pull?id={cursor['id']}&lwt={cursor['lwt']}&limit=100")

    async def push_edits(self, line: Line, who: str, edits: Sequence[Edit]) -> None:
        """Push whole documents with the state that they were made on; what is in conflict is taken from the server."""
        rows = []
        for key, own in by_document(edits).items():
            old = self.local[who, key]
            new = {**old, "doc": old["doc"] | {edit.field: edit.value for edit in own}}
            rows.append({"assumedMasterState": old, "newDocumentState": new})
            self.local[who, key] = new
        for conflict in await self._push(line, rows):
            self.local[who, conflict["id"]] = _clean(conflict)

    async def found(self, line: Line, ids: Iterable[str]) -> Mapping[str, Found]:
        """Pull everything: there is nothing else."""
        await self.first_sync(line, OFFICE)
        return {key: Found(self.local[OFFICE, key]["doc"]) for key in ids}


class _Events:
    """Server-sent events out of chunks of a stream."""

    def __init__(self, told: asyncio.Queue[dict[str, Any]]) -> None:
        self._told = told
        self._rest = b""

    def take(self, chunk: bytes) -> None:
        *events, self._rest = (self._rest + chunk).split(b"\n\n")
        for event in events:
            if event.strip().startswith(b"data: "):
                self._told.put_nowait(json.loads(event.strip()[6:]))


def _clean(document: Mapping[str, Any]) -> dict[str, Any]:
    return {name: document[name] for name in ("id", "kind", "doc", "_deleted") if name in document}
