"""What was announced and never came, chains that parted, and how far lost logs went."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    announced = op.create_table(
        "announced",
        sa.Column("company", sa.String, primary_key=True),
        sa.Column("actor", sa.String, primary_key=True),
        sa.Column("device", sa.String, nullable=False),
        sa.Column("user", sa.String, nullable=False),
        sa.Column("last_seq", sa.BigInteger, nullable=False),
        sa.Column("last_said", sa.BigInteger, nullable=False),
        sa.Column("moved", sa.BigInteger, nullable=False),
        sa.Column("took_over", sa.String),
        sa.Column("first_at", sa.BigInteger, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("oldest_pending_at", sa.BigInteger),
    )
    op.create_table(
        "parting",
        sa.Column("company", sa.String, primary_key=True),
        sa.Column("actor", sa.String, primary_key=True),
        sa.Column("device", sa.String, nullable=False),
        sa.Column("user", sa.String, nullable=False),
        sa.Column("parent", sa.String, nullable=False),
        sa.Column("parent_seq", sa.BigInteger, nullable=False),
        sa.Column("parent_acked", sa.BigInteger, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "epoch_reach",
        sa.Column("company", sa.String, primary_key=True),
        sa.Column("epoch", sa.String, primary_key=True),
        sa.Column("position", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "emptied",
        sa.Column("company", sa.String, primary_key=True),
        sa.Column("device", sa.String, primary_key=True),
        sa.Column("at", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "notice_settled",
        sa.Column("company", sa.String, primary_key=True),
        sa.Column("what", sa.String, primary_key=True),
        sa.Column("actor", sa.String, primary_key=True),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("by", sa.String, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("reason", sa.String, nullable=False),
    )
    op.create_table(
        "number_floor",
        sa.Column("company", sa.String, primary_key=True),
        sa.Column("prefix", sa.String, primary_key=True),
        sa.Column("value", sa.BigInteger, nullable=False),
    )
    _from_last_contacts(announced)


def _from_last_contacts(announced: sa.Table) -> None:
    """What a device last said that it had waiting belongs to the newest chain that is known of it."""
    waiting = sa.text(
        'SELECT a.company, a.actor, a.device, a."user", a.acked_seq, c.pending, c.at, c.oldest_pending_at'
        " FROM device_contact c JOIN actor a ON a.company = c.company AND a.device = c.device"
        " WHERE c.pending > 0 ORDER BY a.actor"
    )
    newest = {(row.company, row.device): row for row in op.get_bind().execute(waiting)}
    for row in newest.values():
        op.execute(
            announced.insert().values(
                company=row.company,
                actor=row.actor,
                device=row.device,
                user=row.user,
                last_seq=row.acked_seq + row.pending,
                last_said=row.acked_seq + row.pending,
                moved=0,
                first_at=row.at,
                at=row.at,
                oldest_pending_at=row.oldest_pending_at,
            )
        )
