"""What the office decided about held operations."""

from sqlalchemy import BigInteger, Column, String, Table

from server.platform.database import METADATA

HELD_DECISION = Table(
    "held_decision",
    METADATA,
    Column("company", String, primary_key=True),
    Column("actor", String, primary_key=True),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("decision", String, nullable=False),
    Column("by", String, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("reason", String, nullable=False),
)
"""One row closes one held operation for ever; the operation itself stays in the log as it was sent."""
