"""The sync protocol over HTTP."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from functools import partial
from typing import Annotated, Any

import msgspec
from litestar import Controller, Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromQuery, JSONBody, QueryParameter
from litestar.response import ServerSentEvent, ServerSentEventMessage
from msgspec import Struct

from schemas.office import DeviceContact
from schemas.protocol import (
    MAX_PULL_ROWS,
    MAX_PULL_ROWS_DEFAULT,
    OLDEST_SCHEMA,
    SCHEMA,
    Hello,
    HelloReply,
    PullEnd,
    PullLine,
    PushHead,
    ReOfferHead,
    Repaired,
)
from schemas.scalars import MAX_INTEGER
from schemas.vocabulary import Role
from server.audit.doers import request_sha256
from server.audit.log import Doer
from server.exchange.announcing import note_announced, note_reach
from server.exchange.contacts import contacts, note_hello, note_repaired
from server.exchange.greeting import greet
from server.exchange.lines import lines, packed_aside, packed_json, repacked_aside, whole
from server.exchange.offering import take_back
from server.exchange.pulling import Wish, is_near, pull
from server.exchange.pushing import hand_in
from server.exchange.quiet import MEDIA_TYPE, Quiet
from server.exchange.repairing import ranges, rows_between
from server.exchange.snapshots import Snapshots
from server.platform.access import ENROLLED, Sessions, is_known, only, opt
from server.platform.ambient import new_id
from server.platform.caller import Caller
from server.platform.path_parameters import PartInPath, SnapshotName
from server.platform.query_parameters import TokenInQuery, TokenOrNoneInQuery
from server.records.journal import Journal
from server.records.numbering import note_numbers
from server.records.work import Work

HELLO = msgspec.json.Decoder(Hello)
PUSH = msgspec.json.Decoder(PushHead)
OFFER = msgspec.json.Decoder(ReOfferHead)
SchemaAsked = Annotated[int, QueryParameter(ge=OLDEST_SCHEMA, le=SCHEMA)]
_LINE = msgspec.json.Encoder()
_HEARTBEAT_SECONDS = 20.0
_HEADER_AND_END = 2
_BOARD = only(
    Role.CLERK,
    Role.SERVICE_MANAGER,
    Role.BRANCH_MANAGER,
    Role.SERVICE_DEPARTMENT,
    Role.VICE_GM,
    Role.ADMIN,
    Role.AUDITOR,
)
"""Whoever plans and answers for the technicians' day."""


class Hot(Struct, frozen=True):
    """What the two routes need that phones ask more often than all others together.

    One dependency, because Litestar resolves several in as many tasks, which is a tenth of what such a request costs.
    """

    caller: Caller
    journal: Journal
    quiet: Quiet
    snapshots: Snapshots


