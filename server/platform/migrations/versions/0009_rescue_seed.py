"""The secret from which each company's key for rescue files is derived; made at the next start."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.add_column("installation", sa.Column("rescue_seed", sa.LargeBinary))
