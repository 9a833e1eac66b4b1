"""The app can be installed as the product's own process serves it: Chromium finds nothing against it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, sync_playwright

from tests.browser.people import chromium_path, installed
from tests.support.processes import ServerProcess

pytestmark = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
"""What is served before anybody signs in does not depend on the database."""

SIZES = """(urls) => Promise.all(urls.map(async (url) => {
    const image = new Image();
    image.src = url;
    await image.decode();
    return [image.naturalWidth, image.naturalHeight];
}))"""


@pytest.fixture
def page(server: ServerProcess, tmp_path: Path) -> Iterator[Page]:
    """The first page in a browser with a profile: nothing can be installed from a private window."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch_persistent_context(tmp_path / "profile", executable_path=chromium_path())
        page = browser.new_page()
        page.goto(server.address)
        yield page
        browser.close()


def test_chromium_would_install_it(page: Page) -> None:
    installed(page)
    session = page.context.new_cdp_session(page)
    assert session.send("Page.getInstallabilityErrors") == {"installabilityErrors": []}
    assert session.send("Page.getAppManifest")["errors"] == []
    scope = page.evaluate("() => navigator.serviceWorker.ready.then((each) => new URL(each.scope).pathname)")
    assert scope == "/"


def test_the_manifest_names_the_app_and_its_icons_have_the_sizes_that_it_says(page: Page) -> None:
    manifest: dict[str, Any] = page.evaluate(
        "() => fetch(document.querySelector('link[rel=manifest]').href).then((answer) => answer.json())"
    )
    asked = ("name", "short_name", "start_url", "scope", "display", "lang")
    told = ("Fieldproof 售後服務", "Fieldproof", "/", "/", "standalone", "zh-Hant-TW")
    assert tuple(manifest[key] for key in asked) == told
    theme = page.locator("meta[name=theme-color]").first.get_attribute("content")
    assert manifest["theme_color"] == theme
    icons = {icon["src"]: icon["sizes"] for icon in manifest["icons"] if icon["type"] == "image/png"}
    loaded = page.evaluate(SIZES, list(icons))
    assert [f"{width}x{height}" for width, height in loaded] == list(icons.values())
    assert {"192x192", "512x512"} <= set(icons.values())
    assert [icon["sizes"] for icon in manifest["icons"] if icon.get("purpose") == "maskable"] == ["512x512"]
    drawn = [icon["src"] for icon in manifest["icons"] if icon["sizes"] == "any"]
    assert all(min(size) > 0 for size in page.evaluate(SIZES, drawn))
