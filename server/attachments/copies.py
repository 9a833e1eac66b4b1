"""The copy that a customer gets of what he signed, by a link that expires (1-4)."""

from hmac import compare_digest

from schemas.copies import SignedCopy
from schemas.kinds.visits import Signature, SignatureCopy
from schemas.problems import Code, Problem
from schemas.units import MOST_COPY_DAYS
from server.attachments.storing import FileStore
from server.records.documents import Documents
from server.records.journal import Journal

LONGEST_MS = (MOST_COPY_DAYS + 1) * 86_400_000
"""Whatever a device's clock said when the link was made, it is not good for longer from now on: a day for fast ones."""


async def signed_copy(journal: Journal, files: FileStore, company: str, copy: str, secret: str) -> SignedCopy:
    """Return what was signed, to whoever has the link's secret.

    Raises ``Problem`` in the same words for a link that was taken back, for a wrong secret and for one of which this
    server knows nothing yet: the phone that made it may still be without a network. Of one whose customer was erased
    the secret went with everything else: whoever has the link learns that (ADR 44).
    """
    async with journal.reading(company) as ledger:
        documents = Documents(ledger.connection, company)
        link = await documents.get(SignatureCopy, copy)
        if link is not None and link.shown.erased_at is not None and not link.shown.secret:
            raise Problem(Code.COPY_ERASED)
        if link is None or not link.shown.secret or not compare_digest(link.shown.secret.encode(), secret.encode()):
            raise Problem(Code.COPY_MISSING)
        expires_at = link.shown.expires_at or 0
        now = journal.ambient.now()
        if not now < expires_at <= now + LONGEST_MS:
            raise Problem(Code.COPY_EXPIRED)
        signature = await documents.get(Signature, link.shown.signature or "")
    if signature is None or signature.shown.unit != link.shown.unit or signature.shown.content is None:
        raise Problem(Code.COPY_MISSING)
    shown = signature.shown
    return SignedCopy(
        content=signature.shown.content,
        content_sha256=shown.content_sha256 or "",
        signer_name=shown.signer_name or "",
        signed_at=shown.signed_at or 0,
        strokes=await _strokes(files, shown.strokes_sha256),
        expires_at=expires_at,
    )


async def _strokes(files: FileStore, name: str | None) -> str | None:
    found = await files.get(name) if name else None
    return None if found is None else found.decode("ascii", "replace")
