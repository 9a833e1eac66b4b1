"""The ledger on SQLite and PostgreSQL."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

import msgspec
from msgspec import structs
from sqlalchemy import Table, and_, bindparam, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from schemas.merge_rules import MERGE_RULES
from schemas.protocol import Dot, EpochLink
from schemas.registry import SHAPES, Kind
from server.platform.bulk import Row, put
from server.platform.statements import Found, Question
from server.records import questions
from server.records.branches import gone_on, with_learnt
from server.records.feed_digests import change_digests, digest_of
from server.records.ledger import Actor, FeedEntry, Head, Key, Logged, Stored, in_log_order, place_in_log
from server.records.log_rows import actor_from, logged_from
from server.records.renamings import ancestry_of, settle_pasts
from server.records.tables import ACTOR, DOCUMENTS, EPOCH, FEED_ENTRY, HEAD, INCARNATION, OPERATION, READMISSION
from sync.ancestry import Ancestry
from sync.document import asks, is_deleted
from sync.lineage import Position
from sync.state import from_state, to_state

_CHUNK = 400
_KINDS = frozenset(kind.value for kind in Kind)
_BRANCHES = msgspec.json.Decoder(tuple[EpochLink, ...])


@lru_cache(maxsize=16)
def _branches(text: str) -> tuple[EpochLink, ...]:
    """Return the branches of a log; they change with its starts alone, and of 10,000 reading them takes 35 ms."""
    return _BRANCHES.decode(text)


class SqlLedger:
    """One company's log inside one open transaction of a connection (see ``Ledger``)."""

    def __init__(self, connection: AsyncConnection, company: str, now: int) -> None:
        self.connection = connection
        self.company = company
        self._now = now
        self._head: Head | None = None
        self._seen: Head | None = None
        self._is_locked = False
        self._read: dict[Key, Stored | None] = {}

    async def head(self) -> Head:
        """Lock and return the end of the log; an unwritten log begins its first epoch."""
        if self._head is None:
            self._head = await self._read_end(questions.LOCKED_END)
            self._is_locked = True
        return self._head

    async def end(self) -> Head:
        """Return the end of the log as this transaction sees it."""
        if self._head is not None:
            return self._head
        if self._seen is None:
            self._seen = await self._read_end(questions.END)
        return self._seen

    async def _read_end(self, question: Question) -> Head:
        (row,) = await question.ask(self.connection, company=self.company)
        branches = _branches(row.branches) if row.branches else ()
        return Head(row.epoch, row.position, await self._lineage(), row.incarnation or "", row.horizon, branches)

    async def _lineage(self) -> tuple[EpochLink, ...]:
        rows = await questions.LINEAGE.ask(self.connection, company=self.company)
        return tuple(EpochLink(row.epoch, row.parent, row.fork) for row in rows)

    async def advance(self, position: int) -> None:
        """Move the end of the log."""
        head = await self.head()
        await questions.ADVANCE.run(self.connection, own_company=self.company, reached=position)
        self._head = structs.replace(head, position=position)

    async def begin_epoch(self, link: EpochLink) -> None:
        """Begin an epoch at the end of the log; the first one founds the log."""
        before = await self.head() if link.parent is not None else None
        row = {"company": self.company, "epoch": link.epoch, "parent": link.parent, "fork": link.fork}
        await self.connection.execute(insert(EPOCH), {**row, "begun_at": self._now})
        end = (self.company, link.epoch, link.fork, None, 0, None)
        await put(self.connection, HEAD, [end], ("company",), kept=("incarnation", "horizon", "branches"))
        self._head = self._seen = None
        if before is not None:
            await self._go_on(structs.replace(before, epoch=link.parent, position=link.fork), link.epoch, self._now)

    async def learn_branches(self, links: Sequence[EpochLink]) -> None:
        """Remember incarnations of logs that were given up."""
        head = await self.head()
        await self._put_branches(structs.replace(head, branches=with_learnt(head, links)))

    async def actors(self, names: Iterable[str]) -> dict[str, Actor]:
        """Return those of the chains that are there."""
        rows = await questions.ACTORS.ask(self.connection, company=self.company, names=list(names))
        return {row.actor: actor_from(row) for row in rows}

    async def save_actors(self, actors: Sequence[Actor]) -> None:
        """Remember chains as they now stand."""
        rows = [self._actor_row(each) for each in actors]
        await put(self.connection, ACTOR, rows, ("company", "actor"), kept=("follows",))

    async def settle_pasts(self, actors: Iterable[str]) -> None:
        """Fix whether the log has the pasts that actors name."""
        await settle_pasts(self.connection, self.company, actors)

    async def ancestry(self, actors: Iterable[str]) -> Ancestry:
        """Follow the renamings to the first actor."""
        return await ancestry_of(self.connection, self.company, actors)

    async def logged(self, actor: str, first: int, last: int) -> Sequence[Logged]:
        """Return a stretch of a chain."""
        rows = await questions.STRETCH.ask(self.connection, company=self.company, actor=actor, first=first, last=last)
        return await self._with_readmissions(rows)

    async def servers_own(self, after: int, until: int) -> Sequence[Logged]:
        """Return what the server itself wrote between two positions."""
        return await self._between(after, until, questions.SERVERS, questions.SERVERS_BACK)

    async def admitted(self, after: int, until: int) -> Sequence[Logged]:
        """Return what anybody wrote between two positions."""
        return await self._between(after, until, questions.ADMITTED, questions.ADMITTED_BACK)

    async def _between(self, after: int, until: int, first: Question, again: Question) -> Sequence[Logged]:
        between = {"company": self.company, "after": after, "until": until}
        rows = {(row.actor, row.seq): row for row in await first.ask(self.connection, **between)}
        if len((await self.end()).lineage) > 1:
            came_back = await again.ask(self.connection, **between)
            rows |= {(row.actor, row.seq): row for row in came_back}
        found = await self._with_readmissions(list(rows.values()))
        return in_log_order(each for each in found if after < place_in_log(each) <= until)

    async def places(self, after: int, until: int, limit: int) -> Sequence[int]:
        """Return the next positions at which an operation was received or taken back."""
        between = {"company": self.company, "after": after, "until": until, "most": limit}
        received = await questions.RECEIVED_NEXT.ask(self.connection, **between)
        again = await questions.TAKEN_BACK_NEXT.ask(self.connection, **between)
        return sorted(row.position for row in (*received, *again))[:limit]

    async def append(self, operations: Sequence[Logged]) -> None:
        """Append operations with their stamps."""
        await put(self.connection, OPERATION, [self._row(each) for each in operations])

    async def readmit(self, dots: Sequence[Dot], position: Position, brought_by: str) -> None:
        """Give operations one more position."""
        rows = [(self.company, dot.actor, dot.seq, position.epoch, position.n, brought_by) for dot in dots]
        await put(self.connection, READMISSION, rows)

    async def receipts(self, positions: Iterable[Position]) -> Mapping[Position, int]:
        """Return when commits were received."""
        wanted = set(positions)
        places = sorted({each.n for each in wanted})
        rows = await questions.RECEIVED.ask(self.connection, company=self.company, places=places)
        every = ((Position(row.position, row.epoch), row.received_at) for row in rows)
        return {position: received_at for position, received_at in every if position in wanted}

    async def received(self, after: int, until: int, limit: int) -> Sequence[tuple[int, int]]:
        """Return position and time of receipt of the next operations."""
        place = {"company": self.company, "after": after, "until": until}
        rows = await questions.RECEIVED_NEXT.ask(self.connection, **place, most=limit)
        return [(row.position, row.received_at) for row in rows]

    async def documents(self, keys: Iterable[Key]) -> dict[Key, Stored]:
        """Return those of the documents that exist; under the log's lock each is read once."""
        keys = set(keys)
        found = await self._documents(keys - self._read.keys())
        if self._is_locked:  # nobody else writes from here on
            self._read |= {key: found.get(key) for key in keys - self._read.keys()}
        known = ((key, self._read.get(key)) for key in keys)
        return found | {key: stored for key, stored in known if stored is not None}

    async def _documents(self, keys: Iterable[Key]) -> dict[Key, Stored]:
        by_kind: dict[Kind, list[str]] = defaultdict(list)
        for kind, doc in keys:
            by_kind[kind].append(doc)
        found: dict[Key, Stored] = {}
        for kind, ids in by_kind.items():
            rows = await questions.OF_KIND[kind].ask(self.connection, company=self.company, ids=ids)
            found |= {(kind, row.id): stored_from(kind, row) for row in rows}
        return found

    async def history(self, key: Key) -> Sequence[Logged]:
        """Return every applied operation of one document."""
        found = await self._logged(
            OPERATION.c.kind == key[0].value, OPERATION.c.doc == key[1], OPERATION.c.verdict == "applied"
        )
        return in_log_order(found)

    async def held_on(self, key: Key) -> Sequence[Logged]:
        """Return every held operation of one document."""
        about = (OPERATION.c.kind == key[0].value, OPERATION.c.doc == key[1])
        return in_log_order(await self._logged(*about, OPERATION.c.verdict == "held"))

    async def reduce(self, payloads: Mapping[Dot, bytes]) -> None:
        """Put frames in place of operations' bytes."""
        rows = [{"whose": dot.actor, "at": dot.seq, "frame": payload} for dot, payload in payloads.items()]
        if rows:
            is_it = (OPERATION.c.actor == bindparam("whose"), OPERATION.c.seq == bindparam("at"))
            statement = update(OPERATION).where(*self._own(OPERATION), *is_it).values(payload=bindparam("frame"))
            await self.connection.execute(statement, rows)

    async def signatures(self, visits: Collection[str]) -> Sequence[Stored]:
        """Return every signature that names one of these visits."""
        rows = await questions.SIGNATURES.ask(self.connection, company=self.company, visits=visits)
        return [stored_from(Kind.SIGNATURE, row) for row in sorted(rows, key=lambda each: str(each.id))]

    async def has_erased(self) -> bool:
        """Tell whether any customer was ever erased."""
        return bool(await questions.ERASED.ask(self.connection, company=self.company))

    async def histories(self, kind: Kind, after: str, limit: int) -> dict[str, list[Logged]]:
        """Return the applied operations of the next ``limit`` documents of a kind whose ids come behind ``after``."""
        applied = (*self._own(OPERATION), OPERATION.c.kind == kind.value, OPERATION.c.verdict == "applied")
        behind = select(OPERATION.c.doc).where(*applied, OPERATION.c.doc > after).distinct()
        ids = (await self.connection.execute(behind.order_by(OPERATION.c.doc).limit(limit))).scalars().all()
        found: dict[str, list[Logged]] = {doc: [] for doc in ids}
        for each in await self._logged(*applied, OPERATION.c.doc.in_(ids)):
            found[each.doc].append(each)
        return found

    async def store(self, documents: Sequence[Stored], feed: Sequence[FeedEntry]) -> None:
        """Put documents and feed entries in place of the older ones."""
        if self._is_locked:  # else it is a rebuild, which keeps none of what it goes through
            self._read |= {(each.kind, each.id): each for each in documents}
        by_kind: dict[Kind, list[Row]] = defaultdict(list)
        for each in documents:
            by_kind[each.kind].append(self._document_row(each))
        for kind, rows in by_kind.items():
            await put(self.connection, DOCUMENTS[kind], rows, ("company", "id"))
        entries = [(self.company, each.audience, each.kind, each.id, each.position, each.gone) for each in feed]
        await put(self.connection, FEED_ENTRY, entries, ("company", "audience", "kind", "id"))

    async def change_digests(self, changes: Mapping[str, int]) -> None:
        """Combine each audience's digest with what its feed gained and lost."""
        await change_digests(self.connection, self.company, changes)

    async def digest_of(self, audiences: Sequence[str], without: Collection[str] = ()) -> int:
        """Return the digest of these audiences' present entries, some kinds' left out."""
        return await digest_of(self.connection, self.company, audiences, without)

    async def feed(self, audiences: Sequence[str], after: int, limit: int) -> Sequence[FeedEntry]:
        """Return a page of entries whose last position is whole."""
        whose = {"company": self.company, "audiences": list(audiences)}
        rows = await questions.FEED.ask(self.connection, **whose, after=after, most=limit)
        if len(rows) == limit:
            torn = rows[-1].position
            rest = await questions.OF_COMMIT.ask(self.connection, **whose, position=torn)
            rows = [*(row for row in rows if row.position != torn), *rest]
        return [FeedEntry(row.audience, row.kind, row.id, row.position, row.gone) for row in rows]

    async def deleted(self, after: int, until: int) -> Sequence[Stored]:
        """Return the deleted documents between two positions."""
        place = {"company": self.company, "after": after, "until": until}
        written = [
            *await questions.WRITTEN.ask(self.connection, **place),
            *await questions.CAME_BACK.ask(self.connection, **place),
        ]
        by_kind: dict[Kind, set[str]] = defaultdict(set)
        for row in written:
            if row.kind in _KINDS:  # else it is held: no document
                by_kind[Kind(row.kind)].add(row.doc)
        found: list[Stored] = []
        for kind, ids in by_kind.items():
            rows = await questions.DELETED[kind].ask(self.connection, company=self.company, ids=sorted(ids))
            found += [stored_from(kind, row) for row in rows if after < row.position <= until]
        return found

    async def forget(self, horizon: int) -> None:
        """Drop what is gone up to a position, and move the horizon there."""
        head = await self.head()
        await questions.FORGET.run(self.connection, company=self.company, until=horizon)
        await self.connection.execute(update(HEAD).where(*self._own(HEAD)).values(horizon=horizon))
        self._head = structs.replace(head, horizon=horizon)

    async def audiences_of(self, keys: Iterable[Key], among: Sequence[str]) -> dict[Key, frozenset[str]]:
        """Return which of some audiences hold each document now."""
        held: dict[Key, set[str]] = {key: set() for key in keys}
        by_kind: dict[Kind, list[str]] = defaultdict(list)
        for kind, doc in held:
            by_kind[kind].append(doc)
        whose = {"company": self.company, "audiences": list(among)}
        for kind, ids in by_kind.items():
            for row in await questions.HELD_BY.ask(self.connection, **whose, kind=kind.value, ids=ids):
                held[kind, row.id].add(row.audience)
        return {key: frozenset(audiences) for key, audiences in held.items()}

    async def begin_incarnation(self, incarnation: str, at: int) -> None:
        """Begin an incarnation at the end of the log."""
        await self._go_on(await self.head(), incarnation, at)

    async def _go_on(self, before: Head, incarnation: str, at: int) -> None:
        head = await self.head()
        newest = select(func.coalesce(func.max(INCARNATION.c.ordinal), 0)).where(*self._own(INCARNATION))
        row = {
            "company": self.company,
            "incarnation": incarnation,
            "ordinal": (await self.connection.execute(newest)).scalar_one() + 1,
            "epoch": head.epoch,
            "position": head.position,
            "at": at,
        }
        await self.connection.execute(insert(INCARNATION), row)
        await self._put_branches(structs.replace(head, incarnation=incarnation, branches=gone_on(before, incarnation)))

    async def _put_branches(self, head: Head) -> None:
        said = {"incarnation": head.incarnation, "branches": msgspec.json.encode(head.branches).decode()}
        await self.connection.execute(update(HEAD).where(*self._own(HEAD)).values(said))
        self._head = head

    async def incarnation_end(self, incarnation: str) -> int | None:
        """Return where the next incarnation began, or the present end."""
        for began in await questions.BEGAN.ask(self.connection, company=self.company, incarnation=incarnation):
            ended = await questions.BEGAN_NEXT.ask(self.connection, company=self.company, ordinal=began.ordinal + 1)
            return int(ended[0].position) if ended else (await self.end()).position
        return None

    async def held(self) -> Sequence[Logged]:
        """Return every operation that is held, oldest first."""
        return in_log_order(await self._logged(OPERATION.c.verdict == "held"))

    def _own(self, table: Table) -> tuple[Any, ...]:
        return (table.c.company == self.company,)

    async def _logged(self, *conditions: Any) -> list[Logged]:  # noqa: ANN401 - SQLAlchemy's column expressions
        query = select(OPERATION).where(*self._own(OPERATION), *conditions).order_by(OPERATION.c.actor, OPERATION.c.seq)
        return await self._with_readmissions((await self.connection.execute(query)).all())

    async def _with_readmissions(self, rows: Sequence[Found]) -> list[Logged]:
        positions = await self._readmissions(rows)
        return [logged_from(row, positions.get((row.actor, row.seq), ())) for row in rows]

    async def _readmissions(self, rows: Sequence[Found]) -> dict[tuple[str, int], tuple[Position, ...]]:
        if not rows:
            return {}
        if len((await self.end()).lineage) == 1:
            return {}
        found: dict[tuple[str, int], tuple[Position, ...]] = {}
        for chunk in _chunks([(row.actor, row.seq) for row in rows]):
            # The whole key in each branch: else SQLite reads everything that ever came back.
            own = READMISSION.c.company == self.company
            query = select(READMISSION).where(
                or_(*(and_(own, READMISSION.c.actor == a, READMISSION.c.seq == s) for a, s in chunk))
            )
            for row in sorted(await self.connection.execute(query), key=lambda each: each.position):
                dot = (row.actor, row.seq)
                found[dot] = (*found.get(dot, ()), Position(row.position, row.epoch))
        return found

    def _actor_row(self, actor: Actor) -> Row:
        who = actor.record
        past = (who.epoch, who.parent, who.parent_seq, who.parent_head)
        return (self.company, who.actor, who.device, who.user, who.place, *past, actor.acked_seq, actor.head, None)

    def _row(self, logged: Logged) -> Row:
        return (
            self.company,
            logged.dot.actor,
            logged.dot.seq,
            logged.kind,
            logged.doc,
            logged.payload,
            logged.sha256,
            logged.head,
            logged.author,
            logged.place,
            logged.epoch,
            logged.position,
            logged.received_at,
            logged.effective_at,
            logged.verdict,
            logged.role,
            logged.problem,
        )

    def _document_row(self, stored: Stored) -> Row:
        document, fields = stored.document, stored.fields
        asked = len(asks(document, MERGE_RULES[stored.kind]))
        state = to_state(document, fields)
        values = map(fields.get, SHAPES[stored.kind].__struct_fields__)
        return (self.company, stored.id, stored.position, asked, is_deleted(document), state, *values)


def stored_from(kind: Kind, row: Found) -> Stored:
    """Return the document that a row of its kind's table holds."""
    told = ((name, getattr(row, name)) for name in SHAPES[kind].__struct_fields__)
    fields = {name: value for name, value in told if value is not None}
    return Stored(kind, row.id, row.position, from_state(row.state, fields), fields)


def _chunks(items: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(items), _CHUNK):
        yield items[start : start + _CHUNK]
