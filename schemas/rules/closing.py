"""Whether a call may be struck off the register and its voucher filed (policy 1-4; F002, F003, F031 to F033)."""

from collections.abc import Sequence

from msgspec import Struct

from schemas.kinds.calls import ServiceCall
from schemas.kinds.visits import ServiceVisit
from schemas.problems import Code
from schemas.rules.arrival import is_unexplained_breach
from schemas.rules.call_state import CALL_ARROWS, ENDS_THE_WORK, CallCommand, CallState
from schemas.rules.category import Cover, category_obstacle
from schemas.rules.signed_content import SignatureState
from schemas.rules.unsigned import is_unconfirmed

_OVER = frozenset({CallState.CLOSED, CallState.WITHDRAWN, CallState.DUPLICATE})
_CHANGED = frozenset({SignatureState.RIVAL, SignatureState.AMENDED})


class Entry(Struct, frozen=True):
    """A visit entry of the call, how it stands to what was signed, and what its product is covered by."""

    visit: ServiceVisit
    signature: SignatureState
    cover: Cover = Cover()


def closing_obstacle(call: ServiceCall, state: CallState, entries: Sequence[Entry]) -> Code | None:
    """Return what stands against closing a call, None if nothing does.

    Every finished entry must be as it was signed; one that ended the work must be signed, or say why it is not, and a
    manager must have confirmed that. Whoever came after the limit must have a reason. Each must have a category, none
    one that its product's warranty and contracts forbid, and what is free is free.
    """
    if state not in CALL_ARROWS[CallCommand.CLOSE_AND_FILE]:
        return Code.STATE_FORBIDS if state in _OVER else Code.VISIT_NOT_FINISHED
    obstacles = (_obstacle(call, entry) for entry in entries if entry.visit.finished_at is not None)
    obstacle = next((obstacle for obstacle in obstacles if obstacle is not None), None)
    if obstacle is None and is_unexplained_breach(call, [entry.visit for entry in entries]):
        return Code.CALL_BREACH_REASON
    return obstacle


def _obstacle(call: ServiceCall, entry: Entry) -> Code | None:
    if entry.signature in _CHANGED:
        return Code.VISIT_CHANGED_AFTER_SIGNING
    needs_signature = entry.visit.outcome in ENDS_THE_WORK and entry.visit.unsigned_reason is None
    if needs_signature and entry.signature is SignatureState.UNSIGNED:
        return Code.VISIT_UNSIGNED
    if is_unconfirmed(entry.visit, entry.signature):
        return Code.VISIT_UNCONFIRMED
    return category_obstacle(entry.visit, entry.cover, call)
