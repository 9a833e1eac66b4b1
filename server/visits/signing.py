"""What a customer's signature leaves in the audit log."""

from schemas.audit import Deed
from schemas.registry import Kind
from server.audit.log import Deeds, Doer, append
from server.records.recorder import Change
from server.records.work import Work


async def note_signature(work: Work, change: Change) -> None:
    """Append one entry for a signature that is new in this log, in the name of whoever had it signed."""
    fields = change.after.fields
    if "content_sha256" in change.before.fields or "content_sha256" not in fields:
        return
    objects = [f"{Kind.SIGNATURE}:{change.after.id}"]
    if "visit" in fields:
        objects.append(f"{Kind.SERVICE_VISIT}:{fields['visit']}")
    device = fields.get("device")
    doer = Doer(change.author, device if isinstance(device, str) else None)
    await append(work.connection, work.company, work.now, doer, Deeds(Deed.VISIT_SIGNED, tuple(objects)))
