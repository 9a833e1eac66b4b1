"""What holds for every request and every answer: where it may come from, how large it may be, what it says."""

from pathlib import Path

import pytest

from schemas.protocol import MAX_PUSH_BYTES
from server.platform.security_headers import HEADERS
from tests.server.world import CLERK, World, problem, proven, running

ELSEWHERE = "https://elsewhere.example"


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": ELSEWHERE},
        {"Origin": "null"},
        {"Origin": "http://localhost:8401"},
        {"Origin": "http://localhost.elsewhere.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://localhost"},
    ],
)
async def test_another_site_changes_nothing(world: World, headers: dict[str, str]) -> None:
    browser = await world.signed_in(CLERK)
    for method, path in (("POST", "/api/session"), ("DELETE", "/api/session"), ("POST", "/sync/v1/push")):
        assert problem(await browser.request(method, path, headers=headers)) == (403, "request.origin")
    proven(await browser.get("/api/session"))


@pytest.mark.parametrize(
    "headers",
    [{}, {"Origin": "http://localhost"}, {"Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "none"}],
)
async def test_our_own_pages_and_programs_may(world: World, headers: dict[str, str]) -> None:
    proven(await (await world.signed_in(CLERK)).delete("/api/session", headers=headers))


async def test_behind_a_proxy_that_renames_the_host_the_browser_itself_says_it_is_ours(world: World) -> None:
    headers = {"Origin": "https://fieldproof.example", "Sec-Fetch-Site": "same-origin"}
    proven(await (await world.signed_in(CLERK)).delete("/api/session", headers=headers))


async def test_reading_is_open_to_links_from_elsewhere(world: World) -> None:
    browser = await world.signed_in(CLERK)
    proven(await browser.get("/api/session", headers={"Origin": ELSEWHERE, "Sec-Fetch-Site": "cross-site"}))


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/api/session", 401), ("GET", "/api/nowhere", 404), ("PATCH", "/api/session", 405)],
)
async def test_every_answer_tells_the_browser_what_it_may_do(world: World, method: str, path: str, status: int) -> None:
    answer = await (await world.client()).request(method, path)
    assert answer.status_code == status
    assert HEADERS.items() <= dict(answer.headers).items()


def test_the_app_loads_nothing_from_elsewhere_and_nobody_frames_it() -> None:
    policy = HEADERS["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


async def test_a_command_that_is_too_large_is_refused_before_it_is_read(world: World) -> None:
    browser = await world.client()
    answer = await browser.post("/api/session", content=b" " * (MAX_PUSH_BYTES + 1))
    assert problem(answer) == (413, "request.too_large")


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b'"\xff"', b'{"login": "\xed\xa0\x80", "password": ""}', b"[" * 100_000, b"1e999"]
)
async def test_a_body_that_is_no_json_is_malformed_and_nothing_worse(world: World, body: bytes) -> None:
    assert problem(await (await world.client()).post("/api/session", content=body)) == (400, "request.malformed")


async def test_an_unknown_field_of_a_command_is_refused(world: World) -> None:
    said = {"login": CLERK.login, "password": "x", "admin": True}
    assert problem(await (await world.client()).post("/api/session", json=said)) == (400, "request.malformed")


async def test_the_description_of_the_routes_is_for_who_is_signed_in(founded_url: str, tmp_path: Path) -> None:
    async with running(founded_url, tmp_path) as world:
        assert problem(await (await world.client()).get("/api/schema/openapi.json")) == (401, "session.missing")
        described = proven(await (await world.signed_in(CLERK)).get("/api/schema/openapi.json")).json()
        assert "/api/session" in described["paths"]
