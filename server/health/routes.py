"""Whether the server is well, over HTTP (docs/API.md)."""

from litestar import Controller, get
from litestar.di import NamedDependency

from schemas.health import Health
from schemas.vocabulary import Role
from server.health.looking import health_of
from server.platform.access import only, opt
from server.platform.caller import Caller
from server.platform.settings import Settings
from server.records.journal import Journal


class ServerHealth(Controller):
    """The facts of the company's server, for whoever has to see to it."""

    path = "/api/health"
    opt = opt(only(Role.ADMIN, Role.AUDITOR))

    @get()
    async def health(
        self,
        caller: NamedDependency[Caller],
        journal: NamedDependency[Journal],
        settings: NamedDependency[Settings],
        started_at: NamedDependency[int],
    ) -> Health:
        """Tell every fact with its verdict, as of now."""
        async with journal.database.reading() as connection:
            return await health_of(connection, caller.company, settings, journal.ambient, started_at)
