"""Reading a command's body: whatever cannot be read is malformed, never a defect."""

from typing import Any

from litestar import Request

from schemas.problems import Code, Problem


class JsonRequest(Request[Any, Any, Any]):
    """A request whose body may be anything that somebody sends."""

    async def json(self) -> Any:  # noqa: ANN401 - Litestar's own promise
        """Return the decoded body; raises ``Problem`` for bytes that are no UTF-8 and for too deep a nesting."""
        try:
            return await super().json()
        except (UnicodeDecodeError, RecursionError):
            raise Problem(Code.REQUEST_MALFORMED) from None
