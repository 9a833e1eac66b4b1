"""PouchDB Server (CouchDB's HTTP API over leveldb), spoken to as PouchDB's replicator does.

The revisions that the server lacks, documents in bulk, a checkpoint; both branches of a conflict stay.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bench.peers.adapter import HERE, Adapter, Found, Question, chunks
from bench.peers.wire import Line, Reply
from bench.peers.workload import OFFICE, Create, Edit, by_document

_DB = "/svc"
_BATCH = 100
_PULLED = 1_000
_ALSO_MISSING = frozenset({200, 404})

Revision = tuple[int, str]
Branch = tuple[dict[str, Any], list[Revision]]
"""A body and its revisions, newest first."""


def _revision(number: int, *parts: object) -> Revision:
    return number, hashlib.md5(repr(parts).encode(), usedforsecurity=False).hexdigest()


def _name(revision: Revision) -> str:
    return f"{revision[0]}-{revision[1]}"


class PouchDbServer(Adapter):
    """express-pouchdb in its lightest mode."""

    name = "pouchdb-server"
    live = True

    def start(self) -> None:
        """Start it with its data in the work folder."""
        data = self.work / "data"
        data.mkdir()
        environment = {"PORT": str(self.port), "DATA": str(data), "NODE_PATH": self.options["modules"]}
        self.spawn([self.options["node"], HERE / "pouchdb_server.cjs"], environment)

    async def set_up(self, devices: Iterable[str]) -> None:  # noqa: ARG002 - everybody may write
        """Make the database."""
        await self.line(OFFICE).ask("PUT", _DB)

    async def _replicate(self, line: Line, who: str, documents: Sequence[tuple[str, Branch]]) -> None:
        checkpoint = f"{_DB}/_local/{who}"
        known: Reply = await line.ask("GET", checkpoint, good=_ALSO_MISSING)
        revision = known.json().get("_rev") if known.status == 200 else None
        for portion in chunks(documents, _BATCH):
            asked = {key: [_name(revisions[0])] for key, (_, revisions) in portion}
            lacking = (await line.ask("POST", f"{_DB}/_revs_diff", asked)).json()
            sent = [_as_sent(key, branch) for key, branch in portion if key in lacking]
            await line.ask("POST", f"{_DB}/_bulk_docs", {"new_edits": False, "docs": sent})
            told = {"last_seq": 1, **({"_rev": revision} if revision else {})}
            revision = (await line.ask("PUT", checkpoint, told)).json().get("rev")

    async def push(self, line: Line, who: str, creates: Sequence[Create]) -> None:
        """Replicate; an import in bulk does not ask what is missing."""
        if who == "import":
            for portion in chunks(creates, _PULLED):
                docs = [{"_id": each.id, "kind": each.kind, **each.doc} for each in portion]
                await line.ask("POST", f"{_DB}/_bulk_docs", {"docs": docs})
            return
        made: list[tuple[str, Branch]] = []
        for create in creates:
            branch = ({"kind": create.kind, **create.doc}, [_revision(1, create.id)])
            self.local[who, create.id] = branch
            made.append((create.id, branch))
        await self._replicate(line, who, made)

    async def first_sync(self, line: Line, who: str) -> tuple[int, int]:
        """Read the changes, then the revisions that they name, in bulk."""
        count, seq = 0, 0
        while True:
            page = (await line.ask("GET", f"{_DB}/_changes?style=all_docs&since={seq}&limit={_PULLED}")).json()
            seq, results = page["last_seq"], page["results"]
            wanted = [{"id": each["id"], "rev": change["rev"]} for each in results for change in each["changes"]]
            if wanted:
                body = {"docs": wanted}
                got = (await line.ask("POST", f"{_DB}/_bulk_get?revs=true&latest=true", body)).json()["results"]
                count += len(got)
                if who == OFFICE:
                    self.local |= {(who, each["id"]): _branch(each["docs"][0]["ok"]) for each in got}
            if len(results) < _PULLED:
                return count, seq

    async def changes(self, line: Line, cursor: int, *, wait: bool) -> tuple[dict[str, Mapping[str, Any]], int]:
        """Long-poll."""
        feed = "&feed=longpoll&timeout=30000" if wait else ""
        page = (await line.ask("GET", f"{_DB}/_changes?since={cursor}&include_docs=true{feed}")).json()
        return {each["id"]: each["doc"] for each in page["results"]}, page["last_seq"]

    def question(self, cursor: int) -> Question:
        """Ask for changes."""
        return Question("GET", f"{_DB}/_changes?style=all_docs&since={cursor}&limit=100")

    async def push_edits(self, line: Line, who: str, edits: Sequence[Edit]) -> None:
        """Make one revision for each edit, as each put does, and replicate the newest."""
        documents: list[tuple[str, Branch]] = []
        for key, own in by_document(edits).items():
            body, revisions = self.local[who, key]
            body, revisions = dict(body), [*revisions]
            for edit in own:
                body[edit.field] = edit.value
                revisions.insert(0, _revision(revisions[0][0] + 1, who, key, edit.field, edit.value))
            self.local[who, key] = (body, revisions)
            documents.append((key, (body, revisions)))
        await self._replicate(line, who, documents)

    async def found(self, line: Line, ids: Iterable[str]) -> Mapping[str, Found]:
        """Read the winner and every branch; a client finds branches only if it asks."""
        found = {}
        for key in ids:
            current = (await line.ask("GET", f"{_DB}/{key}?conflicts=true")).json()
            names = current.pop("_conflicts", [])
            found[key] = Found(current, [(await line.ask("GET", f"{_DB}/{key}?rev={name}")).json() for name in names])
        return found


def _as_sent(key: str, branch: Branch) -> dict[str, Any]:
    body, revisions = branch
    ancestors = {"start": revisions[0][0], "ids": [each for _, each in revisions]}
    return {"_id": key, "_rev": _name(revisions[0]), "_revisions": ancestors, **body}


def _branch(doc: Mapping[str, Any]) -> Branch:
    start, ids = doc["_revisions"]["start"], doc["_revisions"]["ids"]
    body = {name: value for name, value in doc.items() if not name.startswith("_")}
    return body, [(start - place, each) for place, each in enumerate(ids)]
