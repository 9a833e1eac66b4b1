"""Files over HTTP in parts that outlive a broken line: tus 1.0 with creation, expiration and termination.

https://tus.io/protocols/resumable-upload, version 1.0.0; the phone speaks it with tus-js-client (ADR 18).
"""

import asyncio
import base64
import binascii
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import format_datetime
from types import MappingProxyType
from typing import Any

from litestar import Controller, Request, Response, delete, head, patch, post
from litestar.di import NamedDependency, Provide

from schemas.problems import Code, Problem
from schemas.protocol import MAX_BLOB_BYTES, UPLOAD_KEPT_MS
from server.attachments.arriving import arriving
from server.attachments.keeping import keep
from server.attachments.storing import files_of
from server.attachments.uploads import Upload, Uploads
from server.platform.access import ENROLLED, opt
from server.platform.ambient import new_id
from server.platform.caller import Caller
from server.platform.path_parameters import IdInPath, is_sha256
from server.platform.problem_responses import on_problem
from server.platform.settings import Settings
from server.records.journal import Journal

_VERSION = "1.0.0"
_SPOKEN: Mapping[str, str] = MappingProxyType({"tus-resumable": _VERSION, "cache-control": "no-store"})
_PART = "application/offset+octet-stream"
_MOST_DIGITS = 16
AnyRequest = Request[Any, Any, Any]


class Arrivals:
    """What the routes share of one request: whose uploads, and where a file goes that is whole."""

    def __init__(self, caller: Caller, journal: Journal, settings: Settings) -> None:
        self.uploads = Uploads(settings.uploads, caller.company, caller.user)
        self.now = journal.ambient.now()
        self._caller = caller
        self._journal = journal
        self._files = files_of(settings, caller.company)

    def begin(self, sha256: str, length: int) -> tuple[str, Upload]:
        """Begin an upload and return its name."""
        name = new_id(self._journal.ambient)
        upload = Upload(sha256, length, self.now + UPLOAD_KEPT_MS)
        self.uploads.begin(name, upload, self.now)
        return name, upload

    async def settle(self, name: str, upload: Upload, offset: int) -> None:
        """Keep the file if it is whole, and let go of the upload, whether it was taken in or is none that ever will be.

        Raises ``Problem`` as :func:`keep` does.
        """
        if offset < upload.length:
            return
        content = await asyncio.to_thread(self.uploads.content, name)
        try:
            await keep(self._journal, self._files, self._caller, upload.sha256, content)
        except Problem:
            self.uploads.drop(name)
            raise
        self.uploads.drop(name)


def _provide_arrivals(
    caller: NamedDependency[Caller], journal: NamedDependency[Journal], settings: NamedDependency[Settings]
) -> Arrivals:
    return Arrivals(caller, journal, settings)


def _on_problem(request: AnyRequest, problem: Problem) -> Response[bytes]:
    """Answer a problem as everywhere, and as tus asks of every answer."""
    answer = on_problem(request, problem)
    answer.headers.update(_SPOKEN)
    if problem.code is Code.UPLOAD_VERSION:
        answer.headers.update({"tus-version": _VERSION})
    return answer


class TusUploads(Controller):
    """Uploads that go on where they were cut. What is whole is verified, checked and kept before it is acknowledged."""

    path = "/uploads"
    opt = opt(ENROLLED)
    dependencies = {"arrivals": Provide(_provide_arrivals, sync_to_thread=False)}  # noqa: RUF012 - Litestar's own type
    exception_handlers = {Problem: _on_problem}  # noqa: RUF012 - Litestar's own type

    @post(status_code=201)
    async def begin(self, request: AnyRequest, arrivals: NamedDependency[Arrivals]) -> Response[None]:
        """Begin an upload of a file whose SHA-256 the metadata names; the answer says where its bytes go."""
        _check_version(request)
        length = _number(request, "upload-length")
        if length > MAX_BLOB_BYTES:
            raise Problem(Code.REQUEST_TOO_LARGE, limit=MAX_BLOB_BYTES)
        sha256 = _metadata(request).get("sha256", "")
        if not is_sha256(sha256):
            raise Problem(Code.REQUEST_MALFORMED, why="Upload-Metadata names no sha256")
        name, upload = await asyncio.to_thread(arrivals.begin, sha256, length)
        await arrivals.settle(name, upload, 0)
        return Response(None, headers=_headers(upload, 0) | {"location": f"/uploads/{name}"})

    @head("/{upload:str}")
    async def tell(self, request: AnyRequest, upload: IdInPath, arrivals: NamedDependency[Arrivals]) -> Response[None]:
        """Say how much has come. What was whole when the server died is kept now, before anybody is told of it."""
        _check_version(request)
        known, offset = arrivals.uploads.find(upload, arrivals.now)
        await arrivals.settle(upload, known, offset)
        return Response(None, headers=_headers(known, offset) | {"upload-length": str(known.length)})

    @patch("/{upload:str}", status_code=204, request_max_body_size=MAX_BLOB_BYTES)
    async def go_on(self, request: AnyRequest, upload: IdInPath, arrivals: NamedDependency[Arrivals]) -> Response[None]:
        """Take in the next part, as far as it comes; what returns is durable, with the last part all of it."""
        _check_version(request)
        if request.headers.get("content-type") != _PART:
            raise Problem(Code.REQUEST_ENCODING)
        known, _ = arrivals.uploads.find(upload, arrivals.now)
        offset = await arrivals.uploads.append(upload, _number(request, "upload-offset"), arriving(request))
        await arrivals.settle(upload, known, offset)
        return Response(None, headers=_headers(known, offset))

    @delete("/{upload:str}", status_code=204)
    async def give_up(
        self, request: AnyRequest, upload: IdInPath, arrivals: NamedDependency[Arrivals]
    ) -> Response[None]:
        """Let go of an upload."""
        _check_version(request)
        arrivals.uploads.find(upload, arrivals.now)
        arrivals.uploads.drop(upload)
        return Response(None, headers=dict(_SPOKEN))


def _check_version(request: AnyRequest) -> None:
    if request.headers.get("tus-resumable") != _VERSION:
        raise Problem(Code.UPLOAD_VERSION)


def _headers(upload: Upload, offset: int) -> dict[str, str]:
    expires = format_datetime(datetime.fromtimestamp(upload.expires_at // 1_000, UTC), usegmt=True)
    return {**_SPOKEN, "upload-offset": str(offset), "upload-expires": expires}


def _number(request: AnyRequest, name: str) -> int:
    text = request.headers.get(name, "")
    if not (text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS):
        raise Problem(Code.REQUEST_MALFORMED, why=f"{name} is no number")
    return int(text)


def _metadata(request: AnyRequest) -> Mapping[str, str]:
    """Return what tus's Upload-Metadata says: pairs of a key and a base64 value, by commas."""
    pairs = (pair.split(" ") for pair in request.headers.get("upload-metadata", "").split(","))
    try:
        return {pair[0]: base64.b64decode(pair[1], validate=True).decode() for pair in pairs if len(pair) == 2}  # noqa: PLR2004 - a pair
    except (binascii.Error, UnicodeDecodeError):
        raise Problem(Code.REQUEST_MALFORMED, why="Upload-Metadata is no base64") from None
