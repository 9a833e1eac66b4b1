"""Which files are there."""

from sqlalchemy import BigInteger, Column, String, Table

from server.platform.database import METADATA

BLOB = Table(
    "blob",
    METADATA,
    Column("company", String, primary_key=True),
    Column("sha256", String, primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("media_type", String, nullable=False),
    Column("stored_at", BigInteger, nullable=False),
    Column("stored_by", String, nullable=False),
)
"""One row for each file of a company; it is written after the file itself is safe on the disk."""
