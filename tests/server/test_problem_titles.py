"""The title of a problem is its whole sentence, with what is wrong in it and not with a hole."""

import ast
import re
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from litestar import Litestar, Request
from litestar.testing import RequestFactory

from schemas.problems import Code, Problem
from schemas.sentences import SENTENCES, Language
from server.platform.problem_responses import filled, on_problem
from tests.repo.tree import text, written
from tests.server.world import ADMIN, World

HOLE = re.compile(r"\{(\w+)[}|]")


def holes(code: Code) -> frozenset[str]:
    sentence = SENTENCES[code]
    return frozenset(name for language in Language for name in HOLE.findall(sentence.in_language(language)))


WITH_HOLES = {code: names for code in Code if (names := holes(code))}


def asked(language: Language) -> Request[Any, Any, Any]:
    app = Litestar(logging_config=None)  # its own would let everything below it log
    return RequestFactory(app).get("/api", headers={"accept-language": language.value})


def title(code: Code, language: Language, **facts: object) -> str:
    answer = on_problem(asked(language), Problem(code, **facts))
    return str(msgspec.json.decode(answer.content)["title"])


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("code", WITH_HOLES)
def test_a_title_has_its_facts_in_it_and_no_hole(code: Code, language: Language) -> None:
    facts = {name: f"fact-{name}" for name in WITH_HOLES[code]}
    said = title(code, language, **facts)
    assert "{" not in said
    assert [fact for fact in facts.values() if fact not in said] == []


def test_what_a_fact_holds_is_said_as_it_is() -> None:
    assert "{zone}" in title(Code.UNIT_TIME_ZONE, Language.EN, zone="{zone}")
    assert r"\1 {prefix}" in title(Code.UNIT_TIME_ZONE, Language.EN, zone=r"\1 {prefix}")


def test_english_has_a_word_for_one_and_another_for_more() -> None:
    assert [filled("{count} {count|row|rows}", {"count": count}) for count in (1, 2)] == ["1 row", "2 rows"]


def raised() -> Iterator[tuple[str, Code, frozenset[str]]]:
    """Yield every place in which a problem is raised by its code's name, with the names of its facts."""
    for path in written(".py", under=("server/", "schemas/rules/")):
        for node in ast.walk(ast.parse(text(path))):
            match node:
                case ast.Call(func=ast.Name(id="Problem"), args=[ast.Attribute(value=ast.Name(id="Code"), attr=name)]):
                    yield f"{path}:{node.lineno}", Code[name], frozenset(each.arg or "" for each in node.keywords)
                case _:
                    pass


def test_whoever_raises_a_problem_gives_the_facts_that_its_sentence_names() -> None:
    places = list(raised())
    assert {code for _, code, _ in places} >= WITH_HOLES.keys()
    assert [where for where, code, facts in places if not holes(code) <= facts] == []


async def test_a_time_zone_that_there_is_not_is_named_in_the_title(world: World) -> None:
    admin = await world.enrolled(ADMIN)
    answer = await admin.client.post(
        "/api/units",
        json={"kind": "branch", "code": "HSC", "name": "新竹服務組", "time_zone": "Asia/Nowhere"},
        headers={"accept-language": "en"},
    )
    assert answer.json()["title"] == "There is no time zone Asia/Nowhere; nothing was saved. Choose one from the list."
