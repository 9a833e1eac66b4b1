"""A stopped device at the quarantine's door, as the phone speaks there."""

from dataclasses import dataclass
from hashlib import sha256

import httpx
import msgspec
from msgspec import structs

from schemas.protocol import HelloReply, PushReply
from server.accounts.leavers import HEADER, request_statement
from tests.server.one_call import OneCall, signature
from tests.server.world import COMPANY, SyncDevice, proven
from tests.support.signing_device import body_of

DOOR = "/sync/v1/quarantine"


@dataclass
class Leaver:
    """A device that signs each of its requests, because no session speaks for it any more."""

    device: SyncDevice
    browser: httpx.AsyncClient

    async def ask(self, path: str, body: bytes, method: str = "POST") -> httpx.Response:
        """Ask something through the quarantine's door."""
        target = f"{DOOR}{path}"
        statement = request_statement(COMPANY, self.device.device, method, target, sha256(body).hexdigest())
        header = f"{COMPANY}.{self.device.device}.{self.device.chain.sign(statement)}"
        return await self.browser.request(method, target, content=body, headers={HEADER: header})

    async def hello(self, pending: int) -> HelloReply:
        """Say hello with the device's word for what it has not brought yet."""
        said = structs.replace(self.device.chain.hello(), pending=pending)
        return msgspec.json.decode(proven(await self.ask("/hello", msgspec.json.encode(said))).content, type=HelloReply)

    async def push(self, first: int = 1, last: int | None = None, pending: int = 0) -> PushReply:
        """Hand in a stretch of the chain."""
        head, payloads = self.device.chain.push(first, last)
        body = body_of(structs.replace(head, pending=pending), payloads)
        return msgspec.json.decode(proven(await self.ask("/push", body)).content, type=PushReply)

    async def blob(self, data: bytes) -> httpx.Response:
        """Hand in a file."""
        return await self.ask(f"/blobs/{sha256(data).hexdigest()}", data, "PUT")


async def revoked(unit: OneCall, device: SyncDevice) -> Leaver:
    """Let the manager stop a device, and return it as somebody's who comes with no session."""
    proven(await unit.manager.client.post(f"/api/devices/{device.device}/revoke"))
    return Leaver(device, await unit.world.client())


def write_signed_visit(device: SyncDevice, visit: str, work: dict[str, object]) -> tuple[str, int]:
    """Capture a worked and signed visit without sending it; the signature's id and the seq of its last operation."""
    name, fields = signature(device, visit, work)
    device.chain.write("service_visit", visit, work, following=1)
    device.chain.write("signature", name, fields)
    return name, len(device.chain.sent)
