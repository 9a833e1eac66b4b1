"""Whatever anybody sends, the answer is an answer: no route has a defect that its own description leads to.

The requests are generated from the application's OpenAPI description, both as it asks for them and in defiance of it;
the sync protocol's bodies, which are lines and not one JSON value, from the Structs of their lines. Chance comes from
``--hypothesis-seed``.
"""

import asyncio
import json
from collections.abc import Coroutine, Iterator, Mapping
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

from schemas import calendars
from schemas.members import structs_of
from schemas.problems import Code
from schemas.protocol import GivenBack, Hello, Operation, PushHead, ReOfferHead
from schemas.registry import SHAPES, Kind
from server.app import Parts, build_app
from server.platform import keys
from server.platform.ambient import RealAmbient
from server.platform.settings import Settings
from tests.server.everything import Names, everything
from tests.server.leaver import revoked
from tests.server.one_call import at_work
from tests.server.routes import ROUTES, Route, plain
from tests.server.world import ADMIN, CLERK, MANAGER, TECHNICIAN, Person, SyncDevice, World, running
from tests.support.any_message import ANY_JSON, any_message
from tests.support.signing_device import body_of

NOT_ASKED = {
    "GET /sync/v1/live": "never ends",
    "GET /api/schema/{path}": "the framework's own page",
    "POST /sync/v1/quarantine/hello": "opens to a signed request only; asked below",
    "POST /sync/v1/quarantine/push": "as above",
    "POST /sync/v1/quarantine/offer": "as above",
    "PUT /sync/v1/quarantine/blobs/{sha256}": "as above",
}
"""Route to why it is left out."""


def description() -> dict[str, Any]:
    """Return what the application says of its routes, and what Litestar leaves out.

    No body has a field of its own, and the dates of a list are dates.
    """
    told = build_app(Parts(Settings(), RealAmbient())).openapi_schema.to_schema()
    shapes = told["components"]["schemas"]
    for shape in shapes.values():
        shape.setdefault("additionalProperties", False)
    for name, whole in msgspec.json.schema_components(structs_of(calendars))[1].items():
        for field in [field for field, member in whole.get("properties", {}).items() if "items" in member]:
            shapes[name]["properties"][field]["items"] = whole["properties"][field]["items"]
    return told


DESCRIBED = schemathesis.openapi.from_dict(description())
OPERATIONS = {
    f"{each.ok().method.upper()} {each.ok().path}": each.ok()
    for each in DESCRIBED.get_all_operations()
    if isinstance(each, Ok)
}
ROUTE = {route.name: route for route in ROUTES}


def bounded(examples: int) -> settings:
    """An example is a request to a real application over a real database; ``make proof`` gives twenty times as many."""
    times = settings().max_examples // 100
    return settings(max_examples=examples * times, suppress_health_check=list(HealthCheck))


MANY, FEW = bounded(50), bounded(20)
ASKED_MOST = ("/sync/", "/api/session", "/api/devices")
"""Routes that whoever finds the address tries first."""

PEOPLE = (TECHNICIAN, MANAGER, CLERK, ADMIN)
AT_THE_DOOR = {"session.missing", "session.role_missing", "request.malformed"}
"""What is answered before anybody looks at what was asked."""

HAS_LINES = {"POST /sync/v1/hello", "POST /sync/v1/push", "POST /sync/v1/offer", "POST /sync/v1/entrusted"}
"""Routes whose bodies the description does not tell; they are asked below."""


@pytest.fixture(autouse=True)
def cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "_MEMORY_KIB", 8)


class Stage:
    """A running world that a synchronous test steps into; Hypothesis knows no asynchronous ones."""

    def __init__(self, runner: asyncio.Runner, world: World) -> None:
        self.run = runner.run
        self.world = world
        self._devices: dict[Person, SyncDevice] = {}

    def device(self, person: Person) -> SyncDevice:
        """Return a person's device, another one once its session has ended."""
        if person not in self._devices:
            self._devices[person] = self.run(self.world.enrolled(person))
        return self._devices[person]

    def ask(self, asking: Coroutine[Any, Any, httpx.Response]) -> str:
        """Ask, fail the test for an answer that is none, and return its code, empty for one that says yes."""
        answer = self.run(asking)
        assert answer.status_code < 500, answer.text
        code = Code(answer.json()["code"]) if answer.status_code >= 400 and answer.content else ""
        if code in {Code.SESSION_MISSING, Code.DEVICE_REVOKED}:
            self._devices.clear()
        return code


