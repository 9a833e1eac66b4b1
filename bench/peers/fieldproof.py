"""Fieldproof: the product's own process with everything on, spoken to as its app does.

Sessions, device signatures, merge rules, rights, verdicts, receipts; SQLite with ``synchronous=FULL`` or PostgreSQL.
What a device prepares before it has a network (operations, chain, signatures, packing) is done before the clock runs.
"""

import asyncio
import gzip
import sys
from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from bench.peers.adapter import Adapter, Found, Question, chunks
from bench.peers.mapping import FIELD_OF, Signed, signature_of, value_of, visit_of
from bench.peers.wire import Line, Reply
from bench.peers.workload import OFFICE, Create, Edit, by_document
from bench.served import device_of, founded
from schemas.protocol import (
    MAX_PULL_ROWS,
    SCHEMA,
    PullColumns,
    PullEnd,
    PullHeader,
    PullLine,
    PullParts,
    PullPut,
    PushReply,
)
from schemas.registry import Kind
from schemas.vocabulary import Place, Role
from sync.columns import rows_of
from tests.server.world import BANQIAO, MANAGER, Person
from tests.support.databases import PostgresServer
from tests.support.signing_device import SigningDevice, body_of

BATCH = 200
CREW = 66
"""Technicians of the company: as many as the largest number of devices in a phase, and one more."""

_LINE, _REPLY = msgspec.json.Decoder(PullLine), msgspec.json.Decoder(PushReply)
_VISIT = Kind.SERVICE_VISIT.value
_COUNTED = frozenset({_VISIT, Kind.SIGNATURE.value})
_WORD_OF = {name: word for word, name in FIELD_OF.items()}
_UP = {"Content-Type": "application/x-ndjson", "Content-Encoding": "gzip"}
_GZIP_LEVEL = 6


