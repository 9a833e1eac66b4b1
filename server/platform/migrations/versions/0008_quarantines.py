"""The last work of devices that were stopped."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "quarantine",
        sa.Column("company", sa.String, primary_key=True),
        sa.Column("device", sa.String, primary_key=True),
        sa.Column("since", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("cause", sa.String, nullable=False),
        sa.Column("opened_at", sa.BigInteger, nullable=False),
        sa.Column("closed_at", sa.BigInteger),
        sa.Column("announced", sa.BigInteger, nullable=False),
        sa.Column("arrived", sa.BigInteger, nullable=False),
    )
