"""Operations that come back as they were logged: their stamps stand, and so does what their bases cover (SPEC H1)."""

from collections.abc import Iterable

from schemas.protocol import ActorRecord, Dot, Stamp
from schemas.vocabulary import Place
from server.exchange.arriving import Linked
from server.records.branches import closed
from server.records.ledger import Logged
from server.records.recorder import stamped
from server.records.work import Work


def restored(record: ActorRecord, linked: Linked, stamp: Stamp, author: str, place: Place) -> Logged:
    """Return an operation as it was logged; one that this version cannot read is held until a newer one can."""
    operation, fault = linked.reading.operation, linked.reading.fault
    return Logged(
        dot=Dot(record.actor, linked.seq),
        kind=operation.kind if operation else "",
        doc=operation.doc if operation else "",
        payload=linked.payload,
        sha256=linked.sha256,
        head=linked.head,
        author=author,
        place=place,
        epoch=stamp.epoch,
        position=stamp.position,
        received_at=stamp.received_at,
        effective_at=stamp.effective_at,
        verdict="held" if fault else stamp.verdict,
        role=stamp.role,
        problem=fault.value if fault else stamp.problem,
    )


async def close_unknown(work: Work, back: Iterable[Logged]) -> None:
    """Fix what bases and stamps of unknown branches cover: else a later mark would change what documents mean."""
    origins = [stamped(each).origin for each in back if each.verdict == "applied"]
    named = [position.epoch for origin in origins for position in (origin.base, *origin.positions)]
    unknown = closed(await work.ledger.head(), named)
    if unknown:
        await work.ledger.learn_branches(unknown)
