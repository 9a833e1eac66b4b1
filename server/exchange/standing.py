"""Reading what is known of a company's devices and chains, for whoever tells of losses and partings."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Row, select
from sqlalchemy.ext.asyncio import AsyncConnection

from schemas.healing import Settled
from schemas.registry import Kind
from server.exchange.announcing import announced_from
from server.exchange.losses import Chain, Known
from server.exchange.tables import ANNOUNCED, DEVICE_CONTACT, EMPTIED, NOTICE_SETTLED, PARTING
from server.records.ledger import SERVER
from server.records.sql_ledger import SqlLedger
from server.records.tables import ACTOR, DOCUMENTS

_DEVICE = DOCUMENTS[Kind.DEVICE]
LOSS, PARTED = "loss", "parting"
"""What a person may write off, as it is stored."""


async def known_of(connection: AsyncConnection, company: str, now: int) -> Known:
    """Return everything that bears on losses, at ``now`` (epoch milliseconds)."""
    chains = select(ACTOR).where(ACTOR.c.company == company, ACTOR.c.device != SERVER)
    announced = select(ANNOUNCED).where(ANNOUNCED.c.company == company)
    parted = select(PARTING.c.actor).where(PARTING.c.company == company)
    contacted = select(DEVICE_CONTACT).where(DEVICE_CONTACT.c.company == company)
    emptied = select(EMPTIED).where(EMPTIED.c.company == company)
    devices = (await connection.execute(select(_DEVICE).where(_DEVICE.c.company == company))).all()
    contacts = {row.device: row.at for row in await connection.execute(contacted)}
    return Known(
        epoch=(await SqlLedger(connection, company, now).end()).epoch,
        now=now,
        chains=[_chain(row) for row in await connection.execute(chains)],
        announced=[announced_from(row) for row in await connection.execute(announced)],
        parted=frozenset((await connection.execute(parted)).scalars()),
        contacts=contacts,
        stopped=frozenset(row.id for row in devices if row.revoked_at is not None),
        emptied={row.device: row.at for row in await connection.execute(emptied)},
        successors=_successors(devices, contacts),
        settled=await settled(connection, company, LOSS),
    )


async def settled(connection: AsyncConnection, company: str, what: str) -> Mapping[str, tuple[int, Settled]]:
    """Return what people wrote off, by the chain that it is about, each with how far it went."""
    query = select(NOTICE_SETTLED).where(NOTICE_SETTLED.c.company == company, NOTICE_SETTLED.c.what == what)
    rows = await connection.execute(query)
    return {row.actor: (row.seq, Settled(row.by, row.at, row.reason)) for row in rows}


def _chain(row: Row[tuple[object, ...]]) -> Chain:
    return Chain(row.actor, row.device, row.user, row.epoch, row.parent, row.parent_seq, row.acked_seq)


def _successors(devices: Sequence[Row[tuple[object, ...]]], contacts: Mapping[str, int]) -> dict[str, str]:
    """Return device to the newest one that the same person enrolled for the same use after it was last heard of."""
    by_person: dict[tuple[object, object], list[tuple[int, str]]] = {}
    for row in devices:
        by_person.setdefault((row.user, row.place), []).append((row.enrolled_at or 0, row.id))
    newest = {person: max(enrolled) for person, enrolled in by_person.items()}
    found: dict[str, str] = {}
    for row in devices:
        enrolled_at, successor = newest[row.user, row.place]
        if enrolled_at > contacts.get(row.id, row.enrolled_at or 0):
            found[row.id] = successor
    return found
