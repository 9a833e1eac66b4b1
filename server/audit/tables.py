"""The audit log's table."""

from sqlalchemy import BigInteger, Column, LargeBinary, String, Table

from server.platform.database import METADATA

AUDIT_ENTRY = Table(
    "audit_entry",
    METADATA,
    Column("company", String, primary_key=True),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("at", BigInteger, nullable=False, index=True),
    Column("user", String),
    Column("device", String),
    Column("deed", String, nullable=False),
    Column("leaf", LargeBinary, nullable=False),
    Column("leaf_sha256", String, nullable=False),
)
"""``leaf`` is the RFC 8785 encoding of the entry; the other columns repeat what is searched for."""
