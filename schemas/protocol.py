"""The messages of the sync protocol, and the lock that ties their shape to a version number (SPEC, section P)."""

from typing import Any, Literal, TypeAlias

from msgspec import Struct

from schemas.scalars import Base64Url, Count, EpochMs, Id, OperationText, Sha256, ShortText
from schemas.vocabulary import Place

PROTOCOL = 1
"""Version of the messages below; ``schemas.protocol_lock`` keeps the hash of each version's shapes."""

SCHEMA = 2
"""Version of the kinds' fields; every operation names the one it was written under."""

OLDEST_SCHEMA = 1
"""The oldest version that devices may still write and read; ``schemas.since`` tells the versions apart."""

MAX_PUSH_OPERATIONS = 2_000
MAX_PUSH_BYTES = 1_048_576
MAX_OPERATION_BYTES = 131_072
MAX_PULL_ROWS = 2_000
MAX_PULL_ROWS_DEFAULT = 1_000
MAX_BLOB_BYTES = 8_388_608
MAX_IMAGE_PIXELS = 12_000_000
MAX_UPLOADS_OPEN = 20
UPLOAD_KEPT_MS = 604_800_000
UPLOAD_PART_BYTES = 131_072
MAX_PHOTOS_PER_VISIT = 20
MAX_PHOTO_SIDE = 1_600
MAX_PHOTO_BYTES = 409_600
MAX_GIVEN_BACK = 200
MAX_WANTED_FILES = 200
MAX_HELLO_HEADS = 64
MAX_HELLO_MARKS = 8
MAX_HELLO_NUMBERS = 256
MAX_RIVALS_SHOWN = 20
MAX_CLOCK_OFFSET_SILENT_MS = 120_000


class Base(Struct, frozen=True, gc=False, array_like=True):
    """The position of the row as it was rendered when the person began editing, and the branch that it is of (B1)."""

    position: Count
    epoch: Id


class Dot(Struct, frozen=True, gc=False, array_like=True, order=True):
    """Identity of one operation: its actor and the actor's gapless counter, from 1."""

    actor: Id
    seq: Count


class Operation(Struct, frozen=True, gc=False, array_like=True):
    """One atomic write to one document, as it stands in the outbox and on the wire: a JSON array in this order.

    ``following`` counts the operations of the same group that come after this one; ``over`` names, for fields that
    showed rivals, the writes whose value was shown; ``resolve`` supersedes every rival that the base covers.
    Actor and seq are implied by the place in the chain.
    """

    schema: Count
    kind: ShortText
    doc: Id
    base: Base
    at: EpochMs
    following: Count
    fields: dict[str, Any]
    resolve: bool = False
    over: dict[str, tuple[Dot, ...]] = {}


class ActorRecord(Struct, frozen=True):
    """Who writes a chain, and from which past: a device of a user in an epoch; its hash begins it (SPEC A1, A3)."""

    actor: Id
    company: Id
    device: Id
    user: Id
    place: Place
    epoch: Id
    parent: Id | None = None
    parent_seq: Count = 0
    parent_head: Sha256 | None = None


Verdict: TypeAlias = Literal["applied", "held"]
"""What became of an operation when it was received; it never changes (SPEC T1)."""


class Stamp(Struct, frozen=True, gc=False, array_like=True):
    """What the server fixed when it first received an operation (SPEC T1); ``epoch`` names the branch of its log."""

    epoch: Id
    position: Count
    received_at: EpochMs
    effective_at: EpochMs
    verdict: Verdict
    role: ShortText
    problem: ShortText | None = None


class EpochLink(Struct, frozen=True, array_like=True):
    """One epoch of the lineage: its parent and the parent's last position that it contains (SPEC E1)."""

    epoch: Id
    parent: Id | None
    fork: Count


class Hello(Struct, frozen=True, forbid_unknown_fields=True):
    """What a device says first: who it writes as, how far its chain goes, what it still has to send.

    At most ``MAX_HELLO_MARKS`` marks and ``MAX_HELLO_HEADS`` heads. ``took_over`` is the chain of another device of the
    same person whose unsent work this chain began with; ``numbers`` are the highest official numbers of each series
    that the device saw in the epoch before, at most ``MAX_HELLO_NUMBERS``.
    """

    actor: ActorRecord
    last_seq: Count
    chain_head: Sha256
    proto: Count
    schema: Count
    app: ShortText
    now: EpochMs
    pending: Count
    oldest_pending_at: EpochMs | None = None
    marks: tuple[ShortText, ...] = ()
    heads: tuple[tuple[Count, Sha256], ...] = ()
    took_over: Id | None = None
    numbers: tuple[ShortText, ...] = ()


