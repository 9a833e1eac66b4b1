"""How one language tells a customer's data: by the words of the screens, with dates as it writes them."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Self
from zoneinfo import ZoneInfo

from msgspec import Struct

from schemas.registry import Kind
from schemas.rules.arrival import COMPANY_ZONE
from schemas.rules.parts import PartUsage, parts_of
from schemas.rules.signed_content import read_content
from schemas.scalars import is_instant
from schemas.sentences import Language, Sentence
from server.platform.kind_words import KIND_WORDS
from server.privacy.choice_words import ROLES, VALUES
from server.privacy.field_words import FIELDS
from server.privacy.page_words import HEADS, NO, PAIR, VERDICTS, YES
from server.records.ledger import SERVER

_DAYS = frozenset({"sold_at", "warranty_until", "valid_from", "valid_until"})
_MONEY = frozenset({"fee_total", "extra_fee"})
_DEGREES = frozenset({"latitude", "longitude", "arrived_latitude", "arrived_longitude"})
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
_MICRO, _MINOR = 1_000_000, 100
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

_NO_SUCH_THING = (RecursionError, ValueError, LookupError, TypeError)


class Dates(Struct, frozen=True):
    """How dates and instants are written."""

    day: str
    moment: str


_SORTABLE = Dates("{at:%Y/%m/%d}", "{at:%Y/%m/%d %H:%M}")
# `%b` would name the month by the locale of the process.
_ENGLISH = Dates("{month} {at.day}, {at.year}", "{month} {at.day}, {at.year}, {at:%H:%M}")
_DATES: Mapping[Language, Dates] = MappingProxyType(
    {Language.ZH_HANT: _SORTABLE, Language.ZH_HANS: _SORTABLE, Language.EN: _ENGLISH}
)
"""How a language writes them where people read."""


class Telling(Struct, frozen=True):
    """One language in which a customer's data is told, and the names of whom and what it mentions by id."""

    language: Language
    names: Mapping[str, str]
    dates: Dates

    @classmethod
    def page(cls, language: Language, names: Mapping[str, str]) -> Self:
        """Return how a page tells it: dates as the language writes them."""
        return cls(language, names, _DATES[language])

    @classmethod
    def table(cls, language: Language, names: Mapping[str, str]) -> Self:
        """Return how a spreadsheet is told: dates sort as they read in every language, as in the tables of screens."""
        return cls(language, names, _SORTABLE)

    def say(self, sentence: Sentence, **facts: object) -> str:
        """Return a sentence with its facts."""
        return sentence.in_language(self.language).format(**facts)

    def kind(self, kind: Kind) -> str:
        """Return what a kind of document is called, as a heading begins."""
        word = self.say(KIND_WORDS[kind])
        return word[:1].upper() + word[1:]

    def field(self, field: str) -> str:
        """Return what a field is called; one that nobody knows by its name."""
        return self._word(FIELDS, field)

    def head(self, column: str) -> str:
        """Return what a column is called that is no field."""
        return self.say(HEADS[column])

    def place(self, place: str) -> str:
        """Return where somebody wrote."""
        return self._word(VALUES["place"], place)

    def role(self, role: str) -> str:
        """Return in which role somebody wrote."""
        return self._word(ROLES, role)

    def verdict(self, verdict: str) -> str:
        """Return whether something that was written counts."""
        return self._word(VERDICTS, verdict)

    def author(self, author: str) -> str:
        """Return who wrote: a person's name, or the system."""
        return self.say(ROLES[SERVER]) if author == SERVER else self.names.get(author, author)

    def value(self, field: str, value: object) -> str:
        """Return a field's value as people read it."""
        if value is None:
            return ""
        if isinstance(value, bool):
            return self.say(YES if value else NO)
        if isinstance(value, int):
            return self._number(field, value)
        text = str(value)
        if field in _READ_OTHERWISE:
            return self._read_otherwise(field, text)
        chosen = VALUES.get(field, {})
        return self.say(chosen[text]) if text in chosen else self.names.get(text, text)

    def _read_otherwise(self, field: str, text: str) -> str:
        try:
            return _READ_OTHERWISE[field](self, text)
        except _NO_SUCH_THING:  # it is held for that
            return text

    def day(self, at: int) -> str:
        """Return the date of an instant by the company's clock."""
        return _written(self.dates.day, at)

    def moment(self, at: int) -> str:
        """Return an instant by the company's clock."""
        return _written(self.dates.moment, at)

    def _word(self, words: Mapping[str, Sentence], key: str) -> str:
        return self.say(words[key]) if key in words else key

    def _number(self, field: str, value: int) -> str:
        if field in _DAYS:
            return self.day(value)
        if is_instant(field):
            return self.moment(value)
        if field in _MONEY:
            whole, rest = divmod(value, _MINOR)
            return f"{whole:,}.{rest:02}" if rest else f"{whole:,}"
        return f"{value / _MICRO:.6f}" if field in _DEGREES else str(value)


def _written(form: str, at: int) -> str:
    try:
        local = (_BEGINNING + timedelta(milliseconds=at)).astimezone(ZoneInfo(COMPANY_ZONE))
    except OverflowError:  # a clock that nobody set right
        return str(at)
    return form.format(at=local, month=_MONTHS[local.month - 1])


def _parts(telling: Telling, lines: str) -> str:
    del telling
    return "; ".join(_part(each) for each in parts_of(lines))


def _part(part: PartUsage) -> str:
    number = f" ({part.number})" if part.number else ""
    return f"{part.name}{number} ×{part.quantity}"


def _signed(telling: Telling, content: str) -> str:
    """Return what was signed, field by field; its exact bytes lie beside the page."""
    said = read_content(content)
    by = {"unit": said["unit"], "technician": said["technician"]}
    told = {**said["customer"], **said["asset"], **said["visit"], **by}
    lines = [(field, telling.value(field, value)) for field, value in told.items()]
    return "\n".join(telling.say(PAIR, field=telling.field(field), value=value) for field, value in lines if value)


_READ_OTHERWISE: Mapping[str, Callable[[Telling, str], str]] = MappingProxyType({"parts": _parts, "content": _signed})
"""Fields whose text is none that people read as it stands."""
