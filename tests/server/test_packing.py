"""Pulled pages are packed for whoever unpacks them."""

import gzip
from collections.abc import Callable, Mapping

import brotli
import httpx
import msgspec
import pytest
import zstandard

from schemas.protocol import PushReply
from schemas.registry import Kind
from server.exchange.lines import packed
from server.platform.content_coding import best_coding
from tests.server.world import BANQIAO, CLERK, World
from tests.support.signing_device import body_of

UNPACKED: Mapping[str, Callable[[bytes], bytes]] = {
    "zstd": zstandard.decompress,
    "br": brotli.decompress,
    "gzip": gzip.decompress,
    "identity": bytes,
}
CHROMIUM = "gzip, deflate, br, zstd"
SAFARI = "gzip, deflate, br"


@pytest.fixture
async def browser(world: World) -> httpx.AsyncClient:
    """A browser that has a large page to pull."""
    device = await world.enrolled(CLERK)
    for number in range(40):
        device.write(Kind.CUSTOMER, f"customer-{number}", {"unit": BANQIAO, "name": "陳美惠", "address": "文化路一段"})
    await device.push()
    return device.client


async def pulled(browser: httpx.AsyncClient, accepted: str) -> tuple[httpx.Headers, bytes]:
    """Headers and bytes of a pull as they went over the wire."""
    async with browser.stream("GET", "/sync/v1/pull", headers={"accept-encoding": accepted}) as answer:
        return answer.headers, b"".join([part async for part in answer.aiter_raw()])


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [(CHROMIUM, "zstd"), (SAFARI, "br"), ("gzip", "gzip"), ("gzip;q=0", "identity"), ("deflate", "identity")],
)
async def test_l1_a_large_page_is_packed_as_the_browser_takes_it_best_and_says_so(
    browser: httpx.AsyncClient, accepted: str, coding: str
) -> None:
    _, plain = await pulled(browser, "identity")
    headers, sent = await pulled(browser, accepted)
    assert headers["vary"] == "accept-encoding"
    assert headers.get("content-encoding", "identity") == coding
    assert int(headers["content-length"]) == len(sent)
    assert coding == "identity" or len(sent) < len(plain) / 2
    assert UNPACKED[coding](sent).count(b'"put"') == plain.count(b'"put"') == 40 + _people(plain)


async def test_p2_the_answer_to_a_large_push_is_packed_and_to_a_small_one_is_not(world: World) -> None:
    device = await world.enrolled(CLERK)
    codings, sizes = [], []
    for first, count in ((1, 1), (2, 100)):
        for number in range(first, first + count):
            device.write(Kind.CUSTOMER, f"customer-{number}", {"unit": BANQIAO, "name": "陳美惠"})
        body, headers = body_of(*device.chain.push(first)), {"accept-encoding": CHROMIUM}
        async with device.client.stream("POST", "/sync/v1/push", content=body, headers=headers) as answer:
            sent = b"".join([part async for part in answer.aiter_raw()])
        codings.append(answer.headers.get("content-encoding", "identity"))
        sizes.append(len(sent))
        told = msgspec.json.decode(UNPACKED[codings[-1]](sent), type=PushReply)
        assert (told.acked_seq, len(told.stamps)) == (first + count - 1, count)
    assert codings == ["identity", "zstd"]
    assert sizes[1] < 2 * sizes[0]


def test_what_is_small_goes_as_it_is() -> None:
    assert packed(b"[]", CHROMIUM) == (b"[]", {"vary": "accept-encoding"})


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [("", "identity"), ("GZIP", "gzip"), ("gzip;q=0.1", "gzip"), ("br;q=0.0, gzip ; q=1", "gzip"), ("xbr", "identity")],
)
def test_a_coding_is_taken_by_its_name(accepted: str, coding: str) -> None:
    assert best_coding(("br", "gzip"), accepted) == coding


def _people(page: bytes) -> int:
    return sum(page.count(f'["put","{kind}"'.encode()) for kind in ("user", "unit", "role_grant", "device"))
