"""Rescue files over HTTP: looked into first, then taken in."""

from typing import Any

from litestar import Controller, Request, post
from litestar.di import NamedDependency

from schemas.rescue import MAX_RESCUE_BYTES, RescueFound
from schemas.vocabulary import Role
from server.attachments.storing import files_of
from server.audit.log import Doer
from server.platform.access import only, opt
from server.platform.ambient import new_id
from server.platform.caller import Caller
from server.platform.settings import Settings
from server.records.journal import Journal
from server.records.work import Work
from server.rescue.opening import opened
from server.rescue.taking_in import look, rescued

_DESK = opt(only(Role.CLERK, Role.SERVICE_MANAGER, Role.ADMIN))


class RescueFiles(Controller):
    """What a technician could not send and handed over as a file."""

    path = "/api/rescue"
    opt = _DESK

    @post("/look", status_code=200, request_max_body_size=MAX_RESCUE_BYTES)
    async def look(
        self, request: Request[Any, Any, Any], caller: NamedDependency[Caller], journal: NamedDependency[Journal]
    ) -> RescueFound:
        """Tell whose file it is, how much it holds, and how much of that is here; nothing is written."""
        rescue = opened(journal.endpoint.keys, caller.company, await request.body())

        async def job(work: Work) -> RescueFound:
            return (await look(work, caller, rescue)).found

        return await journal.note(caller.company, job)

    @post("/take", status_code=200, request_max_body_size=MAX_RESCUE_BYTES)
    async def take(
        self,
        request: Request[Any, Any, Any],
        caller: NamedDependency[Caller],
        doer: NamedDependency[Doer],
        journal: NamedDependency[Journal],
        settings: NamedDependency[Settings],
    ) -> RescueFound:
        """Take in what of it is not here yet, as if its device had sent it; twice is once."""
        rescue = opened(journal.endpoint.keys, caller.company, await request.body())
        files, unique = files_of(settings, caller.company), new_id(journal.ambient)
        return await journal.write(
            caller.company,
            lambda work: rescued(work, caller, doer, rescue, files, unique),
            doer.request_sha256,
        )
