"""Tables of accounts: what never syncs."""

from sqlalchemy import BigInteger, Column, Index, LargeBinary, String, Table, UniqueConstraint

from server.platform.database import METADATA

ACCOUNT = Table(
    "account",
    METADATA,
    Column("company", String, primary_key=True),
    Column("user", String, primary_key=True),
    Column("login", String, nullable=False),
    Column("password", String),
    UniqueConstraint("company", "login"),
)
"""How a user signs in: the normalised login, and the PHC string of his password (none until he has set one)."""

SESSION = Table(
    "session",
    METADATA,
    Column("company", String, primary_key=True),
    Column("token_sha256", String, primary_key=True),
    Column("user", String, nullable=False),
    Column("device", String),
    Column("challenge", String, nullable=False),
    Column("opened_at", BigInteger, nullable=False),
    Column("seen_at", BigInteger, nullable=False),
    Index("ix_session_user", "company", "user"),
)
"""Who signed in; ``device`` is the enrolled device that the session speaks from, none until it has proved one.

That the device is not revoked and the user not deactivated is read from their documents with each request.
"""

DEVICE_KEY = Table(
    "device_key",
    METADATA,
    Column("company", String, primary_key=True),
    Column("device", String, primary_key=True),
    Column("point", LargeBinary, nullable=False),
    Index("ix_device_key_point", "company", "point"),
)
"""The public key of each ``device`` document, as an uncompressed P-256 point."""

SIGN_IN_ATTEMPT = Table(
    "sign_in_attempt",
    METADATA,
    Column("company", String, primary_key=True),
    Column("id", String, primary_key=True),
    Column("subject", String, nullable=False),
    Column("address", String, nullable=False),
    Column("at", BigInteger, nullable=False),
    Index("ix_sign_in_attempt_subject", "company", "subject", "at"),
    Index("ix_sign_in_attempt_address", "company", "address", "at"),
)
"""Tries that are under way or failed. ``subject`` is a hash: people type passwords where the login belongs."""

RESET_CODE = Table(
    "reset_code",
    METADATA,
    Column("company", String, primary_key=True),
    Column("user", String, primary_key=True),
    Column("code_sha256", String, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
)
"""The one-time code with which a user sets his password."""
