"""From a file's bytes to what its device would have sent; nothing is believed before the seal is open."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import msgspec
from msgspec import Struct

from schemas.problems import Code, Problem
from schemas.rescue import (
    MAX_RESCUE_BYTES,
    OPEN_EXPORT_FORMAT,
    RESCUE_FORMAT,
    RESCUE_INFO,
    RESCUE_VERSION,
    RescueBatch,
    RescueContents,
    RescueHeader,
)
from server.platform.keys import ServerKeys, base64url
from server.platform.sealing import SealBroken

_HEADER = msgspec.json.Decoder(RescueHeader)
_FORMAT = msgspec.json.Decoder(dict[str, object])
_CONTENTS = msgspec.json.Decoder(RescueContents)
_LONGEST_HEADER = 1_000


class Stretch(Struct, frozen=True):
    """A batch with the bytes of its operations."""

    batch: RescueBatch
    payloads: Sequence[bytes]


class Rescue(Struct, frozen=True):
    """What a rescue file holds."""

    contents: RescueContents
    stretches: Sequence[Stretch]
    blobs: Mapping[str, bytes]


def opened(keys: ServerKeys, company: str, file: bytes) -> Rescue:
    """Return what a rescue file holds; raises ``Problem`` for one that is none, damaged, or not this company's."""
    if len(file) > MAX_RESCUE_BYTES:
        raise Problem(Code.REQUEST_TOO_LARGE, limit=MAX_RESCUE_BYTES)
    line, _, sealed = file.partition(b"\n")
    header = _header(line)
    key = keys.rescue_key(company)
    if (header.company, header.key) != (company, base64url(key.public)):
        raise Problem(Code.RESCUE_FOREIGN)
    try:
        return _read(key.open(sealed, rescue_info(line)))
    except (SealBroken, msgspec.DecodeError, UnicodeDecodeError):
        raise Problem(Code.RESCUE_DAMAGED) from None


def company_of(file: bytes, founded: Sequence[str]) -> str:
    """Return the company that a rescue file names, of those that are here; raises as :func:`opened` does."""
    company = _header(file.partition(b"\n")[0]).company
    if company not in founded:
        raise Problem(Code.RESCUE_FOREIGN)
    return company


def rescue_info(header_line: bytes) -> bytes:
    """Return what binds a seal to its file's header."""
    return RESCUE_INFO.encode() + b"\n" + header_line


def _header(line: bytes) -> RescueHeader:
    try:
        said = _FORMAT.decode(line) if len(line) <= _LONGEST_HEADER else {}
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        said = {}
    if said.get("format") == OPEN_EXPORT_FORMAT:
        raise Problem(Code.RESCUE_UNSEALED)
    if said.get("format") != RESCUE_FORMAT:
        raise Problem(Code.RESCUE_UNKNOWN)
    if said.get("version") != RESCUE_VERSION:
        raise Problem(Code.RESCUE_VERSION)
    try:
        return _HEADER.decode(line)
    except msgspec.DecodeError:
        raise Problem(Code.RESCUE_DAMAGED) from None


def _read(plain: bytes) -> Rescue:
    line, _, rest = plain.partition(b"\n")
    contents = _CONTENTS.decode(line)
    stretches: list[Stretch] = []
    for batch in contents.batches:
        *payloads, rest = rest.split(b"\n", batch.count) if batch.count else (rest,)
        if len(payloads) != batch.count or not payloads:
            raise Problem(Code.RESCUE_DAMAGED)
        stretches.append(Stretch(batch, payloads))
    blobs: dict[str, bytes] = {}
    for blob in contents.blobs:
        blobs[blob.sha256], rest = rest[: blob.size], rest[blob.size :]
    if rest or any(len(blobs[blob.sha256]) != blob.size for blob in contents.blobs):
        raise Problem(Code.RESCUE_DAMAGED)
    return Rescue(contents, stretches, MappingProxyType(blobs))
