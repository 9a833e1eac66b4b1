"""Accounts: sign-in, sessions, device keys."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("company", sa.String, primary_key=True),
        sa.Column("user", sa.String, primary_key=True),
        sa.Column("login", sa.String, nullable=False),
        sa.Column("password", sa.String),
        sa.UniqueConstraint("company", "login"),
    )
    op.create_table(
        "session",
        sa.Column("company", sa.String, primary_key=True),
        sa.Column("token_sha256", sa.String, primary_key=True),
        sa.Column("user", sa.String, nullable=False),
        sa.Column("device", sa.String),
        sa.Column("challenge", sa.String, nullable=False),
        sa.Column("opened_at", sa.BigInteger, nullable=False),
        sa.Column("seen_at", sa.BigInteger, nullable=False),
    )
    op.create_index("ix_session_user", "session", ["company", "user"])
    op.create_table(
        "device_key",
        sa.Column("company", sa.String, primary_key=True),
        sa.Column("device", sa.String, primary_key=True),
        sa.Column("point", sa.LargeBinary, nullable=False),
    )
    op.create_index("ix_device_key_point", "device_key", ["company", "point"])
    op.create_table(
        "sign_in_attempt",
        sa.Column("company", sa.String, primary_key=True),
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("subject", sa.String, nullable=False),
        sa.Column("address", sa.String, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
    )
    op.create_index("ix_sign_in_attempt_subject", "sign_in_attempt", ["company", "subject", "at"])
    op.create_index("ix_sign_in_attempt_address", "sign_in_attempt", ["company", "address", "at"])
    op.create_table(
        "reset_code",
        sa.Column("company", sa.String, primary_key=True),
        sa.Column("user", sa.String, primary_key=True),
        sa.Column("code_sha256", sa.String, nullable=False),
        sa.Column("expires_at", sa.BigInteger, nullable=False),
    )
