"""No product: the least that Litestar over SQLite can do with the workload, without a rule, a right or a signature.

Records stay the bytes that arrived; an edit is a row in a log, and the latest wins, field by field. ``DATA`` is its
folder, ``PORT`` its port.
"""

import asyncio
import os
import sqlite3
from pathlib import Path
from typing import Any

import msgspec
import zstandard
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server.embed import Server
from litestar import Litestar, Request, Response, get, post

_ZSTD_LEVEL = 3
_WORTH_PACKING = 1_000


class _Record(msgspec.Struct):
    id: str
    kind: str
    doc: msgspec.Raw


class _Edit(msgspec.Struct):
    id: str
    field: str
    ts: int
    by: str
    value: Any


_RECORDS, _EDITS = msgspec.json.Decoder(list[_Record]), msgspec.json.Decoder(list[_Edit])
_RAW, _JSON = msgspec.json.Decoder(dict[str, msgspec.Raw]), msgspec.json.Encoder()


class _Floor:
    """The log and whoever waits for it."""

    def __init__(self, folder: Path) -> None:
        self.db = sqlite3.connect(folder / "floor.db", isolation_level=None, check_same_thread=False)
        self.db.execute("PRAGMA journal_mode=WAL")
        self.db.execute("PRAGMA synchronous=FULL")
        self.db.execute("CREATE TABLE r(id TEXT PRIMARY KEY, seq INTEGER, kind TEXT, doc BLOB, stamps BLOB)")
        self.db.execute("CREATE UNIQUE INDEX rs ON r(seq)")
        self.db.execute("CREATE TABLE log(id TEXT, field TEXT, ts INTEGER, by TEXT, value BLOB)")
        self.seq, self.news = 0, asyncio.Event()

    def commit(self, *statements: tuple[str, list[tuple[Any, ...]]]) -> bytes:
        self.db.execute("BEGIN")
        for statement, rows in statements:
            self.db.executemany(statement, rows)
        self.db.execute("COMMIT")
        self.news.set()
        self.news = asyncio.Event()
        return b'{"cursor":%d}' % self.seq

    def record(self, records: list[_Record]) -> bytes:
        rows = []
        for record in records:
            self.seq += 1
            rows.append((record.id, self.seq, record.kind, bytes(record.doc), b"{}"))
        return self.commit(("INSERT OR IGNORE INTO r VALUES(?,?,?,?,?)", rows))

    def edit(self, edits: list[_Edit]) -> bytes:
        log, rows = [], []
        by_id: dict[str, list[_Edit]] = {}
        for edit in edits:
            by_id.setdefault(edit.id, []).append(edit)
        for key, own in by_id.items():
            found = self.db.execute("SELECT doc, stamps FROM r WHERE id=?", (key,)).fetchone()
            doc, stamps = _RAW.decode(found[0]), msgspec.json.decode(found[1])
            for edit in own:
                value = _JSON.encode(edit.value)
                log.append((key, edit.field, edit.ts, edit.by, value))
                if [edit.ts, edit.by] >= stamps.get(edit.field, [0, ""]):
                    doc[edit.field], stamps[edit.field] = msgspec.Raw(value), [edit.ts, edit.by]
            self.seq += 1
            rows.append((self.seq, _JSON.encode(doc), _JSON.encode(stamps), key))
        return self.commit(
            ("INSERT INTO log VALUES(?,?,?,?,?)", log), ("UPDATE r SET seq=?, doc=?, stamps=? WHERE id=?", rows)
        )

    def page(self, since: int, limit: int) -> list[tuple[int, str, str, bytes]]:
        query = "SELECT seq, id, kind, doc FROM r WHERE seq>? ORDER BY seq LIMIT ?"
        return self.db.execute(query, (since, limit)).fetchall()


@post("/push", status_code=200, media_type="application/json")
async def push(request: Request[Any, Any, Any]) -> bytes:
    """Keep records."""
    floor: _Floor = request.app.state.floor
    return floor.record(_RECORDS.decode(await request.body()))


@post("/edit", status_code=200, media_type="application/json")
async def edit(request: Request[Any, Any, Any]) -> bytes:
    """Change fields."""
    floor: _Floor = request.app.state.floor
    return floor.edit(_EDITS.decode(await request.body()))


@get("/pull")
async def pull(request: Request[Any, Any, Any], since: int = 0, limit: int = 5_000, wait: int = 0) -> Response[Any]:
    """Return what came behind a place; with ``wait``, as soon as there is something."""
    floor: _Floor = request.app.state.floor
    news = floor.news
    while not (rows := floor.page(since, limit)) and wait:
        await news.wait()
        news = floor.news
    if not rows:
        return Response(None, status_code=304)
    records = (b'{"id":"%s","kind":"%s","doc":%s}' % (key.encode(), kind.encode(), doc) for _, key, kind, doc in rows)
    body = b'{"cursor":%d,"changes":[%s]}' % (rows[-1][0], b",".join(records))
    headers = {}
    if len(body) > _WORTH_PACKING and "zstd" in request.headers.get("accept-encoding", ""):
        body, headers = zstandard.ZstdCompressor(_ZSTD_LEVEL).compress(body), {"content-encoding": "zstd"}
    return Response(body, media_type="application/json", headers=headers)


@get("/log", media_type="application/json")
async def log(request: Request[Any, Any, Any]) -> bytes:
    """Return every edit."""
    floor: _Floor = request.app.state.floor
    rows = floor.db.execute("SELECT id, field, value FROM log")
    return b"[%s]" % b",".join(b'["%s","%s",%s]' % (key.encode(), name.encode(), value) for key, name, value in rows)


async def _serve() -> None:
    app = Litestar([push, edit, pull, log], openapi_config=None, logging_config=None, request_max_body_size=None)
    app.state.floor = _Floor(Path(os.environ["DATA"]))
    address = ("127.0.0.1", int(os.environ["PORT"]))
    server = Server(app, *address, interface=Interfaces.ASGI, websockets=False, log_level=LogLevels.error)
    await server.serve()


if __name__ == "__main__":
    import uvloop

    uvloop.run(_serve())
