"""Whether everybody can use a screen, as far as axe and the width of the page can tell."""

import json
from typing import Any, Literal

from playwright.sync_api import Page, ViewportSize

from tests.browser.people import OFFICE, PHONE
from tests.browser.served import PWA

AXE = PWA / "node_modules" / "axe-core" / "axe.min.js"
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


def violations(page: Page) -> list[str]:
    """Return what shuts somebody out of the screen that is shown, at both sizes, in light and in dark."""
    page.evaluate(AXE.read_text())  # not as a script of the page: its policy forbids foreign ones
    before = page.viewport_size
    found = [told for size in (PHONE, OFFICE) for told in _at_size(page, size)]
    if before:
        page.set_viewport_size(before)
    return found


def _at_size(page: Page, size: ViewportSize) -> list[str]:
    page.set_viewport_size(size)
    width = page.evaluate("() => document.documentElement.scrollWidth")
    too_wide = [f"{page.url} at {size['width']}: {width} wide"] if width > size["width"] else []
    return too_wide + [f"{told} at {size['width']}" for theme in THEMES for told in _in_theme(page, theme)]


def _in_theme(page: Page, theme: Literal["light", "dark"]) -> list[str]:
    page.emulate_media(color_scheme=theme)
    page.evaluate("() => Promise.all(document.getAnimations().map((each) => each.finished.catch(() => null)))")
    found = page.evaluate("() => axe.run(document, { resultTypes: ['violations'] })")
    serious = [each for each in found["violations"] if each["impact"] in {"serious", "critical"}]
    return [f"{page.url} {theme}: {_told(each)}" for each in serious]


def _told(violation: dict[str, Any]) -> str:
    return f"{violation['id']}: {json.dumps([node['target'] for node in violation['nodes']])}"
