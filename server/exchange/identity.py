"""Whether an actor is who it says: its caller's own, by a name of its own, with a past of the same device (SPEC A1)."""

from schemas.problems import Code, Problem
from schemas.protocol import ActorRecord
from schemas.registry import Kind
from server.platform.caller import Caller
from server.records.ledger import Actor, Stored, is_servers
from server.records.work import Work


async def known_or_new(work: Work, caller: Caller, record: ActorRecord) -> Actor | None:
    """Return the actor if the log has it, None for one that may begin.

    Raises ``Problem`` for a revoked device, for a record of somebody else or of another device's past, and for a name
    that the server keeps for its own writes or that is taken with another record.
    """
    key = (Kind.DEVICE, caller.device)
    check_not_revoked(caller, (await work.ledger.documents([key])).get(key))
    said = (record.company, record.device, record.user, record.place)
    if said != (caller.company, caller.device, caller.user, caller.place):
        raise Problem(Code.DEVICE_WRONG)
    known = (await work.ledger.actors([record.actor])).get(record.actor)
    if is_servers(record.actor) or (known is not None and known.record != record):
        raise Problem(Code.SYNC_ACTOR)
    if known is None:
        await _check_parent(work, caller, record.parent)
    return known


def check_not_revoked(caller: Caller, device: Stored | None) -> None:
    """Raise ``Problem`` for a device that was revoked since its request was admitted: a body can take its time.

    One that came through the quarantine's door came because it was.
    """
    if caller.leaving is None and device is not None and device.fields.get("revoked_at") is not None:
        raise Problem(Code.DEVICE_REVOKED)


async def _check_parent(work: Work, caller: Caller, parent: str | None) -> None:
    known = (await work.ledger.actors([parent])).get(parent) if parent is not None else None
    if known is not None and known.record.device != caller.device:
        raise Problem(Code.DEVICE_WRONG)
