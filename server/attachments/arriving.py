"""Bytes on their way in, from somebody whose line may break at any of them."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

from litestar import Request
from litestar.exceptions import InternalServerException

SILENCE_SECONDS = 30.0
"""Whoever sends nothing for so long has hung up without a word, as phones do where the network ends."""


async def arriving(request: Request[Any, Any, Any]) -> AsyncIterator[bytes]:
    """Yield a request's body as it comes, as far as it comes: a line that breaks ends it without an error."""
    parts = aiter(request.stream())
    while True:
        try:
            yield await asyncio.wait_for(anext(parts), SILENCE_SECONDS)
        except (StopAsyncIteration, TimeoutError, InternalServerException):  # the last is what a hang-up raises
            return
