"""The built app over HTTP: types, packing, caching, and which addresses are the app's own."""

import gzip
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, cast

import httpx
import pytest

from server.app import Parts, build_app
from server.platform.ambient import RealAmbient
from server.platform.settings import Settings

SCRIPT = b"export const greeting = 'hello';\n" * 40
FILES = {
    "index.html": b"<!doctype html><title>shell</title>",
    "worker.js": b"self.skipWaiting",
    "manifest.webmanifest": b"{}",
    "icons/seal.svg": b"<svg/>",
    "icons/seal-192.png": b"\x89PNG",
    "today.webp": b"RIFF",
    "assets/index-abc.js": SCRIPT,
    "assets/packed-abc.js": SCRIPT,
    "assets/packed-abc.js.br": b"packed by brotli",
    "assets/packed-abc.js.gz": gzip.compress(SCRIPT),
}
HTML = {"accept": "text/html,*/*"}


@pytest.fixture
async def browser(tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    for path, body in FILES.items():
        (tmp_path / "pwa" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "pwa" / path).write_bytes(body)
    app = build_app(Parts(Settings(data=tmp_path, pwa=tmp_path / "pwa"), RealAmbient()))
    transport = httpx.ASGITransport(cast("Any", app))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        yield client


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/worker.js", "text/javascript; charset=utf-8"),
        ("/manifest.webmanifest", "application/manifest+json"),
        ("/icons/seal.svg", "image/svg+xml"),
        ("/icons/seal-192.png", "image/png"),
        ("/today.webp", "image/webp"),
    ],
)
async def test_a_file_has_its_type_and_is_asked_for_anew(
    browser: httpx.AsyncClient, path: str, media_type: str
) -> None:
    answer = await browser.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (200, media_type)
    assert answer.headers["cache-control"] == "no-cache"
    assert answer.content == FILES[path.lstrip("/") or "index.html"]


async def test_a_file_with_its_hash_in_its_name_is_kept_for_ever(browser: httpx.AsyncClient) -> None:
    answer = await browser.get("/assets/index-abc.js")
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize(
    ("path", "accepted", "coding"),
    [
        ("/assets/packed-abc.js", "gzip, deflate, br", "br"),
        ("/assets/packed-abc.js", "gzip", "gzip"),
        ("/assets/packed-abc.js", "br;q=0, gzip;q=0.5", "gzip"),
        ("/assets/packed-abc.js", "", None),
        ("/assets/index-abc.js", "gzip, br", "gzip"),
        ("/assets/index-abc.js", "zstd", None),
        ("/icons/seal-192.png", "gzip, br", None),
    ],
)
async def test_the_best_packing_that_the_browser_takes_is_sent(
    browser: httpx.AsyncClient, path: str, accepted: str, coding: str | None
) -> None:
    async with browser.stream("GET", path, headers={"accept-encoding": accepted}) as answer:
        sent = b"".join([part async for part in answer.aiter_raw()])
    assert answer.headers.get("content-encoding") == coding
    assert answer.headers["vary"] == "accept-encoding"
    assert int(answer.headers["content-length"]) == len(sent)


async def test_what_the_browser_has_already_is_not_sent_again(browser: httpx.AsyncClient) -> None:
    etag = (await browser.get("/worker.js")).headers["etag"]
    again = await browser.get("/worker.js", headers={"if-none-match": etag})
    assert (again.status_code, again.content) == (304, b"")


async def test_every_packing_of_a_file_has_an_etag_of_its_own(browser: httpx.AsyncClient) -> None:
    async def asked(accepted: str, known: str = "") -> httpx.Response:
        sent = {"accept-encoding": accepted, "if-none-match": known}
        async with browser.stream("GET", "/assets/packed-abc.js", headers=sent) as answer:
            return answer

    codings = ("identity", "gzip", "br")
    etags = {coding: (await asked(coding)).headers["etag"] for coding in codings}
    assert len(set(etags.values())) == len(codings)
    told = {(kept, now): (await asked(now, etags[kept])).status_code for kept in codings for now in codings}
    assert {pair for pair, status in told.items() if status == 304} == {(coding, coding) for coding in codings}
    assert (await asked("br", f'"other", W/{etags["br"]}')).status_code == 304


@pytest.mark.parametrize("headers", [HTML, {"sec-fetch-mode": "navigate"}])
async def test_a_page_that_the_app_knows_opens_with_its_shell(
    browser: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    answer = await browser.get("/calls/some-call", headers=headers)
    assert answer.content == FILES["index.html"]


@pytest.mark.parametrize("path", ["/calls/some-call", "/assets/gone-abc.js", "/../settings.py", "/%2e%2e/x"])
async def test_a_file_that_is_not_there_is_not_the_shell(browser: httpx.AsyncClient, path: str) -> None:
    answer = await browser.get(path, headers={"accept": "*/*"})
    assert (answer.status_code, answer.json()["code"]) == (404, "request.not_found")


@pytest.mark.parametrize("path", ["/api/nowhere", "/sync/v9/hello", "/blobs/nothing/here", "/api"])
async def test_an_address_of_the_server_never_answers_with_the_shell(browser: httpx.AsyncClient, path: str) -> None:
    answer = await browser.get(path, headers=HTML)
    assert answer.headers["content-type"] == "application/problem+json"


async def test_asking_for_the_head_sends_no_body(browser: httpx.AsyncClient) -> None:
    answer = await browser.head("/worker.js")
    assert (answer.status_code, answer.content) == (200, b"")


@pytest.mark.parametrize("host", ["192.168.1.5", "fieldproof.example", "localhost.example"])
async def test_plain_http_from_elsewhere_gets_a_page_that_explains(browser: httpx.AsyncClient, host: str) -> None:
    answer = await browser.get(f"http://{host}/", headers=HTML)
    assert (answer.status_code, answer.headers["content-type"]) == (403, "text/html; charset=utf-8")
    assert "TLS_CERT" in answer.text
    assert "TRUST_PROXY" in answer.text


@pytest.mark.parametrize(
    "address", ["http://localhost", "http://127.0.0.1", "http://[::1]", "https://fieldproof.example"]
)
async def test_where_browsers_give_service_workers_the_app_itself_opens(
    browser: httpx.AsyncClient, address: str
) -> None:
    assert (await browser.get(f"{address}/", headers=HTML)).content == FILES["index.html"]
