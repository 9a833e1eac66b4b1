"""One customer's data over HTTP (docs/API.md)."""

from typing import Any

from litestar import Controller, Request, get, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromQuery, JSONBody
from litestar.response import Stream

from schemas.audit import Deed
from schemas.office import Erased, Erasing
from schemas.registry import Kind
from schemas.sentences import Language
from schemas.vocabulary import Role
from server.attachments.storing import files_of
from server.audit.log import Deeds, Doer
from server.platform.access import only, opt
from server.platform.caller import Caller
from server.platform.languages import spoken
from server.platform.path_parameters import IdInPath
from server.platform.reasons import given_reason
from server.platform.settings import Settings
from server.privacy.cleaning import Cleaner
from server.privacy.collecting import collected
from server.privacy.erasing import erase
from server.privacy.packing import packed, parts_of
from server.records.journal import Journal

_ZIP = "application/zip"


async def _language(request: Request[Any, Any, Any], language: FromQuery[Language | None] = None) -> Language:
    """Return the language that was chosen; without one that of the caller, as problems are told."""
    return language or spoken(request.headers.get("accept-language", ""))


class PersonalData(Controller):
    """What a company keeps of one customer (ADR 44)."""

    path = "/api/customers/{customer:str}/personal-data"

    @get(opt=opt(only(Role.SERVICE_DEPARTMENT, Role.ADMIN)), dependencies={"spoken_language": Provide(_language)})
    async def give(
        self,
        customer: IdInPath,
        caller: NamedDependency[Caller],
        doer: NamedDependency[Doer],
        journal: NamedDependency[Journal],
        settings: NamedDependency[Settings],
        spoken_language: NamedDependency[Language],
    ) -> Stream:
        """Hand out everything that is kept of a customer, told in one language.

        That it was handed out is noted before the first byte.
        """
        async with journal.reading(caller.company) as ledger:
            found = await collected(ledger.connection, caller, customer)
        kept = await packed(found, files_of(settings, caller.company), journal.ambient.now(), spoken_language)
        deeds = Deeds(Deed.CUSTOMER_EXPORTED, (f"{Kind.CUSTOMER}:{customer}",))
        try:
            await journal.note(caller.company, lambda work: work.note(doer, deeds))
        except BaseException:
            kept.close()
            raise
        headers = {
            "cache-control": "private, no-store",
            "content-language": spoken_language.value,
            "content-disposition": f'attachment; filename="personal-data-{customer}.zip"',
        }
        return Stream(parts_of(kept), media_type=_ZIP, headers=headers)

    @post("/erase", opt=opt(only(Role.ADMIN)), status_code=200)
    async def erase(
        self,
        customer: IdInPath,
        data: JSONBody[Erasing],
        cleaner: NamedDependency[Cleaner],
        caller: NamedDependency[Caller],
        doer: NamedDependency[Doer],
    ) -> Erased:
        """Erase what is personal of a customer for good; the answer means that it is gone from the server."""
        reason, journal = given_reason(data.reason), cleaner.journal
        documents = await journal.write(
            caller.company, lambda work: erase(work, caller, doer, customer, data, reason), doer.request_sha256
        )
        await cleaner.clean()
        return Erased(documents)
