"""Lists of customers, products and contracts over HTTP (docs/API.md)."""

import asyncio
from typing import Any, Literal

from litestar import Controller, Request, Response, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromQuery, JSONBody
from litestar.response import Stream

from schemas.imports import MAX_IMPORT_BYTES, ImportFound, SpreadsheetRows
from schemas.problems import Code, Problem
from schemas.vocabulary import ListKind, Role
from server.audit.log import Doer
from server.customers.importing import Going, ImportedList, Order, check_unit, checked, imported, opened
from server.platform.access import ENROLLED, only, opt
from server.platform.caller import Caller
from server.platform.path_parameters import IdInPath
from server.platform.query_parameters import LineInQuery
from server.platform.spreadsheets import workbook_of
from server.platform.texts import given_text
from server.records.journal import Journal

_WHO_IMPORTS = opt(only(Role.SERVICE_MANAGER, Role.BRANCH_MANAGER, Role.SERVICE_DEPARTMENT, Role.ADMIN))
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LINES = "application/x-ndjson"


async def _order(
    unit: IdInPath, caller: NamedDependency[Caller], doer: NamedDependency[Doer], name: LineInQuery = ""
) -> Order:
    return Order(caller, doer, unit, given_text(name))


class Imports(Controller):
    """A list of customers and their products, or of contracts, out of a file."""

    path = "/api/units/{unit:str}/imports"
    opt = _WHO_IMPORTS

    @post("/check", status_code=200, request_max_body_size=MAX_IMPORT_BYTES)
    async def check(
        self,
        request: Request[Any, Any, Any],
        unit: IdInPath,
        caller: NamedDependency[Caller],
        journal: NamedDependency[Journal],
        kind: FromQuery[ListKind] = ListKind.CUSTOMERS,
    ) -> ImportFound:
        """Tell row by row what is wrong with a list, and what taking it in would do; nothing is written."""
        _, found = await _looked_through(request, kind, unit, caller, journal)
        return found

    @post(status_code=200, request_max_body_size=MAX_IMPORT_BYTES, dependencies={"order": Provide(_order)})
    async def take(
        self,
        request: Request[Any, Any, Any],
        order: NamedDependency[Order],
        journal: NamedDependency[Journal],
        kind: FromQuery[ListKind] = ListKind.CUSTOMERS,
        wrong: FromQuery[Literal["refuse", "skip"]] = "refuse",
    ) -> Stream:
        """Take a list in whole, telling how far it is; whoever goes away meanwhile leaves nothing of it behind."""
        company = order.caller.company
        given, found = await _looked_through(request, kind, order.unit, order.caller, journal)
        if found.wrong and wrong == "refuse":
            raise Problem(Code.IMPORT_WRONG_ROWS, count=found.wrong)
        going = Going(skips_wrong=wrong == "skip")

        async def write() -> ImportFound:
            hashed = order.doer.request_sha256
            return await journal.write(company, lambda work: imported(work, order, given, going), hashed)

        return Stream(going.lines(write), media_type=_LINES)


async def _looked_through(
    request: Request[Any, Any, Any], kind: ListKind, unit: str, caller: Caller, journal: Journal
) -> tuple[ImportedList, ImportFound]:
    """Return the list in a request's body, and what it holds; whether there is such a unit is asked first."""
    async with journal.reading(caller.company) as ledger:
        await check_unit(ledger.connection, caller, unit)
    given = await opened(await request.body(), kind)
    async with journal.reading(caller.company) as ledger:
        return given, await checked(ledger.connection, caller, unit, given)


class Spreadsheets(Controller):
    """Lists that somebody has on his screen, as workbooks."""

    path = "/api/spreadsheets"
    opt = opt(ENROLLED)

    @post(status_code=200, request_max_body_size=MAX_IMPORT_BYTES)
    async def make(self, data: JSONBody[SpreadsheetRows]) -> Response[bytes]:
        """Return rows as an .xlsx; what looks like a formula is a text there."""
        return Response(await asyncio.to_thread(workbook_of, data.title, data.rows), media_type=_XLSX)
