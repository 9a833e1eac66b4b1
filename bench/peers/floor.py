"""The floor: the least that Litestar over SQLite can do (``floor_server``); proof of what the stack can, no product."""

import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bench.peers.adapter import HERE, Adapter, Found, Question, chunks
from bench.peers.wire import Line
from bench.peers.workload import Create, Edit

_BATCH = 100


class Floor(Adapter):
    """Litestar over SQLite with ``synchronous=FULL``, without rules."""

    name = "floor"
    encodings = ("zstd",)
    live = True

    def start(self) -> None:
        """Start it."""
        environment = {"DATA": str(self.work), "PORT": str(self.port)}
        self.spawn([sys.executable, HERE / "floor_server.py"], environment)

    async def push(self, line: Line, who: str, creates: Sequence[Create]) -> None:  # noqa: ARG002 - anybody
        """Send records."""
        for portion in chunks(creates, _BATCH):
            await line.ask("POST", "/push", [{"id": each.id, "kind": each.kind, "doc": each.doc} for each in portion])

    async def first_sync(self, line: Line, who: str) -> tuple[int, int]:  # noqa: ARG002 - edits need no local copy
        """Pull to the end."""
        count = cursor = 0
        while True:
            page = await line.ask("GET", f"/pull?since={cursor}")
            if page.status == 304:
                return count, cursor
            told = page.json()
            count, cursor = count + len(told["changes"]), told["cursor"]

    async def changes(self, line: Line, cursor: int, *, wait: bool) -> tuple[dict[str, Mapping[str, Any]], int]:
        """Long-poll."""
        page = await line.ask("GET", f"/pull?since={cursor}&wait={int(wait)}")
        if page.status == 304:
            return {}, cursor
        told = page.json()
        return {each["id"]: each["doc"] for each in told["changes"]}, told["cursor"]

    def question(self, cursor: int) -> Question:
        """Pull."""
        return Question("GET", f"/pull?since={cursor}")

    async def push_edits(self, line: Line, who: str, edits: Sequence[Edit]) -> None:
        """Send edits."""
        sent = [{"id": each.id, "field": each.field, "ts": each.at, "by": who, "value": each.value} for each in edits]
        await line.ask("POST", "/edit", sent)

    async def found(self, line: Line, ids: Iterable[str]) -> Mapping[str, Found]:
        """Read records and log."""
        current, _ = await self.changes(line, 0, wait=False)
        log: dict[str, list[dict[str, Any]]] = {}
        for key, name, value in (await line.ask("GET", "/log")).json():
            log.setdefault(key, []).append({name: value})
        return {key: Found(current[key], log.get(key, ())) for key in ids}
