"""Which incarnation of a log goes on from which: what each of them committed is told apart by its name."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.add_column("head", sa.Column("branches", sa.String))
