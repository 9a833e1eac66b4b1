"""Whether the server is well: facts, and what to do about those that are not (docs/API.md)."""

from typing import Literal, TypeAlias

from msgspec import Struct

from schemas.scalars import Bytes, Count, EpochMs, ShortText, SignedMs
from schemas.vocabulary import Advice, Wellness

DatabaseKind: TypeAlias = Literal["sqlite", "postgresql"]
"""Which of the two databases serves."""


class ServerFacts(Struct, frozen=True, kw_only=True):
    """Which version runs since when; ``started_at`` is null where no server runs on this machine."""

    wellness: Wellness
    advice: tuple[Advice, ...]
    version: ShortText
    started_at: EpochMs | None


class StorageFacts(Struct, frozen=True, kw_only=True):
    """How much is kept, and the room on the disk of the data folder.

    ``database_bytes`` is the whole database, ``files_bytes`` the company's photos and signatures, wherever they are.
    """

    wellness: Wellness
    advice: tuple[Advice, ...]
    database: DatabaseKind
    database_bytes: Bytes
    files_bytes: Bytes
    disk_free: Bytes
    disk_total: Bytes


class BackupFacts(Struct, frozen=True, kw_only=True):
    """The newest backup that this very log remembers; ``at`` is null for none.

    ``verified`` tells whether its file was read back from end to end; ``missing`` counts photos and signatures that
    were lost before it.
    """

    wellness: Wellness
    advice: tuple[Advice, ...]
    at: EpochMs | None
    bytes: Bytes
    verified: bool
    missing: Count


class DeviceFacts(Struct, frozen=True, kw_only=True):
    """Devices in use, those of them that are silent for three days with work unsent, and what stopped ones handed in.

    ``stopped_waiting`` counts stopped devices whose last work nobody has decided about, ``quarantined`` its entries.
    """

    wellness: Wellness
    advice: tuple[Advice, ...]
    active: Count
    silent: Count
    stopped_waiting: Count
    quarantined: Count


class WaitingFacts(Struct, frozen=True, kw_only=True):
    """What waits for people: held entries and since when the oldest, documents with rivals, files that are not here.

    ``files_gone`` of the ``files_missing`` nobody has any more; ``more_files`` tells that there are others.
    """

    wellness: Wellness
    advice: tuple[Advice, ...]
    held: Count
    held_since: EpochMs | None
    rivals: Count
    files_missing: Count
    files_gone: Count
    more_files: bool


class RestoreFacts(Struct, frozen=True, kw_only=True):
    """When an older copy of the database last took its place, null for never, and what its report still has open.

    ``awaited`` counts devices that have not been in touch since.
    """

    wellness: Wellness
    advice: tuple[Advice, ...]
    at: EpochMs | None
    losses: Count
    partings: Count
    awaited: Count


class AuditFacts(Struct, frozen=True, kw_only=True):
    """The newest ``checked`` entries of the audit log, held against what was written; ``broken`` of them differ.

    One that is not there counts as broken. ``entries`` is how many the log has.
    """

    wellness: Wellness
    advice: tuple[Advice, ...]
    entries: Count
    checked: Count
    broken: Count


class ClockFacts(Struct, frozen=True, kw_only=True):
    """By how much the database's clock is ahead of the server's; negative for behind."""

    wellness: Wellness
    advice: tuple[Advice, ...]
    ahead_ms: SignedMs


class YearWithoutHolidays(Struct, frozen=True, kw_only=True):
    """A year that has to be known by now, and the names of the units that have no holiday of it."""

    year: Count
    units: tuple[ShortText, ...]


class HolidayFacts(Struct, frozen=True, kw_only=True):
    """How many units there are, and the years whose public holidays some of them lack (1-14)."""

    wellness: Wellness
    advice: tuple[Advice, ...]
    units: Count
    missing: tuple[YearWithoutHolidays, ...]


class Health(Struct, frozen=True, kw_only=True):
    """Everything that tells whether the server is well, at ``at``; ``clock`` is null where there is only one clock."""

    at: EpochMs
    wellness: Wellness
    server: ServerFacts
    storage: StorageFacts
    backup: BackupFacts
    devices: DeviceFacts
    waiting: WaitingFacts
    restore: RestoreFacts
    audit: AuditFacts
    holidays: HolidayFacts
    clock: ClockFacts | None
