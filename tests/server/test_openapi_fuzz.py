"""Whatever anybody sends, the answer is an answer: no route has a defect that its own description leads to.

The requests are generated from the application's OpenAPI description, both as it asks for them and in defiance of it;
the sync protocol's bodies, which are lines and not one JSON value, from the Structs of their lines. Chance comes from
``--hypothesis-seed``.
"""

import asyncio
import json
from collections.abc import Coroutine, Iterator
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.core.result import Ok

from schemas.problems import Code
from schemas.protocol import Hello, Operation, PushHead, ReOfferHead
from schemas.registry import SHAPES, Kind
from server.app import build_app
from server.platform import keys
from server.platform.ambient import RealAmbient
from server.platform.settings import Settings
from tests.server.world import ADMIN, TECHNICIAN, Person, SyncDevice, World, running
from tests.support.any_message import ANY_JSON, any_message
from tests.support.signing_device import body_of

NOT_ASKED = {
    "GET /sync/v1/live": "never ends",
    "GET /api/schema/{path}": "the framework's own page",
}
"""Route to why it is left out."""

DESCRIBED = schemathesis.openapi.from_dict(build_app(Settings(), RealAmbient()).openapi_schema.to_schema())
OPERATIONS = {
    f"{each.ok().method.upper()} {each.ok().path}": each.ok()
    for each in DESCRIBED.get_all_operations()
    if isinstance(each, Ok)
}
BOUNDED = settings(max_examples=settings().max_examples // 10, suppress_health_check=list(HealthCheck))
"""An example is a request to a real application over a real database: a tenth of what a pure law is given."""


@pytest.fixture(autouse=True)
def cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "_MEMORY_KIB", 8)


class Stage:
    """A running world that a synchronous test steps into; Hypothesis knows no asynchronous ones."""

    def __init__(self, runner: asyncio.Runner, world: World) -> None:
        self._runner = runner
        self.world = world

    def enrolled(self, person: Person) -> SyncDevice:
        """Return a person's freshly enrolled device."""
        return self._runner.run(self.world.enrolled(person))

    def ask(self, asking: Coroutine[Any, Any, httpx.Response]) -> None:
        """Ask, and fail the test for an answer that is none."""
        answer = self._runner.run(asking)
        assert answer.status_code < 500, answer.text
        if answer.status_code >= 400 and answer.content:
            Code(answer.json()["code"])


@pytest.fixture
def stage(founded_url: str, tmp_path: Path) -> Iterator[Stage]:
    with asyncio.Runner() as runner:
        living = running(founded_url, tmp_path)
        yield Stage(runner, runner.run(living.__aenter__()))
        runner.run(living.__aexit__(None, None, None))


@pytest.mark.parametrize("name", sorted(OPERATIONS.keys() - NOT_ASKED.keys()))
def test_no_request_to_a_route_ends_in_a_defect(stage: Stage, name: str) -> None:
    operation = OPERATIONS[name]
    as_asked = operation.as_strategy(generation_mode=GenerationMode.POSITIVE)
    in_defiance = operation.as_strategy(generation_mode=GenerationMode.NEGATIVE)
    addresses = iter(range(2**16))

    async def send(case: schemathesis.Case[Any]) -> httpx.Response:
        device = await stage.world.enrolled(ADMIN)
        browser = await stage.world.client(f"10.0.{(number := next(addresses)) >> 8}.{number & 255}")
        browser.cookies = device.client.cookies
        return await browser.request(**_request(case))

    @BOUNDED
    @given(case=as_asked | in_defiance)
    def ask(case: schemathesis.Case[Any]) -> None:
        stage.ask(send(case))

    ask()


def _request(case: schemathesis.Case[Any]) -> dict[str, Any]:
    asked = case.as_transport_kwargs(base_url="http://localhost")
    asked.pop("cookies", None)
    body = asked.pop("data", None)
    return asked | {"content": body} if isinstance(body, bytes | str) else asked


def encoded(values: st.SearchStrategy[Any]) -> st.SearchStrategy[bytes]:
    return values.map(lambda value: json.dumps(value).encode("utf-8", "surrogatepass"))


def said(shape: type[msgspec.Struct]) -> st.SearchStrategy[bytes]:
    """Return heads of a body: as the Struct has it, or any other JSON."""
    return encoded(any_message(shape) | ANY_JSON)


LINES = st.lists(st.binary(max_size=80) | said(Operation), max_size=4).map(b"\n".join)
BODIES: dict[str, st.SearchStrategy[bytes]] = {
    "hello": said(Hello),
    "push": st.tuples(said(PushHead), LINES).map(b"\n".join),
    "offer": st.tuples(said(ReOfferHead), LINES).map(b"\n".join),
}


@pytest.mark.parametrize("route", BODIES)
def test_no_body_of_the_sync_protocol_ends_in_a_defect(stage: Stage, route: str) -> None:
    device = stage.enrolled(TECHNICIAN)

    @BOUNDED
    @given(body=BODIES[route], encoding=st.sampled_from(["", "gzip", "br"]))
    def ask(body: bytes, encoding: str) -> None:
        headers = {"content-encoding": encoding} if encoding else {}
        stage.ask(device.client.post(f"/sync/v1/{route}", content=body, headers=headers))

    ask()


def operation_of(kind: Kind) -> st.SearchStrategy[bytes]:
    """Return operations of a kind whose fields it has, by their names if not by their values."""
    known = any_message(SHAPES[kind])
    fields = known | st.dictionaries(st.sampled_from(SHAPES[kind].__struct_fields__), ANY_JSON, max_size=2)
    return encoded(
        st.tuples(any_message(Operation), fields, st.sampled_from([0, 0, 0, 1])).map(
            lambda drawn: [1, kind.value, *drawn[0][2:5], drawn[2], drawn[1], *drawn[0][7:]]
        )
    )


@pytest.mark.parametrize("kind", list(Kind))
def test_whatever_a_device_signs_is_taken_in_or_refused_whole(stage: Stage, kind: Kind) -> None:
    payloads = st.lists(operation_of(kind) | st.binary(max_size=80).map(lambda line: line.replace(b"\n", b"")))

    @BOUNDED
    @given(payloads=payloads.filter(bool))
    def push(payloads: list[bytes]) -> None:
        device = stage.enrolled(TECHNICIAN)
        for payload in payloads:
            device.chain.append(payload)
        stage.ask(device.client.post("/sync/v1/push", content=body_of(*device.chain.push())))
        stage.ask(device.client.get("/sync/v1/pull"))

    push()
