"""The scalar types of the wire: every field of every kind is one of these or a closed enum."""

from typing import Annotated

from msgspec import Meta

MAX_INTEGER = 2**53 - 1
"""Largest integer that Python and JavaScript read alike (RFC 8259, section 6)."""

SHORT_TEXT_MAX = 200
"""Characters of a name, a number, an address: one line on a screen."""

LONG_TEXT_MAX = 4_000
"""Characters of a description that somebody writes in sentences."""

CONTENT_TEXT_MAX = 32_000
"""Characters of the canonical content that a customer signed."""

_END = r"$(?!\n)"
"""End of the text in both languages: Python's ``$`` alone would let a last line break pass."""

Id = Annotated[str, Meta(pattern=r"^[0-9a-z][0-9a-z_-]{3,39}" + _END)]
"""Identity of a document, a device, an actor, an epoch: ASCII, so that both languages sort it alike."""

Sha256 = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}" + _END)]
"""SHA-256 in lower-case hexadecimal."""

Base64Url = Annotated[str, Meta(pattern=r"^[A-Za-z0-9_-]*" + _END, max_length=2_000)]
"""Bytes in base64url without padding (RFC 4648, section 5)."""

EpochMs = Annotated[int, Meta(ge=0, le=MAX_INTEGER)]
"""Instant in milliseconds since 1970-01-01T00:00Z."""

IsoDate = Annotated[str, Meta(pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])" + _END)]
"""Day of the calendar (ISO 8601), wherever it is."""

_STRETCH = r"([01][0-9]|2[0-4]):[0-5][0-9]-([01][0-9]|2[0-4]):[0-5][0-9]"

HoursOfDay = Annotated[str, Meta(pattern=f"^({_STRETCH}( {_STRETCH}){{0,3}})?" + _END)]
"""Stretches of a day in which people work, by the clock on the wall: ``09:00-12:00 13:00-18:00``; empty for none."""

PART_NAME_MAX, PART_NUMBER_MAX = 80, 40
"""Characters of a part's name and of its maker's number."""

_PART = rf"[^\t\n]{{1,{PART_NAME_MAX}}}\t[^\t\n]{{0,{PART_NUMBER_MAX}}}\t[1-9][0-9]{{0,2}}"

PartLines = Annotated[str, Meta(pattern=f"^{_PART}(\\n{_PART}){{0,29}}" + _END)]
"""Parts that were used, one a line: name, number or nothing, pieces, with tabs between (``schemas/rules/parts.py``)."""

Count = Annotated[int, Meta(ge=0, le=MAX_INTEGER)]
"""Non-negative whole number."""

Minor = Annotated[int, Meta(ge=0, le=MAX_INTEGER)]
"""Money in minor units of the company's currency."""

Bytes = Annotated[int, Meta(ge=0, le=MAX_INTEGER)]
"""Length of a file."""

Pixels = Annotated[int, Meta(ge=1, le=65_535)]
"""Side of an image."""

LatitudeMicrodegrees = Annotated[int, Meta(ge=-90_000_000, le=90_000_000)]
LongitudeMicrodegrees = Annotated[int, Meta(ge=-180_000_000, le=180_000_000)]
"""Place on earth (WGS 84) in millionths of a degree, east and north positive: a ninth of a metre."""

Metres = Annotated[int, Meta(ge=0, le=MAX_INTEGER)]

SignedMs = Annotated[int, Meta(ge=-MAX_INTEGER, le=MAX_INTEGER)]
"""Difference of two instants in milliseconds."""

ShortText = Annotated[str, Meta(max_length=SHORT_TEXT_MAX)]
LongText = Annotated[str, Meta(max_length=LONG_TEXT_MAX)]
ContentText = Annotated[str, Meta(max_length=CONTENT_TEXT_MAX)]
OperationText = Annotated[str, Meta(max_length=131_072)]
"""An operation's bytes as text; no longer than an operation may be."""

_INSTANTS = ("_at", "_for", "_from", "_until")


def is_instant(field: str) -> bool:
    """Tell by its name whether a field of a kind holds an instant; ``acting_for`` is a person."""
    return field == "at" or (field.endswith(_INSTANTS) and field != "acting_for")
