"""The installation, the operation log and the audit log.

The tables of documents are not here: they follow from the kinds and are rebuilt from the log (server/records/rebuild).
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    _installation()
    _chains()
    _operations()
    _feed()
    _audit()


def _installation() -> None:
    op.create_table(
        "installation",
        sa.Column("one", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("receipt_seed", sa.LargeBinary, nullable=False),
        sa.Column("mark_key", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "projection",
        sa.Column("one", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("fingerprint", sa.String, nullable=False),
    )
    op.create_table(
        "company",
        sa.Column("company", sa.String, primary_key=True),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("founded_at", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "counter",
        sa.Column("company", sa.String, primary_key=True),
        sa.Column("name", sa.String, primary_key=True),
        sa.Column("value", sa.BigInteger, nullable=False),
    )


def _chains() -> None:
    op.create_table(
        "epoch",
        sa.Column("company", sa.String, primary_key=True),
        sa.Column("epoch", sa.String, primary_key=True),
        sa.Column("parent", sa.String),
        sa.Column("fork", sa.BigInteger, nullable=False),
        sa.Column("begun_at", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "head",
        sa.Column("company", sa.String, primary_key=True),
        sa.Column("epoch", sa.String, nullable=False),
        sa.Column("position", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "incarnation",
        sa.Column("company", sa.String, primary_key=True),
        sa.Column("incarnation", sa.String, primary_key=True),
        sa.Column("ordinal", sa.BigInteger, nullable=False),
        sa.Column("epoch", sa.String, nullable=False),
        sa.Column("position", sa.BigInteger, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "actor",
        sa.Column("company", sa.String, primary_key=True),
        sa.Column("actor", sa.String, primary_key=True),
        sa.Column("device", sa.String, nullable=False),
        sa.Column("user", sa.String, nullable=False),
        sa.Column("place", sa.String, nullable=False),
        sa.Column("epoch", sa.String, nullable=False),
        sa.Column("parent", sa.String),
        sa.Column("parent_seq", sa.BigInteger, nullable=False),
        sa.Column("acked_seq", sa.BigInteger, nullable=False),
        sa.Column("head", sa.String, nullable=False),
    )


def _operations() -> None:
    op.create_table(
        "operation",
        sa.Column("company", sa.String, primary_key=True),
        sa.Column("actor", sa.String, primary_key=True),
        sa.Column("seq", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("doc", sa.String, nullable=False),
        sa.Column("payload", sa.LargeBinary, nullable=False),
        sa.Column("sha256", sa.String, nullable=False),
        sa.Column("head", sa.String, nullable=False),
        sa.Column("author", sa.String, nullable=False),
        sa.Column("place", sa.String, nullable=False),
        sa.Column("epoch", sa.String, nullable=False),
        sa.Column("position", sa.BigInteger, nullable=False),
        sa.Column("received_at", sa.BigInteger, nullable=False),
        sa.Column("effective_at", sa.BigInteger, nullable=False),
        sa.Column("verdict", sa.String, nullable=False),
        sa.Column("role", sa.String, nullable=False),
        sa.Column("problem", sa.String),
    )
    op.create_index("ix_operation_document", "operation", ["company", "kind", "doc"])
    op.create_index("ix_operation_position", "operation", ["company", "position"])
    op.create_index("ix_operation_held", "operation", ["company", "verdict"])
    op.create_table(
        "readmission",
        sa.Column("company", sa.String, primary_key=True),
        sa.Column("actor", sa.String, primary_key=True),
        sa.Column("seq", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("epoch", sa.String, primary_key=True),
        sa.Column("position", sa.BigInteger, nullable=False),
    )


def _feed() -> None:
    op.create_table(
        "feed_entry",
        sa.Column("company", sa.String, primary_key=True),
        sa.Column("audience", sa.String, primary_key=True),
        sa.Column("kind", sa.String, primary_key=True),
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("position", sa.BigInteger, nullable=False),
        sa.Column("gone", sa.Boolean, nullable=False),
    )
    op.create_index("ix_feed_entry_position", "feed_entry", ["company", "audience", "position"])


def _audit() -> None:
    op.create_table(
        "audit_entry",
        sa.Column("company", sa.String, primary_key=True),
        sa.Column("seq", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("user", sa.String),
        sa.Column("device", sa.String),
        sa.Column("deed", sa.String, nullable=False),
        sa.Column("leaf", sa.LargeBinary, nullable=False),
        sa.Column("leaf_sha256", sa.String, nullable=False),
    )
    op.create_index("ix_audit_entry_at", "audit_entry", ["at"])
