"""Whether a request that changes something comes from our own pages."""

from typing import Any
from urllib.parse import urlsplit

from litestar.connection import ASGIConnection

from schemas.problems import Code, Problem

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
"""Methods that change nothing (RFC 9110, section 9.2.1)."""

_OURS = frozenset({"same-origin", "none"})
"""What a browser says of requests by our own pages, and of those that a person makes himself."""


def check_origin(connection: ASGIConnection[Any, Any, Any, Any]) -> None:
    """Raise ``Problem`` for an unsafe request that another site made in somebody's browser.

    A browser's ``Sec-Fetch-Site`` decides; one that does not send it (or http, where none does) sends ``Origin``, which
    must name the host that was asked. A program sends neither: it holds no cookies of other people.
    """
    if connection.scope.get("method", "GET") in _SAFE:
        return
    site = connection.headers.get("sec-fetch-site")
    if not (site in _OURS if site else _names_us(connection)):
        raise Problem(Code.REQUEST_ORIGIN)


def _names_us(connection: ASGIConnection[Any, Any, Any, Any]) -> bool:
    origin = connection.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == connection.headers.get("host")
