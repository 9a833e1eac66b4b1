"""Taking in a list: looked through first, then written in one transaction, or given up without a trace."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Mapping
from hashlib import sha256
from types import MappingProxyType
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from schemas.audit import Deed
from schemas.erasure import MARK, PERSONAL
from schemas.imports import MAX_ERRORS_TOLD, MAX_IMPORT_ROWS, ImportFound, ImportLine
from schemas.kinds.people import Unit
from schemas.problems import Code, Problem
from schemas.registry import Kind
from schemas.rules.arrival import COMPANY_ZONE
from schemas.rules.purposes import import_purpose
from schemas.vocabulary import ListKind
from server.audit.log import Deeds, Doer
from server.customers.columns import FIELDS, LISTS
from server.customers.contract_shelf import ContractShelf
from server.customers.planning import Planned, planned
from server.customers.row_reading import Row, Table, row_by, row_error, rows_of, table_in
from server.customers.shelf import Fields, Shelf
from server.platform.caller import Caller
from server.platform.database import is_out_of_reach
from server.platform.spreadsheets import Sheet, sheet_in
from server.records.documents import Documents
from server.records.scope import in_scope
from server.records.tables import DOCUMENTS
from server.records.work import Work

_AT_ONCE = 250
"""Documents that are written between two looks at whether anybody still waits: 20 to 30 ms of work."""

_BREATH_S = 0.001
"""A moment without work between them, in which whoever hangs up is heard."""

_LOG = logging.getLogger("fieldproof")
_LINE = msgspec.json.Encoder()


class ImportedList(Struct, frozen=True):
    """A file that was read, row by row, as a list of something."""

    kind: ListKind
    sha256: str
    sheet: Sheet
    table: Table
    rows: tuple[Row, ...]


class Order(Struct, frozen=True):
    """Who wants a list taken in, for which unit, and how its file is called."""

    caller: Caller
    doer: Doer
    unit: str
    name: str


class GivenUpError(Exception):
    """Nobody waits for the import any more."""


async def opened(file: bytes, kind: ListKind) -> ImportedList:
    """Return the list in a file, read beside the event loop; raises ``Problem`` where there is none."""
    return await asyncio.to_thread(_opened, file, kind)


def _opened(file: bytes, kind: ListKind) -> ImportedList:
    shape = LISTS[kind]
    sheet = sheet_in(file, MAX_IMPORT_ROWS + 1, shape.is_heading)
    table = table_in(sheet, shape)
    return ImportedList(kind, sha256(file).hexdigest(), sheet, table, tuple(rows_of(sheet, table)))


async def checked(connection: AsyncConnection, caller: Caller, unit: str, given: ImportedList) -> ImportFound:
    """Tell what a list holds and what taking it in would do; raises ``Problem`` for a unit out of scope."""
    return _found(given, await _planned(connection, caller, unit, given))


async def imported(work: Work, order: Order, given: ImportedList, going: "Going") -> ImportFound:
    """Write what a list says, without the rows that are wrong if that was wished; the same list twice is once.

    Raises ``Problem`` where rows are wrong and that was not wished, and ``GivenUpError`` once nobody waits for it.
    """
    plan = await _planned(work.connection, order.caller, order.unit, given)
    if plan.wrong and not going.skips_wrong:
        raise Problem(Code.IMPORT_WRONG_ROWS, count=plan.wrong)
    for first in range(0, len(plan.settings), _AT_ONCE):
        going.tell(first, len(plan.settings))
        await work.decide(order.caller.user, plan.settings[first : first + _AT_ONCE])
        await asyncio.sleep(_BREATH_S)
    going.tell(len(plan.settings), len(plan.settings))
    if plan.settings:
        objects = (f"{Kind.UNIT}:{order.unit}", f"file:{given.sha256}")
        purpose = import_purpose(order.name, [(each.kind, each.new, each.changed) for each in plan.counts])
        await work.note(order.doer, Deeds(Deed.LIST_IMPORTED, objects, purpose))
    return _found(given, plan)


class Going:
    """An import on its way: how far it is, and whether anybody still waits for it."""

    def __init__(self, *, skips_wrong: bool) -> None:
        self.skips_wrong = skips_wrong
        self.is_given_up = False
        self._lines: asyncio.Queue[ImportLine] = asyncio.Queue()

    def tell(self, done: int, of: int) -> None:
        """Say how far it is; raises ``GivenUpError`` once nobody waits."""
        if self.is_given_up:
            raise GivenUpError
        self._lines.put_nowait(ImportLine(done=done, of=of))

    async def lines(self, write: Callable[[], Coroutine[Any, Any, ImportFound]]) -> AsyncIterator[bytes]:
        """Yield how far it is as lines of JSON, and what came of it in the last; whoever stops listening ends it.

        It is written in a task of its own: a query that is cut short twice never ends.
        """
        task = asyncio.create_task(_outcome(write()), name="import")
        task.add_done_callback(lambda _: self._lines.put_nowait(_LAST))
        try:
            while (line := await self._lines.get()) is not _LAST:
                yield _LINE.encode(line) + b"\n"
            yield _LINE.encode(task.result()) + b"\n"
        finally:
            self.is_given_up = True


_LAST = ImportLine()


async def _outcome(writing: Awaitable[ImportFound]) -> ImportLine:
    """Return the last line of an import: the answer has begun, so a problem can be told in no other way."""
    try:
        return ImportLine(found=await writing)
    except Problem as problem:
        return ImportLine(problem=problem.code.value, facts=dict(problem.facts))
    except GivenUpError:
        return _LAST
    except Exception as error:  # noqa: BLE001 - a defect is noted, and told to whoever waits
        if isinstance(error, SQLAlchemyError) and is_out_of_reach(error):
            return ImportLine(problem=Code.SERVER_BUSY.value, facts={})
        _LOG.exception("an import failed")
        return ImportLine(problem=Code.SERVER_DEFECT.value, facts={"request": ""})


async def check_unit(connection: AsyncConnection, caller: Caller, unit: str) -> Unit:
    """Return a unit; raises ``Problem`` for one out of scope."""
    found = await Documents(connection, caller.company).get(Unit, unit) if in_scope(caller.units, unit) else None
    if found is None:
        raise Problem(Code.RECORD_MISSING)
    return found.shown


async def _planned(connection: AsyncConnection, caller: Caller, unit: str, given: ImportedList) -> Planned:
    zone = (await check_unit(connection, caller, unit)).time_zone or COMPANY_ZONE
    shelf = _SHELVES[given.kind]
    here = {kind: await _here(connection, caller.company, kind, unit) for kind in shelf.READS}
    return await asyncio.to_thread(_plan, unit, zone, given, here)


_SHELVES: Mapping[ListKind, type[Shelf]] = MappingProxyType(
    {ListKind.CUSTOMERS: Shelf, ListKind.CONTRACTS: ContractShelf}
)


def _plan(unit: str, zone: str, given: ImportedList, here: Mapping[Kind, Mapping[str, Fields]]) -> Planned:
    rows, table = given.sheet.rows, given.table
    return planned(
        _SHELVES[given.kind](unit, here),
        unit,
        (row_by(zone, row) for row in given.rows),
        lambda number, error: row_error(number, table, rows[number - 1], None, error),
    )


async def _here(connection: AsyncConnection, company: str, kind: Kind, unit: str) -> dict[str, Fields]:
    """Return what a unit has of a kind, as far as lists speak of it.

    Of an erased customer who was deleted as well it is only that he was erased: a list would make him anew.
    """
    table = DOCUMENTS[kind]
    names = [*FIELDS.get(kind, ()), *_LINKS[kind], *([MARK] if kind in PERSONAL else [])]
    query = select(table.c.id, *(table.c[name] for name in names)).where(
        table.c.company == company, table.c.unit == unit, ~table.c.gone
    )
    found = {doc: dict(zip(names, values, strict=True)) for doc, *values in await connection.execute(query)}
    return found | (await _erased_and_gone(connection, company, unit) if kind is Kind.CUSTOMER else {})


async def _erased_and_gone(connection: AsyncConnection, company: str, unit: str) -> dict[str, Fields]:
    table = DOCUMENTS[Kind.CUSTOMER]
    query = select(table.c.id, table.c[MARK]).where(
        table.c.company == company, table.c.unit == unit, table.c.gone, table.c[MARK].is_not(None)
    )
    return {doc: {MARK: at} for doc, at in await connection.execute(query)}


_LINKS: Mapping[Kind, tuple[str, ...]] = MappingProxyType(
    {
        Kind.CUSTOMER: ("unit", "merged_into"),
        Kind.ASSET: ("unit", "merged_into", "customer"),
        Kind.MAINTENANCE_CONTRACT: ("unit", "customer"),
        Kind.COVERED_ASSET: ("unit", "contract", "asset"),
    }
)
"""Kind to the fields that say to what a document belongs."""


def _found(given: ImportedList, plan: Planned) -> ImportFound:
    sheet = given.sheet
    return ImportFound(
        file_sha256=given.sha256,
        encoding=sheet.encoding,
        sheet=sheet.name,
        other_sheets=sheet.others,
        headings=given.table.told(),
        rows=len(given.rows),
        wrong=plan.wrong,
        repeated=plan.repeated,
        counts=plan.counts,
        errors=tuple(plan.errors[:MAX_ERRORS_TOLD]),
        changes=tuple(plan.changes),
        changed_fields=plan.changed_fields,
    )
