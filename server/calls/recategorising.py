"""What a change of category leaves in the audit log (1-1, F004, F007)."""

from collections.abc import Sequence

from schemas.audit import Deed
from server.audit.log import Deeds, Doer, Noted
from server.records.ledger import SERVER
from server.records.recorder import Change, Written
from server.records.work import Work


async def note_categories(work: Work, changes: Sequence[Change]) -> None:
    """Append one entry for each call or visit that somebody gave another category, with the reason where one stands.

    An amendment has an entry of its own, and what comes back after a restore had one.
    """
    told = [(change, said) for change in changes if (said := _recategorised(change)) is not None]
    known = await work.ledger.actors({said.operation.origin.dot.actor for _, said in told})
    devices = {name: actor.record.device for name, actor in known.items() if actor.record.device != SERVER}
    of_people = [(change, said) for change, said in told if said.operation.origin.dot.actor in devices]
    await work.note_all(
        [_noted(work, change, said, devices[said.operation.origin.dot.actor]) for change, said in of_people]
    )


def _recategorised(change: Change) -> Written | None:
    """Return the operation that gave a document another category than it had."""
    before, after = change.before.fields.get("category"), change.after.fields.get("category")
    if before in {None, after}:
        return None
    return next((each for each in reversed(change.written) if "category" in each.operation.fields), None)


def _noted(work: Work, change: Change, said: Written, device: str) -> Noted:
    reason = change.after.fields.get("category_reason")
    doer = Doer(said.operation.origin.author, device, said.request_sha256 or work.request_sha256, said.acting_for)
    named = (f"{change.after.kind}:{change.after.id}",)
    return Noted(doer, Deeds(Deed.CATEGORY_CHANGED, named, reason if isinstance(reason, str) else None))