ActorState: TypeAlias = Literal["open", "closed", "forked", "behind"]
"""What a device has to do with its chain: go on, begin a new actor, part at the common seq, or catch up (SPEC P1)."""


DeviceDeed: TypeAlias = Literal["wipe"]
"""What a device is told to do: ``wipe`` once the server has everything that it had (SPEC Q4)."""


class HelloReply(Struct, frozen=True):
    """Where the server stands: the lineage, how much of this actor's chain it has, and its receipts' public key.

    ``deeds`` is what the device has to do now; a client that knows of none does none. ``rescue_key`` is the public key
    to which it seals what it cannot send (SPEC X1).
    """

    epoch: Id
    lineage: tuple[EpochLink, ...]
    acked_seq: Count
    head: Sha256
    common_seq: Count
    actor_state: ActorState
    proto_range: tuple[Count, Count]
    schema_range: tuple[Count, Count]
    scope_version: ShortText
    server_time: EpochMs
    receipt_key: Base64Url
    deeds: tuple[DeviceDeed, ...] = ()
    rescue_key: Base64Url | None = None


class PushHead(Struct, frozen=True, forbid_unknown_fields=True):
    """First line of a push; one line for each of its ``count`` operations follows, kept as the bytes that were sent.

    Lines instead of an array: a line is found without reading it, so no operation can make its neighbours unreadable
    (SPEC P2, ADR 0004). ``pending`` counts what the device has not brought yet, these operations included;
    ``oldest_left_at`` is when the oldest that this push does not bring was captured, by the device's clock (SPEC P7).
    """

    actor: Id
    first: Count
    prev: Sha256
    count: Count
    now: EpochMs
    pending: Count
    signature: Base64Url
    oldest_left_at: EpochMs | None = None


class PushReply(Struct, frozen=True):
    """The durable answer to a push or a re-offer: nothing in it is said before the commit (SPEC P4).

    ``stamps`` holds one stamp for each operation, as first receipt fixed it; ``results`` what was not simply applied.
    """

    acked_seq: Count
    head: Sha256
    epoch: Id
    stamps: tuple[Stamp, ...]
    results: "tuple[tuple[Count, Literal['rivals', 'held'], ShortText | None], ...]"
    mark: ShortText
    receipt: "Receipt"


class Receipt(Struct, frozen=True):
    """What the server signs for a stretch of a chain: it is durable, and these are its stamps (SPEC P6).

    ``head`` is the chain's at ``seq``: it binds every byte up to there; ``stamps`` is the digest of its stamps.
    """

    company: Id
    actor: Id
    first: Count
    seq: Count
    head: Sha256
    stamps: Sha256
    epoch: Id
    position: Count
    at: EpochMs
    signature: Base64Url