@pytest.fixture
def stage(founded_url: str, tmp_path: Path) -> Iterator[Stage]:
    with asyncio.Runner() as runner:
        living = running(founded_url, tmp_path)
        yield Stage(runner, runner.run(living.__aenter__()))
        runner.run(living.__aexit__(None, None, None))


def admitted(route: Route) -> Person:
    """Return somebody who may use a route."""
    return next(person for person in PEOPLE if not route.roles or route.roles & set(person.roles))


@pytest.mark.parametrize("name", sorted(OPERATIONS.keys() - NOT_ASKED.keys()))
def test_no_request_to_a_route_ends_in_a_defect(stage: Stage, name: str) -> None:
    operation, route = OPERATIONS[name], ROUTE[plain(name)]
    person = admitted(route)
    as_asked = operation.as_strategy(generation_mode=GenerationMode.POSITIVE)
    in_defiance = operation.as_strategy(generation_mode=GenerationMode.NEGATIVE)
    there = [{}, *(each.there for each in stage.run(filled(stage.world)))] if route.parameters else [{}]
    addresses = iter(range(2**16))
    codes: set[str] = set()

    async def send(case: schemathesis.Case[Any], named: Mapping[str, object], device: SyncDevice) -> httpx.Response:
        browser = await stage.world.client(f"10.0.{(number := next(addresses)) >> 8}.{number & 255}")
        browser.cookies = device.client.cookies
        case.path_parameters = {**case.path_parameters, **{name: named[name] for name in route.parameters if named}}
        return await browser.request(**_request(case))

    @(MANY if route.path.startswith(ASKED_MOST) else FEW)
    @given(case=as_asked | in_defiance, named=st.sampled_from(there))
    def ask(case: schemathesis.Case[Any], named: Mapping[str, object]) -> None:
        codes.add(stage.ask(send(case, named, stage.device(person))))

    ask()
    assert codes - AT_THE_DOOR or name in HAS_LINES, "nobody came past the door"


async def filled(world: World) -> list[Names]:
    """Give the unit one of everything, so that a command finds what it names."""
    return await everything(await at_work(world))


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
    "entrusted": said(GivenBack),
}


@pytest.mark.parametrize("route", BODIES)
def test_no_body_of_the_sync_protocol_ends_in_a_defect(stage: Stage, route: str) -> None:
    device = stage.device(TECHNICIAN)

    @MANY
    @given(body=BODIES[route], encoding=st.sampled_from(["", "gzip", "br"]))
    def ask(body: bytes, encoding: str) -> None:
        headers = {"content-encoding": encoding} if encoding else {}
        stage.ask(device.client.post(f"/sync/v1/{route}", content=body, headers=headers))

    ask()


@pytest.mark.parametrize("route", BODIES)
def test_no_body_at_the_quarantines_door_ends_in_a_defect(stage: Stage, route: str) -> None:
    unit = stage.run(at_work(stage.world))
    leaver = stage.run(revoked(unit, unit.technician))

    @FEW
    @given(body=BODIES[route])
    def ask(body: bytes) -> None:
        stage.ask(leaver.ask(f"/{route}", body))
        stage.ask(leaver.blob(body))

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

    @FEW
    @given(payloads=payloads.filter(bool))
    def push(payloads: list[bytes]) -> None:
        device = stage.run(stage.world.enrolled(TECHNICIAN))
        for payload in payloads:
            device.chain.append(payload)
        stage.ask(device.client.post("/sync/v1/push", content=body_of(*device.chain.push())))
        stage.ask(device.client.get("/sync/v1/pull"))

    push()
