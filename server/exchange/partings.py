"""Devices that turned out to be copies or to have been put back: both branches of the chain, side by side (SPEC H5)."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from schemas.healing import Parting, Touched
from server.exchange.losses import Chain, Known
from server.exchange.standing import PARTED, settled
from server.exchange.tables import PARTING
from server.records.tables import OPERATION

_TOLD, _LOOKED_AT = 5, 100


async def partings(connection: AsyncConnection, company: str, known: Known) -> list[Parting]:
    """Return every parting, the open ones first, the newest of them first."""
    chains = {each.actor: each for each in known.chains}
    closed = await settled(connection, company, PARTED)
    query = select(PARTING).where(PARTING.c.company == company)
    found = [
        Parting(
            actor=row.actor,
            device=row.device,
            user=row.user,
            at=row.at,
            here=row.parent_acked - row.parent_seq,
            there=_acked(chains, row.actor),
            both=_acked(chains, row.parent) > row.parent_acked,
            documents_here=await _touched(connection, company, row.parent, row.parent_seq),
            documents_there=await _touched(connection, company, row.actor, 0),
            settled=closed[row.actor][1] if row.actor in closed else None,
        )
        for row in (await connection.execute(query)).all()
    ]
    return sorted(found, key=lambda each: (each.settled is not None, -each.at, each.actor))


def _acked(chains: Mapping[str, Chain], actor: str) -> int:
    chain = chains.get(actor)
    return chain.acked_seq if chain else 0


async def _touched(connection: AsyncConnection, company: str, actor: str, after: int) -> tuple[Touched, ...]:
    columns = (OPERATION.c.kind, OPERATION.c.doc)
    behind = (OPERATION.c.company == company, OPERATION.c.actor == actor, OPERATION.c.seq > after)
    query = select(*columns).where(*behind, OPERATION.c.kind != "").order_by(OPERATION.c.seq.desc()).limit(_LOOKED_AT)
    documents = dict.fromkeys(Touched(row.kind, row.doc) for row in await connection.execute(query))
    return tuple(documents)[:_TOLD]
