"""What feeds tell as gone is found by its place in the log, without looking at what is there."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.create_index(
        "ix_feed_entry_gone",
        "feed_entry",
        ["company", "position"],
        sqlite_where=sa.text("gone = 1"),
        postgresql_where=sa.text("gone"),
    )
