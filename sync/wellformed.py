"""Text that both languages read alike."""

import unicodedata


def is_wellformed(text: str) -> bool:
    """Tell whether the text is in NFC and holds neither a lone surrogate nor a NUL (SPEC O3)."""
    return "\x00" not in text and (text.isascii() or (unicodedata.is_normalized("NFC", text) and _is_unicode(text)))


def is_wellformed_json(payload: bytes) -> bool:
    """Tell whether every text inside a JSON text is well-formed, as far as one look at the whole can tell it.

    No means that each must be looked at. Every part of a text in NFC is in NFC (UAX 15, section 1.1), but a character
    that is written by its number is no part of it. The payload must have been decoded once: it is UTF-8 without NUL.
    """
    return b"\\u" not in payload and (payload.isascii() or unicodedata.is_normalized("NFC", payload.decode()))


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def is_wellformed_value(value: object) -> bool:
    """Tell whether every text inside a value is well-formed."""
    match value:
        case str():
            return is_wellformed(value)
        case dict():
            return all(is_wellformed(key) and is_wellformed_value(member) for key, member in value.items())
        case list() | tuple():
            return all(is_wellformed_value(member) for member in value)
        case _:
            return True
