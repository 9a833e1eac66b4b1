"""Which past a renamed actor means, and whether this log has it (ADR 36)."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    op.add_column("actor", sa.Column("parent_head", sa.String))
    op.add_column("actor", sa.Column("follows", sa.Boolean))
    actor = sa.table("actor", sa.column("parent", sa.String), sa.column("follows", sa.Boolean))
    op.execute(sa.update(actor).where(actor.c.parent.is_not(None)).values(follows=True))
