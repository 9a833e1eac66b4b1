"""What stands in an address is checked before anybody looks it up: no text of it reaches a database as it came."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from server.app import Parts, build_app
from server.platform.ambient import RealAmbient
from server.platform.settings import Settings
from tests.server.everything import everything
from tests.server.one_call import OneCall, at_work
from tests.server.world import ADMIN, World, problem

TOLD = build_app(Parts(Settings(), RealAmbient())).openapi_schema.to_schema()
OWN_PAGE = "/api/schema/{path}"
"""The framework's own: it looks nothing up."""

Parameter = dict[str, Any]
NUL = "\x00"


def parameters() -> Iterator[tuple[str, str, Parameter]]:
    for path, item in TOLD["paths"].items():
        for method, operation in item.items():
            for parameter in operation.get("parameters", []) if path != OWN_PAGE else []:
                yield method.upper(), path, parameter


def schemas_of(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield every schema that a value may fit, each with what holds for all of them."""
    if "$ref" in schema:
        yield TOLD["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
        return
    whole = {name: value for name, value in schema.items() if name != "oneOf"}
    for one in schema.get("oneOf", [{}]):
        for inner in schemas_of(one) if one else [{}]:
            yield whole | inner


def lets_in(schema: dict[str, Any], value: str) -> bool:
    types = schema.get("type", "string")
    if "string" not in (types if isinstance(types, list) else [types]):
        return False
    if "enum" in schema:
        return value in schema["enum"]
    return "pattern" not in schema or re.search(schema["pattern"], value) is not None


EVERY = list(parameters())
IN_QUERY = [(method, path, each["name"]) for method, path, each in EVERY if each["in"] == "query"]


def test_each_text_in_an_address_has_a_pattern_or_a_list_that_keeps_nul_out() -> None:
    assert IN_QUERY
    assert [
        (method, path, each["name"])
        for method, path, each in EVERY
        if any(lets_in(schema, f"some-id{NUL}") or lets_in(schema, NUL) for schema in schemas_of(each["schema"]))
    ] == []


@pytest.fixture
async def unit(world: World) -> OneCall:
    return await at_work(world)


async def test_a_nul_in_a_query_is_answered_and_is_no_defect(unit: OneCall) -> None:
    there = (await everything(unit))[0].there
    admin = await unit.world.enrolled(ADMIN)
    given = {"cursor": "some", "after": "0", "until": "1"}
    for method, path, name in IN_QUERY:
        needed = {each["name"] for one, where, each in EVERY if (one, where) == (method, path) and each.get("required")}
        params = {each: given[each] for each in needed & given.keys()} | {name: NUL}
        answer = await admin.client.request(method, path.format(**there), params=params, content=b"{}")
        assert answer.status_code < 500, (path, name, answer.text)


async def test_a_nul_in_a_path_is_answered_and_is_no_defect(unit: OneCall) -> None:
    there = (await everything(unit))[0].there
    admin = await unit.world.enrolled(ADMIN)
    for method, path, parameter in EVERY:
        if parameter["in"] == "path":
            named = dict(there) | {parameter["name"]: "some%00id"}
            answer = await admin.client.request(method, path.format(**named), content=b"{}")
            assert 400 <= answer.status_code < 500, (path, parameter["name"], answer.text)


async def test_nobody_is_looked_for_in_the_log_by_what_is_no_id(unit: OneCall) -> None:
    admin = await unit.world.enrolled(ADMIN)
    for user in (NUL, f"{ADMIN.user}{NUL}", "王", ""):
        assert problem(await admin.client.get("/api/audit", params={"user": user})) == (400, "request.malformed")
