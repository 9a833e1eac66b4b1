"""When each device was last in touch."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "device_contact",
        sa.Column("company", sa.String, primary_key=True),
        sa.Column("device", sa.String, primary_key=True),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("pending", sa.BigInteger, nullable=False),
        sa.Column("oldest_pending_at", sa.BigInteger),
        sa.Column("app", sa.String, nullable=False),
    )
