"""What no server on this machine can beat: its disk, SQLite, its hashes and signatures, its codecs."""

import os
import sqlite3
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from functools import partial
from hashlib import sha256
from pathlib import Path
from statistics import median

import brotli
import msgspec
import zstandard
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

from bench.lines import line
from bench.peers.workload import Create, encoded, vouchers, workload

ROUNDS = 5
WRITES = 300
ALONE = 1_000
"""Rows that are written one a transaction."""

_PAGE = b"x" * 4_096
_TABLE = "CREATE TABLE r(id TEXT PRIMARY KEY, kind TEXT, seq INTEGER, doc BLOB) WITHOUT ROWID"
_DOCS = msgspec.json.Decoder(list[msgspec.Raw])


def _rate(work: Callable[[], int]) -> int:
    """Return how many a second, the median of several runs; ``work`` does it once and returns how many."""
    rates = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        count = work()
        rates.append(count / (time.perf_counter() - began))
    return round(median(rates))


def _durable_writes() -> int:
    with tempfile.NamedTemporaryFile() as file:
        for _ in range(WRITES):
            file.write(_PAGE)
            file.flush()
            os.fdatasync(file.fileno())
    return WRITES


def _inserted(rows: Sequence[tuple[str, str, int, bytes]], at_once: int) -> int:
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(sqlite3.connect(Path(folder) / "floor.db", isolation_level=None)) as database,
    ):
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("PRAGMA synchronous=FULL")
        database.execute(_TABLE)
        for start in range(0, len(rows), at_once):
            database.execute("BEGIN")
            database.executemany("INSERT INTO r VALUES(?,?,?,?)", rows[start : start + at_once])
            database.execute("COMMIT")
    return len(rows)


def _sqlite(records: Sequence[Create]) -> Iterator[str]:
    rows = [(each.id, each.kind, number, encoded(each.doc)) for number, each in enumerate(records)]
    for at_once, some in ((len(rows), rows), (90, rows), (1, rows[:ALONE])):
        value = _rate(partial(_inserted, some, at_once))
        yield line("floor_sqlite_full_rows_per_s", rows_a_transaction=at_once, value=value)


def _checks(records: Sequence[Create]) -> Iterator[str]:
    key = ec.generate_private_key(ec.SECP256R1())
    signature, point = key.sign(_PAGE, ec.ECDSA(SHA256())), key.public_key()

    def verified() -> int:
        for _ in range(WRITES):
            point.verify(signature, _PAGE, ec.ECDSA(SHA256()))
        return WRITES

    texts = [encoded(each.doc) for each in records]
    whole = b"[" + b",".join(texts) + b"]"
    yield line("floor_p256_verified_per_s", value=_rate(verified))
    yield line("floor_sha256_records_per_s", value=_rate(lambda: len([sha256(text).digest() for text in texts])))
    yield line("floor_records_split_raw_per_s", value=_rate(lambda: len(_DOCS.decode(whole))))
    yield line("floor_records_decoded_per_s", value=_rate(lambda: len(msgspec.json.decode(whole))))


def _sizes(records: Sequence[Create]) -> Iterator[str]:
    """Yield what the workload is on the wire under each coding: whole, and one voucher alone."""
    texts = [encoded({"id": each.id, **each.doc}) for each in records]
    trained = zstandard.train_dictionary(16_384, [encoded(each.doc) for each in vouchers(2_000, seed=99)])
    for what, body in (("all records", b"\n".join(texts)), ("one voucher", texts[0])):
        yield line(
            "floor_bytes_on_the_wire",
            what=what,
            json=len(body),
            gzip_6=len(zlib.compress(body, 6)),
            br_4=len(brotli.compress(body, quality=4)),
            zstd_9=len(zstandard.compress(body, 9)),
            zstd_3_with_dictionary=len(zstandard.ZstdCompressor(3, dict_data=trained).compress(body)),
        )


def measure() -> Iterator[str]:
    """Yield the floors, medians of five."""
    records = workload().records
    yield line("floor_fdatasync_4_kib_per_s", value=_rate(_durable_writes))
    yield from _sqlite(records)
    yield from _checks(records)
    yield from _sizes(records)
