"""The manager's word for a visit that nobody signed (1-4; F031)."""

from schemas.audit import Deed
from schemas.kinds.visits import Photo, ServiceVisit
from schemas.office import Confirmation
from schemas.problems import Code, Problem
from schemas.registry import Kind
from schemas.rules.unsigned import confirmed_hash, is_unconfirmed
from server.audit.log import Deeds, Doer
from server.platform.caller import Caller
from server.platform.reasons import given_remark
from server.records.scope import named_by
from server.records.signed_visits import signature_states
from server.records.work import Setting, Work


async def confirm(work: Work, caller: Caller, doer: Doer, visit: str, word: Confirmation) -> None:
    """Confirm that a visit may end without a signature, for the reason that its technician gave.

    The word stands for what he saw, and no longer once that changes. Raises ``Problem`` where it has changed already,
    for a visit that is signed, not finished, without a reason or confirmed already, for the caller's
    own, and for one without a photo of which nothing is said.
    """
    await work.ledger.head()
    found = await named_by(work.documents, caller, ServiceVisit, visit)
    state = (await signature_states(work.documents, [found]))[visit]
    if not is_unconfirmed(found.shown, state):
        raise Problem(Code.STATE_FORBIDS, state=state)
    if found.shown.technician == caller.user:
        raise Problem(Code.VISIT_OWN)
    if word.content_sha256 != confirmed_hash(found.shown):
        raise Problem(Code.VISIT_CHANGED)
    said = given_remark(word.note)
    if not said and not await work.documents.children(Photo, "visit", [found]):
        raise Problem(Code.VISIT_NO_PHOTO)
    confirmed = {
        "confirmed_at": work.now,
        "confirmed_by": caller.user,
        "confirmed_note": said,
        "confirmed_sha256": word.content_sha256,
    }
    await work.decide(caller.user, [Setting(Kind.SERVICE_VISIT, visit, confirmed)])
    await work.note(doer, Deeds(Deed.VISIT_CONFIRMED, (f"{Kind.SERVICE_VISIT}:{visit}",)))
