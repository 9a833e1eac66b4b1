"""Which files are there, which are missing, and which of these a device says that it has no more."""

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
"""One row for each file that was ever taken in; it is written after the file itself is safe on the disk."""

MISSING_FILE = Table(
    "missing_file",
    METADATA,
    Column("company", String, primary_key=True),
    Column("sha256", String, primary_key=True),
    Column("lost_at", BigInteger),
)
"""Files that records name and that are not here: a few among very many, so nobody walks over those that are.

``lost_at`` is when one that had been taken in was asked for and was not where it had been put; null: it never came.
"""

FILE_GONE = Table(
    "file_gone",
    METADATA,
    Column("company", String, primary_key=True),
    Column("device", String, primary_key=True),
    Column("sha256", String, primary_key=True),
    Column("at", BigInteger, nullable=False),
)
"""Files that a device's own records name, and that it said it does not have."""
