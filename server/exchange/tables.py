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
