"""The built app at one address: right types, packed once, cached for ever where the name changes with the content."""

import gzip
import mimetypes
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import Any

from litestar import Controller, Request, Response, route
from litestar.di import NamedDependency
from litestar.enums import HttpMethod
from msgspec import Struct

from schemas.problems import Code, Problem
from server.platform.access import PUBLIC, opt
from server.platform.content_coding import PLAIN, best_coding

_OTHERS = ("api", "sync", "blobs")
"""First parts of the paths that are not the app's."""

_SHELL = "index.html"
_HASHED = "assets"
"""Folder whose files have their content's hash in their name."""

_FOR_EVER = "public, max-age=31536000, immutable"
_ASK_FIRST = "no-cache"
_PACKED = MappingProxyType({"br": ".br", "gzip": ".gz"})
"""Content coding to the ending of a file that was packed when the app was built, best first."""

_TEXTS = ("text/", "application/json", "application/manifest+json", "image/svg+xml")
_TYPES = MappingProxyType(
    {
        ".js": "text/javascript",
        ".mjs": "text/javascript",
        ".webmanifest": "application/manifest+json",
        ".webp": "image/webp",
    }
)
_HTTPS_NEEDED = Path(__file__).with_name("https_needed.html").read_bytes()


class StaticFile(Struct, frozen=True):
    """One file as it is sent: ``bodies`` by content coding, the plain one as ``identity``, each with its entity tag."""

    media_type: str
    cache_control: str
    etags: Mapping[str, str]
    bodies: Mapping[str, bytes]


class StaticFiles:
    """The app's built files, read once at start; a path that is none of them names nothing on the disk."""

    def __init__(self, folder: Path) -> None:
        found = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix not in _PACKED.values())
        self._files = {path.relative_to(folder).as_posix(): _read(folder, path) for path in found}

    def at(self, path: str, *, navigating: bool) -> StaticFile | None:
        """Return the file at a path; for any other page that somebody opens, the shell that knows its own addresses."""
        named = self._files.get(path or _SHELL)
        return named if named is not None or not navigating else self._files.get(_SHELL)


class Pages(Controller):
    """Every path that no domain has: the app's files, and its shell for the addresses that the app itself knows."""

    opt = opt(PUBLIC)
    include_in_schema = False

    @route(["/", "/{path:path}"], http_method=[HttpMethod.GET, HttpMethod.HEAD])
    async def page(
        self,
        request: Request[Any, Any, Any],
        static_files: NamedDependency[StaticFiles],
    ) -> Response[bytes]:
        """Send a file; raises ``Problem`` for a path that is neither a file nor a page that somebody opens."""
        path = request.scope["path"].strip("/")
        if path.split("/")[0] in _OTHERS:
            raise Problem(Code.REQUEST_NOT_FOUND)
        file = static_files.at(path, navigating=_is_navigation(request))
        if file is None:
            raise Problem(Code.REQUEST_NOT_FOUND)
        if file.media_type.startswith("text/html") and not _is_secure_context(request):
            return Response(_HTTPS_NEEDED, status_code=403, media_type="text/html")
        return _sent(request, file)


def _is_secure_context(request: Request[Any, Any, Any]) -> bool:
    """Tell whether a browser gives this address service workers and keys: https, or its own machine.

    What counts is the name that the browser used (W3C Secure Contexts, section 3.1), not where the packets came from.
    """
    host = request.url.hostname or ""
    is_own_machine = host in ("localhost", "::1") or host.endswith(".localhost") or host.startswith("127.")
    return is_own_machine or request.url.scheme == "https"


def _is_navigation(request: Request[Any, Any, Any]) -> bool:
    mode = request.headers.get("sec-fetch-mode")
    return mode == "navigate" if mode else "text/html" in request.headers.get("accept", "")


def _sent(request: Request[Any, Any, Any], file: StaticFile) -> Response[bytes]:
    built = [coding for coding in _PACKED if coding in file.bodies]
    coding = best_coding(built, request.headers.get("accept-encoding", ""))
    etag = file.etags[coding]  # another coding is another representation (RFC 9110, section 8.8.3.3)
    headers = {"cache-control": file.cache_control, "etag": etag, "vary": "accept-encoding"}
    if etag in request.headers.get("if-none-match", ""):
        return Response(b"", status_code=304, headers=headers, media_type=file.media_type)
    if coding != PLAIN:
        headers["content-encoding"] = coding
    return Response(file.bodies[coding], headers=headers, media_type=file.media_type)


def _read(folder: Path, path: Path) -> StaticFile:
    plain = path.read_bytes()
    media_type = _TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    is_text = media_type.startswith(_TEXTS)
    is_hashed = path.relative_to(folder).parts[0] == _HASHED
    bodies = {PLAIN: plain, **_packed(path, plain, is_text=is_text)}
    return StaticFile(
        media_type=media_type,
        cache_control=_FOR_EVER if is_hashed else _ASK_FIRST,
        etags=MappingProxyType({coding: f'"{sha256(body).hexdigest()[:32]}"' for coding, body in bodies.items()}),
        bodies=MappingProxyType(bodies),
    )


def _packed(path: Path, plain: bytes, *, is_text: bool) -> dict[str, bytes]:
    built = {coding: path.with_name(path.name + ending) for coding, ending in _PACKED.items()}
    packed = {coding: beside.read_bytes() for coding, beside in built.items() if beside.is_file()}
    return packed if packed or not is_text else {"gzip": gzip.compress(plain, 9, mtime=0)}
