"""Checking the file of receipts that a technician was handed, without the server: only its public key is needed."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

import msgspec
from msgspec import Struct
from sqlalchemy import inspect, select

import server.app  # noqa: F401 - declares every table
from schemas.protocol import ActorRecord, Operation, Receipt, Stamp
from schemas.receipts_file import RECEIPTS_FORMAT, ReceiptsChain, ReceiptsEntry, ReceiptsHead, ReceiptsProof
from schemas.registry import Kind
from server.cli.preparing import is_there
from server.platform.database import Database
from server.platform.installation import COMPANY, INSTALLATION
from server.platform.keys import ServerKeys, from_base64url, verify_receipt
from server.platform.settings import Settings
from server.records.tables import DOCUMENTS
from sync.chain import extend, genesis, link, receipt_statement, stamp_link, stamps_digest
from sync.erasing import is_frame
from sync.reading import read

Line = TypeVar("Line")

_KEY_BYTES = 32


class ReceiptError(Exception):
    """The file proves nothing, or not what it says; the text tells why, for a person."""


class Proven(Struct, frozen=True):
    """An entry that the office signed for: the operation (None where nobody can read it) and its stamp.

    Where an erasure left only its frame, nothing proves what the frame says, but ``sha256`` of what was sent (SPEC Y6).
    """

    seq: int
    operation: Operation | None
    stamp: Stamp
    sha256: str | None = None


class ProvenStretch(Struct, frozen=True):
    """What one receipt proves."""

    receipt: Receipt
    record: ActorRecord
    entries: tuple[Proven, ...]


class Proofs(Struct, frozen=True):
    """A file that holds: what it proves, and how many of its entries have no receipt."""

    head: ReceiptsHead
    stretches: tuple[ProvenStretch, ...]
    without: int


def verified_receipts(file: Path, public: bytes) -> Proofs:
    """Return what a file of receipts proves under the company's public key (Ed25519, 32 bytes).

    Raises ``ReceiptError`` for a file that is none, for a receipt that this key did not sign, and for entries or times
    that are not those that were signed for; ``OSError`` for one that cannot be read.
    """
    lines = _lines(file)
    head = _decoded(next(lines, (1, b"")), ReceiptsHead)
    if head.format != RECEIPTS_FORMAT:
        raise ReceiptError("這不是回條檔。")
    stretches: list[ProvenStretch] = []
    chain: _Chain | None = None
    without = 0
    for number, line in lines:
        match _kind(number, line):
            case "chain":
                without += chain.unproven if chain else 0
                chain = _Chain(number, _decoded((number, line), ReceiptsChain))
            case "entry" if chain:
                chain.add(number, _decoded((number, line), ReceiptsEntry))
            case "receipt" if chain:
                receipt = _decoded((number, line), ReceiptsProof).receipt
                if receipt.company != head.company:
                    raise ReceiptError(f"第 {number} 行的回條是另一家公司的。")
                stretches.append(chain.proven(number, receipt, public))
            case _:
                raise ReceiptError(f"第 {number} 行讀不懂。")
    without += chain.unproven if chain else 0
    if not stretches:
        raise ReceiptError("檔案裡沒有回條。")
    return Proofs(head, tuple(stretches), without)


class _Chain:
    """One chain as it is read: heads and stamps by seq."""

    def __init__(self, number: int, begun: ReceiptsChain) -> None:
        self._record = begun.actor
        self._heads = {begun.first - 1: begun.prev}
        self._entries: dict[int, ReceiptsEntry] = {}
        self._proven: set[int] = set()
        self._next = begun.first
        if begun.first == 1 and begun.prev != genesis(begun.actor):
            raise ReceiptError(f"第 {number} 行：這串紀錄的開頭不是這個人和這台裝置的。")

    @property
    def unproven(self) -> int:
        return len(self._entries) - len(self._proven)

    def add(self, number: int, entry: ReceiptsEntry) -> None:
        if entry.seq != self._next:
            raise ReceiptError(f"第 {number} 行：少了第 {self._next} 筆紀錄。")
        self._heads[entry.seq] = extend(self._heads[entry.seq - 1], _sent_hash(entry))
        self._entries[entry.seq] = entry
        self._next += 1

    def proven(self, number: int, receipt: Receipt, public: bytes) -> ProvenStretch:
        where = f"第 {number} 行的回條（第 {receipt.first} 到 {receipt.seq} 筆）"
        if receipt.actor != self._record.actor or not _is_signed(receipt, public):
            raise ReceiptError(f"{where}不是這家公司簽的，或簽過之後被改過。")
        entries = [self._entries.get(seq) for seq in range(receipt.first, receipt.seq + 1)]
        if receipt.first < 1 or not entries or self._heads.get(receipt.seq) != receipt.head:
            raise ReceiptError(f"{where}簽的不是檔案裡這些紀錄：紀錄被改過、少了或換了順序。")
        stamps = [entry.stamp for entry in entries if entry is not None and entry.stamp is not None]
        if len(stamps) != len(entries) or stamps_digest(map(stamp_link, stamps)) != receipt.stamps:
            raise ReceiptError(f"{where}簽的不是檔案裡的收到時間和結果：被改過了。")
        self._proven |= set(range(receipt.first, receipt.seq + 1))
        proven = [
            Proven(entry.seq, read(entry.text.encode()).operation, stamp, entry.sha256)
            for entry, stamp in zip(filter(None, entries), stamps, strict=True)
        ]
        return ProvenStretch(receipt, self._record, tuple(proven))


async def own_public_key(settings: Settings) -> bytes | None:
    """Return the public key of the installation's receipts, None where there is no installation."""
    if not is_there(settings.url):
        return None
    database = Database(settings.url)
    try:
        async with database.reading() as connection:
            if not await connection.run_sync(lambda plain: inspect(plain).has_table(INSTALLATION.name)):
                return None
            seed = (await connection.execute(select(INSTALLATION.c.receipt_seed))).scalar_one_or_none()
    finally:
        await database.close()
    return ServerKeys(seed, b"", b"").receipt_public if seed is not None else None


