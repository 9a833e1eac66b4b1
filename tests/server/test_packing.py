"""Pulled pages are packed for whoever unpacks them."""

import gzip

from schemas.registry import Kind
from tests.server.world import BANQIAO, CLERK, World


async def test_l1_a_large_page_is_packed_and_says_so(world: World) -> None:
    device = await world.enrolled(CLERK)
    for number in range(40):
        device.write(Kind.CUSTOMER, f"customer-{number}", {"unit": BANQIAO, "name": "陳美惠", "address": "文化路一段"})
    await device.push()
    plain = await device.client.get("/sync/v1/pull", headers={"accept-encoding": "identity"})
    async with device.client.stream("GET", "/sync/v1/pull", headers={"accept-encoding": "gzip"}) as answer:
        raw = b"".join([part async for part in answer.aiter_raw()])
    assert answer.headers["content-encoding"] == "gzip"
    assert len(raw) < len(plain.content) / 2
    assert gzip.decompress(raw).count(b'"put"') == plain.content.count(b'"put"') == 40 + _people(plain.content)


def _people(page: bytes) -> int:
    return sum(page.count(f'["put","{kind}"'.encode()) for kind in ("user", "unit", "role_grant", "device"))
