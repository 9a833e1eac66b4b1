"""What the cells of a list may hold, and how each is read."""

import re
import unicodedata
from datetime import UTC, date, datetime, timedelta
from typing import TypeAlias
from zoneinfo import ZoneInfo

from schemas.registry import Kind
from schemas.rules.arrival import COMPANY_ZONE
from schemas.rules.tax_id import DIGITS, is_tax_id
from schemas.rules.telephone import is_number
from schemas.scalars import LONG_TEXT_MAX, SHORT_TEXT_MAX
from schemas.vocabulary import RowFault
from sync.wellformed import is_wellformed

Value: TypeAlias = str | int
Field: TypeAlias = tuple[Kind, str]


class RowFaultError(Exception):
    """A cell or a row cannot be taken in: ``where`` if it is about one, with named values for the sentence."""

    def __init__(self, fault: RowFault, where: Field | None = None, **facts: object) -> None:
        super().__init__(fault.value, facts)
        self.fault = fault
        self.where = where
        self.facts = facts


def short(cell: str) -> Value:
    """Return a line of text."""
    return _text(cell, SHORT_TEXT_MAX)


def long(cell: str) -> Value:
    """Return a text of several lines."""
    return _text(cell, LONG_TEXT_MAX)


def _text(cell: str, most: int) -> str:
    said = unicodedata.normalize("NFC", cell).strip()
    if said in _ERRORS:
        raise RowFaultError(RowFault.FORMULA)
    if not is_wellformed(said) or _CONTROL.search(said):
        raise RowFaultError(RowFault.NO_TEXT)
    if len(said) > most:
        raise RowFaultError(RowFault.TOO_LONG, most=most)
    return said


_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_ERRORS = frozenset({"#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!"})
"""What a spreadsheet shows where a formula failed."""


def phone(cell: str) -> Value:
    """Return a telephone number; the zero that a spreadsheet takes from one that it holds for a number comes back."""
    said = str(short(cell))
    folded = unicodedata.normalize("NFKC", said)
    if not is_number(folded):
        raise RowFaultError(RowFault.PHONE)
    return f"0{folded}" if _ZERO_LOST.fullmatch(folded) else said


_ZERO_LOST = re.compile(r"[2-9]\d{8}")
"""Nine digits without a zero are no number in Taiwan: 02-2960-1234 and 0912-345-678 as numbers look so."""


def tax_id(cell: str) -> Value:
    """Return a 統一編號 whose check sum is right."""
    digits = unicodedata.normalize("NFKC", str(short(cell))).replace("-", "").replace(" ", "")
    whole = digits.zfill(DIGITS) if len(digits) >= _LEAST_TAX_ID else digits
    if not is_tax_id(whole):
        raise RowFaultError(RowFault.TAX_ID)
    return whole


_LEAST_TAX_ID = 6
"""A spreadsheet takes the zeros at the beginning from what it holds for a number."""


class Moment(int):
    """When a day begins or ends by the clock of the company's town."""

    def by(self, zone: str) -> int:
        """Return when it does by the clock of another town."""
        wall = _BEGINNING.astimezone(ZoneInfo(COMPANY_ZONE)) + timedelta(milliseconds=self)
        return (wall.replace(tzinfo=ZoneInfo(zone)) - _BEGINNING) // timedelta(milliseconds=1)


_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


def first_moment(cell: str) -> Value:
    """Return when a day began in the company's town."""
    return Moment(_instant(day_in(cell)))


def last_moment(cell: str) -> Value:
    """Return when a day ended in the company's town, as the office's form writes it."""
    return Moment(_instant(day_in(cell)) + _TO_LAST_MS)


_TO_LAST_MS = 24 * 60 * 60_000 - 1


def _instant(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(COMPANY_ZONE)).timestamp()) * 1_000


def day_in(cell: str) -> date:
    """Return the date in a cell: of this era or of the Republic, or as the number that a spreadsheet keeps."""
    said = unicodedata.normalize("NFKC", str(short(cell)))
    if (serial := _SERIAL.fullmatch(said)) is not None:
        return _sensible(_SERIAL_ZERO + timedelta(days=int(serial[1])))
    found = next((match for form in _FORMS if (match := form.fullmatch(said)) is not None), None)
    if found is None:
        raise RowFaultError(RowFault.DATE)
    year = int(found["year"])
    is_republic = len(found["year"]) < _FULL_YEAR
    if is_republic and not found["era"] and len(found["year"]) < _FULL_YEAR - 1 and year < _PLAIN_REPUBLIC:
        raise RowFaultError(RowFault.DATE)  # 26/11/25: nobody knows of which century or era
    try:
        return _sensible(date(year + _REPUBLIC * is_republic, int(found["month"]), int(found["day"])))
    except ValueError:
        raise RowFaultError(RowFault.DATE) from None


def _sensible(day: date) -> date:
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise RowFaultError(RowFault.DATE)
    return day


_FORMS = (
    re.compile(
        r"(?P<era>民國)?\s*(?P<year>\d{2,4})\s*[-/.年]\s*(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})\s*日?"
        r"(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
    ),
    re.compile(r"(?P<era>)(?P<year>\d{3,4})(?P<month>\d{2})(?P<day>\d{2})"),
)
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
_SERIAL_ZERO = datetime(1899, 12, 30, tzinfo=UTC).date()
_FULL_YEAR, _REPUBLIC, _PLAIN_REPUBLIC = 4, 1911, 60
_FIRST_YEAR, _LAST_YEAR = 1950, 2100


def count(cell: str) -> Value:
    """Return how often: a whole number, as the office's form takes it."""
    found = _COUNT.fullmatch(_plain(cell))
    if found is None:
        raise RowFaultError(RowFault.COUNT)
    return int(found[1])


def money(cell: str) -> Value:
    """Return whole dollars, with or without thousands, in minor units."""
    found = _DOLLARS.fullmatch(_plain(cell))
    if found is None:
        raise RowFaultError(RowFault.MONEY)
    return int(found[1].replace(",", "")) * _MINOR


def _plain(cell: str) -> str:
    return "".join(unicodedata.normalize("NFKC", str(short(cell))).split())


_COUNT = re.compile(r"(\d{1,4})(?:\.0+)?次?", re.ASCII)
_DOLLARS = re.compile(r"(?:NT)?\$?(\d{1,9}|\d{1,3}(?:,\d{3}){1,2})(?:\.0+)?元?", re.ASCII | re.IGNORECASE)
_MINOR = 100
