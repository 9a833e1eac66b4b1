"""What goes wrong, and what came of it: the closed vocabulary in which a history is counted.

A fault is counted where it had its effect, never where it was thrown: a crash that met nobody is none.
"""

from collections import Counter
from enum import StrEnum
from typing import TypeAlias


class Fault(StrEnum):
    """One way in which machines, networks and people fail (each has its tests in docs/faults.md)."""

    REQUEST_LOST = "request lost"
    REQUEST_DOUBLED = "request arrived twice"
    REQUEST_OVERTAKEN = "request overtaken by a later one"
    ANSWER_LOST = "answer lost after the commit"
    REPLAYED = "old push sent again"
    HALF_KNOWN = "half of a push was there already"
    PUSH_CUT = "push cut in mid-stream"
    OFFER_CUT = "re-offer cut in mid-stream"
    PULL_CUT = "pull cut in mid-stream"
    DEVICE_CRASHED = "device crashed while sending"
    SERVER_CRASHED_WRITING = "server crashed in a transaction"
    SERVER_CRASHED_ANSWERING = "server crashed between commit and answer"
    SERVER_PUT_BACK = "server restored from an older copy"
    SERVER_PUT_BACK_UNSEEN = "server put back without a word"
    CLOCK_JUMPED = "clock jumped under unsent work"
    CLOCK_YEAR_OFF = "written with a clock a year off"
    TWO_TABS = "written in one tab while another was sending"
    DEVICE_CLONED = "device cloned"
    DEVICE_PUT_BACK = "device restored from a backup"
    STORAGE_EVICTED = "storage evicted with unsent work"
    USER_SWITCHED = "another user on a device with unsent work"
    REVOKED = "device revoked with unsent work"
    LONG_OFFLINE = "14 days offline with unsent work"
    TRANSFERRED = "person sent to another unit"
    MOVED = "document moved to another unit"
    REASSIGNED = "job reassigned under unsent work"
    CANCELLED = "job cancelled under unsent work"
    UPDATED = "app updated under unsent work"
    OTHER_SCHEMA = "operation of another schema version"
    POISON = "unreadable operation among sound ones"
    DELETE_AGAINST_EDIT = "delete against edit"
    STAMPS_FORGED = "stamps forged in a re-offer"
    TAMPERED = "signature written over"
    HORIZON_PASSED = "horizon beyond what a device was told"
    PART_GONE = "what lay ready for a first sync vanished meanwhile"
    ROWS_ROTTEN = "rows of a device changed by nobody"


class Outcome(StrEnum):
    """What happened otherwise, so that it can be told whether a history proves anything."""

    COMMITS = "commits"
    WRITES = "operations written"
    SIGNED = "signatures"
    SYNCS = "syncs completed"
    ACTOR_CLOSED = "actor closed"
    ACTOR_FORKED = "actor forked"
    ACTOR_BEHIND = "actor behind"
    CAME_BACK = "came back after a restore"
    SERVERS_CAME_BACK = "the server's own work came back after a restore"
    KEPT_BY_OTHERS = "came back from another device than the one that wrote it"
    STAMPED_ANEW = "stamped anew"
    HELD = "held in the end"
    HELD_APPLIED = "held and applied by a person"
    HELD_WHEN_BACK = "held when they came back"
    RIVALS = "rivals in the end"
    QUARANTINED = "held in a quarantine"
    ASKED = "asked in the end"
    DELETED = "deleted in the end"
    REPLAYED_IN_THE_END = "replayed in the end"
    ROWS_MENDED = "rows mended"
    RANGES_MENDED = "rows mended by ranges"
    PARTS_FETCHED = "first syncs from what lay ready"
    SHOWN_EARLY = "today's work shown before the rest"
    LOST_WITH_THEIR_DEVICE = "lost with the only device that had them"
    STANDING_THOUGH_REPLACED = "standing though replaced"


Tally: TypeAlias = Counter[Fault | Outcome]

MUST_HAPPEN: frozenset[Fault | Outcome] = frozenset(
    {
        *Fault,
        *(Outcome.SIGNED, Outcome.ACTOR_CLOSED, Outcome.ACTOR_FORKED, Outcome.ACTOR_BEHIND),
        *(Outcome.CAME_BACK, Outcome.SERVERS_CAME_BACK, Outcome.KEPT_BY_OTHERS, Outcome.STAMPED_ANEW),
        *(Outcome.HELD, Outcome.HELD_APPLIED),
        *(Outcome.RIVALS, Outcome.ASKED, Outcome.DELETED, Outcome.REPLAYED_IN_THE_END, Outcome.RANGES_MENDED),
        *(Outcome.PARTS_FETCHED, Outcome.SHOWN_EARLY, Outcome.QUARANTINED),
    }
)
"""What a long run must have seen: one in which nothing fails proves nothing."""
