"""What a change of category leaves in the audit log (1-1, F004, F007)."""

from collections.abc import Sequence

from schemas.audit import Deed
from server.audit.log import Deeds, Doer, Noted
from server.records.recorder import Change
from server.records.work import Work


async def note_categories(work: Work, changes: Sequence[Change]) -> None:
    """Append one entry for each call or visit that got another category than it had, with the reason where one stands.

    An amendment has an entry of its own.
    """
    await work.note_all([_noted(work, each) for each in changes if _is_recategorised(each)])


def _is_recategorised(change: Change) -> bool:
    before, after = change.before.fields, change.after.fields
    is_other = before.get("category") not in {None, after.get("category")}
    return is_other and before.get("amended_at") == after.get("amended_at")


def _noted(work: Work, change: Change) -> Noted:
    reason = change.after.fields.get("category_reason")
    doer = Doer(change.author, None, change.request_sha256 or work.request_sha256)
    named = (f"{change.after.kind}:{change.after.id}",)
    return Noted(doer, Deeds(Deed.CATEGORY_CHANGED, named, reason if isinstance(reason, str) else None))
