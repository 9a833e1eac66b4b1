"""How visit entries stand to what was signed on them (F032)."""

from collections.abc import Sequence

import msgspec

from schemas.kinds.visits import ServiceVisit, Signature
from schemas.rules.signed_content import SignatureState, erased_signature_state, signature_state
from server.records.documents import Documents, Found


async def signature_states(documents: Documents, visits: Sequence[Found[ServiceVisit]]) -> dict[str, SignatureState]:
    """Return the state of each visit's signature by the visit's id; of several signatures the newest counts."""
    newest: dict[str | None, Found[Signature]] = {}
    signatures = await documents.children(Signature, "visit", visits)
    for signature in sorted(signatures, key=lambda each: (each.position, each.id)):
        newest[signature.shown.visit] = signature
    return {visit.id: _state(visit, newest.get(visit.id)) for visit in visits}


def _state(visit: Found[ServiceVisit], signature: Found[Signature] | None) -> SignatureState:
    shown = None if signature is None else signature.shown
    if shown is not None and shown.content is None and shown.erased_at is not None:
        return erased_signature_state(shown.signed_at, visit.shown.amended_at)
    content = None if shown is None or shown.content is None else msgspec.json.decode(shown.content)
    return signature_state(content, msgspec.to_builtins(visit.shown), visit.rivals)
