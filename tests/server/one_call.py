"""The way of one call as its people walk it: what the tests of calls, visits and the office begin with."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import httpx
import msgspec

from schemas.kinds.calls import ServiceCall
from schemas.kinds.customers import Asset, Customer
from schemas.kinds.visits import ServiceVisit
from schemas.registry import Kind
from schemas.rules.signed_content import SIGNED_FIELDS, TEMPLATE, SignedParties, Signer, signed_content
from schemas.rules.unsigned import confirmed_hash
from schemas.vocabulary import Category, SignerRole, VisitOutcome
from sync.canonical import canonical_text
from sync.chain import signature_id, signature_statement
from tests.server.world import BANQIAO, CLERK, MANAGER, TECHNICIAN, Person, SyncDevice, World, proven

RECEIVED_AT = 1_771_000_000_000
"""2026-02-13 in Taipei."""

WORK = {
    "category": Category.PAID,
    "arrived_at": RECEIVED_AT + 3_600_000,
    "fault": "壓縮機不運轉",
    "action": "更換啟動繼電器",
    "outcome": VisitOutcome.FIXED,
    "fee_total": 180_000,
}
"""What a visit comes to: every field that the customer signs."""


@dataclass
class OneCall:
    """A unit at work: clerk and manager in the office, a technician with his phone."""

    world: World
    clerk: SyncDevice
    manager: SyncDevice
    technician: SyncDevice

    async def logged(self, call: str = "call-one", asset: str = "asset-one", **fields: Any) -> None:  # noqa: ANN401 - any field of a call
        """The clerk logs a call of a customer whose product the unit knows."""
        at_home = {"unit": BANQIAO, "name": "陳美惠", "phone": "0912-345-678"}
        product = {"unit": BANQIAO, "customer": "customer-one", "product": "變頻冰箱", "model_no": "NR-B480TV"}
        await self.wrote(self.clerk, Kind.CUSTOMER, "customer-one", at_home)
        await self.wrote(self.clerk, Kind.ASSET, asset, product)
        said = {
            "unit": BANQIAO,
            "customer": "customer-one",
            "asset": asset,
            "contact_name": "陳美惠",
            "symptom": "不冷",
            "received_at": RECEIVED_AT,
        }
        await self.wrote(self.clerk, Kind.SERVICE_CALL, call, said | fields)

    async def wrote(self, device: SyncDevice, kind: Kind, doc: str, fields: dict[str, Any], **more: Any) -> None:  # noqa: ANN401 - see SyncDevice.write
        """Somebody captures an operation in knowledge of everything that is on the server, and it is applied."""
        await device.pull()
        device.write(kind, doc, fields, **more)
        reply = await device.push(len(device.chain.sent))
        assert [result for result in reply.results if result[1] == "held"] == []

    async def dispatch(self, call: str = "call-one", to: Person = TECHNICIAN, **more: Any) -> httpx.Response:  # noqa: ANN401 - any member of the order
        """The manager sends somebody."""
        order = {"technician": to.user, "planned_at": RECEIVED_AT + 1_800_000} | more
        return await self.manager.client.post(f"/api/calls/{call}/dispatch", json=order)

    async def dispatched(self, call: str = "call-one", to: Person = TECHNICIAN) -> str:
        """The manager sends somebody; the dispatch's id."""
        dispatch: str = proven(await self.dispatch(call, to)).json()["dispatch"]
        return dispatch

    async def worked(self, visit: str, call: str = "call-one", **changed: Any) -> None:  # noqa: ANN401 - any field of a visit
        """The technician travels, arrives, works and finishes; nobody signs."""
        named = {"unit": BANQIAO, "call": call, "asset": "asset-one", "technician": TECHNICIAN.user}
        stamped = {"en_route_at": RECEIVED_AT + 3_000_000, "finished_at": RECEIVED_AT + 7_200_000}
        await self.wrote(self.technician, Kind.SERVICE_VISIT, visit, named | stamped | WORK | changed)

    async def signed(self, visit: str, **changed: Any) -> str:  # noqa: ANN401 - any field of a signature
        """The customer signs what the technician's phone shows; the signature's id."""
        await self.technician.pull()
        shown = self.technician.rows[visit].fields
        name, fields = signature(self.technician, visit, shown, **changed)
        again = {field: shown.get(field) for field in SIGNED_FIELDS}
        self.technician.write(Kind.SERVICE_VISIT, visit, again, following=1)
        self.technician.write(Kind.SIGNATURE, name, fields)
        reply = await self.technician.push(len(self.technician.chain.sent) - 1)
        assert reply.results == ()
        return name

    async def done(self, call: str = "call-one") -> str:
        """Dispatched, worked and signed; the visit's id."""
        visit, _ = await self.done_and_signed(call)
        return visit

    async def done_and_signed(self, call: str = "call-one") -> tuple[str, str]:
        """Dispatched, worked and signed; the visit's id and the signature's."""
        visit = await self.dispatched(call)
        await self.worked(visit, call)
        return visit, await self.signed(visit)

    async def confirm(self, visit: str, note: str = "已電話確認") -> httpx.Response:
        """The manager confirms that nobody signed, of what is shown to him."""
        body = {"note": note, "content_sha256": await self.seen(visit)}
        return await self.manager.client.post(f"/api/visits/{visit}/confirm", json=body)

    async def seen(self, visit: str) -> str:
        """The hash of what a manager would confirm of a visit as it is shown."""
        return confirmed_hash(msgspec.convert(await self.world.document(Kind.SERVICE_VISIT, visit), ServiceVisit))

    async def close(self, call: str = "call-one") -> httpx.Response:
        """The clerk strikes the call off."""
        return await self.clerk.client.post(f"/api/calls/{call}/close")

    async def call(self, call: str = "call-one") -> dict[str, object]:
        """What is shown of a call."""
        return await self.world.document(Kind.SERVICE_CALL, call)

    async def voucher(self, asset: str = "asset-one") -> dict[str, Any]:
        """What is shown of a product's voucher."""
        return await self.world.document(Kind.SERVICE_VOUCHER, asset)


