"""Rescue files as a phone makes them, and as somebody would who means ill."""

import msgspec
from msgspec import structs

from schemas.rescue import RESCUE_FORMAT, RESCUE_VERSION, RescueBatch, RescueBlob, RescueContents, RescueHeader
from server.platform.keys import ServerKeys, base64url
from server.platform.sealing import seal
from server.rescue.opening import rescue_info
from sync.chain import link
from tests.support.signing_device import SigningDevice


def header_of(keys: ServerKeys, company: str) -> RescueHeader:
    """Return the header of a file for a company's office."""
    return RescueHeader(RESCUE_FORMAT, RESCUE_VERSION, company, base64url(keys.rescue_key(company).public))


def batch_of(device: SigningDevice, first: int = 1, last: int | None = None) -> tuple[RescueBatch, list[bytes]]:
    """Return a stretch of a device's chain, signed."""
    head, payloads = device.push(first, last)
    return RescueBatch(device.record, first, head.prev, len(payloads), head.signature), payloads


def rescue_file(
    keys: ServerKeys,
    device: SigningDevice,
    *batches: tuple[RescueBatch, list[bytes]],
    blobs: tuple[bytes, ...] = (),
    **header: object,
) -> bytes:
    """Return a device's rescue file; ``header`` changes what the header says."""
    listed = batches or (batch_of(device),)
    contents = RescueContents(
        device.user,
        device.device,
        device.ambient.now(),
        0,
        tuple(batch for batch, _ in listed),
        tuple(RescueBlob(link(blob), len(blob)) for blob in blobs),
    )
    lines = [msgspec.json.encode(contents), *(payload for _, payloads in listed for payload in payloads)]
    plain = b"".join(line + b"\n" for line in lines) + b"".join(blobs)
    line = msgspec.json.encode(structs.replace(header_of(keys, device.company), **header))
    return line + b"\n" + seal(keys.rescue_key(device.company).public, plain, rescue_info(line))
