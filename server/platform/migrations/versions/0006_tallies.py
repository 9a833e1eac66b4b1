"""What each audience's feed amounts to, so that a digest is read and not reckoned; the floor of each feed."""

import struct
from collections import defaultdict
from hashlib import sha256

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("head", sa.Column("floor", sa.BigInteger, nullable=False, server_default=sa.text("0")))
    tally = op.create_table(
        "tally",
        sa.Column("company", sa.String, primary_key=True),
        sa.Column("audience", sa.String, primary_key=True),
        sa.Column("rows", sa.BigInteger, nullable=False),
        sa.Column("word0", sa.BigInteger, nullable=False),
        sa.Column("word1", sa.BigInteger, nullable=False),
        sa.Column("word2", sa.BigInteger, nullable=False),
        sa.Column("word3", sa.BigInteger, nullable=False),
    )
    rows, totals = _counted()
    for key, total in totals.items():
        words = struct.unpack(">4q", total.to_bytes(32))
        named = {f"word{number}": word for number, word in enumerate(words)}
        op.execute(tally.insert().values(company=key[0], audience=key[1], rows=rows[key], **named))


def _counted() -> tuple[dict[tuple[str, str], int], dict[tuple[str, str], int]]:
    present = sa.text("SELECT company, audience, kind, id, position FROM feed_entry WHERE NOT gone")
    rows: dict[tuple[str, str], int] = defaultdict(int)
    totals: dict[tuple[str, str], int] = defaultdict(int)
    for company, audience, kind, doc, position in op.get_bind().execute(present):
        digest = sha256(f"{kind}\n{doc}\n{position}".encode()).digest()
        rows[company, audience] += 1
        totals[company, audience] ^= int.from_bytes(digest)
    return rows, totals
