"""Whether a file is named by what a device wrote."""

from sqlalchemy import and_, select
from sqlalchemy.ext.asyncio import AsyncConnection

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
