"""Visit entries on a voucher, and what the customer signed."""

from msgspec import Struct

from schemas.scalars import (
    Base64Url,
    Bytes,
    ContentText,
    EpochMs,
    Id,
    LatitudeMicrodegrees,
    LongitudeMicrodegrees,
    LongText,
    Metres,
    Minor,
    PartLines,
    Pixels,
    Sha256,
    ShortText,
    SignedMs,
)
from schemas.vocabulary import (
    Category,
    ContactChannel,
    ContactResult,
    SignerRole,
    UndoneNext,
    UndoneReason,
    UnsignedReason,
    VisitOutcome,
)


class ServiceVisit(Struct, frozen=True, kw_only=True):
    """One visit of one technician; its id is the dispatch's id, so that one dispatch has one entry (1-4, F030).

    ``arrived_at`` is the device's clock until a person corrects it; ``arrived_stamped_at`` keeps what the device said
    then (F024). One that ended without a signature is ``confirmed`` by the service manager as
    it stood then, which ``confirmed_sha256`` names (F031). ``undone_…`` is why
    it could not be completed, and what is to follow; ``undone_wish_at`` is when the customer would have it (ADR 43).
    """

    unit: Id | None = None
    call: Id | None = None
    asset: Id | None = None
    technician: Id | None = None
    category: Category | None = None
    category_reason: ShortText | None = None
    en_route_at: EpochMs | None = None
    arrived_at: EpochMs | None = None
    arrived_clock_offset_ms: SignedMs | None = None
    arrived_stamped_at: EpochMs | None = None
    arrived_reason: LongText | None = None
    arrived_corrected_by: Id | None = None
    arrived_latitude: LatitudeMicrodegrees | None = None
    arrived_longitude: LongitudeMicrodegrees | None = None
    arrived_accuracy: Metres | None = None
    fault: LongText | None = None
    action: LongText | None = None
    parts: PartLines | None = None
    outcome: VisitOutcome | None = None
    undone_reason: UndoneReason | None = None
    undone_note: LongText | None = None
    undone_next: UndoneNext | None = None
    undone_wish_at: EpochMs | None = None
    fee_total: Minor | None = None
    finished_at: EpochMs | None = None
    unsigned_reason: UnsignedReason | None = None
    unsigned_note: LongText | None = None
    confirmed_at: EpochMs | None = None
    confirmed_by: Id | None = None
    confirmed_note: LongText | None = None
    confirmed_sha256: Sha256 | None = None
    amended_at: EpochMs | None = None
    amended_by: Id | None = None
    amended_reason: LongText | None = None
    erased_at: EpochMs | None = None
    deleted: bool | None = None


class Signature(Struct, frozen=True, kw_only=True):
    """A signature bound to the exact bytes that were signed (F032); what it says is its id, so it is never rewritten.

    ``content`` is the RFC 8785 text, ``content_sha256`` the hash of its UTF-8 bytes; strokes and image travel beside
    the operation and are named by their SHA-256; ``device_signature`` is P-256 over the content's hash.
    """

    unit: Id | None = None
    visit: Id | None = None
    role: SignerRole | None = None
    signer_name: ShortText | None = None
    signed_at: EpochMs | None = None
    template: ShortText | None = None
    content: ContentText | None = None
    content_sha256: Sha256 | None = None
    strokes_sha256: Sha256 | None = None
    image_sha256: Sha256 | None = None
    device: Id | None = None
    device_signature: Base64Url | None = None
    erased_at: EpochMs | None = None
    deleted: bool | None = None


class Photo(Struct, frozen=True, kw_only=True):
    """A photo that was taken on a visit (1-4, F030); the file travels beside it and is named by its SHA-256 (ADR 17).

    Sides and length are the file's, so that its place can be kept free until it is there. ``taken_at`` is the device's
    clock; the place is missing where the person did not give it.
    """

    unit: Id | None = None
    visit: Id | None = None
    image_sha256: Sha256 | None = None
    width: Pixels | None = None
    height: Pixels | None = None
    size: Bytes | None = None
    taken_at: EpochMs | None = None
    latitude: LatitudeMicrodegrees | None = None
    longitude: LongitudeMicrodegrees | None = None
    accuracy: Metres | None = None
    caption: ShortText | None = None
    erased_at: EpochMs | None = None
    deleted: bool | None = None


class ContactAttempt(Struct, frozen=True, kw_only=True):
    """Somebody tried to reach the customer of a call, ahead of a visit or at his door (1-4, F030, F031).

    ``at`` is the device's clock put right by what was measured at its last contact. ``agreed_for`` is when the customer
    would have somebody come: a wish that the office reads, and no appointment until somebody there makes it one.
    """

    unit: Id | None = None
    call: Id | None = None
    visit: Id | None = None
    user: Id | None = None
    at: EpochMs | None = None
    channel: ContactChannel | None = None
    result: ContactResult | None = None
    note: ShortText | None = None
    agreed_for: EpochMs | None = None
    erased_at: EpochMs | None = None
    deleted: bool | None = None


class SignatureCopy(Struct, frozen=True, kw_only=True):
    """A link by which the customer reads what he signed, until it expires; one for each signature (1-4).

    Whoever has ``secret`` reads the copy without an account. It is kept as it is, for whoever sees this row sees the
    signature too, and shows the same link again.
    """

    unit: Id | None = None
    signature: Id | None = None
    secret: Base64Url | None = None
    expires_at: EpochMs | None = None
    erased_at: EpochMs | None = None
    deleted: bool | None = None
