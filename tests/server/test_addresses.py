"""Names in addresses that cannot be: refused before anybody looks them up, on every route that is given one."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from litestar.handlers import HTTPRouteHandler

from server.app import Parts, build_app
from server.platform.ambient import RealAmbient
from server.platform.settings import Settings
from tests.server.week import WEEK
from tests.server.world import ADMIN, CLERK, MANAGER, World, problem

IMPOSSIBLE = ("x", "UPPER-CASE", "a%00bcd", "a" * 41, "%F0%9F%98%80abc")
SOUND = {"kind": "customer", "seq": "1", "number": "0"}
BODIES: dict[str, dict[str, Any]] = {
    "/dispatch": {"technician": "technician-one", "planned_at": 1},
    "/confirm": {"note": "已電話確認", "content_sha256": "0" * 64},
    "/amend": {"reason": "x", "fields": {"fee_total": 1}},
    "/cancel": {"reason": "x"},
    "/move": {"technician": "technician-one", "planned_at": 1},
    "/withdraw": {"reason": "x"},
    "/duplicate": {"of": "call-two"},
    "/reinstate": {"reason": "x"},
    "/receipt": {"received_at": 1, "reason": "x"},
    "/merge": {"into": "customer-two"},
    "/apply": {"reason": "x"},
    "/reject": {"reason": "x"},
    "/erase": {"name": "x", "reason": "x"},
    "/login": {"login": "x"},
    "/hours": WEEK,
    "/days": {"dates": ["2026-07-10"], "kind": "closure", "name": "x"},
    "/usual-days": {"dates": ["2026-07-10"]},
    "/holidays": {"year": 2026},
    "/limits": {"lag_minutes": 30, "copy_days": 14},
    "/districts": {"name": "x", "zone": "urban"},
    "/reconciliation": {"note": "x"},
    "/acting": {"user": "clerk-one", "acting_for": "manager-one", "starts_at": 1, "until_at": 2},
}
"""Beginning with a sound body, so that only the address is at fault."""
DOOR = "/sync/v1/quarantine/"
AT_THE_DOOR = (401, "session.missing")
"""Only what a stopped device signed is looked at there; people with a session are nobody."""


def named_routes() -> Iterator[tuple[str, str]]:
    """Method and address of every command and look-up that is given the name of something (HEAD: as GET, untold)."""
    for route in build_app(Parts(Settings(data=Path("unused")), RealAmbient())).routes:
        for handler in getattr(route, "route_handlers", ()):
            is_ours = isinstance(handler, HTTPRouteHandler) and not route.path_format.startswith(("/api/schema", "/{"))
            if is_ours and "{" in route.path_format:
                yield from ((method, route.path_format) for method in handler.http_methods - {"HEAD", "OPTIONS"})


def addresses(path: str, name: str) -> str:
    for given in [part.strip("{}") for part in path.split("/") if part.startswith("{")]:
        path = path.replace("{" + given + "}", SOUND.get(given, name))
    return path


@pytest.mark.parametrize("name", IMPOSSIBLE)
async def test_a_name_that_cannot_be_is_refused_by_every_route(world: World, name: str) -> None:
    people = [(await world.enrolled(person)).client for person in (ADMIN, MANAGER, CLERK)]
    routes = sorted(named_routes())
    assert len(routes) > 10
    for method, path in routes:
        body = next((body for end, body in BODIES.items() if path.endswith(end)), {})
        answers = [await browser.request(method, addresses(path, name), json=body) for browser in people]
        told = {problem(answer) for answer in answers if answer.status_code != 403}
        assert told == {AT_THE_DOOR if path.startswith(DOOR) else (400, "request.malformed")}, path
