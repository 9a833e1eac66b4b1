"""Lists of customers, products and contracts out of files: what is told before and after they are taken in."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from msgspec import Struct

from schemas.scalars import Count, Id, LongText, Sha256, ShortText, SignedMs
from schemas.vocabulary import ListKind, RowFault

MAX_IMPORT_BYTES = 10_485_760
MAX_IMPORT_ROWS = 20_000
MAX_ERRORS_TOLD = 2_000
MAX_CHANGES_TOLD = 200

TEMPLATE_HEADINGS: Mapping[ListKind, tuple[str, ...]] = MappingProxyType(
    {
        ListKind.CUSTOMERS: (
            "客戶名稱",
            "電話",
            "手機",
            "地址",
            "區",
            "統一編號",
            "客戶備註",
            "商品",
            "型號",
            "序號",
            "購買日期",
            "保證到期",
            "商品備註",
        ),
        ListKind.CONTRACTS: (
            "契約編號",
            "客戶名稱",
            "電話",
            "手機",
            "統一編號",
            "起日",
            "迄日",
            "包含次數",
            "超次費用",
            "商品",
            "型號",
            "序號",
            "契約備註",
        ),
    }
)
"""The headings of an empty list to fill in; ``server.customers.columns`` knows each of them."""


class Heading(Struct, frozen=True):
    """A column of the file: its heading, and the field that it fills; null for one that nobody knows."""

    heading: ShortText
    kind: ShortText | None
    field: ShortText | None


class RowError(Struct, frozen=True, kw_only=True):
    """What is wrong in a row: its number as the spreadsheet shows it, the column's heading, and what stands there.

    ``facts`` are named values for the sentence; the heading is empty where the whole row is meant.
    """

    row: Count
    heading: ShortText
    value: LongText
    fault: RowFault
    facts: dict[str, Any]


class ImportCount(Struct, frozen=True):
    """How many documents of a kind are new, would change, and are here already just so."""

    kind: ShortText
    new: Count
    changed: Count
    unchanged: Count


class ImportChange(Struct, frozen=True, kw_only=True):
    """A field of a document that is here already, before and after; ``name`` is how people call the document."""

    row: Count
    kind: ShortText
    doc: Id
    name: ShortText
    field: ShortText
    before: Any
    after: Any


class ImportFound(Struct, frozen=True, kw_only=True):
    """What a file holds, and what taking it in does.

    ``encoding`` is null for a workbook, ``sheet`` for a CSV; ``wrong`` counts rows with errors, ``repeated`` rows that
    say nothing which an earlier one did not. Of errors and changes the first are told; the counts are whole.
    """

    file_sha256: Sha256
    encoding: ShortText | None
    sheet: ShortText | None
    other_sheets: tuple[ShortText, ...]
    headings: tuple[Heading, ...]
    rows: Count
    wrong: Count
    repeated: Count
    counts: tuple[ImportCount, ...]
    errors: tuple[RowError, ...]
    changes: tuple[ImportChange, ...]
    changed_fields: Count


class ImportLine(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How far an import is, line by line: ``found`` is there in the last line of one that is done.

    ``problem`` is there in the last line of one that was given up, of which nothing is written.
    """

    done: Count = 0
    of: Count = 0
    found: ImportFound | None = None
    problem: ShortText | None = None
    facts: dict[str, Any] | None = None


class SpreadsheetRows(Struct, frozen=True, forbid_unknown_fields=True):
    """Rows of a list that somebody wants as a workbook."""

    title: ShortText
    rows: tuple[tuple[LongText | SignedMs, ...], ...]
