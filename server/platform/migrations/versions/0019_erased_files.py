"""Files of erased customers, and databases that still have to be written anew behind an erasure (ADR 44)."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.create_table(
        "erased_file",
        sa.Column("company", sa.String, primary_key=True),
        sa.Column("sha256", sa.String, primary_key=True),
        sa.Column("removed_at", sa.BigInteger),
    )
    op.create_table(
        "unclean",
        sa.Column("company", sa.String, primary_key=True),
        sa.Column("since", sa.BigInteger, nullable=False),
    )
