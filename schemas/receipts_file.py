"""The file in which a phone hands over what the office signed for: JSON lines, for ``fieldproof verify-receipt``."""

from msgspec import Struct

from schemas.protocol import ActorRecord, Receipt, Stamp
from schemas.scalars import Count, EpochMs, Id, Sha256

RECEIPTS_FORMAT = "fieldproof-receipts-1"
"""The first line's ``format``."""


class ReceiptsHead(Struct, frozen=True):
    """First line: what the file is, whose it is, and when it was made by the phone's clock."""

    format: str
    company: Id
    user: Id
    at: EpochMs


class ReceiptsChain(Struct, frozen=True, forbid_unknown_fields=True):
    """A chain from ``first`` on, behind the head ``prev``; its entries and receipts are the lines that follow."""

    actor: ActorRecord
    first: Count
    prev: Sha256


class ReceiptsEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """The next operation of the chain as it was sent, and the stamp that the office gave it; null: none yet.

    ``sha256`` is that of what was sent, where an erasure left only the frame of it (SPEC Y6).
    """

    seq: Count
    text: str
    stamp: Stamp | None
    sha256: Sha256 | None = None


class ReceiptsProof(Struct, frozen=True, forbid_unknown_fields=True):
    """A receipt for entries before it."""

    receipt: Receipt
