"""What every answer tells the browser about what the app may load, and who may show it."""

from collections.abc import Mapping
from types import MappingProxyType

from litestar.types import Message, Scope

_POLICY = (
    "default-src 'self'; img-src 'self' blob: data:; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
"""No inline script or style, nothing from elsewhere; images may also come from the app's own memory (signatures)."""

HEADERS: Mapping[str, str] = MappingProxyType(
    {
        "content-security-policy": _POLICY,
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "cache-control": "no-store",
    }
)
"""Header to value where the route itself said nothing."""


_ENCODED = tuple((name.encode(), value.encode()) for name, value in HEADERS.items())


async def add_security_headers(message: Message, _scope: Scope) -> None:
    """Complete the headers of an answer; the application calls it before each one, problems included."""
    if message["type"] == "http.response.start":
        said = list(message["headers"])
        names = {name.lower() for name, _ in said}
        message["headers"] = [*said, *(each for each in _ENCODED if each[0] not in names)]
