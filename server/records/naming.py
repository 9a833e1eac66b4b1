"""Whether a file is named by what was written, whether it was applied or not."""

from sqlalchemy import and_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from schemas.kinds.people import User
from server.platform.caller import Caller
from server.records.documents import Documents
from server.records.scope import in_scope
from server.records.tables import ACTOR, OPERATION


async def device_names(connection: AsyncConnection, company: str, device: str, text: str) -> bool:
    """Tell whether any operation that came from a device has this text in it, held ones included."""
    query = (
        select(OPERATION.c.payload)
        .join(ACTOR, and_(ACTOR.c.company == OPERATION.c.company, ACTOR.c.actor == OPERATION.c.actor))
        .where(OPERATION.c.company == company, ACTOR.c.device == device)
    )
    needle = text.encode()
    async with connection.stream(query) as payloads:
        async for (payload,) in payloads:
            if needle in payload:
                return True
    return False


async def held_names(connection: AsyncConnection, caller: Caller, text: str) -> bool:
    """Tell whether a held operation of somebody in the caller's units has this text in it.

    Whoever decides about it sees the picture that it is about; no document names that yet.
    """
    query = select(OPERATION.c.author, OPERATION.c.payload).where(
        OPERATION.c.company == caller.company, OPERATION.c.verdict == "held"
    )
    needle, authors = text.encode(), set[str]()
    async with connection.stream(query) as held:
        async for author, payload in held:
            if needle in payload:
                authors.add(author)
    people = await Documents(connection, caller.company).where(User, "id", authors)
    return any(in_scope(caller.units, each.shown.unit) for each in people)
