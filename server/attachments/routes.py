"""Files over HTTP: bytes in, the same bytes out, never anything that a browser would run."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from litestar import Controller, HttpMethod, Request, put, route
from litestar.di import NamedDependency
from litestar.response import File

from schemas.protocol import MAX_BLOB_BYTES
from server.attachments.files import Files
from server.attachments.keeping import find, keep
from server.platform.access import ENROLLED, opt
from server.platform.caller import Caller
from server.platform.path_parameters import Sha256InPath
from server.platform.settings import Settings
from server.records.journal import Journal

_HARMLESS: Mapping[str, str] = MappingProxyType(
    {
        "content-security-policy": "default-src 'none'; sandbox",
        "x-content-type-options": "nosniff",
        "cache-control": "private, no-store",
    }
)
"""Somebody's upload is shown by the app or saved, never opened as a page of this address."""


class Blobs(Controller):
    """Strokes and images of signatures, beside the outbox (SPEC, section 7)."""

    path = "/blobs"
    opt = opt(ENROLLED)

    @put("/{sha256:str}", status_code=204, request_max_body_size=MAX_BLOB_BYTES)
    async def store(
        self,
        request: Request[Any, Any, Any],
        sha256: Sha256InPath,
        caller: NamedDependency[Caller],
        journal: NamedDependency[Journal],
        settings: NamedDependency[Settings],
    ) -> None:
        """Take in a file under its hash; the answer means that it is durable."""
        await keep(journal, Files(settings.blobs, caller.company), caller, sha256, request.stream())

    @route("/{sha256:str}", http_method=[HttpMethod.GET, HttpMethod.HEAD])
    async def give(
        self,
        sha256: Sha256InPath,
        caller: NamedDependency[Caller],
        journal: NamedDependency[Journal],
        settings: NamedDependency[Settings],
    ) -> File:
        """Give out a file that a document in the caller's scope names."""
        files = Files(settings.blobs, caller.company)
        async with journal.reading(caller.company) as ledger:
            kept = await find(ledger, files, caller, sha256)
        return File(kept.path, filename=sha256, media_type=kept.media_type, headers=dict(_HARMLESS))
