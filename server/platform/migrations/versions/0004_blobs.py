"""The files that documents name by their SHA-256."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "blob",
        sa.Column("company", sa.String, primary_key=True),
        sa.Column("sha256", sa.String, primary_key=True),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("media_type", sa.String, nullable=False),
        sa.Column("stored_at", sa.BigInteger, nullable=False),
        sa.Column("stored_by", sa.String, nullable=False),
    )
