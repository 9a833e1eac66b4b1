"""One of everything in the unit of Banqiao, with its names, for what is generated from the table of routes."""

import base64
from collections.abc import Mapping

from msgspec import Struct

from schemas.protocol import SCHEMA
from schemas.registry import COMPANY_WIDE, Kind
from schemas.vocabulary import AdminWork, Role, Zone
from server.records.audiences import unit_audience
from server.records.work import Setting
from tests.server.one_call import OneCall
from tests.server.world import BANQIAO, CLERK, COMPANY, MANAGER, TECHNICIAN
from tests.support.pictures import name_of, picture

NOTHING = "nothing-here"
CALENDAR = (
    Setting(Kind.BUSINESS_HOURS, BANQIAO, {"unit": BANQIAO, "monday": "09:00-18:00"}),
    Setting(Kind.CALENDAR_DAY, "day-one", {"unit": BANQIAO, "date": "2026-02-13", "hours": ""}),
    Setting(Kind.RECONCILIATION, "reconciliation-one", {"unit": BANQIAO, "date": "2026-02-12", "out": 1}),
    Setting(Kind.MAINTENANCE_CONTRACT, "contract-one", {"unit": BANQIAO, "customer": "customer-one"}),
    Setting(Kind.SIGNATURE_COPY, "copy-one", {"unit": BANQIAO, "signature": "signature-two", "secret": "secret"}),
    Setting(Kind.COVERED_ASSET, "covered-one", {"unit": BANQIAO, "contract": "contract-one", "asset": "asset-one"}),
    Setting(Kind.CONTACT_ATTEMPT, "attempt-one", {"unit": BANQIAO, "call": "call-one", "user": CLERK.user}),
    Setting(Kind.ADMIN_TIME, "time-one", {"unit": BANQIAO, "user": CLERK.user, "work": AdminWork.PARTS}),
    Setting(Kind.ABSENCE, "absence-one", {"unit": BANQIAO, "user": MANAGER.user, "from_at": 1, "until_at": 2}),
    Setting(Kind.UNIT_SETTINGS, BANQIAO, {"unit": BANQIAO, "lag_minutes": 30}),
    Setting(Kind.PRESET, "preset-one", {"unit": BANQIAO, "text": "不冷"}),
    Setting(Kind.FEE_ITEM, "fee-item-one", {"unit": BANQIAO, "name": "檢查費", "amount": 50_000}),
    Setting(Kind.DISTRICT, "district-one", {"unit": BANQIAO, "name": "板橋區", "zone": Zone.URBAN}),
)
PNG = picture(form="PNG")


def acting(grant: str, now: int) -> Setting:
    """What lets the technician be the manager for a day."""
    told = {"user": TECHNICIAN.user, "unit": BANQIAO, "role": Role.SERVICE_MANAGER, "acting_for": MANAGER.user}
    return Setting(Kind.ROLE_GRANT, grant, {**told, "starts_at": now, "until_at": now + 86_400_000})


class Names(Struct, frozen=True):
    """What stands in a route's path, by the names of its variable parts: of something that is there, and of nothing."""

    there: Mapping[str, object]
    nowhere: Mapping[str, object]


async def everything(unit: OneCall) -> list[Names]:
    """Log a call, let it be served, and leave a file and a held operation; one set of names for each kind."""
    await unit.logged()
    visit, signature = await unit.done_and_signed()
    image = name_of(PNG)
    await unit.technician.client.put(f"/blobs/{image}", content=PNG)
    await unit.world.decide(MANAGER, Setting(Kind.SIGNATURE, "signature-two", {"unit": BANQIAO, "image_sha256": image}))
    await unit.world.decide(MANAGER, *CALENDAR, acting("grant-acting", unit.world.clock.now()))
    photo = {"unit": BANQIAO, "visit": visit, "image_sha256": "f" * 64}
    await unit.wrote(unit.technician, Kind.PHOTO, "photo-one", photo)
    unit.technician.chain.write(Kind.CUSTOMER, "customer-one", {"colour": "red"})
    held = len(unit.technician.chain.sent)
    await unit.technician.push(held)
    begun = await unit.technician.client.post(
        "/uploads",
        headers={
            "tus-resumable": "1.0.0",
            "upload-length": "9",
            "upload-metadata": f"sha256 {base64.b64encode(image.encode()).decode()}",
        },
    )
    snapshots = unit.world.parts.snapshots
    ready = await snapshots.ready(snapshots.subject(COMPANY, unit_audience(BANQIAO), SCHEMA))
    there = {
        "name": ready.name,
        "number": 0,
        "unit": BANQIAO,
        "device": unit.technician.device,
        "user": CLERK.user,
        "call": "call-one",
        "customer": "customer-one",
        "asset": "asset-one",
        "dispatch": visit,
        "visit": visit,
        "actor": unit.technician.chain.record.actor,
        "seq": held,
        "sha256": image,
        "company": COMPANY,
        "copy": "copy-one",
        "grant": "grant-acting",
        "upload": begun.headers["location"].removeprefix("/uploads/"),
    }
    nowhere = dict.fromkeys(there, NOTHING) | {"seq": 1, "sha256": "0" * 64, "name": "0" * 32, "number": 0}
    documents = {
        Kind.DEVICE: unit.technician.device,
        Kind.CUSTOMER: "customer-one",
        Kind.ASSET: "asset-one",
        Kind.SERVICE_VOUCHER: "asset-one",
        Kind.SERVICE_CALL: "call-one",
        Kind.DISPATCH: visit,
        Kind.SERVICE_VISIT: visit,
        Kind.SIGNATURE: signature,
        Kind.PHOTO: "photo-one",
        **{each.kind: each.id for each in CALENDAR},
    }
    assert documents.keys() == set(Kind) - COMPANY_WIDE
    return [
        Names(there | {"kind": kind.value, "doc": doc}, nowhere | {"kind": kind.value, "doc": NOTHING})
        for kind, doc in documents.items()
    ]
