"""A frozen phone: everything that a technician's browser kept, out of Chromium and into it again."""

import json
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page, Route

from tests.prior.keys import phone_key
from tests.prior.office import PRIOR

_SCRIPT = (Path(__file__).parent / "phone.js").read_text()
_EMPTY_PAGE = "thaw"

Databases = list[dict[str, Any]]


def use_key(context: BrowserContext, version: str) -> None:
    """Let the browser make the one device key that can be made again, of a version or of any other name."""
    made = f"{_SCRIPT}.keyPair({json.dumps(phone_key(version))})"
    context.add_init_script(f"{{ const made = {made}; SubtleCrypto.prototype.generateKey = () => made; }}")


def freeze(page: Page, folder: Path) -> None:
    """Write down what the page's browser keeps; private keys are only mentioned."""
    databases = kept(page)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "phone.json").write_text(json.dumps(databases, ensure_ascii=False, indent=1) + "\n")


def kept(page: Page) -> Databases:
    """Return what the page's browser keeps; private keys are only mentioned."""
    databases: Databases = page.evaluate(f"{_SCRIPT}.frozen()")
    return databases


def thaw(context: BrowserContext, address: str, version: str) -> None:
    """Fill the databases of a browser that the app has never been in with those of a frozen phone."""
    fill(context, address, version, frozen(version))


def fill(context: BrowserContext, address: str, version: str, databases: Databases) -> None:
    """Fill the databases of a browser that the app has never been in; its device's key is that of a version."""

    def empty(route: Route) -> None:
        route.fulfill(body="", content_type="text/html")

    context.route(f"{address}/{_EMPTY_PAGE}", empty)
    page = context.new_page()
    page.goto(f"{address}/{_EMPTY_PAGE}")
    given = {"databases": databases, "jwk": phone_key(version)}
    page.evaluate(f"(given) => {_SCRIPT}.thaw(given)", given)
    page.close()


def frozen(version: str) -> Databases:
    """Return the databases as they were written down."""
    databases: Databases = json.loads((PRIOR / version / "phone.json").read_text())
    return databases


def rows_of(version: str, database: str, store: str) -> list[Any]:
    """Return the values of one of the frozen stores."""
    (found,) = (each for each in frozen(version) if each["name"] == database)
    (rows,) = (each["rows"] for each in found["stores"] if each["name"] == store)
    return [value for _, value in rows]
