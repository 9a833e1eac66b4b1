"""The current incarnation beside the end of the log, so that several processes name the same one."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.add_column("head", sa.Column("incarnation", sa.String))
    newest = (
        "SELECT incarnation FROM incarnation WHERE incarnation.company = head.company ORDER BY ordinal DESC LIMIT 1"
    )
    op.execute(f"UPDATE head SET incarnation = ({newest})")  # noqa: S608 - a text of our own
