"""Tables out of files that people keep their lists in: CSV as any program writes it, and Excel's .xlsx."""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from itertools import islice
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from msgspec import Struct
from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell

from schemas.problems import Code, Problem

MOST_UNPACKED = 50_000_000
"""Bytes to which a workbook may unpack: 20,000 rows of fifteen columns are a quarter of it."""

MOST_COLUMNS = 100
"""Columns that are read; a list of customers has fifteen."""

TITLE_ROWS = 10
"""Rows among which the headings are looked for: lists often begin with a title."""

_ZIP, _OLD_EXCEL = b"PK", b"\xd0\xcf\x11\xe0"
_DELIMITERS = ",;\t"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_CODECS = (("utf-8-sig", "utf-8"), ("cp950", "big5"), ("gb18030", "gbk"))
"""How a CSV may be saved, and how that is called: what is UTF-8 is nothing else, the other two read each other's."""
_GUARDED = re.compile(r"'(?=[=+\-@\t\r])")
_READ_AT_ONCE = 1_000_000
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\\r\n\t]")
_LONGEST_TITLE, _LONGEST_CELL = 31, 32_767


class Sheet(Struct, frozen=True):
    """A table as its file has it: rows of texts, how they were written, and which sheets were not looked at."""

    rows: Sequence[Sequence[str]]
    encoding: str | None = None
    name: str | None = None
    others: tuple[str, ...] = ()


def sheet_in(file: bytes, most_rows: int, is_heading: Callable[[str], bool]) -> Sheet:
    """Return the table in a file; rows stand at the places that a spreadsheet program shows for them.

    A CSV is read by the encoding and the delimiter that give the most headings in a row.
    Raises ``Problem`` for what is no CSV and no .xlsx, and for one that is larger than a list can be.
    """
    if file.startswith(_OLD_EXCEL):
        raise Problem(Code.IMPORT_OLD_EXCEL)
    return _workbook(file, most_rows) if file.startswith(_ZIP) else _csv(file, most_rows, is_heading)


def workbook_of(title: str, rows: Iterable[Sequence[str | int]]) -> bytes:
    """Return an .xlsx with one sheet; its texts are texts, whatever they begin with."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_NOT_IN_TITLES.sub(" ", _printable(title))[:_LONGEST_TITLE].strip("' ") or None)
    for row in rows:
        cells = [WriteOnlyCell(sheet, None) for _ in row]
        for cell, value in zip(cells, row, strict=True):
            cell.value = _printable(value) if isinstance(value, str) else value
            if isinstance(value, str):
                cell.data_type = "s"  # a text that begins with = is no formula
        sheet.append(cells)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def _printable(text: str) -> str:
    """Return a text without what XML cannot hold, as long as a cell may be."""
    return _UNPRINTABLE.sub("", text)[:_LONGEST_CELL]


def _csv(file: bytes, most_rows: int, is_heading: Callable[[str], bool]) -> Sheet:
    readings = [_Reading(text, name, delimiter) for text, name in _decoded(file) for delimiter in _DELIMITERS]
    reading = max(readings, key=lambda each: each.likelihood(is_heading))
    if "\0" in reading.text:
        raise Problem(Code.IMPORT_FORMAT)
    try:
        rows = _counted(([*map(_plain, row)] for row in reading.rows()), most_rows)
    except csv.Error:
        raise Problem(Code.IMPORT_FORMAT) from None
    return Sheet(rows, reading.encoding)


class _Reading(Struct, frozen=True):
    """One way to read a file."""

    text: str
    encoding: str
    delimiter: str

    def rows(self) -> Iterator[list[str]]:
        """Yield the rows as they stand; raises ``csv.Error``."""
        return csv.reader(io.StringIO(self.text), delimiter=self.delimiter)

    def likelihood(self, is_heading: Callable[[str], bool]) -> tuple[int, int]:
        """Return how much speaks for it at the top of the file: headings in one row, and how often cells are parted."""
        try:
            top = [*islice(self.rows(), TITLE_ROWS)]
        except csv.Error:
            return 0, 0
        return max((sum(map(is_heading, row)) for row in top), default=0), sum(len(row) - 1 for row in top if row)


def _decoded(file: bytes) -> list[tuple[str, str]]:
    """Return every text that a file may be, and how it is encoded then; raises ``Problem`` where it is none."""
    codecs = (("utf-16", "utf-16"),) if file.startswith(_UTF_16) else _CODECS
    texts: list[tuple[str, str]] = []
    for codec, name in codecs:
        with suppress(UnicodeDecodeError):
            texts.append((file.decode(codec), name))
            if codec == "utf-8-sig":
                break
    if not texts:
        raise Problem(Code.IMPORT_ENCODING)
    return texts


def _plain(text: str) -> str:
    """Return a cell's text without the mark that our own export puts before what a spreadsheet would compute."""
    return _GUARDED.sub("", text, count=1) if text.startswith("'") else text


def _workbook(file: bytes, most_rows: int) -> Sheet:
    with _no_defect():
        _check_unpacked(file)
        book = load_workbook(io.BytesIO(file), read_only=True, data_only=True, keep_links=False)
        try:
            first, *others = book.worksheets
            first.reset_dimensions()  # some programs write what is not so
            rows = _counted(([*map(_shown, row)] for row in first.iter_rows(values_only=True)), most_rows)
            return Sheet(rows, None, first.title, tuple(each.title for each in others))
        finally:
            book.close()


@contextmanager
def _no_defect() -> Iterator[None]:
    """Tell that a file is none, whatever its reader stumbles over: it was made by somebody else."""
    try:
        yield
    except Problem:
        raise
    except (zipfile.BadZipFile, DefusedXmlException, ParseError):
        raise Problem(Code.IMPORT_FORMAT) from None
    except Exception:  # noqa: BLE001 - openpyxl promises no exceptions of its own for a broken workbook
        raise Problem(Code.IMPORT_FORMAT) from None


def _check_unpacked(file: bytes) -> None:
    """Refuse a bomb by what it declares, and one that declares too little by what comes out."""
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        parts = archive.infolist()
        if sum(part.file_size for part in parts) > MOST_UNPACKED:
            raise Problem(Code.IMPORT_UNPACKED, limit=MOST_UNPACKED)
        for part in parts:  # reading to the end compares the length and the checksum with what is declared
            with archive.open(part) as stream:
                while stream.read(_READ_AT_ONCE):
                    pass


def _counted(rows: Iterable[list[str]], most_rows: int) -> list[list[str]]:
    """Return rows without what is empty at their ends; raises ``Problem`` for too many with something in them."""
    kept: list[list[str]] = []
    full = 0
    for row in rows:
        while row and not row[-1].strip():
            row.pop()
        kept.append(row)
        full += bool(row)
        if full > most_rows:
            raise Problem(Code.IMPORT_ROWS, limit=most_rows)
        if len(row) > MOST_COLUMNS:
            raise Problem(Code.IMPORT_COLUMNS, limit=MOST_COLUMNS)
    return kept


def _shown(value: object) -> str:
    """Return a cell as text: a whole number without a point, a date as ISO has it."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == datetime.min.time() else value.isoformat(" ")
    return str(value)
