"""What devices keep for the server, over HTTP (SPEC H2, H7)."""

from typing import Any

import msgspec
from litestar import Controller, Request, Response, get, post
from litestar.di import NamedDependency

from schemas.protocol import GivenBack, TakenBack
from server.audit.log import Doer
from server.exchange.entrusting import entrusted
from server.exchange.giving_back import are_here, take_back_kept
from server.exchange.lines import packed_json, whole
from server.platform.access import ENROLLED, opt
from server.platform.caller import Caller
from server.platform.query_parameters import TokenOrNoneInQuery
from server.records.journal import Journal

GIVEN_BACK = msgspec.json.Decoder(GivenBack)


class EntrustedToDevices(Controller):
    """What devices keep for the server, and bring back after a restore."""

    path = "/sync/v1/entrusted"
    opt = opt(ENROLLED)

    @get()
    async def entrusted(
        self,
        request: Request[Any, Any, Any],
        caller: NamedDependency[Caller],
        journal: NamedDependency[Journal],
        mark: TokenOrNoneInQuery = None,
    ) -> Response[bytes]:
        """Receive what is to be kept behind a mark, as far as it is in scope; without one, where to begin."""
        async with journal.reading(caller.company) as ledger:
            page = await entrusted(ledger, journal.endpoint, caller, mark)
        return await packed_json(request, page)

    @post(status_code=200)
    async def give_back(
        self,
        request: Request[Any, Any, Any],
        caller: NamedDependency[Caller],
        doer: NamedDependency[Doer],
        journal: NamedDependency[Journal],
    ) -> TakenBack:
        """Bring back what was kept, after a restore."""
        given = await whole(request, GIVEN_BACK)
        async with journal.reading(caller.company) as ledger:
            here = await are_here(ledger, journal.endpoint, caller.company, given)
        if here is not None:
            return here
        back = await journal.note(
            caller.company,
            lambda work: take_back_kept(work, journal.endpoint, caller, given),
            doer.request_sha256,
        )
        if back.operations:
            journal.poke(caller.company)
        return back
