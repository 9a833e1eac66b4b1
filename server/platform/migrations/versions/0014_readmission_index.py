"""What came back is found by its place in the log."""

from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.create_index("ix_readmission_position", "readmission", ["company", "position"])
