"""A customer's copy of what he signed, by a link (1-4)."""

from typing import Any

import httpx
import pytest

from schemas.registry import Kind
from schemas.units import MOST_COPY_DAYS
from server.records.work import Setting
from tests.server.one_call import WORK, OneCall, at_work, signature
from tests.server.world import BANQIAO, COMPANY, MANAGER, TAOYUAN, World, problem, proven
from tests.support.pictures import name_of

SECRET = "Zm9ydHkgYml0cyBvciBtb3Jl"
STROKES = b"s1.AAAA"
MONTH_MS = 30 * 86_400_000


@pytest.fixture
async def unit(world: World) -> OneCall:
    return await at_work(world)


async def linked(unit: OneCall, **changed: Any) -> str:  # noqa: ANN401 - any field of a link
    """The technician's phone makes a link for what was just signed; the signature's id."""
    await unit.logged()
    _, signed = await unit.done_and_signed()
    told = {"unit": BANQIAO, "signature": signed, "secret": SECRET, "expires_at": unit.world.clock.now() + MONTH_MS}
    await unit.wrote(unit.technician, Kind.SIGNATURE_COPY, "copy-one", told | changed)
    return signed


async def read(unit: OneCall, secret: str = SECRET, company: str = COMPANY, copy: str = "copy-one") -> httpx.Response:
    """The customer opens the link, without any session."""
    browser = await unit.world.client()
    return await browser.post(f"/api/copies/{company}/{copy}", json={"secret": secret})


async def test_whoever_has_the_link_reads_exactly_what_was_signed(unit: OneCall) -> None:
    shown = await unit.world.document(Kind.SIGNATURE, await linked(unit))
    answer = proven(await read(unit))
    copy = answer.json()
    assert (copy["content"], copy["content_sha256"]) == (shown["content"], shown["content_sha256"])
    assert (copy["signer_name"], copy["signed_at"], copy["strokes"]) == (shown["signer_name"], shown["signed_at"], None)
    assert answer.headers["cache-control"] == "private, no-store"


async def test_an_amendment_changes_nothing_of_the_copy(unit: OneCall) -> None:
    visit = (await unit.world.document(Kind.SIGNATURE, await linked(unit)))["visit"]
    before = proven(await read(unit)).json()
    amendment = {"reason": "金額算錯", "fields": {"fee_total": 1}}
    proven(await unit.manager.client.post(f"/api/visits/{visit}/amend", json=amendment))
    assert proven(await read(unit)).json() == before


async def test_the_drawing_comes_with_it_once_the_phone_has_sent_it(unit: OneCall) -> None:
    signed = await unit.world.document(Kind.SIGNATURE, await linked(unit))
    name, fields = signature(unit.technician, str(signed["visit"]), WORK, strokes_sha256=name_of(STROKES))
    await unit.wrote(unit.technician, Kind.SIGNATURE, name, fields)
    await unit.wrote(unit.technician, Kind.SIGNATURE_COPY, "copy-one", {"signature": name})
    assert proven(await read(unit)).json()["strokes"] is None
    proven(await unit.technician.client.put(f"/blobs/{name_of(STROKES)}", content=STROKES))
    assert proven(await read(unit)).json()["strokes"] == STROKES.decode()


@pytest.mark.parametrize(
    "asked", [{"secret": SECRET[:-1]}, {"secret": ""}, {"company": "company-two"}, {"copy": "copy-two"}], ids=str
)
async def test_without_the_link_nobody_learns_whether_there_is_one(unit: OneCall, asked: dict[str, str]) -> None:
    await linked(unit)
    assert problem(await read(unit, **asked)) == (404, "copy.missing")


@pytest.mark.parametrize(
    "changed", [{"deleted": True}, {"secret": None}, {"secret": ""}, {"signature": "none-such"}], ids=str
)
async def test_a_link_that_was_taken_back_or_leads_nowhere_shows_nothing(
    unit: OneCall, changed: dict[str, Any]
) -> None:
    await linked(unit, **changed)
    assert problem(await read(unit, changed.get("secret") or SECRET)) == (404, "copy.missing")


async def test_a_link_expires_and_one_for_years_never_begins(unit: OneCall) -> None:
    await linked(unit)
    unit.world.clock.ahead_ms = MONTH_MS - 60_000
    proven(await read(unit))
    unit.world.clock.ahead_ms = MONTH_MS
    assert problem(await read(unit)) == (410, "copy.expired")
    unit.world.clock.ahead_ms = 0
    longest = {"expires_at": unit.world.clock.now() + MOST_COPY_DAYS * 86_400_000}
    await unit.wrote(unit.technician, Kind.SIGNATURE_COPY, "copy-one", longest)
    proven(await read(unit))
    years = {"expires_at": unit.world.clock.now() + 40 * MONTH_MS}
    await unit.wrote(unit.technician, Kind.SIGNATURE_COPY, "copy-one", years)
    assert problem(await read(unit)) == (410, "copy.expired")


async def test_f016_a_link_of_another_unit_does_not_lead_here(unit: OneCall) -> None:
    await linked(unit)
    await unit.world.decide(MANAGER, Setting(Kind.SIGNATURE_COPY, "copy-one", {"unit": TAOYUAN}))
    assert problem(await read(unit)) == (404, "copy.missing")
