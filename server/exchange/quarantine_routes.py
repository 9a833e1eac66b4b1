"""The quarantine's door over HTTP: a stopped device hands in its last work here, and is given nothing."""

from typing import Any

from litestar import Controller, Request, post
from litestar.di import NamedDependency

from schemas.protocol import HelloReply, PushReply
from server.audit.log import Doer
from server.exchange.contacts import note_hello, note_pushes
from server.exchange.lines import lines, whole
from server.exchange.offering import take_back
from server.exchange.pushing import push
from server.exchange.quarantine import greet_leaver, take_in
from server.exchange.routes import HELLO, OFFER, PUSH
from server.platform.access import LEAVING, opt
from server.platform.ambient import new_id
from server.platform.caller import Caller
from server.records.journal import Journal
from server.records.work import Work


class QuarantineDoor(Controller):
    """Hello, push and offer for a device that was stopped; each request is signed by its key (SPEC Q1)."""

    path = "/sync/v1/quarantine"
    opt = opt(LEAVING)

    @post("/hello", status_code=200)
    async def hello(
        self,
        request: Request[Any, Any, Any],
        caller: NamedDependency[Caller],
        doer: NamedDependency[Doer],
        journal: NamedDependency[Journal],
    ) -> HelloReply:
        """Learn where the server stands, and whether everything has arrived (SPEC Q3, Q4)."""
        said = await whole(request, HELLO)
        epoch = new_id(journal.ambient)

        async def job(work: Work) -> HelloReply:
            reply = await greet_leaver(work, journal.endpoint, caller, said, epoch)
            await note_hello(work, caller, said)
            return reply

        return await journal.write(caller.company, job, doer.request_sha256)

    @post("/push", status_code=200)
    async def push(
        self,
        request: Request[Any, Any, Any],
        caller: NamedDependency[Caller],
        doer: NamedDependency[Doer],
        journal: NamedDependency[Journal],
    ) -> PushReply:
        """Hand in whole groups of operations; they are held, and the answer means that they are durable (SPEC Q2)."""
        head, payloads = await lines(request, PUSH)

        async def job(work: Work) -> PushReply:
            reply = await take_in(
                work, caller, head.actor, lambda: push(work, journal.endpoint, caller, head, payloads)
            )
            await note_pushes(work, [(caller, head)])
            return reply

        return await journal.write(caller.company, job, doer.request_sha256)

    @post("/offer", status_code=200)
    async def offer(
        self,
        request: Request[Any, Any, Any],
        caller: NamedDependency[Caller],
        doer: NamedDependency[Doer],
        journal: NamedDependency[Journal],
    ) -> PushReply:
        """Bring back what a restore lost: what a receipt proves stands as it did, the rest is held (SPEC H1, Q2)."""
        head, payloads = await lines(request, OFFER)
        return await journal.write(
            caller.company,
            lambda work: take_in(
                work, caller, head.actor, lambda: take_back(work, journal.endpoint, caller, head, payloads)
            ),
            doer.request_sha256,
        )
