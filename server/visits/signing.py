"""What a customer's signature leaves in the audit log."""

from collections.abc import Sequence

from schemas.audit import Deed
from schemas.registry import Kind
from server.audit.log import Deeds, Doer
from server.records.recorder import Change
from server.records.work import Work


async def note_signatures(work: Work, changes: Sequence[Change]) -> None:
    """Append one entry for each signature that is new in this log, in the name of whoever had it signed.

    The request that it names is the operation: a signature is written by one alone (SPEC N4).
    """
    for change in changes:
        if "content_sha256" in change.after.fields and "content_sha256" not in change.before.fields:
            await _note(work, change)


async def _note(work: Work, change: Change) -> None:
    fields = change.after.fields
    objects = [f"{Kind.SIGNATURE}:{change.after.id}"]
    if "visit" in fields:
        objects.append(f"{Kind.SERVICE_VISIT}:{fields['visit']}")
    device = fields.get("device")
    doer = Doer(change.author, device if isinstance(device, str) else None, work.request_sha256)
    await work.note(doer, Deeds(Deed.VISIT_SIGNED, tuple(objects)))
