"""A customer of whom every personal value is a secret, and what is left of it anywhere."""

import asyncio
from pathlib import Path

import httpx
from sqlalchemy import select

from schemas.registry import Kind
from server.platform.database import METADATA
from server.records.erased_files import unclean
from tests.server.one_call import OneCall
from tests.server.world import (
    ADMIN,
    BANQIAO,
    TECHNICIAN,
    World,
    proven,
)
from tests.support.pictures import name_of, picture

SECRET = "zqx-of-his-own"
"""What every erased value begins with; longer than what random ids and keys say by chance."""
NAME = f"{SECRET}-name"
WHY = "客戶 2026/11/20 來信要求"
ERASE = "/api/customers/customer-one/personal-data/erase"
PHOTO = picture(form="PNG")
STROKES = f"s1.{SECRET}strokes".encode()


async def served(unit: OneCall) -> tuple[str, str]:
    """A customer whose call was served, signed, photographed and closed, every personal value with a secret in it."""
    for told in (f"{SECRET}-former", NAME):
        fields = {"unit": BANQIAO, "name": told, "phone": f"{SECRET}-1", "tax_id": f"{SECRET}-2", "note": f"{SECRET}-3"}
        await unit.wrote(unit.clerk, Kind.CUSTOMER, "customer-one", fields)
    product = {"unit": BANQIAO, "customer": "customer-one", "product": "變頻冰箱", "note": f"{SECRET}-4"}
    await unit.wrote(unit.clerk, Kind.ASSET, "asset-one", product)
    said = {"contact_name": NAME, "symptom": f"{SECRET}-5", "address": f"{SECRET}-6", "contact_phone": f"{SECRET}-7"}
    call = {"unit": BANQIAO, "customer": "customer-one", "asset": "asset-one", "received_at": 1_771_000_000_000}
    await unit.wrote(unit.clerk, Kind.SERVICE_CALL, "call-one", call | said)
    visit = await unit.dispatched()
    await unit.worked(visit, fault=f"{SECRET}-8", action=f"{SECRET}-9", arrived_latitude=25_012_345)
    signature = await unit.signed(visit, signer_name=NAME, strokes_sha256=name_of(STROKES))
    for file in (PHOTO, STROKES):
        proven(await unit.technician.client.put(f"/blobs/{name_of(file)}", content=file))
    tried = {"unit": BANQIAO, "call": "call-one", "visit": visit, "user": TECHNICIAN.user, "note": f"{SECRET}-11"}
    await unit.wrote(unit.technician, Kind.CONTACT_ATTEMPT, "attempt-one", tried)
    photo = {"unit": BANQIAO, "visit": visit, "image_sha256": name_of(PHOTO), "caption": f"{SECRET}-10"}
    await unit.wrote(unit.technician, Kind.PHOTO, "photo-one", photo)
    proven(await unit.close())
    return visit, signature


async def erased(
    unit: OneCall,
    name: str = NAME,
    reason: str = WHY,
    customer: str = "customer-one",
    settled: tuple[str, ...] = ("call-one",),
) -> httpx.Response:
    admin = await unit.world.enrolled(ADMIN)
    body = {"name": name, "reason": reason, "settled": settled}
    return await admin.client.post(ERASE.replace("customer-one", customer), json=body)


async def everything_in(world: World) -> bytes:
    """Every value of every row of every table."""
    found: list[bytes] = []
    async with world.journal.database.reading() as connection:
        for table in METADATA.tables.values():
            for row in await connection.execute(select(table)):
                found += [each if isinstance(each, bytes) else str(each).encode() for each in row]
    return b"\0".join(found)


def files_below(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


async def has_become_clean(world: World) -> None:
    """Wait until nothing is left to be cleaned up; raises ``TimeoutError`` after 30 s."""
    async with asyncio.timeout(30):
        while await _is_unclean(world):  # noqa: ASYNC110 - it cleans up behind the scenes and tells nobody
            await asyncio.sleep(0.02)


async def _is_unclean(world: World) -> bool:
    async with world.journal.database.reading() as connection:
        return bool(await unclean(connection))
