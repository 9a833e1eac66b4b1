"""From a table to rows that say something: which column is which, and what each cell holds or why it cannot."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import count

from msgspec import Struct

from schemas.imports import Heading, RowError
from schemas.problems import Code, Problem
from schemas.registry import Kind
from schemas.vocabulary import RowFault
from server.customers.cells import Field, Moment, RowFaultError, Value
from server.customers.columns import OF_WHAT_THE_ROW_IS_ABOUT, Column, ListShape, Said, spelling
from server.platform.spreadsheets import TITLE_ROWS, Sheet

_LONGEST_VALUE_TOLD = 200


class Row(Struct, frozen=True):
    """What a row says, kind by kind, under its number in the file; a row with errors says nothing that counts."""

    number: int
    said: Said
    errors: tuple[RowError, ...]


class Table(Struct, frozen=True):
    """The columns of a list, where its rows begin, and whether its remarks are about whatever a row is about."""

    shape: ListShape
    headings: Sequence[str]
    columns: Mapping[int, Column]
    first: int
    has_any_remark: bool

    def told(self) -> tuple[Heading, ...]:
        """Return the columns as people are told of them."""
        return tuple(
            Heading(heading, column.kind.value, column.field) if column else Heading(heading, None, None)
            for heading, column in zip(self.headings, map(self.columns.get, count()), strict=False)
            if heading
        )


def table_in(sheet: Sheet, shape: ListShape) -> Table:
    """Return the columns of a table; raises ``Problem`` where no row has headings of such a list, or one twice.

    A row of headings is the first in which the one stands that such a list cannot do without.
    """
    if not any(sheet.rows):
        raise Problem(Code.IMPORT_EMPTY)
    for number, row in enumerate(sheet.rows[:TITLE_ROWS]):
        known = {place: shape.known.get(spelling(cell)) for place, cell in enumerate(row)}
        columns = {place: column for place, column in known.items() if column is not None}
        if any((column.kind, column.field) == shape.named_by for column in columns.values()) and len(columns) > 1:
            headings = [" ".join(cell.split())[:_LONGEST_VALUE_TOLD] for cell in row]
            _check_once(headings, columns)
            if not any(sheet.rows[number + 1 :]):
                raise Problem(Code.IMPORT_EMPTY)
            is_any = any(spelling(row[place]) in OF_WHAT_THE_ROW_IS_ABOUT for place in columns)
            return Table(shape, headings, columns, number + 1, is_any)
    raise Problem(Code.IMPORT_HEADINGS, heading=shape.heading)


def _check_once(headings: Sequence[str], columns: Mapping[int, Column]) -> None:
    by_field: dict[Field, int] = {}
    for place, column in columns.items():
        earlier = by_field.setdefault((column.kind, column.field), place)
        if earlier != place:
            raise Problem(Code.IMPORT_HEADING_TWICE, first=headings[earlier], second=headings[place])


def rows_of(sheet: Sheet, table: Table) -> Iterator[Row]:
    """Yield the rows with something in them; their numbers are those that a spreadsheet shows."""
    for place, cells in enumerate(sheet.rows[table.first :], start=table.first + 1):
        if cells:
            yield _row(place, cells, table)


def row_by(zone: str, row: Row) -> Row:
    """Return a row whose days begin and end by the clock of a unit."""
    said = {
        kind: {field: value.by(zone) if isinstance(value, Moment) else value for field, value in fields.items()}
        for kind, fields in row.said.items()
    }
    return Row(row.number, said, row.errors)


def _row(number: int, cells: Sequence[str], table: Table) -> Row:
    said: dict[Kind, dict[str, Value]] = {}
    errors: list[RowError] = []
    for place, cell in enumerate(cells):
        column = table.columns.get(place)
        if cell.strip() and column is not None:
            try:
                said.setdefault(column.kind, {})[column.field] = column.read(cell)
            except RowFaultError as error:
                errors.append(row_error(number, table, cells, place, error))
        elif cell.strip() and place >= len(table.headings):
            errors.append(row_error(number, table, cells, place, RowFaultError(RowFault.BEYOND_HEADINGS)))
            break
    _note_the_product(said, table)
    if not errors:
        errors.extend(row_error(number, table, cells, None, fault) for fault in table.shape.faults(said))
    return Row(number, said, tuple(errors))


def _note_the_product(said: dict[Kind, dict[str, Value]], table: Table) -> None:
    """A remark whose heading says nothing of whom is about the product where the row has one."""
    product, customer = said.get(Kind.ASSET), said.get(Kind.CUSTOMER, {})
    if table.has_any_remark and product and "note" in customer and "note" not in product:
        product["note"] = customer.pop("note")


def row_error(number: int, table: Table, cells: Sequence[str], place: int | None, error: RowFaultError) -> RowError:
    """Return an error as people are told of it: with the heading and the text of the cell that it is about."""
    if place is None:
        fields = {(column.kind, column.field): at for at, column in table.columns.items()}
        place = fields.get(error.where) if error.where else None
    return RowError(
        row=number,
        heading=table.headings[place] if place is not None and place < len(table.headings) else "",
        value=cells[place].strip()[:_LONGEST_VALUE_TOLD] if place is not None and place < len(cells) else "",
        fault=error.fault,
        facts=dict(error.facts),
    )
