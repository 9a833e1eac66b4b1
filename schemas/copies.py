"""What a customer's link asks for, and the copy of what he signed that it is answered with (docs/API.md)."""

from msgspec import Struct

from schemas.scalars import Base64Url, ContentText, EpochMs, LongText, Sha256, ShortText


class CopyRequest(Struct, frozen=True, forbid_unknown_fields=True):
    """The secret part of a customer's link; it stands behind the address's ``#``, where no server logs it."""

    secret: Base64Url


class SignedCopy(Struct, frozen=True, kw_only=True):
    """Exactly what was signed, with the signature as it was drawn; ``strokes`` is null until the file has arrived."""

    content: ContentText
    content_sha256: Sha256
    signer_name: ShortText
    signed_at: EpochMs
    strokes: LongText | None
    expires_at: EpochMs
