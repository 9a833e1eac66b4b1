"""Who speaks: from the session's cookie to the caller."""

from typing import Any

from litestar.connection import ASGIConnection

from server.platform.caller import Caller
from server.records.journal import Journal


class AccountSessions:
    """The sessions that were opened by signing in (see ``server.platform.access.Sessions``)."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    async def caller(self, connection: ASGIConnection[Any, Any, Any, Any]) -> Caller | None:
        """Return the person behind the session cookie."""
        del connection
        return None
