"""Text that both languages read alike."""

import unicodedata


def is_wellformed(text: str) -> bool:
    """Tell whether the text is in NFC and holds neither a lone surrogate nor a NUL (SPEC O3)."""
    return (
        text.isascii() or (unicodedata.is_normalized("NFC", text) and not any("\ud800" <= c <= "\udfff" for c in text))
    ) and "\x00" not in text


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
