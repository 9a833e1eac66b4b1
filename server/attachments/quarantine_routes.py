"""Files of stopped devices over HTTP: taken in while their quarantine is open, never given out."""

from typing import Any

from litestar import Controller, Request, put
from litestar.di import NamedDependency

from schemas.protocol import MAX_BLOB_BYTES
from server.attachments.arriving import arriving
from server.attachments.keeping import check_wanted, keep
from server.attachments.storing import files_of
from server.platform.access import LEAVING, opt
from server.platform.caller import Caller
from server.platform.path_parameters import Sha256InPath
from server.platform.settings import Settings
from server.records.journal import Journal


class QuarantinedBlobs(Controller):
    """Files that the last work of a stopped device names (SPEC Q1)."""

    path = "/sync/v1/quarantine/blobs"
    opt = opt(LEAVING)

    @put("/{sha256:str}", status_code=204, request_max_body_size=MAX_BLOB_BYTES)
    async def store(
        self,
        request: Request[Any, Any, Any],
        sha256: Sha256InPath,
        caller: NamedDependency[Caller],
        journal: NamedDependency[Journal],
        settings: NamedDependency[Settings],
    ) -> None:
        """Take in a file that an operation of this device names, while its quarantine is open."""
        async with journal.reading(caller.company) as ledger:
            await check_wanted(ledger, caller, sha256)
        content = b"".join([part async for part in arriving(request)])
        await keep(journal, files_of(settings, caller.company), caller, sha256, content)
