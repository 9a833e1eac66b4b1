"""Files over HTTP: bytes in, the same bytes out, never anything that a browser would run."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from litestar import Controller, Request, Response, get, head, put
from litestar.di import NamedDependency

from schemas.problems import Code, Problem
from schemas.protocol import MAX_BLOB_BYTES
from server.attachments.arriving import arriving
from server.attachments.keeping import Kept, find, keep
from server.attachments.storing import files_of
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
    """Photos, and strokes and images of signatures, beside the outbox (SPEC, section 7)."""

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
        """Take in a file under its hash in one go, as phones of 0.1.0 do; the answer means that it is durable."""
        content = b"".join([part async for part in arriving(request)])
        await keep(journal, files_of(settings, caller.company), caller, sha256, content)

    @get("/{sha256:str}")
    async def give(
        self,
        sha256: Sha256InPath,
        caller: NamedDependency[Caller],
        journal: NamedDependency[Journal],
        settings: NamedDependency[Settings],
    ) -> Response[bytes]:
        """Give out a file that a document in the caller's scope names."""
        files = files_of(settings, caller.company)
        kept = await find(journal, files, caller, sha256)
        content = await files.get(sha256)
        if content is None:  # lost in this very moment
            raise Problem(Code.BLOB_MISSING)
        return Response(content, headers=_headers(sha256, kept))

    @head("/{sha256:str}")
    async def tell(
        self,
        sha256: Sha256InPath,
        caller: NamedDependency[Caller],
        journal: NamedDependency[Journal],
        settings: NamedDependency[Settings],
    ) -> Response[None]:
        """Say that the file is there: whoever has it too need not send it."""
        kept = await find(journal, files_of(settings, caller.company), caller, sha256)
        return Response(None, headers=_headers(sha256, kept))


def _headers(name: str, kept: Kept) -> dict[str, str]:
    return {
        **_HARMLESS,
        "content-disposition": f'attachment; filename="{name}"',
        "content-length": str(kept.size),
        "content-type": kept.media_type,
    }