class Fieldproof(Adapter):
    """The product on SQLite."""

    name = "fieldproof-sqlite"
    live = True

    def start(self) -> None:
        """Found a company with its technicians and serve it."""
        self._chains: dict[str, SigningDevice] = {}
        self._cookies: dict[str, str] = {}
        self._bodies: dict[str, deque[list[tuple[bytes, list[str]]]]] = defaultdict(deque)
        self._files: dict[str, list[Signed]] = defaultdict(list)
        self._meant: dict[tuple[str, str, Any], Any] = {}
        self._poked: asyncio.Queue[None] = asyncio.Queue()
        self._listening: asyncio.Task[Any] | None = None
        url = self._database()
        asyncio.run(founded(url, [_technician(number) for number in range(CREW)]))
        environment = {"DATA": str(self.work), "DATABASE_URL": url, "PORT": str(self.port)}
        self.spawn([sys.executable, "-m", "server"], environment, None)

    def _database(self) -> str:
        return f"sqlite+aiosqlite:///{self.work / 'bench.db'}"

    async def set_up(self, devices: Iterable[str]) -> None:
        """Sign everybody in, enrol the devices, say hello: none of it is timed."""
        people = {who: (_technician(number), Place.FIELD) for number, who in enumerate(devices)}
        for who, (person, place) in {**people, OFFICE: (MANAGER, Place.OFFICE)}.items():
            device = await device_of(f"http://127.0.0.1:{self.port}", person, place)
            self._chains[who] = device.chain
            self._cookies[who] = "; ".join(f"{name}={value}" for name, value in device.client.cookies.items())
            await device.client.aclose()

    def headers(self, who: str) -> Mapping[str, str]:
        """Return the session's cookie; who has no device of his own looks on from the office."""
        return {"Cookie": self._cookies.get(who) or self._cookies.get(OFFICE, "")}

    def prepare(self, who: str, creates: Sequence[Create]) -> None:
        """Write every record into the device's chain, a visit and its signature as one group; sign and pack pushes."""
        chain, signatures = self._chains[who], {each.doc["voucher_id"]: each for each in creates if _is_signature(each)}
        groups: list[list[str]] = []
        for create in creates:
            if _is_signature(create):
                continue
            visit, signature = visit_of(create, BANQIAO, chain.user), signatures.get(create.id)
            chain.write(_VISIT, create.id, visit, following=int(signature is not None))
            groups.append([create.id])
            if signature is not None:
                made = signature_of(signature, visit, chain)
                chain.write(Kind.SIGNATURE.value, made.id, made.fields)
                self._files[who].append(made)
                groups[-1].append(made.id)
        self._bodies[who].append(self._pushes(chain, groups))

    def _pushes(self, chain: SigningDevice, groups: Sequence[Sequence[str]]) -> list[tuple[bytes, list[str]]]:
        """Return bodies for the end of a chain, each with the ids of its operations."""
        seq = len(chain.sent) - sum(map(len, groups))
        bodies = []
        for portion in chunks(groups, BATCH // max(map(len, groups))):
            ids = [each for group in portion for each in group]
            body = body_of(*chain.push(seq + 1, seq + len(ids)))
            bodies.append((gzip.compress(body, _GZIP_LEVEL), ids))
            seq += len(ids)
        return bodies

    async def push(self, line: Line, who: str, creates: Sequence[Create]) -> None:  # noqa: ARG002 - they are prepared
        """Send the oldest prepared pushes, and keep the positions that the answers tell."""
        for body, ids in self._bodies[who].popleft():
            answer = await line.ask("POST", "/sync/v1/push", body, _UP)
            reply = _REPLY.decode(answer.body)
            for each, stamp in zip(ids, reply.stamps, strict=True):
                if stamp.verdict != "applied":
                    raise RuntimeError(f"an operation was held: {stamp.problem}")
                self.local[who, each] = stamp.position
                self._chains[who].seen_in = stamp.epoch

    async def push_files(self, line: Line, who: str) -> None:
        """Send the strokes, one file a request, as the app does."""
        for file in self._files.pop(who, ()):
            await line.ask("PUT", f"/blobs/{file.strokes_sha256}", file.strokes, {"Content-Type": "text/plain"})

    async def first_sync(self, line: Line, who: str) -> tuple[int, str]:
        """Fetch what lies ready and pull to the end; strokes come when somebody opens a signature."""
        return await self._pulled(line, who, None)

    async def _pulled(self, line: Line, who: str, cursor: str | None) -> tuple[int, str]:
        count, more = 0, True
        while more:
            lines, cursor, more = await self._page(line, cursor)
            for address in [address for each in lines if isinstance(each, PullParts) for address in each.addresses]:
                lines += _lines(await line.ask("GET", address))
            count += self._counted(who, lines)
        return count, cursor or ""

    def _counted(self, who: str, lines: Sequence[PullLine]) -> int:
        """Return how many records came; the office keeps their positions, and in which branch of the log they stand."""
        held = [each for each in lines if isinstance(each, PullColumns | PullPut) and each.kind in _COUNTED]
        if who == OFFICE:
            for header in (each for each in lines if isinstance(each, PullHeader)):
                self._chains[who].seen_in = header.epoch
            rows = (row for each in held for row in (rows_of(each) if isinstance(each, PullColumns) else (each,)))
            self.local |= {(who, row.id): row.position for row in rows}
        return sum(len(each.ids) if isinstance(each, PullColumns) else 1 for each in held)

    async def _page(self, line: Line, cursor: str | None) -> tuple[list[PullLine], str, bool]:
        behind = f"cursor={cursor}" if cursor else "parts=true"
        lines = _lines(await line.ask("GET", f"/sync/v1/pull?schema={SCHEMA}&limit={MAX_PULL_ROWS}&{behind}"))
        end = lines[-1]
        if not isinstance(end, PullEnd):
            raise TypeError("the page has no end")
        return lines, end.cursor, end.more

    async def listen(self, line: Line, cursor: str) -> None:  # noqa: ARG002 - a poke says only that there is something
        """Open the live channel."""
        channel = Line(self.port, self.headers(OFFICE))
        self._listening = asyncio.create_task(channel.ask("GET", "/sync/v1/live", on_chunk=self._heard))
        await self._poked.get()

    def _heard(self, chunk: bytes) -> None:
        if b"event: " in chunk:
            self._poked.put_nowait(None)

    async def changes(self, line: Line, cursor: str, *, wait: bool) -> tuple[dict[str, Mapping[str, Any]], str]:
        """Pull, once poked where it shall wait."""
        if wait:
            await self._poked.get()
        lines, cursor, _ = await self._page(line, cursor)
        return {each.id: self._words(each.id, each.fields) for each in lines if isinstance(each, PullPut)}, cursor

    def question(self, cursor: str) -> Question:
        """Pull behind the cursor, as the app does where it hears no pokes."""
        return Question("GET", f"/sync/v1/pull?schema={SCHEMA}&cursor={cursor}")

    def prepare_edits(self, who: str, edits: Sequence[Edit]) -> None:
        """Write one operation for each record, made on the row as it was last seen."""
        chain, gathered = self._chains[who], by_document(edits)
        for key, own in gathered.items():
            fields = {FIELD_OF[edit.field]: value_of(edit) for edit in own}
            for edit in own:
                self._meant[key, FIELD_OF[edit.field], fields[FIELD_OF[edit.field]]] = edit.value
            chain.write(_VISIT, key, fields, base=self.local[who, key])
        self._bodies[who].append(self._pushes(chain, [[key] for key in gathered]))

    async def push_edits(self, line: Line, who: str, edits: Sequence[Edit]) -> None:  # noqa: ARG002 - they are prepared
        """Send the oldest prepared edits."""
        await self.push(line, who, ())

    async def found(self, line: Line, ids: Iterable[str]) -> Mapping[str, Found]:
        """Pull everything: rivals are in the rows, and the app shows them to a person."""
        wanted, found = set(ids), {}
        cursor: str | None = None
        more = True
        while more:
            lines, cursor, more = await self._page(line, cursor)
            for put in (each for each in lines if isinstance(each, PullPut) and each.id in wanted):
                rivals = [
                    {_WORD_OF[name]: self._meant.get((put.id, name, write.value))}
                    for name, writes in put.rivals.items()
                    for write in writes
                ]
                found[put.id] = Found(self._words(put.id, put.fields), rivals, rivals)
        return found

    def _words(self, key: str, fields: Mapping[str, Any]) -> dict[str, Any]:
        return {_WORD_OF[name]: self._meant.get((key, name, fields.get(name))) for name in _WORD_OF if name in fields}


class FieldproofOnPostgres(Fieldproof):
    """The product on PostgreSQL with its stock settings: every commit is on the disk."""

    name = "fieldproof-postgresql"

    def _database(self) -> str:
        return PostgresServer(self.options["postgresql"]).create(f"fieldproof_{self.port}")

    def servers(self) -> list[int]:
        """Count the database's work too."""
        return [*super().servers(), int(self.options["postgresql_pid"])]

    def close(self) -> None:
        """End the server and drop its database."""
        super().close()
        PostgresServer(self.options["postgresql"]).drop(f"fieldproof_{self.port}")


def _lines(reply: Reply) -> list[PullLine]:
    return [_LINE.decode(each) for each in reply.body.splitlines()]


def _is_signature(create: Create) -> bool:
    return create.kind == "signature"


def _technician(number: int) -> Person:
    return Person(f"crew-{number:03d}", f"技術員{number:03d}", BANQIAO, (Role.TECHNICIAN,))
