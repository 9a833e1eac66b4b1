"""Files that a device's records name and the office does not have, over HTTP (SPEC P9, docs/client-api.md)."""

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import JSONBody

from schemas.problems import Code, Problem
from schemas.protocol import MAX_WANTED_FILES, GoneFiles, WantedFiles
from server.exchange.gone_files import note_gone
from server.platform.access import ENROLLED, opt
from server.platform.caller import Caller
from server.records.journal import Journal
from server.records.missing_files import wanted_of


class FilesWanted(Controller):
    """What the office still wants of a device, and the device's word that it does not have it."""

    path = "/sync/v1/files"
    opt = opt(ENROLLED)

    @get("/wanted")
    async def wanted(self, caller: NamedDependency[Caller], journal: NamedDependency[Journal]) -> WantedFiles:
        """Name files that the caller's device wrote of and that are not here: whoever has one sends it (SPEC P9)."""
        async with journal.database.reading() as connection:
            files = await wanted_of(connection, caller.company, caller.device, MAX_WANTED_FILES)
        return WantedFiles(tuple(files))

    @post("/gone", status_code=204)
    async def gone(
        self, data: JSONBody[GoneFiles], caller: NamedDependency[Caller], journal: NamedDependency[Journal]
    ) -> None:
        """Take the device's word that it does not have files that are wanted of it (SPEC P9)."""
        if len(data.files) > MAX_WANTED_FILES:
            raise Problem(Code.REQUEST_TOO_LARGE, limit=MAX_WANTED_FILES)
        await journal.note(caller.company, lambda work: note_gone(work, caller, data.files))
