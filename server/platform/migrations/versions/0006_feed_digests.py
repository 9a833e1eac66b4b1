"""The digest of each audience's feed, so that it is read and not reckoned."""

import struct
from collections import defaultdict
from hashlib import sha256

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    feed_digest = op.create_table(
        "feed_digest",
        sa.Column("company", sa.String, primary_key=True),
        sa.Column("audience", sa.String, primary_key=True),
        sa.Column("word0", sa.BigInteger, nullable=False),
        sa.Column("word1", sa.BigInteger, nullable=False),
        sa.Column("word2", sa.BigInteger, nullable=False),
        sa.Column("word3", sa.BigInteger, nullable=False),
    )
    for (company, audience), total in _reckoned().items():
        words = struct.unpack(">4q", total.to_bytes(32))
        named = {f"word{number}": word for number, word in enumerate(words)}
        op.execute(feed_digest.insert().values(company=company, audience=audience, **named))


def _reckoned() -> dict[tuple[str, str], int]:
    present = sa.text("SELECT company, audience, kind, id, position FROM feed_entry WHERE NOT gone")
    totals: dict[tuple[str, str], int] = defaultdict(int)
    for company, audience, kind, doc, position in op.get_bind().execute(present):
        totals[company, audience] ^= int.from_bytes(sha256(f"{kind}\n{doc}\n{position}".encode()).digest())
    return totals