async def known_names(settings: Settings) -> Mapping[str, str]:
    """Return id to name of what an installation here knows by one; nothing where there is none.

    They help a person to read: what a file proves does not depend on them.
    """
    if not is_there(settings.url):
        return {}
    database = Database(settings.url)
    try:
        async with database.reading() as connection:
            tables = set(await connection.run_sync(lambda plain: inspect(plain).get_table_names()))
            named = [COMPANY, *(DOCUMENTS[kind] for kind in (Kind.UNIT, Kind.USER, Kind.DEVICE, Kind.CUSTOMER))]
            names: dict[str, str] = {}
            for table in named if tables >= {each.name for each in named} else ():
                key = table.c.company if table is COMPANY else table.c.id
                names |= {row.key: row.name for row in await connection.execute(select(key.label("key"), table.c.name))}
    finally:
        await database.close()
    return {key: name for key, name in names.items() if name}


def _sent_hash(entry: ReceiptsEntry) -> str:
    """Return the hash of what was sent; the file names it where an erasure left only the frame."""
    payload = entry.text.encode()
    return entry.sha256 if entry.sha256 is not None and is_frame(payload) else link(payload)


def public_key_from(text: str) -> bytes:
    """Return a public key as ``fieldproof receipt-key`` prints it; raises ``ReceiptError`` for anything else."""
    try:
        key = from_base64url(text.strip())
    except ValueError:
        key = b""
    if len(key) != _KEY_BYTES:
        raise ReceiptError("公鑰不對：要貼上 fieldproof receipt-key 印出的那一行。")
    return key


def _is_signed(receipt: Receipt, public: bytes) -> bool:
    try:
        signature = from_base64url(receipt.signature)
    except ValueError:
        return False
    return verify_receipt(public, signature, receipt_statement(receipt))


def _lines(file: Path) -> Iterator[tuple[int, bytes]]:
    with file.open("rb") as content:
        for number, line in enumerate(content, start=1):
            yield number, line.rstrip(b"\n")


def _kind(number: int, line: bytes) -> str:
    """Return which of the lines this is, by a member that only it has."""
    names: Sequence[tuple[str, str]] = (("receipt", "receipt"), ("text", "entry"), ("actor", "chain"))
    try:
        members = msgspec.json.decode(line, type=dict[str, msgspec.Raw])
    except msgspec.DecodeError:
        raise ReceiptError(f"第 {number} 行讀不懂。") from None
    return next((kind for member, kind in names if member in members), "")


def _decoded(line: tuple[int, bytes], shape: type[Line]) -> Line:
    number, text = line
    try:
        return msgspec.json.decode(text, type=shape)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise ReceiptError(f"第 {number} 行讀不懂，這不是完整的回條檔。") from None
