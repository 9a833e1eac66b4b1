"""Takes the user guide's pictures anew: ``python -m tests.browser.guide_pictures`` (`make pictures` runs it).

A picture is a page of the gallery and has its name: whoever writes ``img/phone-outbox.webp`` into a guide gets it.
"""

import io
import re
import tempfile
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tests.browser.people import OFFICE, PHONE, launched
from tests.browser.served import build, served

GUIDE = Path(__file__).parents[2] / "docs" / "guide"
PICTURES = GUIDE / "img"
_NAMED = re.compile(r"\(img/([a-z-]+)\.webp\)")
_NOW = datetime(2026, 11, 23, 2, 40, tzinfo=UTC)
"""The gallery's now, for what the browser itself shows."""

LIMIT = 60_000
"""Bytes that a picture may have: everybody's phone keeps those of its role."""

_COLOURS = (64, 48, 32)
"""As many as the limit allows. Screens have few colours; without loss letters stay sharp, and small."""


def wanted() -> set[str]:
    """Return the names of the pictures that the guides show."""
    return {name for path in GUIDE.glob("*.md") for name in _NAMED.findall(path.read_text())}


def take(names: Iterable[str], folder: Path) -> None:
    """Take pictures of pages of the gallery into a folder."""
    with tempfile.TemporaryDirectory() as built:
        build(Path(built), "build/gallery.config.ts")
        with served(Path(built)) as port, sync_playwright() as playwright:
            chromium = launched(playwright)
            for name in names:
                (folder / f"{name}.webp").write_bytes(_packed(_shot(chromium, port, name)))
            chromium.close()


def _shot(chromium: Browser, port: int, name: str) -> bytes:
    is_phone = name.startswith("phone")
    context = chromium.new_context(
        viewport=PHONE if is_phone else OFFICE,
        device_scale_factor=2 if is_phone else 1,
        locale="zh-TW",
        timezone_id="Asia/Taipei",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.clock.set_fixed_time(_NOW)
    page.goto(f"http://127.0.0.1:{port}/?page={name}&theme=light", wait_until="networkidle")
    page.locator("main").first.wait_for(state="attached")
    shot = page.screenshot()
    context.close()
    return shot


def _packed(shot: bytes) -> bytes:
    with Image.open(io.BytesIO(shot)) as image:
        plain = image.convert("RGB")
    return next(packed for colours in _COLOURS if len(packed := _with(plain, colours)) <= LIMIT)


def _with(plain: Image.Image, colours: int) -> bytes:
    packed = io.BytesIO()
    few = plain.quantize(colours, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).convert("RGB")
    few.save(packed, "webp", lossless=True, quality=100, method=6)
    return packed.getvalue()


if __name__ == "__main__":
    PICTURES.mkdir(exist_ok=True)
    for old in PICTURES.glob("*.webp"):
        old.unlink()
    take(sorted(wanted()), PICTURES)
