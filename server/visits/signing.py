"""What a customer's signature leaves in the audit log."""

from collections.abc import Sequence

from schemas.audit import Deed
from schemas.registry import Kind
from server.audit.log import Deeds, Doer, Noted
from server.records.ledger import Stored
from server.records.recorder import Change
from server.records.work import Work


async def note_signatures(work: Work, changes: Sequence[Change]) -> None:
    """Append one entry for each signature that is new in this log, in the name of whoever had it signed.

    The request that it names is the operation: a signature is written by one alone (SPEC N4).
    """
    signed = [each for each in changes if _is_signed(each.after) and not _is_signed(each.before)]
    await work.note_all([_noted(work, each) for each in signed])


def _is_signed(signature: Stored) -> bool:
    return "content_sha256" in signature.fields


def _noted(work: Work, change: Change) -> Noted:
    fields = change.after.fields
    objects = [f"{Kind.SIGNATURE}:{change.after.id}"]
    if "visit" in fields:
        objects.append(f"{Kind.SERVICE_VISIT}:{fields['visit']}")
    device = fields.get("device")
    doer = Doer(
        change.author, device if isinstance(device, str) else None, change.request_sha256 or work.request_sha256
    )
    return Noted(doer, Deeds(Deed.VISIT_SIGNED, tuple(objects)))
