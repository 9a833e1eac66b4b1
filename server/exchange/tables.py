"""Tables of the exchange: what never syncs."""

from sqlalchemy import BigInteger, Column, String, Table

from server.platform.database import METADATA

DEVICE_CONTACT = Table(
    "device_contact",
    METADATA,
    Column("company", String, primary_key=True),
    Column("device", String, primary_key=True),
    Column("at", BigInteger, nullable=False),
    Column("pending", BigInteger, nullable=False),
    Column("oldest_pending_at", BigInteger),
    Column("app", String, nullable=False),
)
"""When each device last said hello or pushed, and what it then said of itself; all times by the server's clock.

Whose device it is, where it is used and whether it was revoked stands in its document.
"""

ROW_REPAIRS = Table(
    "row_repairs",
    METADATA,
    Column("company", String, primary_key=True),
    Column("device", String, primary_key=True),
    Column("at", BigInteger, nullable=False),
    Column("rows", BigInteger, nullable=False),
    Column("times", BigInteger, nullable=False),
)
"""Devices whose rows did not add up and that mended them: when they last did, how many rows, and how often so far."""

ANNOUNCED = Table(
    "announced",
    METADATA,
    Column("company", String, primary_key=True),
    Column("actor", String, primary_key=True),
    Column("device", String, nullable=False),
    Column("user", String, nullable=False),
    Column("last_seq", BigInteger, nullable=False),
    Column("last_said", BigInteger, nullable=False),
    Column("moved", BigInteger, nullable=False),
    Column("took_over", String),
    Column("first_at", BigInteger, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("oldest_pending_at", BigInteger),
)
"""How far each chain of a device was ever said to go: what is announced and never comes is a loss that can be told.

``last_seq`` is the furthest, ``last_said`` the latest word; ``moved`` is what the chain began with, from the one that
it was renamed from or ``took_over``; ``first_at`` and ``at`` are its first and last hello.
"""

PARTING = Table(
    "parting",
    METADATA,
    Column("company", String, primary_key=True),
    Column("actor", String, primary_key=True),
    Column("device", String, nullable=False),
    Column("user", String, nullable=False),
    Column("parent", String, nullable=False),
    Column("parent_seq", BigInteger, nullable=False),
    Column("parent_acked", BigInteger, nullable=False),
    Column("at", BigInteger, nullable=False),
)
"""Chains that a device went on with because the server had more of the last one than it had itself (SPEC A3).

``parent_acked`` is how far the server had the older branch at that time.
"""

EPOCH_REACH = Table(
    "epoch_reach",
    METADATA,
    Column("company", String, primary_key=True),
    Column("epoch", String, primary_key=True),
    Column("position", BigInteger, nullable=False),
)
"""How far a log that was given up is known to have gone: by the marks of devices, or as it was when it was replaced."""

EMPTIED = Table(
    "emptied",
    METADATA,
    Column("company", String, primary_key=True),
    Column("device", String, primary_key=True),
    Column("at", BigInteger, nullable=False),
)
"""Devices whose browser cleared what it kept, as that browser said when it was next used."""

NOTICE_SETTLED = Table(
    "notice_settled",
    METADATA,
    Column("company", String, primary_key=True),
    Column("what", String, primary_key=True),
    Column("actor", String, primary_key=True),
    Column("seq", BigInteger, nullable=False),
    Column("by", String, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("reason", String, nullable=False),
)
"""What people wrote off: a loss up to a seq, or a parting. What is announced behind that seq is a loss of its own."""