class Exchange(Controller):
    """Hello, push, offer, pull, live: what a device needs to be in step with the office."""

    path = "/sync/v1"
    opt = opt(ENROLLED)

    @post("/hello", status_code=200)
    async def hello(
        self,
        request: Request[Any, Any, Any],
        caller: NamedDependency[Caller],
        doer: NamedDependency[Doer],
        journal: NamedDependency[Journal],
    ) -> HelloReply:
        """Say who writes and how far its chain goes; learn where the server stands (SPEC P1)."""
        said = await whole(request, HELLO)
        epoch = new_id(journal.ambient)

        async def job(work: Work) -> HelloReply:
            reply = await greet(work, journal.endpoint, caller, said, epoch)
            await note_hello(work, caller, said)
            await note_announced(work, caller, said, reply)
            await note_reach(work, journal.endpoint.keys, said, reply)
            if said.numbers and len(reply.lineage) > 1:
                await note_numbers(work.connection, work.company, said.numbers)
            return reply

        reply = await journal.note(caller.company, job, doer.request_sha256)
        if reply.epoch != said.actor.epoch:  # perhaps begun by this very hello
            journal.poke(caller.company)
        return reply

    @post("/push", status_code=200)
    async def push(
        self,
        request: Request[Any, Any, Any],
        hot: NamedDependency[Hot],
    ) -> Response[bytes]:
        """Hand in whole groups of operations; the answer means that they are durable (SPEC P2 to P6)."""
        asked = await request_sha256(request)
        head, payloads = await lines(request, PUSH)
        return await packed_json(request, await hand_in(hot.journal, hot.caller, head, payloads, asked))

    @post("/offer", status_code=200)
    async def offer(
        self,
        request: Request[Any, Any, Any],
        caller: NamedDependency[Caller],
        doer: NamedDependency[Doer],
        journal: NamedDependency[Journal],
    ) -> Response[bytes]:
        """Bring back acknowledged operations that a restore lost (SPEC H1)."""
        head, payloads = await lines(request, OFFER)
        reply = await journal.write(
            caller.company,
            lambda work: take_back(work, journal.endpoint, caller, head, payloads),
            doer.request_sha256,
        )
        return await packed_json(request, reply)

    @get("/pull")
    async def pull(  # noqa: PLR0913 - each is one part of the request
        self,
        request: Request[Any, Any, Any],
        hot: NamedDependency[Hot],
        cursor: TokenOrNoneInQuery = None,
        limit: Annotated[int, QueryParameter(ge=1, le=MAX_PULL_ROWS)] = MAX_PULL_ROWS_DEFAULT,
        schema: SchemaAsked = OLDEST_SCHEMA,
        *,
        digest: FromQuery[bool] = False,
        parts: FromQuery[bool] = False,
    ) -> Response[bytes]:
        """Receive one page of what changed in scope behind a cursor, as a schema tells it (SPEC L1 to L4, L6, L7)."""
        caller, journal, quiet = hot.caller, hot.journal, hot.quiet
        wish, now, version = Wish(cursor, limit, digest, schema), journal.ambient.now(), await quiet.version()
        ready = await hot.snapshots.page(caller, wish, now) if parts and cursor is None else None
        if ready is not None:
            return Response(_LINE.encode_lines(ready), media_type=MEDIA_TYPE)
        async with AsyncExitStack() as views:
            ledger = await views.enter_async_context(journal.glancing(caller.company))
            if not await is_near(ledger, journal.endpoint, caller, wish):
                ledger = await views.enter_async_context(journal.reading(caller.company))
            page, has_news = await _page(pull(ledger, journal.endpoint, caller, wish, now), wish)
        if not has_news:
            quiet.keep(request.scope, caller, page, now, version)
        body, headers = await packed_aside(page, request.headers.get("accept-encoding", ""))
        return Response(body, media_type=MEDIA_TYPE, headers=headers)

    @get("/ranges")
    async def ranges(
        self,
        caller: NamedDependency[Caller],
        journal: NamedDependency[Journal],
        cursor: TokenInQuery,
        schema: SchemaAsked = OLDEST_SCHEMA,
    ) -> Response[bytes]:
        """Compare what a device shows with what is in its scope, range by range (SPEC F6)."""
        wish = Wish(cursor, MAX_PULL_ROWS, digest=False, schema=schema)
        async with journal.reading(caller.company) as ledger:
            told = [line async for line in ranges(ledger, journal.endpoint, caller, wish)]
        return Response(_LINE.encode_lines(told), media_type=MEDIA_TYPE)

    @get("/rows")
    async def rows(  # noqa: PLR0913, PLR0917 - each is one part of the request
        self,
        request: Request[Any, Any, Any],
        caller: NamedDependency[Caller],
        journal: NamedDependency[Journal],
        cursor: TokenInQuery,
        after: Annotated[int, QueryParameter(ge=0, le=MAX_INTEGER)],
        until: Annotated[int, QueryParameter(ge=0, le=MAX_INTEGER)],
        schema: SchemaAsked = OLDEST_SCHEMA,
    ) -> Response[bytes]:
        """Receive the rows of one range again (SPEC F6)."""
        wish = Wish(cursor, MAX_PULL_ROWS, digest=False, schema=schema)
        async with journal.reading(caller.company) as ledger:
            told = [line async for line in rows_between(ledger, journal.endpoint, caller, wish, after, until)]
        body, headers = await packed_aside(_LINE.encode_lines(told), request.headers.get("accept-encoding", ""))
        return Response(body, media_type=MEDIA_TYPE, headers=headers)

    @post("/repaired", status_code=204)
    async def repaired(
        self,
        data: JSONBody[Repaired],
        caller: NamedDependency[Caller],
        doer: NamedDependency[Doer],
        journal: NamedDependency[Journal],
    ) -> None:
        """Report that a device's rows did not add up, and how much of them is mended (SPEC F6)."""
        await journal.note(caller.company, lambda work: note_repaired(work, caller, doer, data))

    @get("/parts/{name:str}/{number:int}")
    async def part(
        self,
        request: Request[Any, Any, Any],
        caller: NamedDependency[Caller],
        snapshots: NamedDependency[Snapshots],
        name: SnapshotName,
        number: PartInPath,
    ) -> Response[bytes]:
        """Receive a part of a snapshot as it lies ready, for as long as it is there (SPEC L7)."""
        packed = await snapshots.part(caller, name, number)
        body, headers = await repacked_aside(packed, request.headers.get("accept-encoding", ""))
        return Response(body, media_type=MEDIA_TYPE, headers=headers)

    @get("/live")
    async def live(
        self,
        request: Request[Any, Any, Any],
        caller: NamedDependency[Caller],
        journal: NamedDependency[Journal],
        sessions: NamedDependency[Sessions],
    ) -> ServerSentEvent:
        """Hear that there may be something new, and nothing more, for as long as the session lives (SPEC L5)."""
        return ServerSentEvent(_pokes(journal, caller.company, partial(is_known, sessions, request)))


class Contacts(Controller):
    """Who was last in touch when: what the office's board says of each technician, and the admin's list of devices."""

    path = "/api/contacts"
    opt = opt(_BOARD)

    @get()
    async def list(self, caller: NamedDependency[Caller], journal: NamedDependency[Journal]) -> list[DeviceContact]:
        """List the last contact of every device of the caller's units."""
        async with journal.database.reading() as connection:
            return await contacts(connection, caller)


async def _page(lines: AsyncIterator[PullLine], wish: Wish) -> tuple[bytes, bool]:
    """Return a page as it is sent, and whether it tells anything that the cursor did not."""
    page, count, last = bytearray(), 0, None
    async for line in lines:
        _LINE.encode_into(line, page, -1)
        page += b"\n"
        count, last = count + 1, line
    where_it_was = isinstance(last, PullEnd) and last.cursor == wish.cursor and last.digest is None
    return bytes(page), count > _HEADER_AND_END or not where_it_was


async def _pokes(
    journal: Journal, company: str, may_listen: Callable[[], Awaitable[bool]]
) -> AsyncIterator[ServerSentEventMessage]:
    event = journal.pokes.listen(company)
    try:
        yield ServerSentEventMessage(event="hello", data="")
        # Shielded: whoever hangs up is cancelled twice, and a query of SQLite that is cut short twice never ends.
        while not journal.pokes.ended and await asyncio.shield(may_listen()):
            try:
                await asyncio.wait_for(event.wait(), _HEARTBEAT_SECONDS)
            except TimeoutError:
                yield ServerSentEventMessage(comment="still here")
                continue
            event.clear()
            yield ServerSentEventMessage(event="poke", data="")
    finally:
        journal.pokes.leave(company, event)