def signature(
    device: SyncDevice,
    visit: str,
    shown: dict[str, Any],
    **changed: Any,  # noqa: ANN401 - any field of a signature
) -> tuple[str, dict[str, Any]]:
    """Return id and fields of a signature as the phone makes them; what is ``changed`` is signed by the device too."""
    visit_shown = ServiceVisit(**{field: shown.get(field) for field in SIGNED_FIELDS})
    parties = SignedParties(unit_name="板橋服務中心", technician_name=TECHNICIAN.name)
    signer = Signer(role=changed.get("role", SignerRole.CUSTOMER), name=changed.get("signer_name", "陳美惠"))
    content = canonical_text(signed_content(parties, Customer(), Asset(), ServiceCall(), visit_shown, signer))
    fields: dict[str, Any] = {
        "unit": BANQIAO,
        "visit": visit,
        "role": SignerRole.CUSTOMER,
        "signer_name": "陳美惠",
        "signed_at": RECEIVED_AT + 7_100_000,
        "template": TEMPLATE,
        "content": content,
        "content_sha256": sha256(content.encode()).hexdigest(),
        "strokes_sha256": sha256(b"strokes").hexdigest(),
        "image_sha256": sha256(b"image").hexdigest(),
        "device": device.device,
    } | changed
    name = signature_id(fields)
    return name, fields | {"device_signature": device.chain.sign(signature_statement(name, fields))}


async def at_work(world: World) -> OneCall:
    """Return the unit with everybody's device enrolled."""
    return OneCall(world, await world.enrolled(CLERK), await world.enrolled(MANAGER), await world.enrolled(TECHNICIAN))
