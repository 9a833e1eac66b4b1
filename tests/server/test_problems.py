"""What an answer tells that says no: a code for programs, a plain sentence for people, and nothing of the inside."""

import logging

import httpx
import pytest

from schemas.problems import STATUS, Code
from schemas.sentences import SENTENCES, Language
from server.platform.languages import spoken
from server.records.ledger import Head
from server.records.sql_ledger import SqlLedger
from tests.server.world import TECHNICIAN, World, problem

SECRET = "postgresql://somebody:something@db"


async def refused(world: World, language: str | None = None) -> httpx.Response:
    browser = await world.client()
    return await browser.get("/api/session", headers={} if language is None else {"accept-language": language})


async def test_a_problem_is_told_as_rfc_9457_has_it(world: World) -> None:
    answer = await refused(world)
    assert problem(answer) == (401, "session.missing")
    assert answer.json() == {
        "type": "urn:fieldproof:problem:session.missing",
        "title": SENTENCES[Code.SESSION_MISSING].zh_hant,
        "status": STATUS[Code.SESSION_MISSING],
        "code": "session.missing",
        "facts": {},
    }


@pytest.mark.parametrize(
    ("wished", "language"), [(None, Language.ZH_HANT), ("zh-CN,zh;q=0.9", Language.ZH_HANS), ("en-GB", Language.EN)]
)
async def test_its_sentence_is_in_the_language_that_the_browser_asks_for(
    world: World, wished: str | None, language: Language
) -> None:
    answer = await refused(world, wished)
    assert answer.json()["title"] == SENTENCES[Code.SESSION_MISSING].in_language(language)
    assert answer.headers["content-language"] == language


@pytest.mark.parametrize(
    ("wished", "language"),
    [
        ("", Language.ZH_HANT),
        ("*", Language.ZH_HANT),
        ("fr, de;q=0.5", Language.ZH_HANT),
        ("zh", Language.ZH_HANT),
        ("zh-TW,zh;q=0.9,en-US;q=0.8,en;q=0.7", Language.ZH_HANT),
        ("zh-Hans-CN", Language.ZH_HANS),
        ("ZH-hans", Language.ZH_HANS),
        ("fr;q=0.9, en;q=0.8, zh-CN;q=0.85", Language.ZH_HANS),
        ("en;q=0, zh-CN;q=0.1", Language.ZH_HANS),
        ("en;q=x, zh-CN", Language.ZH_HANS),
        ("en;q=nan, zh-CN;q=0.1", Language.ZH_HANS),
        ("en; q=0.3 , zh-TW; q=0.2", Language.EN),
        ("english", Language.ZH_HANT),
        (",;=,;q=", Language.ZH_HANT),
    ],
)
def test_the_best_liked_language_that_is_spoken_is_taken(wished: str, language: Language) -> None:
    assert spoken(wished) is language


async def test_a_method_that_an_address_does_not_know_is_named(world: World) -> None:
    assert problem(await (await world.client()).put("/api/session")) == (405, "request.method")


async def test_a_defect_tells_nothing_but_the_number_under_which_the_log_has_it(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    device = await world.enrolled(TECHNICIAN)

    async def broken(_ledger: SqlLedger) -> Head:
        raise RuntimeError(SECRET)

    monkeypatch.setattr(SqlLedger, "end", broken)
    with caplog.at_level(logging.ERROR, "fieldproof"):
        answer = await device.client.get("/sync/v1/pull")
    assert problem(answer) == (500, "server.defect")
    assert SECRET not in answer.text
    request = answer.json()["facts"]["request"]
    assert [record.getMessage() for record in caplog.records] == [f"request {request} GET /sync/v1/pull failed"]
    assert SECRET in caplog.text
