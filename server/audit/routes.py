"""The audit log over HTTP (docs/API.md)."""

from typing import Annotated

from litestar import Controller, get
from litestar.di import NamedDependency, Provide
from litestar.params import FromQuery, QueryParameter

from schemas.audit import AuditPage, Deed
from schemas.scalars import MAX_INTEGER
from schemas.vocabulary import Role
from server.audit.reading import MOST, PAGE, AuditWish, read_audit
from server.platform.access import only, opt
from server.platform.caller import Caller
from server.platform.query_parameters import IdInQuery
from server.records.journal import Journal

_Number = Annotated[int | None, QueryParameter(ge=0, le=MAX_INTEGER)]
_Most = Annotated[int, QueryParameter(ge=1, le=MOST)]


async def _wish(
    before: _Number = None,
    user: IdInQuery = None,
    deed: FromQuery[Deed | None] = None,
    until: _Number = None,
    most: _Most = PAGE,
) -> AuditWish:
    return AuditWish(before=before, user=user, deed=deed, until=until, most=most)


class AuditLog(Controller):
    """Who did what, when and why: for whoever has to answer for it."""

    path = "/api/audit"
    opt = opt(only(Role.ADMIN, Role.AUDITOR))

    @get(dependencies={"wish": Provide(_wish)})
    async def entries(
        self, caller: NamedDependency[Caller], journal: NamedDependency[Journal], wish: NamedDependency[AuditWish]
    ) -> AuditPage:
        """Give out entries, the newest first, a hundred at a time or as many as are wanted."""
        async with journal.database.reading() as connection:
            return await read_audit(connection, caller.company, wish)
