"""Whether somebody could be called by what was typed."""

import re
import unicodedata

DIGITS_MIN = 5
"""No telephone's number has fewer digits."""

_NO_DIGIT = re.compile(r"[^0-9]")
_TAIWAN_AND_PLUS = re.compile(r"\+\s*886")
_TAIWAN = re.compile(r"(00)?8860?[2-9][0-9]{7,8}")
_COUNTRY = re.compile(r"(00)?8860?")
"""A whole number with the country before it, with a plus or without."""


def digits_of(typed: str) -> str:
    """Return the digits of a number however it was typed: with signs, in full width, with the country before it."""
    text = unicodedata.normalize("NFKC", typed).strip()
    digits = _NO_DIGIT.sub("", text)
    is_taiwan = _TAIWAN_AND_PLUS.match(text) or _TAIWAN.fullmatch(digits)
    return _COUNTRY.sub("0", digits, count=1) if is_taiwan else digits


def is_number(typed: str) -> bool:
    """Tell whether a telephone could have that number."""
    return len(digits_of(typed)) >= DIGITS_MIN
