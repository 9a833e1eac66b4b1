"""Up to where each log's feeds have forgotten what is gone."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.add_column("head", sa.Column("horizon", sa.BigInteger, nullable=False, server_default="0"))
