"""Devices of an older schema beside those of today: what they are served, and what they push (SPEC O7, L6)."""

import json
from typing import Any

import msgspec
import pytest
from msgspec import structs

from schemas.protocol import OLDEST_SCHEMA, PROTOCOL, SCHEMA, PullHeader, PullPut
from schemas.registry import Kind
from sync.casting import FIELDS, downcast
from sync.digest import combine, row_digest
from tests.server.one_call import OneCall, at_work
from tests.server.world import BANQIAO, CLERK, CLERK_ELSEWHERE, SyncDevice, World, problem, proven


@pytest.fixture
async def unit(world: World) -> OneCall:
    """A call that is served, with a photo."""
    unit = await at_work(world)
    await unit.logged()
    visit = await unit.dispatched()
    await unit.worked(visit)
    photo = {"unit": BANQIAO, "visit": visit, "image_sha256": "f" * 64, "caption": "銘牌"}
    await unit.wrote(unit.technician, Kind.PHOTO, "photo-one", photo)
    return unit


async def page(device: SyncDevice, **query: str) -> list[list[Any]]:
    answer = proven(await device.client.get("/sync/v1/pull", params=query))
    return [json.loads(line) for line in answer.content.splitlines()]


def kinds(lines: list[list[Any]]) -> set[str]:
    return {line[1] for line in lines if line[0] in ("put", "forget")}


def digest_of(lines: list[list[Any]]) -> str:
    return combine(row_digest(kind, doc, position) for verb, kind, doc, position, *_ in lines if verb == "put")


async def test_l6_a_kind_that_began_later_is_not_sent_to_an_older_device(unit: OneCall) -> None:
    assert kinds(await page(unit.clerk)) == kinds(await page(unit.clerk, schema=str(SCHEMA))) - {"photo"}
    assert "photo" in kinds(await page(unit.clerk, schema=str(SCHEMA)))


async def test_l6_the_digest_counts_what_a_device_of_that_schema_holds(unit: OneCall) -> None:
    for schema in (OLDEST_SCHEMA, SCHEMA):
        lines = await page(unit.clerk, schema=str(schema), digest="true")
        assert lines[-1][-1] == digest_of(lines)


async def test_l6_a_photo_that_is_gone_or_out_of_scope_leaves_an_older_devices_digest_as_it_was(
    unit: OneCall,
) -> None:
    stranger = await unit.world.enrolled(CLERK_ELSEWHERE)
    await unit.wrote(unit.technician, Kind.PHOTO, "photo-one", {"deleted": True})
    for device in (unit.clerk, stranger):
        lines = await page(device, digest="true")
        assert "photo" not in kinds(lines)
        assert lines[-1][-1] == digest_of(lines)


async def test_l6_an_older_device_passes_what_it_is_not_sent_and_goes_on_behind_it(unit: OneCall) -> None:
    lines = await page(unit.clerk, limit="1")
    seen = list(lines)
    while lines[-1][3] and len(seen) < 1_000:
        lines = await page(unit.clerk, limit="1", cursor=lines[-1][1])
        seen += lines
    assert lines[-1][3] is False
    assert "customer" in kinds(seen)
    assert "photo" not in kinds(seen)
    cursor = lines[-1][1]
    await unit.wrote(unit.clerk, Kind.CUSTOMER, "customer-one", {"note": "二樓"})
    lines = await page(unit.clerk, cursor=cursor)
    assert lines[0][3] is False
    assert kinds(lines) == {"customer"}


async def test_l6_a_device_that_was_updated_receives_what_its_older_self_could_not_read(unit: OneCall) -> None:
    older = (await page(unit.clerk))[-1][1]
    lines = await page(unit.clerk, cursor=older, schema=str(SCHEMA))
    assert lines[0][3] is True
    assert "photo" in kinds(lines)
    again = await page(unit.clerk, cursor=lines[-1][1], schema=str(SCHEMA))
    assert (again[0][3], kinds(again)) == (False, set())


@pytest.mark.parametrize("schema", ["0", str(SCHEMA + 1), "x"])
async def test_l6_a_schema_that_is_not_spoken_is_no_wish(unit: OneCall, schema: str) -> None:
    answer = await unit.clerk.client.get("/sync/v1/pull", params={"schema": schema})
    assert problem(answer) == (400, "request.malformed")


@pytest.mark.parametrize("schema", range(OLDEST_SCHEMA, SCHEMA + 1))
async def test_p1_every_schema_of_the_range_is_greeted_and_told_the_range(world: World, schema: int) -> None:
    device = await world.enrolled(CLERK)
    said = structs.replace(device.chain.hello(), schema=schema)
    reply = proven(await device.client.post("/sync/v1/hello", content=msgspec.json.encode(said))).json()
    assert (reply["schema_range"], reply["proto_range"]) == ([OLDEST_SCHEMA, SCHEMA], [PROTOCOL, PROTOCOL])


@pytest.mark.parametrize("schema", [OLDEST_SCHEMA - 1, SCHEMA + 1])
async def test_p1_a_schema_beyond_the_range_is_told_that_it_is_not_spoken(world: World, schema: int) -> None:
    device = await world.enrolled(CLERK)
    said = structs.replace(device.chain.hello(), schema=schema)
    answer = await device.client.post("/sync/v1/hello", content=msgspec.json.encode(said))
    assert problem(answer) == (426, "sync.protocol")


@pytest.mark.parametrize("kind", Kind)
def test_l6_a_row_is_told_with_the_fields_of_its_schema_and_no_others(kind: Kind) -> None:
    fields = dict.fromkeys(FIELDS[SCHEMA][kind])
    row = PullPut(kind.value, "doc-one", 7, fields, dict.fromkeys(fields, ()))
    for schema, known in FIELDS.items():
        if kind in known:
            told = downcast(schema, row)
            assert told.fields.keys() == told.rivals.keys() == known[kind]
            assert (told.kind, told.id, told.position) == (row.kind, row.id, row.position)


async def test_l6_todays_own_cursor_is_no_older_devices(unit: OneCall) -> None:
    mine = (await page(unit.clerk, schema=str(SCHEMA)))[-1][1]
    header = msgspec.convert((await page(unit.clerk, cursor=mine))[0], PullHeader)
    assert header.replace is True
