"""Which device brought back what a restore had lost: not always the one that wrote it."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.add_column("readmission", sa.Column("brought_by", sa.String))
