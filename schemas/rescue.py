"""The rescue file: unsent work that a person carries to the office himself, sealed to his company (SPEC, section 11).

A line with the header, then what HPKE made of the contents (RFC 9180: the encapsulated key, then the ciphertext). The
contents are a line that tells of them, each operation's bytes as they would be sent, a line each, and then the files'
bytes one behind the other.
"""

from typing import Literal

from msgspec import Struct

from schemas.protocol import ActorRecord
from schemas.scalars import Base64Url, Count, EpochMs, Id, Sha256, ShortText, SignedMs

RESCUE_FORMAT = "fieldproof-rescue"
RESCUE_VERSION = 1
RESCUE_INFO = "fieldproof-rescue-1"
"""What binds the seal to its use; the header's line follows it."""

OPEN_EXPORT_FORMAT = "fieldproof-outbox-1"
"""What 0.1.0 exported: lines that anybody can read, without a signature; no office takes them in."""

MAX_RESCUE_BYTES = 33_554_432
"""More work than that goes into several files."""


class RescueHeader(Struct, frozen=True):
    """What everybody may know of a rescue file: whose office opens it, and with which of its keys."""

    format: ShortText
    version: Count
    company: Id
    key: Base64Url


class RescueBatch(Struct, frozen=True):
    """A stretch of a chain, as a push of it would be: whole groups, with the device's signature over where it ends."""

    actor: ActorRecord
    first: Count
    prev: Sha256
    count: Count
    signature: Base64Url


class RescueBlob(Struct, frozen=True):
    """A file beside the operations: the name under which they know it, and how many bytes of the contents it is."""

    sha256: Sha256
    size: Count


class RescueContents(Struct, frozen=True):
    """First line of the contents; ``offset_ms`` is office time minus device time, as measured at the last contact."""

    user: Id
    device: Id
    at: EpochMs
    offset_ms: SignedMs
    batches: tuple[RescueBatch, ...]
    blobs: tuple[RescueBlob, ...]


RescueState = Literal["new", "partly", "here"]
"""How much of a rescue file the office has already: nothing, some, or everything."""


class RescueFound(Struct, frozen=True, kw_only=True):
    """What a rescue file holds, and how much of it is here: before it was taken in, or after.

    ``entries`` are groups of operations, ``since`` is when the oldest was captured; ``held`` counts the operations
    that were taken in and wait for a decision, ``refused`` the files that no office takes.
    """

    state: RescueState
    user: Id
    user_name: ShortText
    device_name: ShortText
    at: EpochMs
    since: EpochMs | None
    entries: Count
    operations: Count
    fresh: Count
    blobs: Count
    fresh_blobs: Count
    held: Count = 0
    refused: Count = 0