class ReOfferHead(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """First line of a re-offer: acknowledged operations that an older server copy no longer has (SPEC H1).

    ``stamps`` has one entry for each operation line that follows; they are believed as far as ``receipts`` prove them.
    ``frames`` has seq and hash of what was sent of those lines that are frames by now (SPEC Y6).
    """

    actor: ActorRecord
    first: Count
    prev: Sha256
    now: EpochMs
    stamps: tuple[Stamp, ...]
    receipts: tuple[Receipt, ...]
    signature: Base64Url
    frames: tuple[tuple[Count, Sha256], ...] = ()


class Entrusted(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What one group wrote, signed by the server: whoever keeps it can bring it back after a restore (SPEC H2, H7).

    ``operations`` are the log's bytes in UTF-8, ``hashes`` those of what was sent, where some were reduced (SPEC Y4);
    ``heads`` the chain's behind each of them; ``past`` the actors that it was renamed from, the nearest first.
    """

    actor: ActorRecord
    past: tuple[ActorRecord, ...]
    first: Count
    author: Id
    place: Place
    operations: tuple[OperationText, ...]
    heads: tuple[Sha256, ...]
    stamps: tuple[Stamp, ...]
    signature: Base64Url
    hashes: tuple[Sha256, ...] = ()


class EntrustedPage(Struct, frozen=True):
    """What a device keeps for the server: all that is in its scope from the mark that it asked behind to ``mark``.

    The mark is told in hellos as well: a log that was put back to before it has lost something of it (SPEC E3).
    """

    epoch: Id
    more: bool
    mark: ShortText
    groups: tuple[Entrusted, ...]


class GivenBack(Struct, frozen=True, forbid_unknown_fields=True):
    """What a device has kept for the server, after an epoch change.

    ``mark`` is that of the answer before, in the same epoch: it proves that what that one took back is still here.
    """

    groups: tuple[Entrusted, ...]
    mark: ShortText | None = None


class TakenBack(Struct, frozen=True):
    """How many operations the log had lost, and how many groups this server never signed.

    ``reached`` tells of every device's actor among the groups how far the log has its chain now: what lies before need
    not be brought, what lies behind a hole may be brought again later. ``mark`` proves how long the log was with it.
    """

    operations: Count
    unproven: Count
    reached: tuple[tuple[Id, Count], ...] = ()
    mark: ShortText | None = None


class Write(Struct, frozen=True, gc=False, array_like=True):
    """One value that a register still holds, as a rival is shown to people."""

    dot: Dot
    value: Any
    author: Id
    place: Place
    effective_at: EpochMs
    position: Count


class PullHeader(Struct, frozen=True, tag="header", array_like=True, tag_field="line"):
    """First line of a pull; ``replace`` means that rows not put again before ``end`` are gone (SPEC L3).

    ``epoch`` names the branch of the log that the rows' positions are of, for bases; the current epoch hello names.
    """

    epoch: Id
    lineage: tuple[EpochLink, ...]
    replace: bool
    server_time: EpochMs


class PullPut(Struct, frozen=True, gc=False, tag="put", array_like=True, tag_field="line"):
    """A document as it stands: shown values, and for fields with rivals every write that is not superseded."""

    kind: ShortText
    id: Id
    position: Count
    fields: dict[str, Any]
    rivals: dict[str, tuple[Write, ...]] = {}


class PullForget(Struct, frozen=True, tag="forget", array_like=True, tag_field="line"):
    """Documents that left this person's scope."""

    kind: ShortText
    ids: tuple[Id, ...]


class PullResume(Struct, frozen=True, tag="resume", array_like=True, tag_field="line"):
    """A place to go on from when the download is cut; it shows nothing by itself (SPEC L2)."""

    cursor: ShortText


class PullEnd(Struct, frozen=True, tag="end", array_like=True, tag_field="line"):
    """The staged rows may become visible together; ``more`` asks for the next page first."""

    cursor: ShortText
    head: Count
    more: bool
    digest: Sha256 | None = None


class PullParts(Struct, frozen=True, tag="parts", array_like=True, tag_field="line"):
    """Most of a first sync lies ready: addresses to fetch and stage in this order before the cursor at ``end`` counts.

    The first ``today`` of them bring what the open calls need, whole: a device that shows nothing yet may show these
    before the others have come (SPEC L7).
    """

    addresses: tuple[ShortText, ...]
    today: Count


class PullColumns(Struct, frozen=True, gc=False, tag="columns", array_like=True, tag_field="line"):
    """Documents of one kind, field by field, for the parts of a first sync (SPEC L7).

    ``steps`` are the differences of their positions, the first from nought. A column has a value for each document in
    turn, null where it has none, or as many as there are before only nulls follow. ``rivals`` is by document.
    """

    kind: ShortText
    ids: tuple[Id, ...]
    steps: tuple[Count, ...]
    columns: dict[str, tuple[Any, ...]]
    rivals: dict[Id, dict[str, tuple[Write, ...]]] = {}


class PullWhole(Struct, frozen=True, tag="whole", array_like=True, tag_field="line"):
    """Last line of a part, with how many documents it holds: one that ends otherwise was cut on its way (SPEC L7)."""

    rows: Count


class PullRange(Struct, frozen=True, tag="range", array_like=True, tag_field="line"):
    """How many rows in scope have positions behind the range before, up to ``until``, and their digest (SPEC F6)."""

    until: Count
    rows: Count
    digest: Sha256


class Repaired(Struct, frozen=True, forbid_unknown_fields=True):
    """What a device found to differ and mended: ranges, and rows that it took in or let go of (SPEC F6)."""

    ranges: Count
    rows: Count


class WantedFiles(Struct, frozen=True):
    """Files that records of a device name and the office does not have, ``MAX_WANTED_FILES`` at most (SPEC P9)."""

    files: tuple[Sha256, ...]


class GoneFiles(Struct, frozen=True, forbid_unknown_fields=True):
    """Those of the wanted files that the device does not have, ``MAX_WANTED_FILES`` at most (SPEC P9)."""

    files: tuple[Sha256, ...]


PullLine = PullHeader | PullPut | PullForget | PullResume | PullParts | PullColumns | PullWhole | PullEnd
