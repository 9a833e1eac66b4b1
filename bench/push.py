"""Durable pushes over HTTP with session, device signature, merge, verdicts and projection."""

import asyncio
import time
from collections.abc import Iterator
from typing import Any

from bench.lines import line
from bench.served import device_of, served
from schemas.vocabulary import Place
from tests.server.world import BANQIAO, TECHNICIAN

OPERATIONS = 6_000
BATCH = 200


def visit(number: int) -> dict[str, Any]:
    """Return a visit as technicians write it, all fields in one operation."""
    return {
        "unit": BANQIAO,
        "call": f"call-{number}",
        "asset": f"asset-{number}",
        "technician": TECHNICIAN.user,
        "category": "warranty",
        "en_route_at": 1_795_000_000_000 + number,
        "arrived_at": 1_795_000_900_000 + number,
        "fault": "溫度感測器故障，排水孔阻塞，冷藏室不冷並有滴水聲",
        "action": "更換溫度感測器一個，疏通排水孔，測試降溫三十分鐘正常",
        "outcome": "fixed",
        "fee_total": 0,
        "finished_at": 1_795_003_600_000 + number,
    }


async def _pushed(address: str) -> float:
    device = await device_of(address, TECHNICIAN, Place.FIELD)
    for number in range(OPERATIONS):
        device.chain.write("service_visit", f"visit-{number}", visit(number))
    began = time.perf_counter()
    for first in range(1, OPERATIONS + 1, BATCH):
        await device.push(first, first + BATCH - 1)
    elapsed = time.perf_counter() - began
    await device.client.aclose()
    return elapsed


def measure() -> Iterator[str]:
    """Yield operations a second on SQLite, one device after the other, batches of 200."""
    with served() as serving:
        elapsed = asyncio.run(_pushed(serving.address))
    rate = round(OPERATIONS / elapsed)
    yield line("push", database="sqlite", operations=OPERATIONS, batch=BATCH, seconds=round(elapsed, 3), ops_per_s=rate)
