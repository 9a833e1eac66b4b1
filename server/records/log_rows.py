"""What stands in rows of the log's tables, as the ledger tells it."""

from schemas.protocol import ActorRecord, Dot
from schemas.vocabulary import Place
from server.platform.statements import Found
from server.records.ledger import Actor, Logged
from sync.lineage import Position

_LOGGED_COLUMNS = [name for name in Logged.__struct_fields__ if name not in {"dot", "place", "readmitted"}]


def actor_from(row: Found) -> Actor:
    """Return the chain that a row of actors holds."""
    record = ActorRecord(
        actor=row.actor,
        company=row.company,
        device=row.device,
        user=row.user,
        place=Place(row.place),
        epoch=row.epoch,
        parent=row.parent,
        parent_seq=row.parent_seq,
        parent_head=row.parent_head,
    )
    return Actor(record, row.acked_seq, row.head)


def logged_from(row: Found, readmitted: tuple[Position, ...]) -> Logged:
    """Return the operation that a row of the log holds, with its places in later epochs."""
    values = {name: getattr(row, name) for name in _LOGGED_COLUMNS}
    return Logged(dot=Dot(row.actor, row.seq), place=Place(row.place), readmitted=readmitted, **values)
