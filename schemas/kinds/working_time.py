"""Time that serves no customer: general administrative work (1-1(4), F006)."""

from msgspec import Struct

from schemas.scalars import EpochMs, Id, LongText
from schemas.vocabulary import AdminWork


class AdminTime(Struct, frozen=True, kw_only=True):
    """A line of one person's time of category D: it names what was done and neither customer nor call (F001, F006).

    Its kind is its category. ``started_at`` and ``ended_at`` are by the clock that was right; without ``ended_at`` it
    is running. ``note`` says what ``other`` was.
    """

    unit: Id | None = None
    user: Id | None = None
    work: AdminWork | None = None
    started_at: EpochMs | None = None
    ended_at: EpochMs | None = None
    note: LongText | None = None
    deleted: bool | None = None
