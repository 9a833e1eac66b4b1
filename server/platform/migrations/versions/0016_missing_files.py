"""Files that records name and that are not here, and those of them that a device says it does not have.

What is missing already is found at the start, when the tables of documents are there (``find_missing``).
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.create_table(
        "missing_file",
        sa.Column("company", sa.String, primary_key=True),
        sa.Column("sha256", sa.String, primary_key=True),
        sa.Column("lost_at", sa.BigInteger),
    )
    op.create_table(
        "file_gone",
        sa.Column("company", sa.String, primary_key=True),
        sa.Column("device", sa.String, primary_key=True),
        sa.Column("sha256", sa.String, primary_key=True),
        sa.Column("at", sa.BigInteger, nullable=False),
    )
