"""A customer's copy of what he signed, over HTTP (docs/API.md)."""

from litestar import Controller, Response, post
from litestar.di import NamedDependency
from litestar.params import JSONBody

from schemas.copies import CopyRequest, SignedCopy
from server.attachments.copies import signed_copy
from server.attachments.storing import files_of
from server.platform.access import PUBLIC, opt
from server.platform.path_parameters import IdInPath
from server.platform.settings import Settings
from server.records.journal import Journal


class SignedCopies(Controller):
    """What a customer may read of his own, without an account."""

    path = "/api/copies"
    opt = opt(PUBLIC)

    @post("/{company:str}/{copy:str}", status_code=200)
    async def read(
        self,
        company: IdInPath,
        copy: IdInPath,
        data: JSONBody[CopyRequest],
        journal: NamedDependency[Journal],
        settings: NamedDependency[Settings],
    ) -> Response[SignedCopy]:
        """Give out exactly what was signed to whoever has the link."""
        signed = await signed_copy(journal, files_of(settings, company), company, copy, data.secret)
        return Response(signed, headers={"cache-control": "private, no-store"})
