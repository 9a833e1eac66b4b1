"""What the office says to the commands on calls, visits and held operations, and what it is told (docs/API.md)."""

from typing import Any, Literal, TypeAlias

from msgspec import UNSET, Struct, UnsetType

from schemas.scalars import Count, EpochMs, Id, LongText, Sha256, ShortText
from schemas.vocabulary import Place, Priority

HeldDecision: TypeAlias = Literal["applied", "rejected", "released"]
"""How a held operation was closed; the words are stored."""

QuarantineCause: TypeAlias = Literal["device", "account"]
"""What was stopped: the device itself, or its user's account."""

Standing: TypeAlias = Literal["shown", "rival", "superseded", "held"]
"""What became of a value: people see it, it waits for their decision, it is history, or it was not applied."""


SetUpList: TypeAlias = Literal["business_hours", "calendar_day", "district", "preset", "fee_item"]
"""The kinds that are set up for each unit and whose history is told as one list."""


class Order(Struct, frozen=True, forbid_unknown_fields=True):
    """Which technician is to go, and when; whether it was carried over the server reckons, ``priority`` is not read."""

    technician: Id
    planned_at: EpochMs
    priority: Priority = Priority.NORMAL


class Move(Struct, frozen=True, forbid_unknown_fields=True):
    """Who is to go now, and when; ``reason`` is why it is somebody else, and asked for only then."""

    technician: Id
    planned_at: EpochMs
    reason: ShortText = ""


class Dispatched(Struct, frozen=True):
    """The dispatch that was made, or stands now; the visit entry will have the same id."""

    dispatch: Id


class MergeInto(Struct, frozen=True, forbid_unknown_fields=True):
    """Which one stays when two turn out to be one."""

    into: Id


class Merged(Struct, frozen=True):
    """Which one stays: the one that was named, or the one that it was merged into itself."""

    into: Id


class Reason(Struct, frozen=True, forbid_unknown_fields=True):
    """The body of a command that needs nothing but a reason."""

    reason: ShortText = ""


class SameCall(Struct, frozen=True, forbid_unknown_fields=True):
    """Of which other call one is the duplicate; nobody has to say why."""

    of: Id
    reason: ShortText = ""


class CallReceipt(Struct, frozen=True, forbid_unknown_fields=True):
    """When a call came in after all, and why that was not what stands there."""

    received_at: EpochMs
    reason: ShortText = ""


class Confirmation(Struct, frozen=True, forbid_unknown_fields=True):
    """The manager's word for a visit that nobody signed: the hash of what he saw of it, and how he made sure."""

    content_sha256: Sha256
    note: LongText = ""


class DaysEnd(Struct, frozen=True, forbid_unknown_fields=True):
    """What somebody signs at the end of a day: the counts that he saw, and what he adds to them.

    Apps of before told no counts: of these whatever is so now is signed.
    """

    note: LongText = ""
    undispatched: Count | None = None
    out: Count | None = None
    unclosed: Count | None = None


class Amendment(Struct, frozen=True, forbid_unknown_fields=True):
    """Which of the signed fields of a visit get which values, and why."""

    fields: dict[str, Any]
    reason: ShortText = ""


class HeldItem(Struct, frozen=True, kw_only=True):
    """A held operation as the inbox shows it.

    ``fields`` is what was to be set; with ``at``, ``kind`` and ``doc`` it is null where nobody can read an operation,
    and ``raw`` is the beginning of what was sent. ``applicable`` names the fields that the reader may write himself.
    ``device`` is where it was written; ``group`` is the seq of the last operation that stands or falls with it.
    """

    actor: Id
    seq: Count
    author: Id
    author_name: ShortText | None
    place: Place
    problem: ShortText
    received_at: EpochMs
    at: EpochMs | None
    kind: ShortText | None
    doc: Id | None
    fields: dict[str, Any] | None
    raw: str | None
    applicable: tuple[str, ...]
    device: Id
    group: Count


class Applied(Struct, frozen=True):
    """Which fields of a held operation were written, and which could not be."""

    written: tuple[str, ...]
    left_out: tuple[str, ...]


class Released(Struct, frozen=True):
    """How many entries (groups of operations) a person released or rejected together."""

    entries: Count


class Quarantine(Struct, frozen=True, kw_only=True):
    """The last work of a device that was stopped: since when, why, and how much of it came.

    ``announced`` is how many operations the device said that it had; it is ``closed_at`` once all of them arrived and
    it was told to wipe itself. ``waiting`` counts entries that nobody has decided about.
    """

    device: Id
    device_name: ShortText
    user: Id
    user_name: ShortText
    cause: QuarantineCause
    since: EpochMs
    opened_at: EpochMs
    closed_at: EpochMs | None
    announced: Count
    arrived: Count
    waiting: Count


class Closed(Struct, frozen=True):
    """Who closed a held operation, how and why."""

    decision: HeldDecision
    by: Id
    at: EpochMs
    reason: ShortText


class WrittenValue(Struct, frozen=True):
    """A value as somebody wrote it; ``by`` is the actor and seq of the first operation that superseded it."""

    value: Any
    standing: Standing
    by: tuple[Id, Count] | None = None


class HistoryEntry(Struct, frozen=True, kw_only=True):
    """One operation of a document: ``at`` by its author's clock, ``closed`` what was decided about a held one."""

    actor: Id
    seq: Count
    author: Id
    author_name: ShortText | None
    place: Place
    role: ShortText
    at: EpochMs
    received_at: EpochMs
    effective_at: EpochMs
    position: Count
    verdict: Literal["applied", "held"]
    problem: ShortText | None
    closed: Closed | UnsetType = UNSET
    fields: dict[str, WrittenValue]


class DocumentHistory(Struct, frozen=True):
    """A document as it is shown now, or was before it was removed, and every operation of it, the oldest first."""

    kind: ShortText
    doc: Id
    fields: dict[str, Any]
    entries: tuple[HistoryEntry, ...]


class RowRepairs(Struct, frozen=True):
    """When a device last mended rows that did not add up (SPEC F6), how many those were, and how often it did so."""

    at: EpochMs
    rows: Count
    times: Count


class DeviceContact(Struct, frozen=True):
    """When a device was last in touch, by the server's clock, and what it then said that it still had to send.

    ``oldest_pending_at`` is null where nothing is left, or the device did not say since when; ``app`` is its version.
    ``repairs`` is null for one that never had to mend itself.
    """

    device: Id
    at: EpochMs
    pending: Count
    oldest_pending_at: EpochMs | None
    app: ShortText
    repairs: RowRepairs | None


class Erasing(Struct, frozen=True, forbid_unknown_fields=True):
    """Why a customer's personal data is erased, with his name typed once more as the second confirmation.

    ``settled`` names the closed calls of which the admin says that nobody is to be billed for them any more.
    """

    name: LongText
    reason: LongText
    settled: tuple[Id, ...] = ()


class Erased(Struct, frozen=True):
    """How many documents lost their personal values."""

    documents: Count
