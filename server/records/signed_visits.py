"""How visit entries stand to what was signed on them (F032)."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

import msgspec

from schemas.kinds.visits import ServiceVisit, Signature
from schemas.rules.signed_content import SignatureState, signature_state
from server.records.documents import Documents, Found

_NOTHING: Mapping[str, Any] = MappingProxyType({"visit": MappingProxyType({})})


async def signature_states(documents: Documents, visits: Sequence[Found[ServiceVisit]]) -> dict[str, SignatureState]:
    """Return the state of each visit's signature by the visit's id; of several signatures the newest counts."""
    newest: dict[str | None, Found[Signature]] = {}
    signatures = await documents.where(Signature, "visit", [visit.id for visit in visits])
    for signature in sorted(signatures, key=lambda each: (each.position, each.id)):
        newest[signature.shown.visit] = signature
    return {visit.id: _state(visit, newest.get(visit.id)) for visit in visits}


def _state(visit: Found[ServiceVisit], signature: Found[Signature] | None) -> SignatureState:
    content = None if signature is None else signed(signature.shown)
    return signature_state(content, msgspec.to_builtins(visit.shown), visit.rivals)


def signed(signature: Signature) -> Mapping[str, Any]:
    """Return the content that was signed; one that is no visit entry stands for nothing that anybody signed."""
    content = msgspec.json.decode(signature.content or "null")
    return content if isinstance(content, dict) and isinstance(content.get("visit"), dict) else _NOTHING
