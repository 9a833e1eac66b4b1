"""Kinto over its batch API, as kinto.js speaks it.

PUT with If-None-Match or If-Match in batches, ``_since`` to pull; after a conflict the client sends its record again.
"""

import asyncio
import random
import subprocess
from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar

from bench.peers.adapter import HERE, Adapter, Found, Question, chunks
from bench.peers.wire import Line
from bench.peers.workload import OFFICE, Create, Edit, by_document

_COLLECTION = "/v1/buckets/svc/collections/sync"
_BATCH = 25
_CREATED, _CHANGED_MEANWHILE, _RETRY = frozenset({200, 201}), 412, frozenset({409, 503})
_BATCH_ANSWERS = frozenset({200, 409, 503})


class KintoInMemory(Adapter):
    """Kinto on its storage in memory, behind waitress: no disk."""

    name = "kinto-memory"
    backend: ClassVar[str] = "memory"
    encodings = ("gzip",)

    def start(self) -> None:
        """Write its settings and start it."""
        programs = Path(self.options["programs"])
        settings = self.work / "kinto.ini"
        url = self.options.get("database", "") if self.backend == "postgresql" else ""
        (self.work / "app.py").write_text((HERE / "kinto_app.txt").read_text().replace("SETTINGS", str(settings)))
        text = (HERE / "kinto_settings.txt").read_text()
        for name, value in {
            "BACKEND": self.backend,
            "STORAGE": url,
            "BATCH": str(_BATCH),
            "PORT": str(self.port),
            "APPLICATION": str(self.work / "app.py"),
        }.items():
            text = text.replace(f"@{name}@", value)
        settings.write_text(text)
        self._launch(programs, settings)

    def _launch(self, programs: Path, settings: Path) -> None:
        self.spawn([programs / "kinto", "start", "--ini", settings], {})

    def headers(self, who: str) -> Mapping[str, str]:
        """Return a basic authentication that Kinto takes at its word."""
        return {"Authorization": "Basic " + b64encode(f"{who}:x".encode()).decode()}

    async def set_up(self, devices: Iterable[str]) -> None:  # noqa: ARG002 - everybody may write
        """Make bucket and collection."""
        line = self.line("admin")
        await line.ask("PUT", "/v1/buckets/svc", {"permissions": {"write": ["system.Authenticated"]}})
        await line.ask("PUT", _COLLECTION, {})

    async def _batch(self, line: Line, requests: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """Send requests in batches; one that was partly refused is sent again whole.

        On PostgreSQL a rollback takes requests of the batch that were answered 201 already: to send only the refused
        ones again loses records.
        """
        answers: list[dict[str, Any]] = []
        for portion in chunks(requests, _BATCH):
            while True:
                told = await line.ask("POST", "/v1/batch", {"requests": portion}, good=_BATCH_ANSWERS)
                responses = told.json()["responses"] if told.status == 200 else None
                if responses is not None and not any(each["status"] in _RETRY for each in responses):
                    break
                await asyncio.sleep(random.random() * 0.05)
            answers += responses
        return answers

    async def push(self, line: Line, who: str, creates: Sequence[Create]) -> None:
        """Put each record where there is none."""
        requests = [
            {
                "method": "PUT",
                "path": f"{_COLLECTION}/records/{each.id}",
                "headers": {"If-None-Match": "*"},
                "body": {"data": {"kind": each.kind, **each.doc}},
            }
            for each in creates
        ]
        for create, answer in zip(creates, await self._batch(line, requests), strict=True):
            body = answer["body"]
            stored = body["details"]["existing"] if answer["status"] == _CHANGED_MEANWHILE else body["data"]
            self.local[who, create.id] = stored

    async def first_sync(self, line: Line, who: str) -> tuple[int, str]:
        """Read page by page."""
        path: str | None = f"{_COLLECTION}/records"
        count, cursor = 0, ""
        while path:
            page = await line.ask("GET", path)
            cursor = cursor or page.headers["etag"]
            data = page.json()["data"]
            count += len(data)
            if who == OFFICE:
                self.local |= {(who, each["id"]): each for each in data}
            following = page.headers.get("next-page")
            path = following[following.index("/v1/") :] if following else None
        return count, cursor

    async def changes(self, line: Line, cursor: str, *, wait: bool) -> tuple[dict[str, Mapping[str, Any]], str]:  # noqa: ARG002 - nothing tells
        """Ask for records behind the newest."""
        question = self.question(cursor)
        page = await line.ask("GET", question.path, headers=question.headers)
        if page.status == 304:
            return {}, cursor
        return {each["id"]: each for each in page.json()["data"]}, page.headers["etag"]

    def question(self, cursor: str) -> Question:
        """Ask with a validator: an answer without news has no body."""
        since = cursor.replace('"', "%22")
        return Question("GET", f"{_COLLECTION}/records?_since={since}", {"If-None-Match": cursor})

    async def push_edits(self, line: Line, who: str, edits: Sequence[Edit]) -> None:
        """Put whole records with the version that they were made on; where it is another, put them all the same."""
        waiting = {
            key: (self.local[who, key]["last_modified"], self._edited(who, key, own))
            for key, own in by_document(edits).items()
        }
        while waiting:
            requests = [_put(key, version, doc) for key, (version, doc) in waiting.items()]
            answers = dict(zip(waiting, await self._batch(line, requests), strict=True))
            again = {}
            for key, answer in answers.items():
                doc = waiting[key][1]
                if answer["status"] in _CREATED:
                    self.local[who, key] = answer["body"]["data"]
                    continue
                there = answer["body"]["details"]["existing"]
                if any(there.get(name) != value for name, value in doc.items()):
                    again[key] = (there["last_modified"], doc)
                else:
                    self.local[who, key] = there
            waiting = again

    def _edited(self, who: str, key: str, edits: Sequence[Edit]) -> dict[str, Any]:
        kept = {name: value for name, value in self.local[who, key].items() if name not in ("id", "last_modified")}
        return kept | {edit.field: edit.value for edit in edits}

    async def found(self, line: Line, ids: Iterable[str]) -> Mapping[str, Found]:
        """Read everything: what was overwritten is nowhere."""
        await self.first_sync(line, OFFICE)
        return {key: Found(self.local[OFFICE, key]) for key in ids}


class KintoOnPostgres(KintoInMemory):
    """Kinto on PostgreSQL behind two uWSGI processes."""

    name = "kinto-postgresql"
    backend = "postgresql"

    def _launch(self, programs: Path, settings: Path) -> None:
        subprocess.run([programs / "kinto", "migrate", "--ini", settings], check=True, capture_output=True)
        self.spawn([programs / "uwsgi", "--ini", settings, "--virtualenv", programs.parent], {})

    def servers(self) -> list[int]:
        """Count the database's work too."""
        return [*super().servers(), int(self.options["database_pid"])]


def _put(key: str, version: int, doc: Mapping[str, Any]) -> dict[str, Any]:
    headers = {"If-Match": f'"{version}"'}
    return {"method": "PUT", "path": f"{_COLLECTION}/records/{key}", "headers": headers, "body": {"data": doc}}
