"""'Anything new?' answered without a question to the database where the answer is still the one that was given before.

Phones ask it more often than all else together, and nearly always there is nothing. What the route once answered to the
same cookie and the same cursor stands until somebody commits (``Database.version``): the session, the rights, the scope
and the log are then what they were. The answer is the route's own, byte for byte but for the time of day.
"""

from collections.abc import Hashable

from litestar.enums import ScopeType
from litestar.types import ASGIApp, Receive, Scope, Send
from msgspec import Struct

from server.platform.ambient import Ambient
from server.platform.caller import Caller
from server.platform.database import Database
from server.platform.remembered import Remembered
from server.platform.security_headers import HEADERS

PATH = "/sync/v1/pull"
MEDIA_TYPE = "application/x-ndjson"

_FIXED = tuple(
    (name.encode(), value.encode())
    for name, value in {"content-type": MEDIA_TYPE, "vary": "accept-encoding", **HEADERS}.items()
)

Asked = tuple[str, bytes, bytes]
"""Scheme, cookie and query of a request: all of it that the answer depends on."""


class Answer(Struct, frozen=True):
    """A page without news, cut where it tells the time, and until when its session stands."""

    before: bytes
    after: bytes
    until: int


class Quiet:
    """The pages without news that were given out since the last commit."""

    def __init__(self, database: Database, ambient: Ambient) -> None:
        self._answers: Remembered[Asked, Answer] = Remembered(database)
        self._ambient = ambient

    async def version(self) -> Hashable | None:
        """Return what has to be taken before a page is read (see ``Remembered.version``)."""
        return await self._answers.version()

    def keep(self, scope: Scope, caller: Caller, page: bytes, told: int, version: Hashable | None) -> None:
        """Remember a page without news that tells the time ``told``; ``version`` was taken before it was read."""
        asked = _asked(scope)
        if asked is not None:
            before, after = page.split(b"%d]\n" % told, 1)
            self._answers.keep(asked, Answer(before, b"]\n" + after, caller.stands_until), version)

    def in_front_of(self, app: ASGIApp) -> ASGIApp:
        """Return the application with the remembered pages before it; everything else goes through to it."""

        async def answering(scope: Scope, receive: Receive, send: Send) -> None:
            body = await self._answer(scope)
            if body is None:
                await app(scope, receive, send)
                return
            headers = (*_FIXED, (b"content-length", b"%d" % len(body)))
            await send({"type": "http.response.start", "status": 200, "headers": headers})
            await send({"type": "http.response.body", "body": body, "more_body": False})

        return answering

    async def _answer(self, scope: Scope) -> bytes | None:
        asked = _asked(scope)
        known = await self._answers.get(asked) if asked is not None else None
        now = self._ambient.now()
        if known is None or now >= known.until:
            return None
        return b"%b%d%b" % (known.before, now, known.after)


def _asked(scope: Scope) -> Asked | None:
    """Return what identifies the question; None for any other request."""
    if scope["type"] != ScopeType.HTTP or scope["path"] != PATH or scope["method"] != "GET":
        return None
    cookies = [value for name, value in scope["headers"] if name == b"cookie"]
    return (scope["scheme"], cookies[0], scope["query_string"]) if len(cookies) == 1 else None
